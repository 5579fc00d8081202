using System.Net;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>Idempotency over real endpoints: the very same answer to a repeat, also when it was a refusal (invariant 4).</summary>
[Collection("journey")]
[Trait("Invariant", "4")]
public sealed class IdempotencyJourneyTests(JourneyHub hub)
{
    [Fact]
    public async Task Whatever_creates_or_moves_wants_a_key()
    {
        var asked = Routes.Of(hub.App).Where(r => r.Pattern.StartsWith("/v1/", StringComparison.Ordinal) && r.Method != "GET").ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, route => Assert.NotNull(route.Endpoint.Metadata.GetMetadata<IdempotencyMetadata>()));

        using var answer = await hub.UnchangedAsync(() => hub.Acme.Client.CallAsync("POST", "/v1/customers", """{"name":"Ada","email":"ada@example.com"}"""));

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "idempotency_key_missing");
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_request_is_422()
    {
        var key = $"{Guid.NewGuid()}";
        using var first = await hub.Acme.Client.PostAsync("/v1/customers", """{"name":"Ada","email":"a@example.com"}""", key);
        await first.MadeAsync();

        using var body = await hub.UnchangedAsync(() => hub.Acme.Client.PostAsync("/v1/customers", """{"name":"Eve","email":"a@example.com"}""", key));
        using var space = await hub.UnchangedAsync(() => hub.Acme.Client.PostAsync("/v1/customers", """{"name": "Ada","email":"a@example.com"}""", key));
        using var route = await hub.UnchangedAsync(() => hub.Acme.Client.PostAsync("/v1/payments", """{"order":"ord_x"}""", key));

        await body.ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        await space.ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        await route.ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
    }

    [Fact]
    public async Task Keys_of_two_merchants_never_meet()
    {
        var key = $"{Guid.NewGuid()}";
        using var acme = await hub.Acme.Client.PostAsync("/v1/customers", """{"name":"Ada","email":"a@example.com"}""", key);
        using var rival = await hub.Rival.Client.PostAsync("/v1/customers", """{"name":"Eve","email":"e@example.com"}""", key);

        Assert.NotEqual((await acme.MadeAsync()).Text("id"), (await rival.MadeAsync()).Text("id"));
    }

    [Theory]
    [InlineData("4242424242424242")]
    [InlineData("4242 4242 4242 4242")]
    public async Task A_key_holds_no_card_number(string key)
    {
        using var answer = await hub.UnchangedAsync(() => hub.Acme.Client.PostAsync("/v1/customers", """{"name":"Ada","email":"a@example.com"}""", key));

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "idempotency_key_invalid");
    }

    [Fact]
    public async Task Twenty_copies_of_one_order_side_by_side_place_one()
    {
        var (body, key) = (Shop.OrderBody((await hub.AdaAsync()).Id), $"{Guid.NewGuid()}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => hub.Acme.SendOrderAsync(body, key)));

        var made = new HashSet<string>();
        foreach (var answer in answers)
        {
            if (answer.StatusCode == HttpStatusCode.Created) made.Add((await answer.MadeAsync()).Text("id"));
            else await answer.ProblemAsync(HttpStatusCode.Conflict, "request_in_flight");
        }

        Assert.Single(made);
    }

    [Fact]
    public async Task A_repeated_refusal_is_the_same_to_the_byte()
    {
        var sale = await hub.Acme.SellAsync(await hub.AdaAsync());

        await SameAsync(hub.Acme.Client, $"/v1/payments/{sale.Payment}/captures", """{"amount":1}""", HttpStatusCode.Conflict);
        await SameAsync(hub.Acme.Client, $"/v1/payments/{sale.Payment}/refunds", "{}", HttpStatusCode.Conflict);
        await SameAsync(hub.Acme.Client, "/v1/payments", $$"""{"order":"{{sale.OrderId}}"}""", HttpStatusCode.Conflict);
        await SameAsync(hub.Acme.Client, $"/v1/orders/{sale.OrderId}/shipments", """{"carrier":"DHL","tracking":"1"}""", HttpStatusCode.Conflict);
        using var browser = await sale.Payer.BrowserAsync();
        await SameAsync(browser, $"/v1/orders/{sale.OrderId}/accept", """{"invoice_hash":"x"}""", HttpStatusCode.Conflict);
        await SameAsync(browser, $"/v1/payments/{sale.Payment}/confirmation", """{"answer":"reject"}""", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_wrong_code_that_is_sent_twice_counts_once()
    {
        var sale = await (await hub.Acme.SellAsync(await hub.AdaAsync())).AwaitingConfirmationAsync();
        using var browser = await sale.Payer.BrowserAsync();

        await SameAsync(browser, $"/v1/payments/{sale.Payment}/confirmation", $$"""{"answer":"approve","code":"{{await sale.WrongCodeAsync()}}"}""", HttpStatusCode.Conflict);

        Assert.Equal(1, (await sale.StateAsync()).WrongAnswers);
    }

    [Fact]
    public async Task A_repeated_success_is_the_same_to_the_byte_with_everything_it_showed_once()
    {
        var payer = await hub.Acme.NewPayerAsync();

        await SameAsync(hub.Acme.Client, $"/v1/customers/{payer.Id}/sessions", "{}", HttpStatusCode.Created);
        await SameAsync(hub.Acme.Client, "/v1/webhook-endpoints", $$"""{"url":"{{hub.Address}}nowhere","events":["none"]}""", HttpStatusCode.Created);
        await SameAsync(hub.Acme.Client, $"/v1/payments", $$"""{"order":"{{(await hub.Acme.OrderAsync(payer)).Text("id")}}"}""", HttpStatusCode.Created);
    }

    private async Task SameAsync(HttpClient client, string path, string body, HttpStatusCode status)
    {
        var key = $"{Guid.NewGuid()}";
        using var first = await client.PostAsync(path, body, key);
        var head = await hub.QuietAsync();
        using var second = await client.PostAsync(path, body, key);

        var text = await first.TextAsync();
        Assert.True(status == first.StatusCode, $"{path}: {(int)first.StatusCode} {text}");
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.True(second.Headers.Contains("Idempotent-Replayed"), $"{path} was not replayed: {await second.TextAsync()}");
        Assert.Equal(first.StatusCode, second.StatusCode);
        Assert.Equal(text, await second.TextAsync());
        await hub.QuietAsync();
        Assert.Empty(hub.AskedAfter(head));
    }
}
