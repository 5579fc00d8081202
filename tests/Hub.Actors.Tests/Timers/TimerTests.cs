using Hub.Actors.Journal;
using Hub.Actors.Tests.Feed;

namespace Hub.Actors.Tests.Timers;

/// <summary>Invariant 18: never early, after an outage too, once.</summary>
[Trait("Invariant", "18")]
public sealed class TimerTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_timer_fires_when_it_is_due_and_not_before()
    {
        await using var bench = await new Workbench().StartAsync();
        var due = bench.Time.GetUtcNow() + Hour;
        await bench.SendAsync("a", "c", new TillCommand.SetAlarm("tea", due));

        bench.Time.Advance(Hour - TimeSpan.FromTicks(1));
        Assert.Equal(0, (await bench.StateAsync("a")).Rung);

        await RungAsync(bench, "a", 1);
        var rang = Assert.IsType<TillEvent.Rang>(Till.Kind.ReadEvent(bench.Store.ReadStream("till/a", 1).Events[0].Payload.Span));
        Assert.True(rang.At >= due);
        Assert.Empty(bench.Store.DueTimers(DateTimeOffset.MaxValue, null, 10));
    }

    [Fact]
    public async Task A_timer_that_came_due_while_the_hub_was_down_fires_afterwards_and_once()
    {
        using var folder = new Folder();
        var time = new FakeTime();
        await using (var before = await new Workbench(folder, time: time).StartAsync())
        {
            await before.SendAsync("a", "c", new TillCommand.SetAlarm("tea", time.GetUtcNow() + Hour));
        }

        time.Advance(24 * Hour);
        await using (var after = await new Workbench(folder, time: time).StartAsync())
        {
            await RungAsync(after, "a", 1);
        }

        await using var third = await new Workbench(folder, time: time).StartAsync();
        time.Advance(24 * Hour);
        Assert.Equal(1, (await third.StateAsync("a")).Rung);
        Assert.Equal(2, third.Store.Head());
    }

    [Fact]
    public async Task Setting_a_name_again_replaces_the_timer_and_a_stale_fire_changes_nothing()
    {
        await using var bench = new Workbench();
        var now = bench.Time.GetUtcNow();
        await bench.SendAsync("a", "c1", new TillCommand.SetAlarm("tea", now));
        await bench.SendAsync("a", "c2", new TillCommand.SetAlarm("tea", now + Hour));

        var stale = await FireAsync(bench, new TimerFired("tea", 1));

        Assert.Equal([], Assert.IsType<TurnOutcome.Committed>(stale).Events);
        Assert.Equal(new StoredTimer("till/a", new TimerFired("tea", 2), now + Hour), bench.Store.FindTimer("till/a", "tea"));
    }

    [Fact]
    public async Task A_timer_that_was_cleared_does_not_fire()
    {
        await using var bench = new Workbench();
        await bench.SendAsync("a", "c1", new TillCommand.SetAlarm("tea", bench.Time.GetUtcNow()));
        await bench.SendAsync("a", "c2", new TillCommand.ClearAlarm("tea"));

        await FireAsync(bench, new TimerFired("tea", 1));

        Assert.Equal(0, (await bench.StateAsync("a")).Rung);
    }

    [Fact]
    public async Task A_clock_that_was_put_back_makes_no_timer_early()
    {
        await using var bench = new Workbench();
        await bench.SendAsync("a", "c1", new TillCommand.SetAlarm("tea", bench.Time.GetUtcNow()));
        bench.Time.JumpWallClock(TimeSpan.FromTicks(-1));

        await FireAsync(bench, new TimerFired("tea", 1));
        Assert.Equal(0, (await bench.StateAsync("a")).Rung);
        Assert.NotNull(bench.Store.FindTimer("till/a", "tea"));

        bench.Time.JumpWallClock(TimeSpan.FromTicks(1));
        await FireAsync(bench, new TimerFired("tea", 1));
        Assert.Equal(1, (await bench.StateAsync("a")).Rung);
    }

    [Fact]
    public async Task A_timer_fired_twice_takes_effect_once()
    {
        await using var bench = new Workbench();
        await bench.SendAsync("a", "c1", new TillCommand.SetAlarm("tea", bench.Time.GetUtcNow()));

        var both = await Task.WhenAll(FireAsync(bench, new TimerFired("tea", 1)), FireAsync(bench, new TimerFired("tea", 1)));

        Assert.Equal([false, true], both.Select(outcome => Assert.IsType<TurnOutcome.Committed>(outcome).Repeated));
        Assert.Equal(1, (await bench.StateAsync("a")).Rung);
    }

    [Fact]
    public async Task A_timer_whose_command_is_refused_is_done_with()
    {
        await using var bench = await new Workbench().StartAsync();
        await bench.SendAsync("a", "c1", new TillCommand.SetAlarm("mute", bench.Time.GetUtcNow()));

        await ReactionRunnerTests.EventuallyAsync(() => bench.Store.FindTimer("till/a", "mute") is null, () => bench.Time.Advance(TimeSpan.FromSeconds(1)));

        Assert.Equal(0, (await bench.StateAsync("a")).Rung);
    }

    [Fact]
    public async Task A_timer_may_set_itself_again()
    {
        await using var bench = await new Workbench().StartAsync();
        await bench.SendAsync("a", "c1", new TillCommand.SetAlarm("again", bench.Time.GetUtcNow()));

        await RungAsync(bench, "a", 1);
        Assert.Equal(3, bench.Store.FindTimer("till/a", "again")?.Timer.SetAt);
        bench.Time.Advance(Hour);
        await RungAsync(bench, "a", 2);
    }

    [Fact]
    public async Task A_parked_actor_does_not_keep_other_timers_from_firing()
    {
        await using var bench = await new Workbench().StartAsync();
        var due = bench.Time.GetUtcNow() + TimeSpan.FromSeconds(5);
        await bench.SendAsync("bad", "c1", new TillCommand.SetAlarm("tea", due));
        await bench.SendAsync("good", "c1", new TillCommand.SetAlarm("tea", due));
        await Assert.ThrowsAsync<ActorParkedException>(() => bench.SendAsync("bad", "c2", new TillCommand.Break()));

        bench.Time.Advance(TimeSpan.FromSeconds(5));
        await RungAsync(bench, "good", 1);

        Assert.NotNull(bench.Store.FindTimer("till/bad", "tea"));
    }

    private static Task<TurnOutcome> FireAsync(Workbench bench, TimerFired timer) => bench.Engine.Actors.SendAsync(
        Till.Kind["a"], new Envelope($"timer:{timer.Name}:{timer.SetAt}", Till.OnTimer(timer.Name), timer), Workbench.Cancel);

    private static async Task RungAsync(Workbench bench, string till, int times)
    {
        while ((await bench.StateAsync(till)).Rung < times)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }
}
