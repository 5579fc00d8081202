using Hub.Actors.Turns;

namespace Hub.Actors.Tests.Turns;

/// <summary>Invariant 2: a snapshot and the events after it are what all events are.</summary>
[Trait("Invariant", "2")]
public sealed class ActorSnapshotTests
{
    private static readonly TillCommand[] Life =
    [
        new TillCommand.Deposit(7), new TillCommand.Assign("cus_1"), new TillCommand.Twice(3), new TillCommand.Ring("now"), new TillCommand.Deposit(1),
    ];

    [Fact]
    public async Task A_snapshot_of_any_version_and_its_tail_are_the_full_fold()
    {
        await using var bench = new Workbench();
        var actor = new ResidentActor(Till.Kind["a"]);
        var snapshots = new List<ActorSnapshot>();
        for (var n = 0; n < Life.Length; n++)
        {
            await bench.Engine.Turns.TakeAsync(actor, new Envelope($"c{n}", Life[n]));
            snapshots.Add(bench.Engine.Turns.Snapshot(actor)!);
        }

        Assert.Equal([1L, 2L, 4L, 5L, 6L], snapshots.Select(one => one.Version));
        foreach (var snapshot in snapshots)
        {
            Assert.Equal(bench.Engine.Turns.Read(new ResidentActor(Till.Kind["a"]), 0), bench.Engine.Turns.Read(Offered(snapshot), 0));
        }
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task What_was_carried_out_before_a_snapshot_and_after_it_is_recognised()
    {
        await using var bench = new Workbench();
        var actor = new ResidentActor(Till.Kind["a"]);
        await bench.Engine.Turns.TakeAsync(actor, new Envelope("before", new TillCommand.Deposit(1)));
        var back = Offered(bench.Engine.Turns.Snapshot(actor)!);
        await bench.Engine.Turns.TakeAsync(actor, new Envelope("after", new TillCommand.Deposit(1)));

        foreach (var (id, repeated) in ((string, bool)[])[("before", true), ("after", true), ("new", false)])
        {
            Assert.Equal(repeated, Assert.IsType<TurnOutcome.Committed>(await bench.Engine.Turns.TakeAsync(back, new Envelope(id, new TillCommand.Deposit(1)))).Repeated);
        }
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task What_is_in_memory_and_what_another_owner_appended_since_are_the_full_fold()
    {
        await using var bench = new Workbench();
        var (here, elsewhere) = (new ResidentActor(Till.Kind["a"]), new ResidentActor(Till.Kind["a"]));
        await bench.Engine.Turns.TakeAsync(here, new Envelope("here", Life[0]));
        for (var n = 1; n < Life.Length; n++)
        {
            await bench.Engine.Turns.TakeAsync(elsewhere, new Envelope($"c{n}", Life[n]));
        }

        Assert.Equal(1, bench.Engine.Turns.Read(here, 1).Version);
        Assert.Equal(bench.Engine.Turns.Read(new ResidentActor(Till.Kind["a"]), 0), bench.Engine.Turns.Read(here, long.MaxValue));
        foreach (var (id, repeated) in ((string, bool)[])[("here", true), ("c1", true), ("new", false)])
        {
            var command = id == "new" ? new TillCommand.Deposit(1) : id == "here" ? Life[0] : Life[1];
            Assert.Equal(repeated, Assert.IsType<TurnOutcome.Committed>(await bench.Engine.Turns.TakeAsync(here, new Envelope(id, command))).Repeated);
        }
    }

    [Fact]
    public async Task There_is_none_of_an_actor_without_events()
    {
        await using var bench = new Workbench();
        var actor = new ResidentActor(Till.Kind["a"]);
        bench.Engine.Turns.Read(actor, 0);

        Assert.Null(bench.Engine.Turns.Snapshot(actor));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task One_of_another_version_than_the_journal_says_is_passed_over(int off, bool used)
    {
        await using var bench = new Workbench();
        var actor = new ResidentActor(Till.Kind["a"]);
        await bench.Engine.Turns.TakeAsync(actor, new Envelope("c1", new TillCommand.Deposit(1)));
        await bench.Engine.Turns.TakeAsync(actor, new Envelope("c2", new TillCommand.Deposit(1)));
        var snapshot = bench.Engine.Turns.Snapshot(actor)!;

        var forged = snapshot with { Version = snapshot.Version + off, State = Till.Kind.WriteState(new TillState(null, 1_000, 0)) };

        Assert.Equal(used ? 1_000 : 2, ((TillState)bench.Engine.Turns.Read(Offered(forged), 0).State).Minor);
    }

    private static ResidentActor Offered(ActorSnapshot snapshot)
    {
        var actor = new ResidentActor(Till.Kind["a"]);
        actor.Offer(snapshot);
        return actor;
    }
}
