using System.Net;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>Cards and security codes that cannot be used: 422 with a code that says why and never what, and the journal stays as it was.</summary>
[Collection("journey")]
public sealed class CardInputTests(JourneyHub hub)
{
    [Theory]
    [InlineData("4242424242424241", 2040, 12, "card_number_check_digit")]
    [InlineData("424242424242424", 2040, 12, "card_number_length")]
    [InlineData("6011000990139424", 2040, 12, "card_brand_not_supported")]
    [InlineData("not a number", 2040, 12, "card_number_malformed")]
    [InlineData("4242424242424242", 2020, 1, "card_expired")]
    [InlineData("4242424242424242", 2040, 13, "card_expiry_malformed")]
    [InlineData("4242424242424242", 2098, 1, "card_expiry_too_far")]
    public async Task A_card_that_cannot_be_is_not_added(string number, int year, int month, string code)
    {
        var ada = await hub.AdaAsync();
        using var browser = await ada.BrowserAsync();

        using var answer = await hub.UnchangedAsync(() => Add(browser, ada, ada.Card(number, year, month: month)));

        var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, code);
        Assert.DoesNotContain(number, problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_encrypted_for_another_customer_is_not_added()
    {
        var (ada, bob) = (await hub.AdaAsync(), await hub.Acme.NewPayerAsync("Bob"));
        using var browser = await ada.BrowserAsync();

        using var answer = await hub.UnchangedAsync(() => Add(browser, ada, ada.Card(customer: bob.Id)));

        await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "encrypted_wrong_customer");
    }

    [Fact]
    public async Task An_encrypted_card_counts_once()
    {
        var payer = await hub.Acme.NewPayerAsync();
        using var browser = await payer.BrowserAsync();
        var card = payer.Card();
        using var first = await Add(browser, payer, card);
        var made = (await first.MadeAsync()).Text("id");

        // While the card is there, it is that card again.
        using var second = await hub.UnchangedAsync(() => Add(browser, payer, card));
        Assert.Equal(made, (await second.MadeAsync()).Text("id"));

        using var removed = await browser.CallAsync("DELETE", $"/v1/customers/{payer.Id}/instruments/{made}", null, $"{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var third = await hub.UnchangedAsync(() => Add(browser, payer, card));
        await third.ProblemAsync(HttpStatusCode.UnprocessableEntity, "encrypted_replayed");
    }

    [Theory]
    [InlineData("4242424242424242", "encrypted_malformed")]
    [InlineData("a.b.c.d.e", "encrypted_malformed")]
    [InlineData("", "encrypted_malformed")]
    public async Task What_is_not_encrypted_is_not_taken_and_not_repeated(string sent, string code)
    {
        var ada = await hub.AdaAsync();
        using var browser = await ada.BrowserAsync();

        using var answer = await hub.UnchangedAsync(() => Add(browser, ada, sent));

        var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, code);
        Assert.DoesNotContain("4242424242424242", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "encrypted_expired")]
    [InlineData(660, "encrypted_lives_too_long")]
    public async Task An_encrypted_card_lives_ten_minutes_at_most(int seconds, string code)
    {
        var ada = await hub.AdaAsync();
        using var browser = await ada.BrowserAsync();
        var card = ada.Encrypt(new
        {
            number = "4242424242424242", exp_month = 12, exp_year = 2040, holder = "Ada", customer = ada.Id, jti = $"{Guid.NewGuid():N}",
            exp = hub.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds,
        });

        using var answer = await hub.UnchangedAsync(() => Add(browser, ada, card));

        await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, code);
    }

    [Theory]
    [InlineData("""{"type":"card"}""", "encrypted")]
    [InlineData("""{"type":"cheque","encrypted":"x"}""", "type")]
    [InlineData("""{"type":"card","number":"4242424242424242","encrypted":"x"}""", "number")]
    [InlineData("""{"type":"card","4242424242424242":"x","encrypted":"x"}""", null)]
    public async Task A_card_in_the_clear_has_no_field_to_come_in(string body, string? field)
    {
        var ada = await hub.AdaAsync();
        using var browser = await ada.BrowserAsync();

        using var answer = await hub.UnchangedAsync(() => browser.SendAsync($"/v1/customers/{ada.Id}/instruments", body));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.True(field is null || problem.GetProperty("errors").TryGetProperty(field, out _));
        Assert.DoesNotContain("4242424242424242", problem.GetRawText(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> Add(HttpClient browser, Payer payer, string encrypted) =>
        browser.SendAsync($"/v1/customers/{payer.Id}/instruments", $$"""{"type":"card","encrypted":"{{encrypted}}"}""");
}
