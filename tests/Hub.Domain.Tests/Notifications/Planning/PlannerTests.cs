using Hub.Domain.Kernel;
using Hub.Domain.Notifications.Planning;
using static Hub.Domain.Notifications.Planning.TryState;

namespace Hub.Domain.Tests.Notifications.Planning;

/// <summary>The planner's table, row by row. Holds invariant 17 together with <see cref="PlannerRunTests"/>.</summary>
[Trait("Invariant", "17")]
public sealed class PlannerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Pace Pace = new(
        Settle: Seconds(20), Receipt: Seconds(40), Answer: Seconds(100), Retry: Seconds(5), MaxRetries: 2, MaxPerHour: 3);

    private static readonly Candidate Sms = new("sms", "adr_phone", Verified: true);
    private static readonly Candidate Email = new("email", "adr_mail", Verified: true);
    private static readonly Plan Confirmation = new(Goal.Answer, [Sms, Email], Noon + Seconds(300), Pace);
    private static readonly Plan Notice = Confirmation with { Goal = Goal.Delivery };

    [Fact]
    public void The_chosen_method_goes_first()
    {
        Assert.Equal(new NextStep.Send(Sms), Next(Confirmation, Noon));
        Assert.Equal(new NextStep.Send(Email), Next(Confirmation with { Candidates = [Email, Sms] }, Noon));
    }

    [Theory]
    [InlineData(ErrorClass.Blocked)]
    [InlineData(ErrorClass.Expired)]
    [InlineData(ErrorClass.NotAllowed)]
    [InlineData(ErrorClass.InvalidAddress)]
    [InlineData(ErrorClass.AddressGone)]
    [InlineData(ErrorClass.OptedOut)]
    [InlineData(ErrorClass.ContentRefused)]
    [InlineData(ErrorClass.Other)]
    [InlineData(ErrorClass.Credentials)]
    [InlineData(ErrorClass.NobodyThere)]
    public void A_refusal_that_will_not_change_leads_to_the_next_candidate_at_once(ErrorClass error) =>
        Assert.Equal(new NextStep.Send(Email), Next(Confirmation, Noon, FailedSms(error)));

    /// <summary>The chat shows a request while its page is open: closed, the next way is taken at once; open, its answer is awaited first.</summary>
    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    [InlineData(101, false)]
    public void A_request_in_the_chat_is_answered_there_before_the_phone_is_asked_too(int seconds, bool waits)
    {
        var chat = new Candidate("chat", "adr_page", Verified: true);
        var plan = Confirmation with { Candidates = [chat, Sms] };
        var shown = new Try("chat", "adr_page", Accepted, Noon);

        Assert.Equal(new NextStep.Send(Sms), Next(plan, Noon, new Try("chat", "adr_page", Failed, Noon, ErrorClass.NobodyThere)));
        Assert.Equal(waits ? new NextStep.WaitUntil(Noon + Seconds(100)) : new NextStep.Send(Sms), Next(plan, Noon + Seconds(seconds), shown));
    }

    [Theory]
    [InlineData(ErrorClass.Throttled)]
    [InlineData(ErrorClass.QueueFull)]
    [InlineData(ErrorClass.Unreachable)]
    public void A_passing_refusal_is_repeated_after_a_while(ErrorClass error)
    {
        Assert.Equal(new NextStep.WaitUntil(Noon + Seconds(5)), Next(Confirmation, Noon + Seconds(4), FailedSms(error)));
        Assert.Equal(new NextStep.Send(Sms), Next(Confirmation, Noon + Seconds(5), FailedSms(error)));
    }

    [Fact]
    public void An_unreachable_phone_is_tried_once_more_and_then_left() =>
        Assert.Equal(new NextStep.Send(Email), Next(Confirmation, Noon, FailedSms(ErrorClass.Unreachable), FailedSms(ErrorClass.Unreachable)));

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    public void The_wait_before_a_repeat_doubles(int tries, int seconds)
    {
        var all = Enumerable.Repeat(FailedSms(ErrorClass.Throttled), tries).ToArray();

        Assert.Equal(new NextStep.WaitUntil(Noon + Seconds(seconds)), Next(Confirmation, Noon, all));
    }

    [Fact]
    public void Repeats_are_bounded()
    {
        var throttled = FailedSms(ErrorClass.Throttled);

        Assert.Equal(new NextStep.Send(Email), Next(Confirmation, Noon, throttled, throttled, throttled));
    }

    [Fact]
    public void What_provably_never_reached_the_provider_is_repeated()
    {
        var lost = new Try("sms", "adr_phone", NeverReached, Noon);

        Assert.Equal(new NextStep.WaitUntil(Noon + Seconds(5)), Next(Confirmation, Noon, lost));
        Assert.Equal(new NextStep.Send(Sms), Next(Confirmation, Noon + Seconds(5), lost));
        Assert.Equal(new NextStep.Send(Email), Next(Confirmation, Noon + Seconds(5), lost, lost, lost));
    }

    /// <summary>The first column is what the last send came to, the second how long it is waited for.</summary>
    [Theory]
    [InlineData(InFlight, 20)]
    [InlineData(Unknown, 20)]
    [InlineData(Accepted, 40)]
    [InlineData(Delivered, 100)]
    public void What_may_have_arrived_is_waited_for_and_then_the_next_candidate_is_tried_beside_it(TryState state, int seconds)
    {
        var sent = new Try("sms", "adr_phone", state, Noon);
        var end = Noon + Seconds(seconds);

        Assert.Equal(new NextStep.WaitUntil(end), Next(Confirmation, Noon, sent));
        Assert.Equal(new NextStep.WaitUntil(end), Next(Confirmation, end.AddTicks(-1), sent));
        Assert.Equal(new NextStep.Send(Email), Next(Confirmation, end, sent));
    }

    [Fact]
    public void When_nothing_is_left_to_try_an_answer_is_awaited_until_the_deadline()
    {
        var tries = new[] { new Try("sms", "adr_phone", Delivered, Noon), new Try("email", "adr_mail", Accepted, Noon) };

        Assert.Equal(new NextStep.WaitUntil(Confirmation.Deadline), Next(Confirmation, Noon + Seconds(200), tries));
        Assert.Equal(new NextStep.GiveUp(GiveUpReason.NoAnswer), Next(Confirmation, Confirmation.Deadline, tries));
    }

    [Fact]
    public void An_answer_ends_it_whatever_else_is_going_on()
    {
        Assert.Equal(new NextStep.Acknowledge(), Planner.Next(Confirmation, [], answered: true, Noon));
        Assert.Equal(new NextStep.Acknowledge(), Planner.Next(Confirmation, [FailedSms(ErrorClass.Blocked)], answered: true, Noon));
        Assert.Equal(new NextStep.Acknowledge(), Planner.Next(Confirmation, [], answered: true, Confirmation.Deadline));
    }

    [Fact]
    public void A_notice_ends_with_its_receipt_or_with_acceptance_where_there_are_no_receipts()
    {
        Assert.Equal(new NextStep.Acknowledge(), Next(Notice, Noon, new Try("sms", "adr_phone", Delivered, Noon)));
        Assert.Equal(new NextStep.Acknowledge(), Next(Notice, Noon, new Try("email", "adr_mail", Accepted, Noon)));
        Assert.IsType<NextStep.WaitUntil>(Next(Notice, Noon, new Try("sms", "adr_phone", Accepted, Noon)));
    }

    [Fact]
    public void A_confirmation_does_not_end_with_its_receipt() =>
        Assert.IsType<NextStep.WaitUntil>(Next(Confirmation, Noon, new Try("sms", "adr_phone", Delivered, Noon)));

    [Fact]
    public void A_notice_without_a_receipt_by_its_deadline_is_given_up()
    {
        var plan = Notice with { Candidates = [Sms] };

        Assert.Equal(new NextStep.GiveUp(GiveUpReason.NoReceipt), Next(plan, plan.Deadline, new Try("sms", "adr_phone", Accepted, Noon)));
    }

    [Theory]
    [InlineData(Goal.Answer)]
    [InlineData(Goal.Delivery)]
    public void Nothing_goes_to_somebody_who_said_stop_or_to_a_dead_address(Goal goal)
    {
        var plan = Confirmation with { Goal = goal };

        Assert.Equal(new NextStep.Send(Email), Next(plan with { Candidates = [Sms with { OptedOut = true }, Email] }, Noon));
        Assert.Equal(new NextStep.Send(Email), Next(plan with { Candidates = [Sms with { Dead = true }, Email] }, Noon));
        Assert.Equal(new NextStep.GiveUp(GiveUpReason.NothingUsable), Next(plan with { Candidates = [Sms with { OptedOut = true }] }, Noon));
    }

    [Fact]
    public void A_confirmation_never_goes_to_an_unverified_address_even_when_the_plan_would_allow_it()
    {
        var unverified = Sms with { Verified = false };

        Assert.Equal(new NextStep.Send(Email), Next(Confirmation with { Candidates = [unverified, Email], VerifiedOnly = false }, Noon));
        Assert.Equal(new NextStep.Send(Email), Next(Notice with { Candidates = [unverified, Email] }, Noon));
        Assert.Equal(new NextStep.Send(unverified), Next(Notice with { Candidates = [unverified, Email], VerifiedOnly = false }, Noon));
    }

    [Fact]
    public void What_a_refusal_says_of_an_address_or_a_channel_holds_for_every_candidate_it_concerns()
    {
        var secondPhone = new Candidate("sms", "adr_other", Verified: true);
        var plan = Confirmation with { Candidates = [Sms, secondPhone, Email] };

        Assert.Equal(new NextStep.Send(secondPhone), Next(plan, Noon, FailedSms(ErrorClass.AddressGone)));
        Assert.Equal(new NextStep.Send(secondPhone), Next(plan, Noon, FailedSms(ErrorClass.OptedOut)));
        Assert.Equal(new NextStep.Send(Email), Next(plan, Noon, FailedSms(ErrorClass.Credentials)));
        Assert.Equal(new NextStep.Send(Email), Next(plan, Noon, FailedSms(ErrorClass.ContentRefused)));
    }

    [Fact]
    public void Everything_refused_is_given_up() =>
        Assert.Equal(
            new NextStep.GiveUp(GiveUpReason.AllFailed),
            Next(Confirmation, Noon, FailedSms(ErrorClass.Blocked), new Try("email", "adr_mail", Failed, Noon, ErrorClass.InvalidAddress)));

    [Fact]
    public void Nothing_is_sent_from_the_deadline_on()
    {
        Assert.Equal(new NextStep.Send(Sms), Next(Confirmation, Confirmation.Deadline.AddTicks(-1)));
        Assert.Equal(new NextStep.GiveUp(GiveUpReason.TooLate), Next(Confirmation, Confirmation.Deadline));
    }

    /// <summary>Minutes around a quiet window from 12:00 to 13:00: when a notice to a phone leaves, in minutes after noon.</summary>
    [Theory]
    [InlineData(-1, -1)]
    [InlineData(0, 60)]
    [InlineData(1, 60)]
    [InlineData(59, 60)]
    [InlineData(60, 60)]
    [InlineData(61, 61)]
    public void A_notice_waits_for_the_end_of_a_quiet_window(long asked, long leaves)
    {
        var tonight = Notice with { Quiet = [Quiet(0, 60)], Deadline = Noon + TimeSpan.FromHours(2) };
        var expected = asked == leaves ? (NextStep)new NextStep.Send(Sms) : new NextStep.WaitUntil(Noon.AddMinutes(leaves));

        Assert.Equal(expected, Next(tonight, Noon.AddMinutes(asked)));
        Assert.Equal(new NextStep.Send(Email), Next(tonight with { Candidates = [Email, Sms] }, Noon.AddMinutes(asked)));
        Assert.Equal(new NextStep.Send(Sms), Next(tonight with { Goal = Goal.Answer }, Noon.AddMinutes(asked)));
    }

    [Fact]
    public void Nothing_passes_a_stop_whether_it_is_quiet_or_not()
    {
        var stopped = Confirmation with { Candidates = [Sms with { OptedOut = true }], Quiet = [Quiet(0, 60)] };

        Assert.Equal(new NextStep.GiveUp(GiveUpReason.NothingUsable), Next(stopped, Noon));
        Assert.Equal(new NextStep.GiveUp(GiveUpReason.NothingUsable), Next(stopped with { Goal = Goal.Delivery }, Noon));
    }

    /// <summary>The deadline is five minutes after noon.</summary>
    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public void Quiet_hours_that_outlast_the_deadline_lead_to_a_channel_that_does_not_ring(long ends, bool gives)
    {
        var plan = Notice with { Quiet = [Quiet(0, ends)] };

        Assert.Equal(gives ? new NextStep.Send(Email) : new NextStep.WaitUntil(Noon.AddMinutes(ends)), Next(plan, Noon));
    }

    [Fact]
    public void A_repeat_and_a_cap_that_open_in_a_quiet_window_wait_for_its_end_too()
    {
        var plan = Notice with { Quiet = [new(Noon + Seconds(5), Noon + Seconds(60))], Candidates = [Sms] };
        var sends = Enumerable.Range(0, 3).Select(_ => Noon - TimeSpan.FromHours(1) + Seconds(30)).ToEquatableArray();

        Assert.Equal(new NextStep.WaitUntil(Noon + Seconds(60)), Next(plan, Noon, FailedSms(ErrorClass.Throttled)));
        Assert.Equal(new NextStep.WaitUntil(Noon + Seconds(60)), Next(plan with { Candidates = [Sms with { RecentSends = sends }] }, Noon));
    }

    /// <summary>The customer's own limit in seconds, what the last send came to, and when the next channel is tried beside it.</summary>
    [Theory]
    [InlineData(30, Delivered, 30)]
    [InlineData(30, Accepted, 30)]
    [InlineData(30, InFlight, 20)]
    [InlineData(90, Delivered, 90)]
    [InlineData(90, Accepted, 40)]
    [InlineData(298, Delivered, 298)]
    public void The_customers_limit_is_how_long_an_answer_is_awaited_before_the_fallback(int limit, TryState state, int seconds)
    {
        var plan = Confirmation with { Pace = Pace.WithFallbackAfter(Seconds(limit)) };
        var sent = new Try("sms", "adr_phone", state, Noon);

        Assert.Equal(new NextStep.WaitUntil(Noon + Seconds(seconds)), Next(plan, Noon + Seconds(seconds - 1), sent));
        Assert.Equal(new NextStep.Send(Email), Next(plan, Noon + Seconds(seconds), sent));
        Assert.Equal(new NextStep.Send(Email), Next(plan, Noon + Seconds(seconds + 1), sent));
    }

    /// <summary>It used to be the other way round: a limit beyond the deadline let the next channel be tried at once.</summary>
    [Theory]
    [InlineData(300)]
    [InlineData(301)]
    [InlineData(600)]
    public void A_limit_that_outlasts_the_deadline_leaves_no_time_for_a_fallback(int limit)
    {
        var plan = Confirmation with { Pace = Pace.WithFallbackAfter(Seconds(limit)) };
        var sent = new Try("sms", "adr_phone", Delivered, Noon);

        Assert.Equal(new NextStep.WaitUntil(plan.Deadline), Next(plan, Noon, sent));
        Assert.Equal(new NextStep.WaitUntil(plan.Deadline), Next(plan, plan.Deadline.AddTicks(-1), sent));
        Assert.Equal(new NextStep.GiveUp(GiveUpReason.NoAnswer), Next(plan, plan.Deadline, sent));
        Assert.Equal(new NextStep.Send(Email), Next(plan, Noon, FailedSms(ErrorClass.Blocked)));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public void An_address_gets_so_many_messages_an_hour_and_no_more(int recent, bool sends)
    {
        var capped = Sms with { RecentSends = Enumerable.Range(1, recent).Select(i => Noon - TimeSpan.FromMinutes(i)).ToEquatableArray() };
        var expected = sends ? capped : Email;

        Assert.Equal(new NextStep.Send(expected), Next(Confirmation with { Candidates = [capped, Email] }, Noon));
    }

    [Fact]
    public void A_cap_is_waited_for_when_it_opens_before_the_deadline()
    {
        var sends = Enumerable.Range(0, 3).Select(i => Noon - TimeSpan.FromMinutes(59 - i)).ToEquatableArray();
        var capped = Sms with { RecentSends = sends };
        var plan = Confirmation with { Candidates = [capped, Email] };

        Assert.Equal(new NextStep.WaitUntil(Noon + TimeSpan.FromMinutes(1)), Next(plan, Noon));
        Assert.Equal(new NextStep.Send(capped), Next(plan, Noon + TimeSpan.FromMinutes(1)));
    }

    private static NextStep Next(Plan plan, DateTimeOffset now, params Try[] tries) =>
        Planner.Next(plan, tries.ToEquatableArray(), answered: false, now);

    private static Try FailedSms(ErrorClass error) => new("sms", "adr_phone", Failed, Noon, error);

    private static QuietWindow Quiet(long from, long until) => new(Noon.AddMinutes(from), Noon.AddMinutes(until));

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void A_session_is_open_for_a_day_after_the_person_last_wrote(int seconds, bool open)
    {
        var whatsApp = new Candidate("whatsapp", "adr_phone", Verified: true, LastHeard: Noon - TimeSpan.FromHours(24) - Seconds(seconds));
        var plan = Confirmation with { Candidates = [whatsApp, Email] };

        Assert.Equal(new NextStep.Send(open ? whatsApp : Email), Next(plan, Noon));
        Assert.Equal(new NextStep.Send(whatsApp with { Anytime = true }), Next(plan with { Candidates = [whatsApp with { Anytime = true }, Email] }, Noon));
        Assert.Equal(new NextStep.Send(Email), Next(plan with { Candidates = [whatsApp with { LastHeard = null }, Email] }, Noon));
    }
}
