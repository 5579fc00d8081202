using Hub.Actors.Feed;
using Hub.Actors.Hosting;
using Hub.Actors.Tests.Feed;
using Hub.Actors.Tests.Journal;

namespace Hub.Actors.Tests.Hosting;

/// <summary>An engine that is given its partitions one by one, as a node of a cluster is.</summary>
public sealed class PartitionOwnerTests
{
    private static readonly int OfA = StreamPartition.Of("till/a");
    private static readonly string Elsewhere = Enumerable.Range(0, 100).Select(n => $"t{n}").First(key => StreamPartition.Of($"till/{key}") != OfA);

    [Fact]
    public async Task Only_events_of_partitions_that_are_owned_are_handled()
    {
        var seen = new Recorder("seen");
        await using var bench = await new Workbench(ownsEverything: false).StartAsync(seen);
        await DepositAsync(bench, "a", Elsewhere);

        bench.Engine.Partitions.Own(OfA);
        await bench.Engine.SettledAsync(Workbench.Cancel);

        Assert.Equal("a", Assert.Single(seen.Finished).Actor.Key);
    }

    [Fact]
    public async Task A_partition_owned_later_is_caught_up_from_its_own_checkpoint()
    {
        var seen = new Recorder("seen");
        await using var bench = await new Workbench(ownsEverything: false).StartAsync(seen);
        bench.Engine.Partitions.Own(OfA);
        await DepositAsync(bench, Elsewhere, "a");
        await bench.Engine.SettledAsync(Workbench.Cancel);

        bench.Engine.Partitions.Own(StreamPartition.Of($"till/{Elsewhere}"));
        await bench.Engine.SettledAsync(Workbench.Cancel);

        Assert.Equal(["a", Elsewhere], seen.Finished.Select(one => one.Actor.Key));
    }

    [Fact]
    public async Task Who_takes_a_partition_over_goes_on_where_the_one_before_had_come()
    {
        var seen = new Recorder("seen");
        await using var bench = await new Workbench(ownsEverything: false).StartAsync(seen);
        var partitions = bench.Engine.Partitions;
        partitions.Own(OfA);
        partitions.Own(OfA);
        await bench.SendAsync("a", "c1", new TillCommand.Deposit(1));
        await bench.Engine.SettledAsync(Workbench.Cancel);

        await partitions.ReleaseAsync(OfA);
        await partitions.ReleaseAsync(OfA);
        await bench.SendAsync("a", "c2", new TillCommand.Deposit(1));
        Assert.Equal(1, Assert.Single(bench.Store.Checkpoints("seen")).Position);
        partitions.Own(OfA);
        await bench.Engine.SettledAsync(Workbench.Cancel);

        Assert.Equal([1L, 2L], seen.Finished.Select(one => one.Version));
    }

    [Fact]
    [Trait("Invariant", "18")]
    public async Task A_timer_fires_where_its_partition_is_owned_and_nowhere_else()
    {
        await using var bench = await new Workbench(ownsEverything: false).StartAsync();
        foreach (var till in (string[])["a", Elsewhere])
        {
            await bench.SendAsync(till, "c1", new TillCommand.SetAlarm("tea", bench.Time.GetUtcNow().AddMinutes(1)));
        }

        bench.Engine.Partitions.Own(OfA);
        await ReactionRunnerTests.EventuallyAsync(() => bench.Store.FindTimer("till/a", "tea") is null, () => bench.Time.Advance(TimeSpan.FromSeconds(30)));
        Assert.NotNull(bench.Store.FindTimer($"till/{Elsewhere}", "tea"));

        bench.Engine.Partitions.Own(StreamPartition.Of($"till/{Elsewhere}"));
        await ReactionRunnerTests.EventuallyAsync(() => bench.Store.FindTimer($"till/{Elsewhere}", "tea") is null, () => bench.Time.Advance(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Nothing_is_owned_before_the_start_nor_once_the_engine_stops()
    {
        await using var bench = new Workbench(ownsEverything: false);
        Assert.Throws<InvalidOperationException>(() => bench.Engine.Partitions.Own(0));

        await bench.StartAsync();
        await bench.StopAsync();

        Assert.Throws<InvalidOperationException>(() => bench.Engine.Partitions.Own(0));
    }

    [Fact]
    public async Task A_partition_that_is_taken_up_while_the_journal_is_away_is_carried_once_it_is_back()
    {
        FaultyStore? store = null;
        var away = 3;
        var seen = new Recorder("seen");
        await using var bench = await new Workbench(wrap: inner => store = new FaultyStore(inner), ownsEverything: false).StartAsync(seen);
        store!.BeforeParked = () =>
        {
            if (away-- > 0)
            {
                throw new JournalUnavailableException("away");
            }
        };
        await DepositAsync(bench, "a");

        bench.Engine.Partitions.Own(OfA);
        await ReactionRunnerTests.EventuallyAsync(() => seen.Finished.Count == 1, () => bench.Time.Advance(TimeSpan.FromSeconds(1)));

        Assert.True(away < 0);
    }

    [Fact]
    [Trait("Invariant", "21")]
    public async Task Who_gives_a_partition_up_a_second_time_waits_for_what_is_under_way_as_well()
    {
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = new Recorder("slow", (_, _) =>
        {
            begun.TrySetResult();
            return gate.Task;
        });
        await using var bench = await new Workbench(ownsEverything: false).StartAsync(slow);
        var partitions = bench.Engine.Partitions;
        partitions.Own(OfA);
        await DepositAsync(bench, "a");
        await begun.Task.WaitAsync(Workbench.Cancel);

        var (first, second) = (partitions.ReleaseAsync(OfA), partitions.ReleaseAsync(OfA));
        Assert.False(first.IsCompleted);
        Assert.False(second.IsCompleted);

        gate.SetResult();
        await first;
        await second;
        Assert.Single(slow.Finished);
    }

    [Fact]
    public async Task A_reaction_that_is_full_holds_no_other_up()
    {
        var gate = new TaskCompletionSource();
        var slow = new Recorder("slow", (_, cancel) => gate.Task.WaitAsync(cancel));
        var quick = new Recorder("quick");
        await using var bench = await new Workbench(reactions: ReactionOptions.Default with { Backlog = 2 }).StartAsync(slow, quick);
        for (var n = 0; n < 20; n++)
        {
            await bench.SendAsync($"t{n}", "c", new TillCommand.Deposit(1));
            await ReactionRunnerTests.EventuallyAsync(() => quick.Finished.Count == n + 1);
        }

        Assert.Empty(slow.Finished);
        gate.SetResult();
        await bench.Engine.SettledAsync(Workbench.Cancel);
        Assert.Equal(20, slow.Finished.Count);
    }

    private static async Task DepositAsync(Workbench bench, params string[] tills)
    {
        foreach (var till in tills)
        {
            await bench.SendAsync(till, "c", new TillCommand.Deposit(1));
        }
    }
}
