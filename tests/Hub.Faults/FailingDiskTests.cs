using Hub.EndToEnd.Support;
using Hub.Faults.Support;

namespace Hub.Faults;

/// <summary>A disk that refuses to sync: what it holds is worth nothing from then on, so the process must not go on as if.</summary>
[Trait("Invariant", "3")]
public sealed class FailingDiskTests
{
    [Theory]
    [InlineData("journal.db-wal", "journal")]
    [InlineData("vault.db-wal", "vault")]
    [InlineData("access.db-wal", "access.db")]
    public async Task A_failed_sync_stops_the_process_and_nothing_that_was_told_is_missing_afterwards(string file, string named)
    {
        Assert.SkipUnless(Strace.IsThere, Strace.Install);
        await using var hub = new FaultyHub();
        await hub.InitializeAsync();
        var before = await Journey.BeginAsync(hub);
        await before.PayAndApproveAsync();
        var open = await Journey.BeginAsync(hub);
        await open.PayUntilAskedAsync();
        var number = await open.Phone.ConfirmationNumberAsync();
        var process = hub.Process;
        var strace = await Strace.AttachAsync(
            process.Id, "-P", Path.Combine(hub.Data, file), "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO");

        // A whole journey writes to every file of the hub, so one of its steps meets the fault; its client goes on once the hub is back.
        var during = Journey.BeginAsync(hub);
        var exit = await process.EndAsync();
        await strace.DisposeAsync();
        await hub.StartHubAsync();
        await (await during).PayAndApproveAsync();
        await open.Phone.TypeAsync($"PAY {number}");
        await open.UntilAsync("succeeded");

        Assert.NotEqual(0, exit);
        Assert.Contains(named, process.Errors, StringComparison.Ordinal);
        await hub.EveryAcknowledgmentStandsAsync();
        await hub.EndsInTruthAsync(payments =>
        {
            Assert.Equal(3, payments.Count);
            Assert.All(payments, p => Assert.Equal("succeeded", p.Text("status")));
        });
    }
}
