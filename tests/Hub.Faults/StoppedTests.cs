using Hub.EndToEnd.Support;
using Hub.Faults.Support;

namespace Hub.Faults;

/// <summary>A hub that stands still for a while: to everybody outside it is dead, and to itself nothing happened.</summary>
public sealed class StoppedTests
{
    // The fault itself: longer than the 20 seconds the hub waits for a bank.
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(23);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    [Trait("Invariant", "10")]
    [Trait("Invariant", "11")]
    [Trait("Invariant", "21")]
    [Trait("Invariant", "26")]
    public async Task A_hub_that_stood_still_in_the_middle_does_nothing_twice_and_keeps_its_folder()
    {
        await using var hub = new FaultyHub(lines: true);
        await hub.InitializeAsync();
        await hub.Merchant.RegisterKeyAsync();
        var asked = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AskedAsync(hub)));
        hub.Back!.Next(LineFault.Hold, "POST /sandbox/bank/v1/authorizations HTTP", 2);
        hub.Back.Next(LineFault.Hold, "/captures HTTP", 2);
        var later = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PaidAsync(hub)));
        await Task.WhenAll(asked.Select(ApproveAsync));
        await Eventually.HoldsAsync(() => Task.FromResult(hub.Back.Met.Count == 4), "two authorizations and two captures at the bank");

        Signals.Send(hub.Process.Id, PosixSignalNumber.Stop);
        await RefusedAsync(hub);
        hub.Back.Release();
        await Task.Delay(Standstill, TestContext.Current.CancellationToken);
        Signals.Send(hub.Process.Id, PosixSignalNumber.Continue);

        await later;
        await Task.WhenAll(asked.Select(journey => journey.UntilAsync(p => p.Text("status") == "succeeded", "succeeded", Patience)));
        await RefusedAsync(hub);
        await hub.Process.ReadyAsync(hub.Own, "/health/ready");
        var books = await hub.BanksOwnBooksAsync();
        Assert.All(await hub.Merchant.AllAsync("/v1/payments"), payment => Assert.Single(Bank.HoldsOf(books, payment)));
        Assert.All(books.List("keys"), key => Assert.Equal(1, key.Number("carried_out")));
        await hub.EveryAcknowledgmentStandsAsync();
        await hub.EndsInTruthAsync(payments =>
        {
            Assert.Equal(6, payments.Count);
            Assert.All(payments, p => Assert.Equal(("succeeded", 4470), (p.Text("status"), p.Number("amount_captured"))));
        });
    }

    private static async Task<Journey> AskedAsync(FaultyHub hub)
    {
        var journey = await Journey.BeginAsync(hub);
        await journey.PayUntilAskedAsync();
        return journey;
    }

    private static async Task PaidAsync(FaultyHub hub)
    {
        var journey = await Journey.BeginAsync(hub);
        await journey.PayWithAsync(Cards.Approves);
        await journey.UntilAsync(p => p.Text("status") == "awaiting_confirmation", "awaiting_confirmation", Patience);
        await ApproveAsync(journey);
        await journey.UntilAsync(p => p.Text("status") == "succeeded", "succeeded", Patience);
    }

    private static async Task ApproveAsync(Journey journey) =>
        await journey.Phone.TypeAsync($"PAY {await journey.Phone.ConfirmationNumberAsync(() => Task.CompletedTask)}");

    // The lock is the operating system's: it holds while its owner stands still, and says so in one line.
    private static async Task RefusedAsync(FaultyHub hub)
    {
        using var second = HubProcess.Start([.. hub.Arguments(), $"--urls=http://127.0.0.1:{RunningHub.FreePort()}"]);
        Assert.Equal(1, await second.EndAsync());
        var line = Assert.Single(second.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Contains(hub.Data, line, StringComparison.Ordinal);
    }
}
