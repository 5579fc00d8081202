using Hub.Actors.Local;

namespace Hub.Actors.Tests.Local;

/// <summary>What only the in-process engine promises; what every engine does is in <see cref="Engine.ActorsBehaviour{TBench}"/>.</summary>
public sealed class LocalActorsTests
{
    [Fact]
    public async Task Turns_of_one_actor_are_taken_in_the_order_of_arrival()
    {
        await using var bench = new Workbench();

        var sent = Enumerable.Range(1, 50).Select(n => bench.SendAsync("a", $"c{n}", new TillCommand.Deposit(n))).ToList();
        await Task.WhenAll(sent);

        var stored = bench.Store.ReadStream("till/a", 0).Events.Select(one => one.CommandId);
        Assert.Equal(Enumerable.Range(1, 50).Select(n => $"c{n}"), stored);
    }

    [Fact]
    public async Task A_read_sees_what_was_committed_before_it()
    {
        await using var bench = new Workbench();

        var deposit = bench.SendAsync("a", "c1", new TillCommand.Deposit(5));
        var reading = await bench.Engine.Actors.ReadAsync(Till.Kind["a"], Workbench.Cancel);
        await deposit;

        Assert.Equal(new ActorReading(1, new TillState(null, 5, 0)), reading);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    public async Task An_actor_leaves_memory_when_it_was_idle_for_the_whole_time(int ticks, long resident)
    {
        var idle = TimeSpan.FromMinutes(10);
        await using var bench = new Workbench(actors: new LocalActorsOptions(idle, 100));
        var actors = (LocalActors)bench.Engine.Actors;
        await bench.SendAsync("a", "c1", new TillCommand.Deposit(5));

        bench.Time.Advance(idle + TimeSpan.FromTicks(ticks));
        actors.Sweep();

        Assert.Equal(resident, actors.Resident);
        Assert.Equal(5, (await bench.StateAsync("a")).Minor);
    }

    [Fact]
    public async Task Above_the_maximum_the_longest_idle_actors_leave_memory()
    {
        await using var bench = new Workbench(actors: new LocalActorsOptions(TimeSpan.FromHours(1), 10));
        for (var n = 1; n <= 25; n++)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await bench.SendAsync($"t{n}", "c", new TillCommand.Deposit(n));
            }

        Assert.InRange(((LocalActors)bench.Engine.Actors).Resident, 9, 11);
        Assert.Equal(1, (await bench.StateAsync("t1")).Minor);
    }

    [Fact]
    public async Task Stopping_finishes_the_turns_taken_on_and_refuses_new_ones()
    {
        using var folder = new Folder();
        var bench = new Workbench(folder);
        var sent = Enumerable.Range(1, 100).Select(n => bench.SendAsync($"t{n % 7}", $"c{n}", new TillCommand.Deposit(1))).ToList();

        await bench.StopAsync();

        Assert.All(await Task.WhenAll(sent), outcome => Assert.IsType<TurnOutcome.Committed>(outcome));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => bench.SendAsync("t1", "late", new TillCommand.Deposit(1)));
    }

    [Fact]
    public async Task A_restart_brings_every_actor_back()
    {
        using var folder = new Folder();
        await using (var before = new Workbench(folder))
        {
            await Task.WhenAll(Enumerable.Range(1, 100).Select(n => before.SendAsync($"t{n % 10}", $"c{n}", new TillCommand.Deposit(1))));
        }

        await using var after = new Workbench(folder);

        for (var n = 0; n < 10; n++)
        {
            Assert.Equal(10, (await after.StateAsync($"t{n}")).Minor);
        }
    }
}
