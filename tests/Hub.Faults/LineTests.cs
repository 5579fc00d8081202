using System.Text.Json;
using Hub.EndToEnd.Support;
using Hub.Faults.Support;

namespace Hub.Faults;

/// <summary>Connections that break, fall silent or crawl between the hub and the bank, whose webhooks arrive.</summary>
public sealed class BankLineWithWebhooksTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Invariant", "9")]
    [Trait("Invariant", "10")]
    [Trait("Invariant", "11")]
    [Trait("Invariant", "26")]
    public Task Whatever_becomes_of_the_line_to_the_bank_each_payment_ends_right() => BankLine.EachPaymentEndsRightAsync(webhooks: true, output);
}

/// <summary>The same where no webhook arrives: only a query can tell what became of a call. A class of its own, to run beside the other.</summary>
public sealed class BankLineWithoutWebhooksTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Invariant", "9")]
    [Trait("Invariant", "10")]
    [Trait("Invariant", "11")]
    [Trait("Invariant", "26")]
    public Task Whatever_becomes_of_the_line_to_the_bank_each_payment_ends_right() => BankLine.EachPaymentEndsRightAsync(webhooks: false, output);
}

/// <summary>Connections that break, fall silent or crawl between a client and the hub.</summary>
public sealed class ClientLineTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Invariant", "3")]
    [Trait("Invariant", "4")]
    public async Task A_client_that_lost_the_answer_gets_it_again_by_the_same_key()
    {
        await using var hub = new FaultyHub(lines: true, onePatience: TimeSpan.FromSeconds(4));
        await hub.InitializeAsync();
        await hub.Merchant.RegisterKeyAsync();
        string[] calls = ["POST /v1/customers HTTP", "POST /v1/orders HTTP", "POST /v1/payments HTTP", "/accept HTTP", "/instruments HTTP", "/submit HTTP", BankLine.Capture, BankLine.Refund];
        foreach (var call in calls)
        {
            foreach (var fault in BankLine.Faults) hub.Front!.Next(fault, call);
        }

        await Task.WhenAll(BankLine.Faults.Select(_ => CaptureAndRefundAsync(hub)));

        Assert.Empty(hub.Front!.Unmet);
        Assert.InRange(hub.Repeats, calls.Length * BankLine.Faults.Length, int.MaxValue);
        output.WriteLine($"{hub.Front.Met.Count} faults, {hub.Repeats} requests sent again");
        BankLine.OneHoldEach(await hub.BanksOwnBooksAsync(), await hub.Merchant.AllAsync("/v1/payments"));
        foreach (var list in (string[])["/v1/customers", "/v1/orders", "/v1/payments"]) Assert.Equal(BankLine.Faults.Length, (await hub.Merchant.AllAsync(list)).Count);
        await hub.EveryAcknowledgmentStandsAsync();
        await hub.EndsInTruthAsync(payments => Assert.All(payments, p => Assert.Equal(("succeeded", 4470, 1000), (p.Text("status"), p.Number("amount_captured"), p.Number("amount_refunded")))));
    }

    private static async Task CaptureAndRefundAsync(FaultyHub hub)
    {
        var journey = await Journey.BeginAsync(hub, new() { Capture = "manual" });
        await BankLine.AnswerAsync(journey, "PAY");
        await journey.UntilAsync(p => p.Text("status") == "requires_capture", "requires_capture", BankLine.Patience);
        (await hub.Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/captures")).Expect(200);
        await journey.UntilAsync(p => p.Text("status") == "succeeded", "succeeded", BankLine.Patience);
        (await hub.Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/refunds", new { amount = 1000 })).Expect(200);
        await journey.UntilAsync(p => p.Number("amount_refunded") == 1000, "refunded", BankLine.Patience);
    }
}

/// <summary>What both tests of the line to the bank do.</summary>
internal static class BankLine
{
    private const string Authorize = "POST /sandbox/bank/v1/authorizations HTTP";
    internal const string Capture = "/captures HTTP";
    internal const string Refund = "/refunds HTTP";
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

    internal static async Task AnswerAsync(Journey journey, string answer)
    {
        await journey.PayWithAsync(Cards.Approves);
        await journey.UntilAsync(p => p.Text("status") == "awaiting_confirmation", "awaiting_confirmation", Patience);
        await journey.Phone.TypeAsync($"{answer} {await journey.Phone.ConfirmationNumberAsync(() => Task.CompletedTask)}");
    }

    internal static void OneHoldEach(JsonElement books, IReadOnlyList<JsonElement> payments) =>
        Assert.All(payments, payment => Assert.Single(Bank.HoldsOf(books, payment)));
}
