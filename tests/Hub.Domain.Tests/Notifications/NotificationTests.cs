global using NotificationRun = Hub.Domain.Tests.Testing.Run<Hub.Domain.Notifications.NotificationDecider, Hub.Domain.Notifications.NotificationCommand, Hub.Domain.Notifications.NotificationEvent, Hub.Domain.Notifications.NotificationState>;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;
using Hub.Domain.Tests.Testing;

namespace Hub.Domain.Tests.Notifications;

/// <summary>One message to one person, over one or more channels, until it ends.</summary>
[Trait("Invariant", "17")]
public sealed class NotificationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Recipient Phone = new(new Route(Channel.Sms, "adr_1", "key_1", new Sealed("p")), true);
    private static readonly Recipient Mail = new(new Route(Channel.Email, "adr_2", "key_2", new Sealed("m")), true);
    private static readonly Recipient Page = new(new Route(Channel.Web, "adr_3", "key_3", new Sealed("w")), true);

    private static NotificationCommand.Request Ask(NotificationKind kind, params Recipient[] to) =>
        new("ntf_1", kind, new About("mer_1", "cus_1", "ord_1", "pay_1", "con_1_1"), to.ToEquatableArray(), Noon.AddMinutes(5L));

    private static NotificationRun Asked(NotificationKind kind = NotificationKind.Confirmation) => NotificationRun.Given().Do(Ask(kind, Phone, Mail), Noon);

    private static Notification State(NotificationRun run) => Assert.IsType<Notification>(run.State);

    [Fact]
    public void The_chosen_method_comes_first_and_the_wait_for_it_is_set()
    {
        var run = NotificationRun.Given().When(Ask(NotificationKind.Confirmation, Phone, Mail), Noon)
            .ThenTypes(typeof(NotificationEvent.Requested), typeof(NotificationEvent.DeliveryIntended), typeof(NotificationEvent.WaitsUntil));

        Assert.Equal(Channel.Sms, State(run).Deliveries[0].Route.Channel);
        Assert.Equal(["next"], run.Timers.Keys);
        Assert.Equal("ntf_1", Notification.IdOf("dlv_1_1"));
    }

    [Fact]
    public void An_undeliverable_message_goes_to_the_next_channel_at_once()
    {
        var run = Asked().Do(new NotificationCommand.StartDelivery("dlv_1_1"), Noon)
            .Do(new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Failed(ErrorClass.AddressGone, "30005")), Noon);

        Assert.Equal(Channel.Email, State(run).Deliveries[1].Route.Channel);
    }

    [Fact]
    public void A_send_leaves_once_and_never_after_the_end()
    {
        var start = new NotificationCommand.StartDelivery("dlv_1_1");
        Asked().Do(start, Noon).When(start, Noon).ThenRejected(RejectionCode.Fenced);
        Asked().When(new NotificationCommand.StartDelivery("dlv_1_2"), Noon).ThenRejected(RejectionCode.NotFound);
        var ended = Asked().When(new NotificationCommand.Acknowledge("answered"), Noon).Then(new NotificationEvent.Acknowledged("answered"));
        ended.When(start, Noon).ThenRejected(RejectionCode.NotificationEnded);
        ended.When(new NotificationCommand.TimerDue("next"), Noon).ThenNothing();
        ended.When(new NotificationCommand.Acknowledge("answered"), Noon).ThenNothing();
        Assert.Empty(ended.Timers);
    }

    [Fact]
    public void A_mail_that_comes_back_after_it_was_taken_gives_way_while_an_answer_is_awaited_and_changes_no_end()
    {
        var bounce = new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Failed(ErrorClass.InvalidAddress, "5.1.1"));
        var taken = new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Accepted("<dlv_1_1@hub>"));

        var question = NotificationRun.Given().Do(Ask(NotificationKind.Confirmation, Mail, Phone), Noon).Do(taken, Noon).Do(bounce, Noon.AddMinutes(1L));
        Assert.Equal(Channel.Sms, State(question).Deliveries[1].Route.Channel);

        var receipt = NotificationRun.Given().Do(Ask(NotificationKind.Receipt, Mail, Phone), Noon).Do(taken, Noon);
        Assert.Equal(NotificationOutcome.Acknowledged, State(receipt).Outcome);
        receipt.When(bounce, Noon.AddDays(1)).Then(new NotificationEvent.DeliveryReported("dlv_1_1", Channel.Email, bounce.Outcome, Noon.AddDays(1)));
    }

    [Fact]
    public void A_delay_is_noted_until_the_end_is_known_and_asks_for_nothing()
    {
        var delay = new NotificationCommand.ReportDelay("dlv_1_1", "4.4.7");
        var taken = NotificationRun.Given().Do(Ask(NotificationKind.Receipt, Mail, Phone), Noon).Do(new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Accepted("m")), Noon);

        var noted = taken.When(delay, Noon).Then(new NotificationEvent.DeliveryDelayed("dlv_1_1", Channel.Email, "4.4.7", Noon));
        Assert.Equal(State(taken), State(noted));
        taken.When(new NotificationCommand.ReportDelay("dlv_9_9", "4.4.7"), Noon).ThenRejected(RejectionCode.NotFound);
        taken.Do(new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Failed(ErrorClass.Blocked, "5.2.2")), Noon).When(delay, Noon).ThenNothing();
    }

    [Fact]
    public void A_delivery_only_moves_forward()
    {
        var accepted = Asked().Do(new NotificationCommand.StartDelivery("dlv_1_1"), Noon).Do(new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Accepted("SM1")), Noon);
        foreach (var late in (DeliveryReport[])[new DeliveryReport.Accepted("SM1"), new DeliveryReport.Unknown("timeout"), new DeliveryReport.NeverReached("refused")])
        {
            accepted.When(new NotificationCommand.Report("dlv_1_1", late), Noon).ThenNothing();
        }

        var delivered = accepted.Do(new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Delivered()), Noon);
        delivered.When(new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Failed(ErrorClass.Blocked, "30008")), Noon).ThenNothing();
        delivered.When(new NotificationCommand.Report("dlv_9_9", new DeliveryReport.Delivered()), Noon).ThenRejected(RejectionCode.NotFound);
    }

    [Fact]
    public void A_receipt_is_done_when_it_arrives_and_a_question_only_when_it_is_answered()
    {
        var receipt = Asked(NotificationKind.Receipt).Do(new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Delivered()), Noon);
        Assert.Equal(NotificationOutcome.Acknowledged, State(receipt).Outcome);

        var question = Asked().Do(new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Delivered()), Noon);
        Assert.Null(State(question).Outcome);
    }

    [Fact]
    public void A_channel_nothing_can_be_sent_on_is_passed_over()
    {
        var run = NotificationRun.Given().Do(Ask(NotificationKind.Confirmation, Page, Phone), Noon);
        Assert.Equal(Channel.Sms, State(run).Deliveries[0].Route.Channel);

        var nowhere = NotificationRun.Given().Do(Ask(NotificationKind.Confirmation, Page), Noon);
        Assert.Equal((NotificationOutcome.Failed, "cas_1_1", GiveUpReason.NothingUsable), (State(nowhere).Outcome, State(nowhere).Case, State(nowhere).Reason));
    }

    [Fact]
    public void An_unverified_address_is_told_but_never_asked()
    {
        var stranger = Phone with { Verified = false };
        Assert.Equal(NotificationOutcome.Failed, State(NotificationRun.Given().Do(Ask(NotificationKind.Confirmation, stranger), Noon)).Outcome);
        Assert.Single(State(NotificationRun.Given().Do(Ask(NotificationKind.Receipt, stranger), Noon)).Deliveries);
        Assert.Single(State(NotificationRun.Given().Do(Ask(NotificationKind.AddressVerification, stranger), Noon)).Deliveries);
    }

    [Theory]
    [InlineData(NotificationKind.Shipped, false)]
    [InlineData(NotificationKind.Confirmation, true)]
    public void A_notice_waits_for_the_end_of_the_quiet_hours_it_was_given_and_a_confirmation_does_not(NotificationKind kind, bool atOnce)
    {
        var quiet = Ask(kind, Phone) with { Quiet = [new QuietWindow(Noon, Noon.AddMinutes(2))] };
        var run = NotificationRun.Given().Do(quiet, Noon);
        Assert.Equal(atOnce, State(run).Deliveries.Count == 1);
        if (atOnce) return;

        Assert.Equal(Noon.AddMinutes(2), run.Timers["next"]);
        run = run.Do(new NotificationCommand.TimerDue("next"), Noon.AddMinutes(2));
        Assert.Equal(Channel.Sms, State(run).Deliveries.Single().Route.Channel);
    }

    /// <summary>The reaction that sends may come late, after an outage; the quiet hours begin a minute after noon and end a minute later.</summary>
    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    [InlineData(61, false)]
    [InlineData(119, false)]
    [InlineData(120, true)]
    [InlineData(121, true)]
    public void A_notice_that_would_leave_late_in_quiet_hours_is_put_off_to_their_end(int after, bool leaves)
    {
        var (late, ends) = (Noon.AddSeconds(after), Noon.AddMinutes(2));
        var quiet = new[] { new QuietWindow(Noon.AddMinutes(1), ends) }.ToEquatableArray();
        var turn = NotificationRun.Given().Do(Ask(NotificationKind.Shipped, Phone) with { Quiet = quiet }, Noon).When(new NotificationCommand.StartDelivery("dlv_1_1"), late);
        var letter = NotificationRun.Given().Do(Ask(NotificationKind.Shipped, Mail) with { Quiet = quiet }, Noon);
        letter.When(new NotificationCommand.StartDelivery("dlv_1_1"), late).ThenTypes(typeof(NotificationEvent.DeliveryStarted));
        if (leaves)
        {
            turn.ThenTypes(typeof(NotificationEvent.DeliveryStarted));
            return;
        }

        var put = turn.ThenTypes(typeof(NotificationEvent.DeliveryReported), typeof(NotificationEvent.WaitsUntil));
        Assert.True(put.Timers["next"] >= ends);
        put = put.Do(new NotificationCommand.TimerDue("next"), put.Timers["next"]);
        put.When(new NotificationCommand.StartDelivery("dlv_1_1"), late).ThenRejected(RejectionCode.Fenced);
        put.When(new NotificationCommand.StartDelivery("dlv_1_2"), put.Timers["next"]).ThenTypes(typeof(NotificationEvent.DeliveryStarted));
    }

    [Theory]
    [InlineData(null, 120)]
    [InlineData(30, 30)]
    [InlineData(600, 600)]
    public void The_customers_limit_before_the_fallback_becomes_the_pace(int? limit, long seconds)
    {
        var run = NotificationRun.Given().Do(Ask(NotificationKind.Confirmation, Phone, Mail) with { FallbackAfterSeconds = limit }, Noon);

        Assert.Equal(TimeSpan.FromSeconds(seconds), State(run).Plan.Pace.Answer);
    }

    [Fact]
    public void Whatever_is_heard_it_ends_by_its_deadline_and_always_has_a_timer_until_then() => Properties.Check(runs: 500, length: 60, numbers =>
    {
        var luck = new Luck(numbers);
        var now = Noon;
        var run = NotificationRun.Given().Do(Ask(luck.Of(Enum.GetValues<NotificationKind>()), Phone, Page, Mail), now);
        for (var step = 0; step < 300 && !State(run).HasEnded; step++)
        {
            Assert.True(run.Timers.ContainsKey("next"), "17: it waits for nothing");
            var delivery = State(run).Deliveries.Count == 0 ? "none" : luck.Of(State(run).Deliveries).Id;
            if (luck.OneIn(2) && delivery != "none")
            {
                run = run.When(new NotificationCommand.StartDelivery(delivery), now) is { Decision.Rejection: null } started ? started.ThenAccepted() : run;
                run = run.Do(new NotificationCommand.Report(delivery, Heard(luck)), now);
            }
            else
            {
                now = run.Timers["next"] > now ? run.Timers["next"] : now;
                run = run.Do(new NotificationCommand.TimerDue("next"), now);
            }
        }

        Assert.True(State(run).HasEnded, "17: it never ends");
        Assert.True(State(run).Outcome is NotificationOutcome.Acknowledged || State(run).Case is not null, "17: failed without a case");
    });

    private static DeliveryReport Heard(Luck luck) => luck.Below(6) switch
    {
        0 => new DeliveryReport.Delivered(),
        1 => new DeliveryReport.Failed(luck.Of(Enum.GetValues<ErrorClass>()), "x"),
        2 => new DeliveryReport.NeverReached("refused"),
        3 => new DeliveryReport.Unknown("timeout"),
        _ => new DeliveryReport.Accepted("SM1"),
    };

    [Fact]
    public void A_message_that_was_read_has_arrived_whichever_is_told_first()
    {
        var sent = Asked().Do(new NotificationCommand.StartDelivery("dlv_1_1"), Noon).Do(new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Accepted("SM1")), Noon);
        var read = new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Read());
        var delivered = new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Delivered());

        foreach (var run in (NotificationRun[])[sent.Do(delivered, Noon).Do(read, Noon.AddMinutes(1L)), sent.Do(read, Noon.AddMinutes(1L)).When(delivered, Noon.AddMinutes(1L)).ThenNothing()])
        {
            Assert.Equal((TryState.Delivered, Noon.AddMinutes(1L)), (State(run).Deliveries[0].State, State(run).Deliveries[0].ReadAt!.Value));
            run.When(read, Noon.AddMinutes(2L)).ThenNothing();
        }
    }

    [Fact]
    public void A_STOP_while_an_answer_is_awaited_leads_to_the_next_channel_at_once()
    {
        var waiting = Asked().Do(new NotificationCommand.StartDelivery("dlv_1_1"), Noon)
            .Do(new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Accepted("SM1")), Noon)
            .Do(new NotificationCommand.Report("dlv_1_1", new DeliveryReport.Delivered()), Noon);
        Assert.Single(State(waiting).Deliveries);

        var stopped = waiting.When(new NotificationCommand.CloseAddress("adr_1"), Noon.AddSeconds(3L))
            .ThenTypes(typeof(NotificationEvent.AddressClosed), typeof(NotificationEvent.DeliveryIntended), typeof(NotificationEvent.WaitsUntil));

        Assert.Equal(Channel.Email, State(stopped).Deliveries[1].Route.Channel);
        stopped.When(new NotificationCommand.CloseAddress("adr_1"), Noon).ThenNothing();
        stopped.When(new NotificationCommand.CloseAddress("adr_none"), Noon).ThenNothing();
    }

    [Theory]
    [InlineData(-1, false, Channel.Whatsapp)]
    [InlineData(0, false, Channel.Sms)]
    [InlineData(1, false, Channel.Sms)]
    [InlineData(1, true, Channel.Whatsapp)]
    public void WhatsApp_carries_words_of_ones_own_for_a_day_after_the_person_wrote_and_agreed_words_always(int seconds, bool anytime, Channel first)
    {
        var whatsApp = new Recipient(new Route(Channel.Whatsapp, "adr_4", "key_4", new Sealed("p")), true, Noon.AddHours(-24).AddSeconds((long)-seconds), anytime);

        var run = NotificationRun.Given().Do(Ask(NotificationKind.Confirmation, whatsApp, Phone), Noon);

        Assert.Equal(first, State(run).Deliveries[0].Route.Channel);
    }

    [Fact]
    public void Who_never_wrote_by_WhatsApp_is_asked_there_in_agreed_words_alone()
    {
        var whatsApp = new Recipient(new Route(Channel.Whatsapp, "adr_4", "key_4", new Sealed("p")), true);

        NotificationRun.Given().When(Ask(NotificationKind.Confirmation, whatsApp), Noon).ThenTypes(typeof(NotificationEvent.Requested), typeof(NotificationEvent.GaveUp));
        NotificationRun.Given().When(Ask(NotificationKind.Confirmation, whatsApp with { Anytime = true }), Noon)
            .ThenTypes(typeof(NotificationEvent.Requested), typeof(NotificationEvent.DeliveryIntended), typeof(NotificationEvent.WaitsUntil));
    }
}
