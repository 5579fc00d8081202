using System.Text.Json;
using Hub.EndToEnd.Support;

namespace Hub.Faults.Support;

/// <summary>Journeys over a line to the bank that goes wrong in every way at every call.</summary>
internal static class BankLine
{
    internal const string Capture = "/captures HTTP";
    internal const string Refund = "/refunds HTTP";
    private const string Authorize = "POST /sandbox/bank/v1/authorizations HTTP";
    private const string Void = "/void HTTP";

    // A silent bank is waited for 20 seconds, then asked after 2 seconds, and that up to three times in one journey.
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    internal static readonly LineFault[] Faults =
    [
        LineFault.ResetBeforeRequest, LineFault.ResetBeforeAnswer, LineFault.Swallow, LineFault.Silence, LineFault.SlowRequest, LineFault.SlowAnswer,
    ];

    internal static async Task EachPaymentEndsRightAsync(bool webhooks, ITestOutputHelper output)
    {
        await using var hub = new FaultyHub(lines: true);
        await hub.InitializeAsync();
        await hub.Merchant.RegisterKeyAsync();
        foreach (var fault in Faults)
        {
            foreach (var call in (string[])[Authorize, Capture, Refund, Void]) hub.Back!.Next(fault, call);
        }

        if (!webhooks) hub.Front!.Always(LineFault.ResetBeforeRequest, "POST /gateways/");

        var paid = Faults.Select(_ => PayAndRefundAsync(hub));
        var rejected = Faults.Select(_ => RejectAsync(hub));
        await Task.WhenAll(paid.Concat(rejected));

        Assert.Empty(hub.Back!.Unmet);
        output.WriteLine(string.Join(", ", hub.Back.Met.CountBy(met => met.Fault).Select(met => $"{met.Key}: {met.Value}")));
        OneHoldEach(await hub.BanksOwnBooksAsync(), await hub.Merchant.AllAsync("/v1/payments"));
        await hub.EveryAcknowledgmentStandsAsync();
        await hub.EndsInTruthAsync(payments =>
        {
            Assert.Equal(Faults.Length, payments.Count(p => (p.Text("status"), p.Number("amount_captured"), p.Number("amount_refunded")) == ("succeeded", 4470, 4470)));
            Assert.Equal(Faults.Length, payments.Count(p => (p.Text("status"), p.Text("attempts.0.status")) == ("requires_payment_method", "voided")));
            Assert.All(payments, p => Assert.Null(p.Text("case.id")));
        });
    }

    internal static async Task AnswerAsync(Journey journey, string answer)
    {
        await journey.PayWithAsync(Cards.Approves);
        await journey.UntilAsync(p => p.Text("status") == "awaiting_confirmation", "awaiting_confirmation", Patience);
        await journey.Phone.TypeAsync($"{answer} {await journey.Phone.ConfirmationNumberAsync(() => Task.CompletedTask)}");
    }

    internal static void OneHoldEach(JsonElement books, IReadOnlyList<JsonElement> payments) =>
        Assert.All(payments, payment => Assert.Single(Bank.HoldsOf(books, payment)));

    private static async Task PayAndRefundAsync(FaultyHub hub)
    {
        var journey = await Journey.BeginAsync(hub);
        await AnswerAsync(journey, "PAY");
        await journey.UntilAsync(p => p.Text("status") == "succeeded", "succeeded", Patience);
        (await hub.Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/refunds")).Expect(200);
        await journey.UntilAsync(p => p.Number("amount_refunded") == 4470, "refunded", Patience);
    }

    private static async Task RejectAsync(FaultyHub hub)
    {
        var journey = await Journey.BeginAsync(hub);
        await AnswerAsync(journey, "NO");
        await journey.UntilAsync(p => p.Text("attempts.0.status") == "voided", "voided", Patience);
    }
}
