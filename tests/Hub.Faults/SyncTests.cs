using System.Text.Json;
using Hub.EndToEnd.Support;
using Hub.Faults.Support;

namespace Hub.Faults;

/// <summary>
/// kill -9 says nothing about the disk, since the page cache survives it. So the hub's system calls are looked at: the journal is
/// synced before an answer's first byte, and before the first byte to the bank.
/// </summary>
public sealed class SyncTests
{
    private const string Demo = "merchant:mer_00000000000000000000acme00";

    // Longer than any commit on a disk in good health, in microseconds.
    private const int SlowDisk = 150_000;

    [Fact]
    [Trait("Invariant", "3")]
    [Trait("Invariant", "9")]
    public async Task The_journal_is_synced_before_an_answer_leaves_and_before_the_bank_is_asked()
    {
        Assert.SkipUnless(Strace.IsThere, Strace.Install);
        await using var hub = new FaultyHub();
        await hub.InitializeAsync();
        await hub.Merchant.RegisterKeyAsync();
        await using var strace = await Strace.AttachAsync(hub.Process.Id, SyncOrder.Traced);

        var journey = await Journey.BeginAsync(hub, new() { Capture = "manual" });
        await journey.PayAndApproveAsync(until: "requires_capture");
        (await hub.Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/captures")).Expect(200);
        var done = await journey.UntilAsync("succeeded");

        var order = new SyncOrder(await strace.DetachAsync());
        AnswersCameAfterTheSync(hub, order, journey);
        TheBankWasAskedAfterTheSync(hub, order, done);
    }

    [Fact]
    [Trait("Invariant", "3")]
    [Trait("Invariant", "26")]
    public async Task On_a_slow_disk_journeys_end_well_and_answers_still_wait_for_the_sync()
    {
        Assert.SkipUnless(Strace.IsThere, Strace.Install);
        await using var hub = new FaultyHub();
        await hub.InitializeAsync();
        await hub.Merchant.RegisterKeyAsync();
        var strace = await Strace.AttachAsync(hub.Process.Id, [.. SyncOrder.Traced, "-e", $"inject=fsync,fdatasync:delay_enter={SlowDisk}"]);

        var journeys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => WalkAsync(hub)));

        var order = new SyncOrder(await strace.DetachAsync());
        await strace.DisposeAsync();
        foreach (var (journey, done) in journeys)
        {
            AnswersCameAfterTheSync(hub, order, journey);
            TheBankWasAskedAfterTheSync(hub, order, done);
        }

        await hub.EveryAcknowledgmentStandsAsync();
        await hub.EndsInTruthAsync(payments => Assert.All(payments, p => Assert.Equal("succeeded", p.Text("status"))));
    }

    private static async Task<(Journey Journey, JsonElement Done)> WalkAsync(FaultyHub hub)
    {
        var patience = TimeSpan.FromMinutes(2);
        var journey = await Journey.BeginAsync(hub, new() { Capture = "manual" });
        await journey.PayWithAsync(Cards.Approves);
        await journey.Phone.TypeAsync($"PAY {await journey.Phone.ConfirmationNumberAsync(() => Task.CompletedTask)}");
        await journey.UntilAsync(p => p.Text("status") == "requires_capture", "requires_capture", patience);
        (await hub.Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/captures")).Expect(200);
        return (journey, await journey.UntilAsync(p => p.Text("status") == "succeeded", "succeeded", patience));
    }

    private static void AnswersCameAfterTheSync(FaultyHub hub, SyncOrder order, Journey journey)
    {
        var customer = $"customer:{journey.Customer.Id}:{journey.Payment}";
        Of("/v1/customers", Demo, journey.Customer.Id);
        Of("/v1/orders", Demo, journey.OrderId);
        Of("/v1/payments", Demo, journey.Payment);
        Of($"/v1/orders/{journey.OrderId}/accept", customer, journey.OrderId);
        Of($"/v1/payments/{journey.Payment}/submit", customer, journey.Payment);
        Of($"/v1/payments/{journey.Payment}/captures", Demo, journey.Payment);

        void Of(string path, string tenant, string about)
        {
            var told = hub.Acknowledged.Single(a => a.Path == path && JsonSerializer.Deserialize<JsonElement>(a.Answer).Text("id") == about);
            order.SyncedBefore([SyncOrder.CommandOf(tenant, told.Key)], hub.Own.Port, $"{told.RequestId}");
        }
    }

    private static void TheBankWasAskedAfterTheSync(FaultyHub hub, SyncOrder order, JsonElement payment)
    {
        var (authorize, capture) = ($"{payment.Text("attempts.0.id")}/authorize", $"{payment.Text("captures.0.id")}");
        order.SyncedBefore(["payment.bank_call_started", authorize], hub.Outside.Port, $"Idempotency-Key: {authorize}");
        order.SyncedBefore(["payment.bank_call_started", capture], hub.Outside.Port, $"Idempotency-Key: {capture}");
    }
}
