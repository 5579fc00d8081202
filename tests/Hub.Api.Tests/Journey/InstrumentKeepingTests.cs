using System.Net;
using System.Security.Claims;
using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Customers;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Domain.Customers;
using Hub.Domain.Payments;
using Hub.Gateways.Vault;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Tests.Journey;

/// <summary>What is on record is what is charged, and a checkout link bars nobody from a new card.</summary>
[Collection("journey")]
public sealed class InstrumentKeepingTests(JourneyHub hub)
{
    /// <summary>The journal named the first card, and its answer was lost; the vault must not hold the second one under that name.</summary>
    [Fact]
    [Trait("Invariant", "4")]
    public async Task Another_card_under_a_key_that_was_given_back_is_refused_and_the_first_one_is_charged()
    {
        var payer = await hub.Acme.NewPayerAsync();
        var key = KeyOf(payer);

        Assert.Equal("added", await AddAsync(payer, key, Card(payer.Card())));
        Assert.Equal("command_id_reused", await AddAsync(payer, key, Card(payer.Card("5555555555554444"))));
        Assert.Equal("command_id_reused", await AddAsync(payer, key, Card(payer.Card(holder: "Eve"))));
        Assert.Equal("command_id_reused", await AddAsync(payer, key, new AddInstrumentRequest(InstrumentType.BankAccount, Bank: "aster")));

        // A device encrypts anew when it repeats itself; it is the same card.
        Assert.Equal("added", await AddAsync(payer, key, Card(payer.Card())));
        Assert.Equal([key.CreatedId], (await StateAsync(payer)).Instruments.Select(i => i.Id));
        Assert.Equal("4242", (await InVaultAsync(key.CreatedId))!.Number.Last4);
    }

    [Fact]
    public async Task Another_bank_under_a_key_that_was_given_back_is_refused()
    {
        var payer = await hub.Acme.NewPayerAsync();
        var key = KeyOf(payer);

        Assert.Equal("added", await AddAsync(payer, key, new AddInstrumentRequest(InstrumentType.BankAccount, Bank: "aster")));
        Assert.Equal("command_id_reused", await AddAsync(payer, key, new AddInstrumentRequest(InstrumentType.BankAccount, Bank: "birch")));
        Assert.Equal("added", await AddAsync(payer, key, new AddInstrumentRequest(InstrumentType.BankAccount, Bank: "aster")));
        Assert.Equal("aster", Assert.Single((await StateAsync(payer)).Instruments).Brand);
    }

    [Fact]
    [Trait("Invariant", "23")]
    public async Task A_repeat_after_the_card_was_removed_leaves_nothing_in_the_vault()
    {
        var payer = await hub.Acme.NewPayerAsync();
        using var browser = await payer.BrowserAsync();
        var (key, card) = (KeyOf(payer), Card(payer.Card()));
        Assert.Equal("added", await AddAsync(payer, key, card));
        using var removed = await browser.CallAsync("DELETE", $"/v1/customers/{payer.Id}/instruments/{key.CreatedId}", null, $"{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await hub.QuietAsync();

        Assert.Equal("added", await AddAsync(payer, key, card));

        Assert.Null(await InVaultAsync(key.CreatedId));
        Assert.Empty((await StateAsync(payer)).Instruments);
    }

    [Fact]
    public async Task However_many_cards_a_link_adds_the_customer_pays_with_a_known_one_and_with_a_new_one()
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        var own = await payer.AddCardAsync();
        var sale = await hub.Acme.SellAsync(payer);
        using var link = await payer.BrowserAsync(sale.Payment);
        var added = new List<string>();
        for (var n = 0; n < CustomerDecider.MaxInstruments + 2; n++) added.Add((await AddAsync(link, payer, payer.Card(year: 2031 + (n / 12), month: 1 + (n % 12)))).Text("id"));
        await hub.QuietAsync();

        var kept = (await StateAsync(payer)).Instruments.Select(i => i.Id).ToList();
        Assert.Equal([own, .. added.TakeLast(CustomerDecider.MaxInstrumentsOfPayment)], kept.Order(StringComparer.Ordinal));
        Assert.Null(await InVaultAsync(added[0]));

        Assert.Equal(own, (await AddAsync(link, payer, payer.Card())).Text("id"));
        Assert.Equal("4444", (await AddAsync(link, payer, payer.Card("5555555555554444"))).Text("last4"));
        Assert.Equal("4444", (await StateAsync(payer)).Instruments[^1].Last4);
    }

    private static AddInstrumentRequest Card(string encrypted) => new(InstrumentType.Card, encrypted);

    private static Task<System.Text.Json.JsonElement> AddAsync(HttpClient client, Payer payer, string encrypted) =>
        client.DoAsync($"/v1/customers/{payer.Id}/instruments", $$"""{"type":"card","encrypted":"{{encrypted}}"}""");

    private Task<Hub.Gateways.Cards.Card?> InVaultAsync(string instrument) => hub.Get<ICardVault>().FindCardAsync(instrument, TestContext.Current.CancellationToken);

    private async Task<Customer> StateAsync(Payer payer) =>
        (Customer)(await hub.Get<IActors>().ReadAsync(HubKinds.Customer[payer.Id], TestContext.Current.CancellationToken)).State;

    private Caller.Customer CallerOf(Payer payer) => new(hub.Acme.Id, payer.Id, null) { CredentialId = "test" };

    private IdempotencyKey KeyOf(Payer payer)
    {
        var http = new DefaultHttpContext { User = new ClaimsPrincipal(new CallerIdentity(CallerOf(payer), "test", [])) };
        http.Request.Headers[IdempotencyKey.Header] = $"{Guid.NewGuid()}";
        var key = IdempotencyKey.Of(http);
        key.Create($"ins_{Guid.NewGuid():N}");
        return key;
    }

    /// <summary>The endpoint behind the idempotency filter, as it runs once more after the filter gave the key back.</summary>
    private async Task<string> AddAsync(Payer payer, IdempotencyKey key, AddInstrumentRequest asked)
    {
        var answer = await WalletEndpoints.AddAsync(
            payer.Id, new Body<AddInstrumentRequest>(asked, default), key, CallerOf(payer), hub.Get<IActors>(), hub.Get<InstrumentIntake>(), hub.Get<WalletTokens>(), hub.Get<ICardVault>(),
            TestContext.Current.CancellationToken);
        return answer.Result is Problem problem ? problem.Code : "added";
    }
}
