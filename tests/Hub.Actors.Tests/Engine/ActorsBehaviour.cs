using System.Security.Cryptography;
using Hub.Actors.Journal;
using Hub.Domain.Kernel;

namespace Hub.Actors.Tests.Engine;

/// <summary>What <see cref="IActors"/> promises, whichever engine is behind it.</summary>
public abstract class ActorsBehaviour<TBench>(TBench bench) : ActorsSuite<TBench>(bench)
    where TBench : class, IActorsBench
{
    [Fact]
    public async Task Many_commands_to_one_actor_take_effect_one_after_the_other()
    {
        var done = await Task.WhenAll(Enumerable.Range(1, 200).Select(n => CommitAsync($"c{n}", new TillCommand.Deposit(1))));

        Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), done.Select(one => one.Version).Order());
        Assert.Equal(200, (await StateAsync()).Minor);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task The_same_command_gets_the_same_answer_as_of_then()
    {
        var first = await CommitAsync("c1", new TillCommand.Twice(10));
        await CommitAsync("c2", new TillCommand.Deposit(5));

        var again = await CommitAsync("c1", new TillCommand.Twice(10));

        Assert.Equal(first with { Repeated = true }, again);
        Assert.Equal((2L, new TillState(null, 20, 0)), (again.Version, again.State));
        Assert.Equal(["c1", "c1", "c2"], Stored());
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_command_sent_many_times_at_once_takes_effect_once()
    {
        var done = await Task.WhenAll(Enumerable.Range(1, 20).Select(_ => CommitAsync("c", new TillCommand.Deposit(3))));

        Assert.Single(done, one => !one.Repeated);
        Assert.Equal(3, (await StateAsync()).Minor);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task The_same_id_with_another_payload_is_refused()
    {
        await CommitAsync("c1", new TillCommand.Deposit(10));

        var refused = Assert.IsType<TurnOutcome.Rejected>(await SendAsync("c1", new TillCommand.Deposit(11)));

        Assert.Equal((RejectionCode.CommandIdReused, 1L), (refused.Code, refused.Version));
        Assert.Equal(["c1"], Stored());
    }

    [Fact]
    public async Task The_same_id_is_another_command_at_another_actor()
    {
        await CommitAsync("c1", new TillCommand.Deposit(10));

        Assert.False((await CommitAsync("c1", new TillCommand.Deposit(11), Till + "b")).Repeated);
    }

    [Fact]
    public async Task A_refusal_appends_nothing()
    {
        Assert.Equal(
            new TurnOutcome.Rejected(RejectionCode.AmountNotPositive, 0, Tests.Till.Initial),
            await SendAsync("c1", new TillCommand.Deposit(0)));
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Asking_for_what_already_holds_appends_nothing()
    {
        await CommitAsync("c1", new TillCommand.Assign("cus_1"));

        var outcome = await CommitAsync("c2", new TillCommand.Assign("cus_1"));

        Assert.Equal((1L, 0, false), (outcome.Version, outcome.Events.Count, outcome.Repeated));
    }

    [Theory]
    [InlineData(-1, RejectionCode.VersionMismatch)]
    [InlineData(0, null)]
    [InlineData(1, RejectionCode.VersionMismatch)]
    public async Task A_command_for_one_version_is_refused_at_any_other(int off, RejectionCode? rejection)
    {
        await CommitAsync("c1", new TillCommand.Twice(10));

        var outcome = await Bench.Actors.SendAsync(Tests.Till.Kind[Till], new Envelope("c2", new TillCommand.Deposit(1), Expected: 2 + off), Cancel);

        Assert.Equal(rejection, (outcome as TurnOutcome.Rejected)?.Code);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public async Task A_command_id_has_at_most_200_characters(int length, bool taken)
    {
        Task<TurnOutcome> Sent() => SendAsync(new string('x', length), new TillCommand.Deposit(1));

        if (taken)
        {
            Assert.IsType<TurnOutcome.Committed>(await Sent());
        }
        else
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(Sent);
        }
    }

    [Fact]
    public async Task An_actor_without_events_is_at_version_zero() =>
        Assert.Equal(new ActorReading(0, Tests.Till.Initial), await Bench.Actors.ReadAsync(Tests.Till.Kind[Till], Cancel));

    [Fact]
    public async Task A_caller_who_stops_waiting_does_not_stop_the_turn()
    {
        using var impatient = new CancellationTokenSource();
        using var held = new ManualResetEventSlim();
        using (Whenever("c1", before: _ => held.Wait(Cancel)))
        {
            var sent = Bench.Actors.SendAsync(Tests.Till.Kind[Till], new Envelope("c1", new TillCommand.Deposit(5)), impatient.Token);
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
            held.Set();
            Assert.Equal(1, (await CommitAsync("c1", new TillCommand.Deposit(5))).Version);
        }

        Assert.Equal(5, (await StateAsync()).Minor);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_actor_whose_rules_throw_is_parked_and_leaves_the_journal_as_it_was(bool decide)
    {
        await CommitAsync("c1", new TillCommand.Deposit(10));

        var parked = await Assert.ThrowsAsync<ActorParkedException>(() => SendAsync("c2", decide ? new TillCommand.Break() : new TillCommand.Poison()));
        Assert.StartsWith($"till/{Till} is parked: ", parked.Message, StringComparison.Ordinal);
        Assert.Equal(decide ? typeof(InvalidOperationException) : typeof(CorruptJournalException), parked.InnerException?.GetType());

        await Assert.ThrowsAsync<ActorParkedException>(() => SendAsync("c3", new TillCommand.Deposit(1)));
        await Assert.ThrowsAsync<ActorParkedException>(() => StateAsync());
        Assert.Equal(["c1"], Stored());
        await CommitAsync("c1", new TillCommand.Deposit(1), Till + "b");
    }

    [Fact]
    public async Task An_actor_with_a_journal_that_cannot_be_folded_is_parked()
    {
        Rival("c1", new TillEvent.Poisoned());

        await Assert.ThrowsAsync<ActorParkedException>(() => SendAsync("c2", new TillCommand.Deposit(1)));
    }

    [Fact]
    public async Task An_idle_actor_leaves_memory_and_comes_back_as_it_was()
    {
        await CommitAsync("c1", new TillCommand.Deposit(5));
        Assert.InRange(Bench.Resident, 1, long.MaxValue);

        await Bench.ForgetIdleAsync();

        Assert.Equal(0, Bench.Resident);
        Assert.Equal(5, (await StateAsync()).Minor);
        Assert.True((await CommitAsync("c1", new TillCommand.Deposit(5))).Repeated);
    }

    /// <summary>Invariant 2: whatever engine took the turns, the state is the fold of its events.</summary>
    [Fact]
    [Trait("Invariant", "2")]
    public async Task The_state_is_the_fold_of_the_events_to_the_byte()
    {
        var time = Bench.Time.GetUtcNow();
        TillCommand[] script =
        [
            new TillCommand.Assign("cus_é"), new TillCommand.Deposit(7), new TillCommand.Deposit(-1), new TillCommand.Twice(long.MaxValue / 4),
            new TillCommand.SetAlarm("late", time.AddYears(1)), new TillCommand.ClearAlarm("late"), new TillCommand.Ring("now"), new TillCommand.Assign("cus_é"),
        ];
        var folded = Tests.Till.Initial;
        for (var n = 0; n < script.Length; n++)
        {
            await SendAsync($"c{n}", script[n]);
            folded = Tests.Till.Decide(script[n], time, folded).Events.Aggregate(folded, Tests.Till.Evolve);
        }

        var reading = await Bench.Actors.ReadAsync(Tests.Till.Kind[Till], Cancel);

        Assert.Equal(Hash(folded), Hash(reading.State));
        Assert.Equal(Stored().Count, reading.Version);
    }

    [Fact]
    [Trait("Invariant", "18")]
    public async Task A_timer_fires_when_it_is_due_not_before_and_once()
    {
        await CommitAsync("c1", new TillCommand.SetAlarm("tea", Bench.Time.GetUtcNow().AddSeconds(10)));
        Bench.Time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.Equal(0, (await StateAsync()).Rung);

        while ((await StateAsync()).Rung == 0)
        {
            Bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Bench.Time.Advance(TimeSpan.FromSeconds(10));
        await Bench.SettledAsync();
        Assert.Equal(1, (await StateAsync()).Rung);
        Assert.Null(Bench.Rival.FindTimer($"till/{Till}", "tea"));
    }

    [Fact]
    public async Task A_reaction_sees_every_event_of_an_actor_in_order()
    {
        foreach (var n in Enumerable.Range(1, 5))
        {
            await CommitAsync($"c{n}", new TillCommand.Deposit(n));
        }

        await Bench.SettledAsync();

        Assert.Equal([1L, 2L, 3L, 4L, 5L], Bench.Seen.Finished.Where(one => one.Actor.Key == Till).Select(one => one.Version));
    }

    private static string Hash(State state) => Convert.ToHexString(SHA256.HashData(Tests.Till.Kind.WriteState(state)));
}
