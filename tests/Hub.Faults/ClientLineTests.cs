using Hub.EndToEnd.Support;
using Hub.Faults.Support;

namespace Hub.Faults;

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
