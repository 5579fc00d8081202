namespace Hub.Actors.Tests.Turns;

/// <summary>What a turn leaves behind in the journal and the books; what it answers is in <see cref="Engine.ActorsBehaviour{TBench}"/>.</summary>
public sealed class TurnTests
{
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
}
