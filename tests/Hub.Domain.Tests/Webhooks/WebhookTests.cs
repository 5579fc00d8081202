global using WebhookRun = Hub.Domain.Tests.Testing.Run<Hub.Domain.Webhooks.WebhookDecider, Hub.Domain.Webhooks.WebhookCommand, Hub.Domain.Webhooks.WebhookEvent, Hub.Domain.Webhooks.WebhookState>;
using Hub.Domain.Kernel;
using Hub.Domain.Webhooks;

namespace Hub.Domain.Tests.Webhooks;

/// <summary>A signed result, sent until it is taken or given up.</summary>
public sealed class WebhookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly WebhookMessage Message = new("evt_1", "mer_1", "whe_1", "payment.succeeded", 1, "{}", "ord_1", "pay_1");

    private static WebhookRun Queued() => WebhookRun.Given().Do(new WebhookCommand.Enqueue(Message), Noon);

    private static WebhookRun Calling() => Queued().Do(new WebhookCommand.StartSend(1), Noon);

    [Theory]
    [InlineData(0, RejectionCode.Fenced)]
    [InlineData(1, null)]
    [InlineData(2, RejectionCode.Fenced)]
    [Trait("Invariant", "21")]
    public void Only_the_next_call_may_start(int number, RejectionCode? rejection)
    {
        var turn = Queued().When(new WebhookCommand.StartSend(number), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.Then(new WebhookEvent.SendStarted(1)).When(new WebhookCommand.StartSend(2), Noon).ThenRejected(RejectionCode.Fenced);
    }

    [Fact]
    [Trait("Invariant", "21")]
    public void The_next_call_waits_for_its_time_in_the_schedule_whoever_comes_late_with_an_old_event()
    {
        var failed = Calling().Do(new WebhookCommand.ReportFailed(1, "500", 500), Noon);
        failed.When(new WebhookCommand.StartSend(2), Noon).ThenRejected(RejectionCode.Fenced);

        var due = failed.When(new WebhookCommand.TimerDue("retry"), failed.Timers["retry"]).Then(new WebhookEvent.SendDue("schedule"));
        due.When(new WebhookCommand.TimerDue("retry"), Noon.AddHours(1)).ThenNothing();
        due.When(new WebhookCommand.StartSend(2), Noon).ThenTypes(typeof(WebhookEvent.SendStarted));
    }

    [Fact]
    public void What_was_taken_is_not_sent_again_unless_somebody_asks()
    {
        var run = Calling().When(new WebhookCommand.ReportDelivered(1, 200), Noon).Then(new WebhookEvent.Delivered(1, 200, Noon));
        run.When(new WebhookCommand.StartSend(2), Noon).ThenRejected(RejectionCode.Fenced);
        run.When(new WebhookCommand.TimerDue("retry"), Noon).ThenNothing();
        run.When(new WebhookCommand.ReportFailed(1, "late", 0), Noon).ThenNothing();
        run.Do(new WebhookCommand.Replay("mer_1"), Noon).When(new WebhookCommand.StartSend(2), Noon).ThenTypes(typeof(WebhookEvent.SendStarted));
    }

    [Fact]
    public void It_is_tried_ten_times_on_schedule_and_then_given_up_until_somebody_asks()
    {
        var run = Queued();
        for (var i = 1; i <= RetrySchedule.MaxAttempts; i++)
        {
            Assert.Equal(WebhookStatus.Pending, run.State.Status);
            run = run.Do(new WebhookCommand.StartSend(i), Noon).Do(new WebhookCommand.ReportFailed(i, "500", 500), Noon);
            if (i < RetrySchedule.MaxAttempts) run = run.When(new WebhookCommand.TimerDue("retry"), run.Timers["retry"]).Then(new WebhookEvent.SendDue("schedule"));
        }

        Assert.Equal(WebhookStatus.Failed, run.State.Status);
        Assert.Empty(run.Timers);
        run = run.Do(new WebhookCommand.Replay("mer_1"), Noon).Do(new WebhookCommand.StartSend(11), Noon).Do(new WebhookCommand.ReportFailed(11, "500", 0), Noon);
        Assert.Single(run.Timers);
    }

    [Fact]
    public void A_merchant_who_is_called_like_the_schedule_gets_a_replay_too()
    {
        var run = Calling().Do(new WebhookCommand.ReportGone(1), Noon).Do(new WebhookCommand.Replay("schedule"), Noon);

        run.When(new WebhookCommand.StartSend(2), Noon).ThenTypes(typeof(WebhookEvent.SendStarted));
    }

    [Fact]
    public void An_endpoint_that_is_gone_is_given_up_at_once_and_a_stale_report_changes_nothing()
    {
        Calling().When(new WebhookCommand.ReportGone(1), Noon).Then(new WebhookEvent.GaveUp(1, "gone"));
        Calling().When(new WebhookCommand.ReportGone(2), Noon).ThenNothing();
        Calling().When(new WebhookCommand.ReportDelivered(0, 200), Noon).ThenNothing();
        Calling().When(new WebhookCommand.Replay("mer_1"), Noon).ThenRejected(RejectionCode.AttemptInProgress);
        WebhookRun.Given().When(new WebhookCommand.StartSend(1), Noon).ThenRejected(RejectionCode.NotFound);
        Queued().When(new WebhookCommand.Enqueue(Message), Noon).ThenRejected(RejectionCode.AlreadyExists);
    }

    [Theory]
    [InlineData(1, 0, 4_000)]
    [InlineData(1, 999, 6_000)]
    [InlineData(9, 0, 69_120_000)]
    [InlineData(10, 0, null)]
    public void The_wait_grows_from_seconds_to_a_day_with_a_fifth_of_jitter(int attempts, int jitter, int? milliseconds) =>
        Assert.Equal(milliseconds is { } ms ? TimeSpan.FromMilliseconds((long)ms) : null, RetrySchedule.DelayAfter(attempts, jitter));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, -1)]
    [InlineData(1, 1_000)]
    public void A_wait_outside_the_bounds_is_a_bug(int attempts, int jitter) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.DelayAfter(attempts, jitter));
}
