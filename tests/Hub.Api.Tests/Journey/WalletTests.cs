using System.Net;
using System.Security.Claims;
using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Customers;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Domain.Customers;
using Hub.Gateways.Vault;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Tests.Journey;

/// <summary>Who may set, open and empty the electronic wallet, and what a wrong guess costs.</summary>
[Collection("journey")]
public sealed class WalletTests(JourneyHub hub)
{
    private const string Password = "correct horse battery";

    /// <summary>A key is given back when its answer could not be told; its guess was counted all the same.</summary>
    [Fact]
    [Trait("Invariant", "4")]
    public async Task Another_password_under_a_key_that_was_given_back_is_refused_and_tells_nothing()
    {
        var payer = await WithWalletAsync();
        var key = KeyOf(payer);

        Assert.Equal("wrong_wallet_password", await OpenAsync(payer, key, "wrong password"));
        Assert.Equal("command_id_reused", await OpenAsync(payer, key, "wronger password"));
        Assert.Equal("command_id_reused", await OpenAsync(payer, key, Password));

        // The very same request gets the recorded answer, and costs no second try.
        Assert.Equal("wrong_wallet_password", await OpenAsync(payer, key, "wrong password"));
        Assert.Equal(1, (await StateAsync(payer)).Wallet!.WrongPasswords);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task The_same_key_with_another_password_is_another_request_over_HTTP()
    {
        var payer = await WithWalletAsync();
        using var browser = await payer.BrowserAsync();
        var key = $"{Guid.NewGuid()}";
        var path = $"/v1/customers/{payer.Id}/wallet/open";

        using var first = await browser.CallAsync("POST", path, """{"password":"wrong password"}""", key);
        using var other = await browser.CallAsync("POST", path, $$"""{"password":"{{Password}}"}""", key);
        using var again = await browser.CallAsync("POST", path, """{"password":"wrong password"}""", key);

        await other.ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        Assert.Equal(await first.TextAsync(), await again.TextAsync());
        Assert.Equal(1, (await StateAsync(payer)).Wallet!.WrongPasswords);
    }

    [Fact]
    public async Task A_card_is_taken_out_of_the_wallet_with_the_token_that_opened_it_alone()
    {
        var payer = await WithWalletAsync();
        using var browser = await payer.BrowserAsync();
        var (card, wallet) = await PutCardAsync(payer, browser);
        var path = $"/v1/customers/{payer.Id}/instruments/{card}";

        foreach (var client in (HttpClient[])[browser, hub.Acme.Client])
        {
            using var without = await client.CallAsync("DELETE", path, null, $"{Guid.NewGuid()}");
            await without.ProblemAsync(HttpStatusCode.Conflict, "wallet_closed");
            using var guessed = await client.CallAsync("DELETE", path, null, $"{Guid.NewGuid()}", ("Wallet-Token", "wal_made_up"));
            await guessed.ProblemAsync(HttpStatusCode.Conflict, "wallet_closed");
        }

        Assert.Single((await StateAsync(payer)).Instruments);
        using var removed = await browser.CallAsync("DELETE", path, null, $"{Guid.NewGuid()}", ("Wallet-Token", wallet));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Empty((await StateAsync(payer)).Instruments);
    }

    [Fact]
    [Trait("Invariant", "22")]
    public async Task What_lies_in_the_wallet_shows_nowhere_while_it_is_closed()
    {
        var payer = await WithWalletAsync();
        using var browser = await payer.BrowserAsync();
        var (card, wallet) = await PutCardAsync(payer, browser, "378282246310005");
        var sale = await (await hub.Acme.SellAsync(await payer.VerifiedAsync())).AcceptedAsync();
        await browser.DoAsync($"/v1/payments/{sale.Payment}/submit", $$"""{"instrument":"{{card}}","security_code":"{{payer.SecurityCode("1234")}}","wallet":"{{wallet}}"}""");
        await hub.QuietAsync();

        foreach (var client in (HttpClient[])[browser, hub.Acme.Client])
        foreach (var path in new[] { $"/v1/customers/{payer.Id}", $"/v1/customers/{payer.Id}/timeline", $"/v1/payments/{sale.Payment}/timeline" })
        {
            using var answer = await client.AskAsync(path);
            var text = (await answer.MadeAsync()).GetRawText();
            Assert.DoesNotContain("0005", text, StringComparison.Ordinal);
            Assert.DoesNotContain("amex", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("american", text, StringComparison.OrdinalIgnoreCase);
        }

        using var timeline = await browser.AskAsync($"/v1/customers/{payer.Id}/timeline");
        var summaries = (await timeline.MadeAsync()).GetProperty("data").EnumerateArray().Select(e => e.Text("summary")).ToList();
        Assert.Contains("A card was put into the wallet.", summaries);
        Assert.Contains("The customer pays with a card in the wallet.", summaries);
    }

    private static async Task<(string Card, string Wallet)> PutCardAsync(Payer payer, HttpClient browser, string number = "4242424242424242")
    {
        var open = await browser.DoAsync($"/v1/customers/{payer.Id}/wallet/open", $$"""{"password":"{{Password}}"}""");
        var card = await browser.DoAsync($"/v1/customers/{payer.Id}/instruments", $$"""{"type":"wallet_card","encrypted":"{{payer.Card(number)}}","wallet":"{{open.Text("wallet")}}"}""");
        return (card.Text("id"), open.Text("wallet"));
    }

    private async Task<Payer> WithWalletAsync(Payer? known = null)
    {
        var payer = known ?? await hub.Acme.NewPayerAsync();
        using var browser = await payer.BrowserAsync();
        await browser.DoAsync($"/v1/customers/{payer.Id}/wallet", $$"""{"password":"{{Password}}"}""");
        return payer;
    }

    private async Task<Customer> StateAsync(Payer payer) =>
        (Customer)(await hub.Get<IActors>().ReadAsync(HubKinds.Customer[payer.Id], TestContext.Current.CancellationToken)).State;

    private Caller.Customer CallerOf(Payer payer) => new(hub.Acme.Id, payer.Id, null) { CredentialId = "test" };

    private IdempotencyKey KeyOf(Payer payer)
    {
        var http = new DefaultHttpContext { User = new ClaimsPrincipal(new CallerIdentity(CallerOf(payer), "test", [])) };
        http.Request.Headers[IdempotencyKey.Header] = $"{Guid.NewGuid()}";
        return IdempotencyKey.Of(http);
    }

    /// <summary>The endpoint behind the idempotency filter, as it runs once more after the filter gave the key back.</summary>
    private async Task<string> OpenAsync(Payer payer, IdempotencyKey key, string password)
    {
        try
        {
            var answer = await ElectronicWalletEndpoints.OpenAsync(
                payer.Id, new Body<OpenWalletRequest>(new OpenWalletRequest(password), default), key, CallerOf(payer), hub.Get<IActors>(), hub.Get<ISecretVault>(), hub.Get<WalletTokens>(), hub.Clock,
                TestContext.Current.CancellationToken);
            return answer.Result is Problem problem ? problem.Code : "opened";
        }
        catch (ProblemException refused)
        {
            return refused.Problem.Code;
        }
    }
}
