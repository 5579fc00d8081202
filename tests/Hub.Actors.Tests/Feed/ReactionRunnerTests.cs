using Hub.Actors.Feed;
using Hub.Actors.Journal;

namespace Hub.Actors.Tests.Feed;

public sealed class ReactionRunnerTests
{
    private static readonly ReactionOptions Quick = ReactionOptions.Default with { Tries = 3, FirstPause = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task Events_of_one_stream_are_handled_in_order()
    {
        var seen = new Recorder("seen", async (_, _) => await Task.Yield());
        await using var bench = await new Workbench().StartAsync(seen);

        await Task.WhenAll(Enumerable.Range(0, 300).Select(n => bench.SendAsync($"t{n % 5}", $"c{n}", new TillCommand.Deposit(1))));
        await bench.Engine.SettledAsync(Workbench.Cancel);

        Assert.Equal(300, seen.Finished.Count);
        Assert.All(seen.Finished.GroupBy(one => one.Actor), stream => Assert.Equal(Enumerable.Range(1, 60).Select(n => (long)n), stream.Select(one => one.Version)));
    }

    [Fact]
    public async Task A_slow_stream_does_not_hold_up_the_others_and_holds_its_checkpoint_back()
    {
        var gate = new TaskCompletionSource();
        var seen = new Recorder("seen", async (happened, cancel) =>
        {
            if (happened.Actor.Key == "slow")
            {
                await gate.Task.WaitAsync(cancel);
            }
        });
        await using var bench = await new Workbench().StartAsync(seen);
        await bench.SendAsync("slow", "c", new TillCommand.Deposit(1));
        await Task.WhenAll(Enumerable.Range(0, 64).Select(n => bench.SendAsync($"t{n}", "c", new TillCommand.Deposit(1))));

        await EventuallyAsync(() => seen.Finished.Count == 64);
        var runner = Assert.Single(bench.Engine.Reactions);
        await bench.Engine.SaveAsync();

        var checkpoints = bench.Store.Checkpoints("seen").ToDictionary(one => one.Partition, one => one.Position);
        Assert.False(checkpoints.ContainsKey(StreamPartition.Of("till/slow")));
        Assert.All(checkpoints.Values, position => Assert.Equal(65, position));
        Assert.Equal(65, runner.Lag);

        gate.SetResult();
        await bench.Engine.SettledAsync(Workbench.Cancel);
        Assert.Equal(0, runner.Lag);
    }

    [Fact]
    public async Task What_was_under_way_is_delivered_again_after_a_restart_and_what_was_finished_is_not()
    {
        using var folder = new Folder();
        var stuck = new Recorder("seen", async (happened, cancel) =>
        {
            if (happened.Actor.Key == "slow")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            }
        });
        var slow = StreamPartition.Of("till/slow");
        var other = Enumerable.Range(0, 100).Select(n => $"t{n}").First(key => StreamPartition.Of($"till/{key}") != slow);
        await using (var before = await new Workbench(folder).StartAsync(stuck))
        {
            await before.SendAsync("slow", "c", new TillCommand.Deposit(1));
            await before.SendAsync(other, "c", new TillCommand.Deposit(1));
            await EventuallyAsync(() => stuck.Finished.Count == 1);
        }

        var again = new Recorder("seen");
        await using var after = await new Workbench(folder).StartAsync(again);
        await after.Engine.SettledAsync(Workbench.Cancel);

        Assert.Equal("slow", Assert.Single(again.Finished).Actor.Key);
    }

    [Fact]
    public async Task A_new_reaction_starts_at_the_first_event_ever()
    {
        using var folder = new Folder();
        await using (var before = new Workbench(folder))
        {
            await Task.WhenAll(Enumerable.Range(0, 2_000).Select(n => before.SendAsync($"t{n % 50}", $"c{n}", new TillCommand.Deposit(1))));
        }

        var late = new Recorder("late");
        await using var after = await new Workbench(folder).StartAsync(late);
        await after.Engine.SettledAsync(Workbench.Cancel);

        Assert.Equal(2_000, late.Finished.Count);
    }

    [Fact]
    public async Task A_stream_that_keeps_failing_is_parked_durably_and_tried_again_after_a_restart()
    {
        using var folder = new Folder();
        var failures = 0;
        var failing = new Recorder("seen", (happened, _) =>
        {
            if (happened.Actor.Key == "bad" && happened.Version >= 2)
            {
                Interlocked.Increment(ref failures);
                throw new InvalidOperationException("no");
            }

            return Task.CompletedTask;
        });
        await using (var before = await new Workbench(folder, reactions: Quick).StartAsync(failing))
        {
            for (var n = 1; n <= 4; n++)
            {
                await before.SendAsync("bad", $"c{n}", new TillCommand.Deposit(1));
            }

            await before.SendAsync("good", "c", new TillCommand.Deposit(1));
            var runner = Assert.Single(before.Engine.Reactions);
            await EventuallyAsync(() => runner.Parked.Count == 1, () => before.Time.Advance(TimeSpan.FromSeconds(1)));
            await before.Engine.SettledAsync(Workbench.Cancel);

            Assert.Equal(3, failures);
            Assert.Equal(0, runner.Lag);
            var parked = Assert.Single(before.Store.Parked("seen"));
            Assert.Equal(("till/bad", 2L, typeof(InvalidOperationException).FullName), (parked.Stream, parked.Version, parked.Error));
        }

        var mended = new Recorder("seen");
        await using var after = await new Workbench(folder).StartAsync(mended);
        await after.SendAsync("bad", "c5", new TillCommand.Deposit(1));
        await EventuallyAsync(() => mended.Finished.Count == 4 && after.Store.Parked("seen").Count == 0);

        Assert.Equal([2L, 3L, 4L, 5L], mended.Finished.Select(one => one.Version));
    }

    [Fact]
    public async Task An_unavailable_journal_never_parks_a_stream()
    {
        var failures = 0;
        var seen = new Recorder("seen", (_, _) => Interlocked.Increment(ref failures) <= 10 ? throw new JournalUnavailableException("full") : Task.CompletedTask);
        await using var bench = await new Workbench(reactions: Quick).StartAsync(seen);
        await bench.SendAsync("a", "c", new TillCommand.Deposit(1));

        await EventuallyAsync(() => seen.Finished.Count == 1, () => bench.Time.Advance(TimeSpan.FromSeconds(30)));

        Assert.Empty(bench.Store.Parked("seen"));
    }

    // The hashes of these texts are published with FNV: 811c9dc5, e40c292c, bf9cf968.
    [Theory]
    [InlineData("", 5)]
    [InlineData("a", 12)]
    [InlineData("foobar", 8)]
    public void A_stream_has_the_same_partition_in_every_process(string stream, int partition) =>
        Assert.Equal(partition, StreamPartition.Of(stream));

    /// <summary>Lets the engine's own threads go on until something holds; the test's timeout is the limit.</summary>
    internal static async Task EventuallyAsync(Func<bool> holds, Action? meanwhile = null)
    {
        while (!holds())
        {
            meanwhile?.Invoke();
            Workbench.Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
