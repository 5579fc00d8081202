using Hub.Actors.Journal;

namespace Hub.Actors.Tests.Journal;

public sealed class GroupCommitterTests
{
    [Fact]
    public async Task What_waits_at_the_same_moment_shares_a_commit()
    {
        using var held = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        await using var bench = new Workbench(wrap: store => new FaultyStore(store));
        var faulty = (FaultyStore)bench.Store;
        faulty.Before = _ =>
        {
            entered.Set();
            held.Wait(Workbench.Cancel);
        };

        // The first one is inside its commit while the others arrive.
        var sent = new List<Task> { bench.SendAsync("first", "c", new TillCommand.Deposit(1)) };
        entered.Wait(Workbench.Cancel);
        sent.AddRange(Enumerable.Range(0, 1_000).Select(n => bench.SendAsync($"t{n}", "c", new TillCommand.Deposit(1))));
        held.Set();
        await Task.WhenAll(sent);

        Assert.Equal(2, faulty.Batches);
        Assert.Equal(1_001, bench.Store.Head());
    }

    [Fact]
    public async Task More_than_fits_one_commit_goes_into_the_next()
    {
        using var held = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var sizes = new List<int>();
        await using var bench = new Workbench(wrap: store => new FaultyStore(store));
        var faulty = (FaultyStore)bench.Store;
        faulty.Before = batch =>
        {
            sizes.Add(batch.Count);
            entered.Set();
            held.Wait(Workbench.Cancel);
        };

        var sent = new List<Task> { bench.SendAsync("first", "c", new TillCommand.Deposit(1)) };
        entered.Wait(Workbench.Cancel);
        sent.AddRange(Enumerable.Range(0, GroupCommitter.MaxBatch + 1).Select(n => bench.SendAsync($"t{n}", "c", new TillCommand.Deposit(1))));
        held.Set();
        await Task.WhenAll(sent);

        Assert.Equal([1, GroupCommitter.MaxBatch, 1], sizes);
    }

    [Fact]
    public async Task A_write_that_breaks_the_store_fails_alone()
    {
        using var held = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        await using var bench = new Workbench(wrap: store => new FaultyStore(store));
        var faulty = (FaultyStore)bench.Store;
        faulty.Before = batch =>
        {
            entered.Set();
            held.Wait(Workbench.Cancel);
            if (batch.OfType<JournalWrite.Append>().Any(append => append.Stream == "till/bad"))
            {
                throw new InvalidOperationException("too big");
            }
        };

        var sent = bench.SendAsync("first", "c", new TillCommand.Deposit(1));
        entered.Wait(Workbench.Cancel);
        var bad = bench.SendAsync("bad", "c", new TillCommand.Deposit(1));
        var good = bench.SendAsync("good", "c", new TillCommand.Deposit(1));
        held.Set();

        await Task.WhenAll(sent, good);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
    }
}
