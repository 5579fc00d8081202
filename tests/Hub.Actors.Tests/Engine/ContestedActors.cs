using Hub.Actors.Journal;

namespace Hub.Actors.Tests.Engine;

/// <summary>What <see cref="IActors"/> promises when the journal fails, or somebody else writes to it, whichever engine is behind it.</summary>
public abstract class ContestedActors<TBench>(TBench bench) : ActorsSuite<TBench>(bench)
    where TBench : class, IActorsBench
{
    [Fact]
    [Trait("Invariant", "21")]
    public async Task An_actor_that_another_owner_changed_is_loaded_and_decided_again()
    {
        await CommitAsync("c1", new TillCommand.Deposit(10));
        Rival("theirs", new TillEvent.Deposited(7, default));

        var outcome = await CommitAsync("c2", new TillCommand.Deposit(1));

        Assert.Equal((3L, 18L), (outcome.Version, ((TillState)outcome.State).Minor));
    }

    [Fact]
    [Trait("Invariant", "21")]
    public async Task Of_two_owners_that_carry_out_one_command_one_appends_and_both_answer_alike()
    {
        await StateAsync();
        Rival("same", new TillEvent.Deposited(7, default), new TillCommand.Deposit(7));

        var outcome = await CommitAsync("same", new TillCommand.Deposit(7));

        Assert.Equal((1L, true), (outcome.Version, outcome.Repeated));
        Assert.Equal(["same"], Stored());
    }

    [Fact]
    public async Task Conflicts_without_end_are_given_up_with_a_safe_retry()
    {
        await StateAsync();
        var n = 0;
        using (Whenever("mine", before: mine => Bench.Rival.Write([mine with { CommandId = $"theirs{n++}" }])))
        {
            await Assert.ThrowsAsync<JournalUnavailableException>(() => SendAsync("mine", new TillCommand.Deposit(1)));
        }

        Assert.DoesNotContain("mine", Stored());
        Assert.Equal(n + 1, (await CommitAsync("mine", new TillCommand.Deposit(1))).Version);
    }

    [Theory]
    [Trait("Invariant", "5")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unknown_commit_is_read_back_before_anyone_is_answered(bool durable)
    {
        await CommitAsync("c1", new TillCommand.Deposit(10));
        var lost = 0;
        void LoseOnce(JournalWrite.Append mine)
        {
            if (lost++ == 0)
            {
                throw new CommitUnknownException("connection lost");
            }
        }

        using (Whenever("c2", before: durable ? null : LoseOnce, after: durable ? LoseOnce : null))
        {
            var outcome = await CommitAsync("c2", new TillCommand.Deposit(5));
            Assert.Equal((2L, 15L, false), (outcome.Version, ((TillState)outcome.State).Minor, outcome.Repeated));
        }

        Assert.InRange(lost, 1, 2);
        Assert.Equal(["c1", "c2"], Stored());
    }

    [Fact]
    [Trait("Invariant", "21")]
    public async Task An_unknown_commit_that_another_owner_stored_is_a_repeat_so_that_only_one_of_them_acts_on_it()
    {
        foreach (var store in Bench.Stores)
        {
            store.Opening += 1_000;
        }

        try
        {
            var lost = 0;
            using (Whenever("c1", after: _ => { if (lost++ == 0) throw new CommitUnknownException("connection lost"); }))
            {
                Assert.True((await CommitAsync("c1", new TillCommand.Deposit(5))).Repeated);
            }
        }
        finally
        {
            foreach (var store in Bench.Stores)
            {
                store.Opening -= 1_000;
            }
        }

        Assert.Equal(["c1"], Stored());
    }

    [Fact]
    public async Task A_read_that_asks_for_a_version_is_not_answered_with_an_older_one()
    {
        await StateAsync();
        Rival("theirs", new TillEvent.Deposited(7, default));

        Assert.Equal(0, (await StateAsync()).Minor);
        Assert.Equal(7, ((TillState)(await Bench.Actors.ReadAsync(Tests.Till.Kind[Till], 1, Cancel)).State).Minor);
        Assert.Equal(7, (await StateAsync()).Minor);
    }

    [Fact]
    public async Task An_unavailable_journal_changes_nothing_and_the_same_id_works_later()
    {
        using (Whenever("c1", before: _ => throw new JournalUnavailableException("full")))
        {
            var unavailable = await Assert.ThrowsAsync<JournalUnavailableException>(() => SendAsync("c1", new TillCommand.Deposit(10)));
            Assert.Equal("full", unavailable.Message);
            Assert.Equal(0, (await StateAsync()).Minor);
        }

        Assert.False((await CommitAsync("c1", new TillCommand.Deposit(10))).Repeated);
        Assert.Equal(10, (await StateAsync()).Minor);
    }
}
