using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;

namespace Hub.Domain.Tests.Digests;

/// <summary>What can wait leaves together, once.</summary>
[Trait("Invariant", "18")]
public sealed class DigestTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Nine = Noon.AddHours(21);

    [Fact]
    public void The_first_notice_sets_the_time_and_later_ones_keep_it()
    {
        var (state, events) = Take(DigestDecider.Initial, Collect(1, Nine), Noon);
        Assert.Equal([new DigestEvent.Collected("mer_1", "cus_1", Item(1)), new DigestEvent.Scheduled(Nine)], events);

        (state, events) = Take(state, Collect(2, Nine.AddDays(1)), Noon.AddHours(1));
        Assert.Equal([new DigestEvent.Collected("mer_1", "cus_1", Item(2))], events);
        Assert.Equal(Nine, state.Due);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void It_leaves_at_its_time_and_not_before(int seconds, bool leaves)
    {
        var (state, _) = Take(DigestDecider.Initial, Collect(1, Nine), Noon);

        var (after, events) = Take(state, new DigestCommand.TimerDue("due"), Nine.AddSeconds(seconds));

        Assert.Equal(leaves ? [new DigestEvent.FellDue(new DigestBatch("dig_1_1", [Item(1)], Nine.AddSeconds(seconds)))] : [], events);
        Assert.Equal(leaves, after is { Due: null, Waiting.Count: 0 });
    }

    [Fact]
    public void Each_notice_leaves_once_and_nothing_leaves_when_nothing_waits()
    {
        var (state, _) = Take(DigestDecider.Initial, Collect(1, Nine), Noon);
        (state, _) = Take(state, Collect(1, Nine), Noon);
        (state, _) = Take(state, new DigestCommand.TimerDue("due"), Nine);
        Assert.Single(state.Left.Single().Items);

        Assert.Empty(Take(state, new DigestCommand.TimerDue("due"), Nine).Events);
        Assert.Empty(Take(state, new DigestCommand.TimerDue("due"), Nine.AddDays(1)).Events);
        Assert.Empty(Take(state, Collect(1, Nine.AddDays(1)), Nine).Events);

        (state, var events) = Take(state, Collect(2, Nine.AddDays(1)), Nine);
        Assert.Equal(2, events.Count);
        (state, _) = Take(state, new DigestCommand.TimerDue("due"), Nine.AddDays(1));
        Assert.Equal([Item(2)], state.Find("dig_1_2")!.Items);
    }

    [Fact]
    public void The_last_notice_that_fits_lets_it_go_at_once()
    {
        var state = DigestDecider.Initial;
        for (var number = 1; number < DigestDecider.MaxItems; number++) (state, _) = Take(state, Collect(number, Nine), Noon);
        Assert.Equal((DigestDecider.MaxItems - 1, Nine), (state.Waiting.Count, state.Due));

        (state, var events) = Take(state, Collect(DigestDecider.MaxItems, Nine), Noon);

        Assert.Equal(DigestDecider.MaxItems, Assert.IsType<DigestEvent.FellDue>(events[^1]).Batch.Items.Count);
        Assert.Null(state.Due);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void What_left_is_remembered_for_a_week(int seconds, bool known)
    {
        var (state, _) = Take(DigestDecider.Initial, Collect(1, Nine), Noon);
        (state, _) = Take(state, new DigestCommand.TimerDue("due"), Nine);
        var later = Nine.AddDays(DigestDecider.KeptDays).AddSeconds(seconds);
        (state, _) = Take(state, Collect(2, later), later.AddHours(-1));

        (state, _) = Take(state, new DigestCommand.TimerDue("due"), later);

        Assert.Equal(known, state.Find("dig_1_1") is not null);
    }

    [Fact]
    public void A_timer_is_set_with_the_time_and_cleared_when_it_leaves()
    {
        Assert.Equal([new TimerChange.Set("due", Nine)], DigestDecider.Timers(new DigestEvent.Scheduled(Nine)));
        Assert.Equal([new TimerChange.Clear("due")], DigestDecider.Timers(new DigestEvent.FellDue(new DigestBatch("dig_1_1", [], Nine))));
    }

    private static DigestCommand.Collect Collect(int number, DateTimeOffset due) => new("mer_1", "cus_1", Item(number), due);

    private static DigestItem Item(int number) => new($"itm_{number}", NotificationKind.Shipped, new About("mer_1", "cus_1", "ord_1"), Noon);

    private static (DigestState State, IReadOnlyList<DigestEvent> Events) Take(DigestState state, DigestCommand command, DateTimeOffset at)
    {
        var decision = DigestDecider.Decide(command, at, state);
        Assert.Null(decision.Rejection);
        var events = decision.Events.ToList();
        return (events.Aggregate(state, DigestDecider.Evolve), events);
    }
}
