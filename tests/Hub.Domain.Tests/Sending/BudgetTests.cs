global using BudgetRun = Hub.Domain.Tests.Testing.Run<Hub.Domain.Sending.BudgetDecider, Hub.Domain.Sending.BudgetCommand, Hub.Domain.Sending.BudgetEvent, Hub.Domain.Sending.BudgetState>;
using Hub.Domain.Kernel;
using Hub.Domain.Sending;

namespace Hub.Domain.Tests.Sending;

/// <summary>How many message parts go out in an hour.</summary>
public sealed class BudgetTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static BudgetCommand.Draw Draw(int least, int wanted = 0, int most = 10) => new(least, Math.Max(least, wanted), most);

    [Theory]
    [InlineData(6, null)]
    [InlineData(7, null)]
    [InlineData(8, RejectionCode.SendingCapped)]
    public void As_much_is_drawn_as_the_hour_has_left(int least, RejectionCode? rejection)
    {
        var turn = BudgetRun.Given().Do(Draw(3), Noon).When(Draw(least), Noon.AddMinutes(59L));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.Then(new BudgetEvent.Drawn(least, Noon.AddMinutes(59L)));
    }

    [Theory]
    [InlineData(2, 6, 6)]
    [InlineData(2, 7, 7)]
    [InlineData(2, 8, 7)]
    public void Whoever_wants_more_than_is_left_gets_what_is_left(int least, int wanted, int drawn) =>
        BudgetRun.Given().Do(Draw(3), Noon).When(Draw(least, wanted), Noon).Then(new BudgetEvent.Drawn(drawn, Noon));

    [Theory]
    [InlineData(-1, RejectionCode.SendingCapped)]
    [InlineData(0, null)]
    [InlineData(1, null)]
    public void A_new_hour_begins_anew(long ticks, RejectionCode? rejection)
    {
        var turn = BudgetRun.Given().Do(Draw(10), Noon.AddMinutes(30L)).When(Draw(10), Noon.AddHours(1L).AddTicks(ticks));

        if (rejection is { } code) turn.ThenRejected(code);
        else Assert.Equal(10, turn.ThenAccepted().State.Parts);
    }

    [Fact]
    public void A_clock_that_is_set_back_gives_nothing_out_twice()
    {
        var run = BudgetRun.Given().Do(Draw(8), Noon);

        run.When(Draw(3), Noon.AddHours(-1L)).ThenRejected(RejectionCode.SendingCapped);
        var drawn = run.Do(Draw(2), Noon.AddHours(-1L));
        Assert.Equal(new BudgetState(Noon, 10), drawn.State);
        drawn.When(Draw(1), Noon).ThenRejected(RejectionCode.SendingCapped);
    }

    [Theory]
    [InlineData(4, RejectionCode.SendingCapped)]
    [InlineData(5, RejectionCode.SendingCapped)]
    [InlineData(6, null)]
    public void A_bound_that_was_changed_counts_at_once(int most, RejectionCode? rejection)
    {
        var turn = BudgetRun.Given().Do(Draw(5), Noon).When(Draw(1, most: most), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenAccepted();
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(1, 1, 0)]
    public void A_draw_of_nothing_is_a_bug(int least, int wanted, int most) =>
        Assert.Throws<ArgumentException>(() => BudgetDecider.Decide(new BudgetCommand.Draw(least, wanted, most), Noon, BudgetDecider.Initial));

    [Fact]
    public void Nobody_watches_a_budget() => Assert.Equal(Subjects.Nobody, BudgetRun.Given().Do(Draw(1), Noon).State.Subjects);
}
