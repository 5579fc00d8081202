using Hub.Actors.Journal;
using Hub.Actors.Tests.Journal;
using Hub.Domain.Kernel;

namespace Hub.Actors.Tests.Turns;

public sealed class TurnTests
{
    [Fact]
    [Trait("Invariant", "4")]
    public async Task The_same_command_gets_the_same_answer_as_of_then()
    {
        await using var bench = new Workbench();
        var first = Assert.IsType<TurnOutcome.Committed>(await bench.SendAsync("a", "c1", new TillCommand.Twice(10)));
        await bench.SendAsync("a", "c2", new TillCommand.Deposit(5));

        var again = Assert.IsType<TurnOutcome.Committed>(await bench.SendAsync("a", "c1", new TillCommand.Twice(10)));

        Assert.Equal(first with { Repeated = true }, again);
        Assert.Equal((2L, new TillState(null, 20, 0)), (again.Version, again.State));
        Assert.Equal(3, bench.Store.Head());
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task The_same_id_with_another_payload_is_refused()
    {
        await using var bench = new Workbench();
        await bench.SendAsync("a", "c1", new TillCommand.Deposit(10));

        var refused = Assert.IsType<TurnOutcome.Rejected>(await bench.SendAsync("a", "c1", new TillCommand.Deposit(11)));

        Assert.Equal((RejectionCode.CommandIdReused, 1L), (refused.Code, refused.Version));
        Assert.Equal(1, bench.Store.Head());
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_command_is_recognised_after_a_restart_too()
    {
        using var folder = new Folder();
        await using (var before = new Workbench(folder))
        {
            await before.SendAsync("a", "c1", new TillCommand.Deposit(10));
        }

        await using var after = new Workbench(folder);
        Assert.True(Assert.IsType<TurnOutcome.Committed>(await after.SendAsync("a", "c1", new TillCommand.Deposit(10))).Repeated);
    }

    [Fact]
    public async Task The_same_id_is_another_command_at_another_actor()
    {
        await using var bench = new Workbench();
        await bench.SendAsync("a", "c1", new TillCommand.Deposit(10));

        Assert.False(Assert.IsType<TurnOutcome.Committed>(await bench.SendAsync("b", "c1", new TillCommand.Deposit(11))).Repeated);
    }

    [Fact]
    public async Task A_refusal_appends_nothing()
    {
        await using var bench = new Workbench();

        Assert.Equal(
            new TurnOutcome.Rejected(RejectionCode.AmountNotPositive, 0, Till.Initial),
            await bench.SendAsync("a", "c1", new TillCommand.Deposit(0)));
        Assert.Equal(0, bench.Store.Head());
    }

    [Fact]
    public async Task Asking_for_what_already_holds_appends_nothing()
    {
        await using var bench = new Workbench();
        await bench.SendAsync("a", "c1", new TillCommand.Assign("cus_1"));

        var outcome = Assert.IsType<TurnOutcome.Committed>(await bench.SendAsync("a", "c2", new TillCommand.Assign("cus_1")));

        Assert.Equal((1L, 0, false), (outcome.Version, outcome.Events.Count, outcome.Repeated));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public async Task A_command_id_has_at_most_200_characters(int length, bool taken)
    {
        await using var bench = new Workbench();

        var sent = bench.SendAsync("a", new string('x', length), new TillCommand.Deposit(1));

        if (taken)
        {
            Assert.IsType<TurnOutcome.Committed>(await sent);
        }
        else
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => sent);
        }
    }

    [Fact]
    [Trait("Invariant", "21")]
    public async Task An_actor_that_another_owner_changed_is_loaded_and_decided_again()
    {
        await using var bench = new Workbench();
        await bench.SendAsync("a", "c1", new TillCommand.Deposit(10));
        var other = new Rival(bench.Store);
        other.Deposit("a", "theirs", 7);

        var outcome = Assert.IsType<TurnOutcome.Committed>(await bench.SendAsync("a", "c2", new TillCommand.Deposit(1)));

        Assert.Equal((3L, 18L), (outcome.Version, ((TillState)outcome.State).Minor));
    }

    [Fact]
    [Trait("Invariant", "21")]
    public async Task Of_two_owners_that_carry_out_one_command_one_appends_and_both_answer_alike()
    {
        await using var bench = new Workbench();
        await bench.StateAsync("a");
        var other = new Rival(bench.Store);
        other.Deposit("a", "same", 7);

        var outcome = Assert.IsType<TurnOutcome.Committed>(await bench.SendAsync("a", "same", new TillCommand.Deposit(7)));

        Assert.Equal((1L, true), (outcome.Version, outcome.Repeated));
        Assert.Equal(1, bench.Store.Head());
    }

    [Fact]
    public async Task Conflicts_without_end_are_given_up_with_a_safe_retry()
    {
        await using var bench = new Workbench(wrap: store => new FaultyStore(store));
        await bench.StateAsync("a");
        var n = 0;
        ((FaultyStore)bench.Store).Before = batch =>
        {
            if (batch[0] is JournalWrite.Append { CommandId: "mine" } mine)
            {
                bench.Store.Write([mine with { CommandId = $"theirs{n++}" }]);
            }
        };

        await Assert.ThrowsAsync<JournalUnavailableException>(() => bench.SendAsync("a", "mine", new TillCommand.Deposit(1)));
        Assert.Null(bench.Store.FindCommand("till/a", "mine"));
    }

    [Theory]
    [Trait("Invariant", "5")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unknown_commit_is_read_back_before_anyone_is_answered(bool durable)
    {
        await using var bench = new Workbench(wrap: store => new FaultyStore(store));
        await bench.SendAsync("a", "c1", new TillCommand.Deposit(10));
        var faulty = (FaultyStore)bench.Store;
        var lost = false;
        void LoseOnce(IReadOnlyList<JournalWrite> batch)
        {
            if (!lost)
            {
                lost = true;
                throw new CommitUnknownException("connection lost");
            }
        }

        faulty.Before = durable ? faulty.Before : LoseOnce;
        faulty.After = durable ? LoseOnce : faulty.After;

        var outcome = Assert.IsType<TurnOutcome.Committed>(await bench.SendAsync("a", "c2", new TillCommand.Deposit(5)));

        Assert.True(lost);
        Assert.Equal((2L, 15L, false), (outcome.Version, ((TillState)outcome.State).Minor, outcome.Repeated));
        Assert.Equal(2, bench.Store.Head());
    }

    [Fact]
    [Trait("Invariant", "21")]
    public async Task An_unknown_commit_that_another_owner_stored_is_a_repeat_so_that_only_one_of_them_acts_on_it()
    {
        await using var bench = new Workbench(wrap: store => new FaultyStore(store));
        var faulty = (FaultyStore)bench.Store;
        faulty.Opening++;
        faulty.After = _ =>
        {
            faulty.After = _ => { };
            throw new CommitUnknownException("connection lost");
        };

        Assert.True(Assert.IsType<TurnOutcome.Committed>(await bench.SendAsync("a", "c1", new TillCommand.Deposit(5))).Repeated);
        Assert.Equal(1, bench.Store.Head());
    }

    [Fact]
    public async Task A_read_that_asks_for_a_version_is_not_answered_with_an_older_one()
    {
        await using var bench = new Workbench();
        await bench.StateAsync("a");
        new Rival(bench.Store).Deposit("a", "theirs", 7);

        Assert.Equal(0, (await bench.StateAsync("a")).Minor);
        Assert.Equal(7, ((TillState)(await bench.Engine.Actors.ReadAsync(Till.Kind["a"], 1, Workbench.Cancel)).State).Minor);
        Assert.Equal(7, (await bench.StateAsync("a")).Minor);
    }

    [Fact]
    public async Task An_unavailable_journal_changes_nothing_and_the_same_id_works_later()
    {
        await using var bench = new Workbench(wrap: store => new FaultyStore(store));
        var faulty = (FaultyStore)bench.Store;
        faulty.Before = _ => throw new JournalUnavailableException("full");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => bench.SendAsync("a", "c1", new TillCommand.Deposit(10)));
        Assert.Equal(0, (await bench.StateAsync("a")).Minor);

        faulty.Before = _ => { };

        Assert.False(Assert.IsType<TurnOutcome.Committed>(await bench.SendAsync("a", "c1", new TillCommand.Deposit(10))).Repeated);
        Assert.Equal(10, (await bench.StateAsync("a")).Minor);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_actor_whose_rules_throw_is_parked_and_leaves_the_journal_as_it_was(bool decide)
    {
        await using var bench = new Workbench();
        await bench.SendAsync("a", "c1", new TillCommand.Deposit(10));

        await Assert.ThrowsAsync<ActorParkedException>(() => bench.SendAsync("a", "c2", decide ? new TillCommand.Break() : new TillCommand.Poison()));

        await Assert.ThrowsAsync<ActorParkedException>(() => bench.SendAsync("a", "c3", new TillCommand.Deposit(1)));
        await Assert.ThrowsAsync<ActorParkedException>(() => bench.StateAsync("a"));
        Assert.Equal(1, bench.Store.Head());
        Assert.IsType<TurnOutcome.Committed>(await bench.SendAsync("b", "c1", new TillCommand.Deposit(1)));
    }

    [Fact]
    public async Task An_actor_with_a_journal_that_cannot_be_folded_is_parked()
    {
        await using var bench = new Workbench();
        var other = new Rival(bench.Store);
        other.Append("a", "c1", new TillEvent.Poisoned());

        await Assert.ThrowsAsync<ActorParkedException>(() => bench.SendAsync("a", "c2", new TillCommand.Deposit(1)));
    }

    [Fact]
    [Trait("Invariant", "7")]
    public async Task The_books_change_with_the_events()
    {
        await using var bench = new Workbench();
        await bench.SendAsync("a", "c1", new TillCommand.Twice(10));
        await bench.SendAsync("b", "c1", new TillCommand.Deposit(3));
        await bench.SendAsync("b", "c1", new TillCommand.Deposit(3));

        Assert.Equal([-23L, 23L], bench.Engine.Books.Balances().Select(one => one.Amount.Minor));
        Assert.Equal([10L, -10L, 10L, -10L], bench.Engine.Books.Postings("till/a").Select(one => one.Amount.Minor));
    }

    /// <summary>Another owner of the same actors, writing past this one's memory.</summary>
    private sealed class Rival(IJournalStore store)
    {
        public void Deposit(string till, string id, long minor) => Append(till, id, new TillEvent.Deposited(minor, default), new TillCommand.Deposit(minor));

        public void Append(string till, string id, TillEvent happened, TillCommand? command = null)
        {
            var payload = Till.Kind.WriteEvent(happened);
            var slice = store.ReadStream($"till/{till}", 0);
            var hash = System.Security.Cryptography.SHA256.HashData(Till.Kind.WriteCommand(command ?? new TillCommand.Break()));
            var append = new JournalWrite.Append(
                $"till/{till}", 0, slice.Events.Count, [new EventWrite(happened, Till.Kind.TypeName(happened, payload), payload, [], [])], id, hash, default);
            Assert.IsType<WriteResult.Appended>(store.Write([append])[0]);
        }
    }
}
