using System.Net;
using System.Security.Claims;
using System.Text.Json;
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

    private static async Task<(HttpStatusCode Status, JsonElement Problem)> AskAsync(HttpClient client, string path, string json)
    {
        using var answer = await client.SendAsync(path, json);
        return (answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.TextAsync()));
    }
}
