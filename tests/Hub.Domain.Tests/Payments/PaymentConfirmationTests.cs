using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>The customer's out-of-band yes or no.</summary>
public sealed class PaymentConfirmationTests
{
    private static readonly DateTimeOffset Ends = Noon.AddMinutes(PaymentLimits.ConfirmationMinutes);

    [Fact]
    public void A_request_names_the_attempt_and_ends_in_five_minutes()
    {
        var run = Authorized().When(new PaymentCommand.RequestConfirmation("att_1_1", Expected), Noon)
            .Then(new PaymentEvent.ConfirmationRequested("con_1_1", "att_1_1", Expected, Ends, Noon));

        Assert.Equal(PaymentStatus.AwaitingConfirmation, run.Status());
        Assert.Equal(Ends, run.Timers["confirmation"]);
        Assert.Equal("con_1_1", run.Payment().ConfirmationIdOf("att_1_1"));
        run.When(new PaymentCommand.RequestConfirmation("att_1_1", Expected), Noon).ThenRejected(RejectionCode.AlreadyExists);
        Authorizing().When(new PaymentCommand.RequestConfirmation("att_1_1", Expected), Noon).ThenRejected(RejectionCode.IllegalState);
        Authorized().When(new PaymentCommand.RequestConfirmation("att_1_2", Expected), Noon).ThenRejected(RejectionCode.IllegalState);
    }

    [Fact]
    [Trait("Invariant", "6")]
    public void A_confirmation_never_outlives_the_hold_or_the_payment()
    {
        var hold = Authorizing().Bank(Authorize, AuthorizedAnswer(until: Noon.AddMinutes(1))).Do(new PaymentCommand.RequestConfirmation("att_1_1", Expected), Noon);
        Assert.Equal(Noon.AddMinutes(1), hold.Timers["confirmation"]);

        Assert.Equal(Noon.AddMinutes(2), Asked(deadline: Noon.AddMinutes(2)).Timers["confirmation"]);
        Authorized(deadline: Noon.AddMinutes(2)).When(new PaymentCommand.RequestConfirmation("att_1_1", Expected), Noon.AddMinutes(2)).ThenRejected(RejectionCode.PaymentExpired);
        Authorizing().Bank(Authorize, AuthorizedAnswer(until: Noon)).When(new PaymentCommand.RequestConfirmation("att_1_1", Expected), Noon).ThenRejected(RejectionCode.AuthorizationExpired);
    }

    [Fact]
    [Trait("Invariant", "25")]
    public void A_match_captures_at_once_or_waits_for_the_merchant()
    {
        Asked().When(Pay(), Noon).Then(
            new PaymentEvent.ConfirmationEnded("con_1_1", ConfirmationStatus.Matched, Channel.Sms),
            new PaymentEvent.CaptureRequested("cap_1_1", "att_1_1", Eur(50_00), true, CaptureKey, "hub"));
        Assert.Equal(PaymentStatus.RequiresCapture, Asked(CaptureMode.Manual).Do(Pay(), Noon).Status());
    }

    [Theory]
    [InlineData(Channel.Web, PageCode, true)]
    [InlineData(Channel.Mobile, PageCode, true)]
    [InlineData(Channel.Web, PhoneCode, false)]
    [InlineData(Channel.Sms, PageCode, false)]
    [InlineData(Channel.Sms, "", false)]
    [InlineData(Channel.Sms, null, false)]
    [InlineData(Channel.Web, null, false)]
    [Trait("Invariant", "14")]
    public void A_phone_answers_with_four_digits_and_a_page_with_six(Channel channel, string? digest, bool matches)
    {
        var run = Asked().Do(new PaymentCommand.AnswerConfirmation(channel, true, digest, channel is Channel.Sms ? "adr_1" : null), Noon);

        Assert.Equal(matches ? 0 : 1, run.Payment().WrongAnswers);
        Assert.Equal(matches, run.Payment().Captures.Count == 1);
    }

    [Fact]
    public void The_banks_own_code_counts_on_a_page_where_it_supplies_one()
    {
        var run = Authorizing().Bank(Authorize, AuthorizedAnswer() with { CodeDigest = "bank-digest" }).Do(new PaymentCommand.RequestConfirmation("att_1_1", Expected), Noon);

        Assert.Single(run.Do(new PaymentCommand.AnswerConfirmation(Channel.Web, true, "bank-digest"), Noon).Payment().Captures);
        Assert.Empty(run.Do(new PaymentCommand.AnswerConfirmation(Channel.Web, true, PageCode), Noon).Payment().Captures);
    }

    [Theory]
    [InlineData(false, PaymentStatus.RequiresPaymentMethod, null)]
    [InlineData(true, PaymentStatus.Canceled, "rejected_not_me")]
    public void A_no_releases_the_hold_first_and_support_sees_that_somebody_never_ordered(bool notMe, PaymentStatus after, string? caseOpened)
    {
        Type[] released = [typeof(PaymentEvent.ConfirmationEnded), typeof(PaymentEvent.VoidRequested)];
        var run = Asked().When(No(notMe), Noon).ThenTypes(notMe ? [.. released, typeof(PaymentEvent.CaseOpened)] : released);
        Assert.Equal(caseOpened, ((Payment)run.State).Cases.SingleOrDefault()?.Reason);
        Assert.Equal(PaymentStatus.Processing, run.Status());

        Assert.Equal(after, run.Start(ReleaseKey).Bank(ReleaseKey, new BankAnswer.Voided("v")).Status());
    }

    [Fact]
    public void A_no_on_the_customers_own_page_needs_no_code() =>
        Asked().When(new PaymentCommand.AnswerConfirmation(Channel.Web, false, null), Noon).ThenTypes(typeof(PaymentEvent.ConfirmationEnded), typeof(PaymentEvent.VoidRequested));

    [Fact]
    public void The_fifth_wrong_answer_on_any_channel_cancels_and_support_sees_it()
    {
        var run = Asked();
        for (var i = 1; i <= PaymentLimits.WrongAnswers; i++)
        {
            Assert.Equal(PaymentStatus.AwaitingConfirmation, run.Status());
            run = run.Do(i % 2 == 0 ? Pay("wrong") : new PaymentCommand.AnswerConfirmation(Channel.Web, true, "wrong"), Noon);
        }

        Assert.Equal(["confirmation_exhausted"], run.OpenCases());
        run = run.Start(ReleaseKey).Bank(ReleaseKey, new BankAnswer.Voided("v"));
        Assert.Equal(PaymentStatus.Canceled, run.Status());
        Assert.Equal("confirmation_exhausted", run.Payment().CancelReason);
    }

    [Fact]
    public void A_customer_who_never_ordered_it_ends_the_payment_and_support_sees_it()
    {
        var run = Asked().Do(No(notMe: true), Noon).Start(ReleaseKey).Bank(ReleaseKey, new BankAnswer.Voided("v"));

        Assert.Equal((PaymentStatus.Canceled, "rejected_not_me"), (run.Status(), run.Payment().CancelReason));
        Assert.Equal(["rejected_not_me"], run.OpenCases());
    }

    [Fact]
    public void A_resend_and_another_attempt_keep_the_count_of_wrong_answers()
    {
        var run = Asked().Do(Pay("wrong"), Noon).Do(new PaymentCommand.ResendConfirmation(null), Noon.AddSeconds(30)).Do(Pay("wrong"), Noon)
            .Do(No(), Noon).Bank(ReleaseKey, new BankAnswer.Voided("v")).Do(Submit, Noon).Bank("att_1_2/authorize", AuthorizedAnswer())
            .Do(new PaymentCommand.RequestConfirmation("att_1_2", Expected), Noon);

        Assert.Equal(2, run.Payment().WrongAnswers);
        Assert.Equal(3, run.Do(Pay("wrong"), Noon).Payment().WrongAnswers);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RejectionCode.ConfirmationExpired)]
    [InlineData(1, RejectionCode.ConfirmationExpired)]
    [Trait("Invariant", "15")]
    public void A_late_answer_is_recorded_and_moves_no_money(long ticks, RejectionCode? ignored)
    {
        var turn = Asked().When(Pay(), Ends.AddTicks(ticks));

        if (ignored is { } reason) turn.Then(new PaymentEvent.AnswerIgnored("con_1_1", Channel.Sms, reason));
        else turn.ThenTypes(typeof(PaymentEvent.ConfirmationEnded), typeof(PaymentEvent.CaptureRequested));
    }

    [Theory]
    [InlineData("adr_2", Channel.Sms)]
    [InlineData("adr_1", Channel.Whatsapp)]
    [InlineData(null, Channel.Sms)]
    [InlineData(null, Channel.Whatsapp)]
    [InlineData(null, Channel.Email)]
    [Trait("Invariant", "15")]
    public void Four_digits_count_only_from_the_bound_address(string? address, Channel channel) =>
        Asked().When(new PaymentCommand.AnswerConfirmation(channel, true, PhoneCode, address), Noon)
            .Then(new PaymentEvent.AnswerIgnored("con_1_1", channel, RejectionCode.NotTheAddressee));

    [Fact]
    [Trait("Invariant", "16")]
    public void The_second_of_two_answers_is_told_that_one_has_counted()
    {
        var web = new PaymentCommand.AnswerConfirmation(Channel.Web, true, PageCode);
        Confirmed().When(web, Noon).Then(new PaymentEvent.AnswerIgnored("con_1_1", Channel.Web, RejectionCode.AlreadyAnswered));
        Rejected().When(web, Noon).Then(new PaymentEvent.AnswerIgnored("con_1_1", Channel.Web, RejectionCode.AlreadyAnswered));
    }

    [Fact]
    [Trait("Invariant", "15")]
    public void An_answer_to_a_withdrawn_request_is_recorded_even_while_another_attempt_is_under_way()
    {
        var canceled = Asked().Do(new PaymentCommand.Cancel("mer_1", "x"), Noon);
        canceled.When(Pay(), Noon).Then(new PaymentEvent.AnswerIgnored("con_1_1", Channel.Sms, RejectionCode.ConfirmationSuperseded));

        var again = Rejected().Bank(ReleaseKey, new BankAnswer.Voided("v")).Do(Submit, Noon);
        again.When(Pay(), Noon).Then(new PaymentEvent.AnswerIgnored("con_1_1", Channel.Sms, RejectionCode.AlreadyAnswered));
        again.When(Pay() with { Confirmation = "con_1_9" }, Noon).ThenRejected(RejectionCode.NoOpenConfirmation);
        Authorizing().When(Pay(), Noon).ThenRejected(RejectionCode.NoOpenConfirmation);
    }

    [Theory]
    [InlineData(29, RejectionCode.ResendTooSoon)]
    [InlineData(30, null)]
    [InlineData(5 * 60, RejectionCode.ConfirmationExpired)]
    public void A_request_is_sent_again_after_half_a_minute(long seconds, RejectionCode? rejection)
    {
        var turn = Asked().When(new PaymentCommand.ResendConfirmation(Channel.Sms), Noon.AddSeconds(seconds));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.Then(new PaymentEvent.ConfirmationResent("con_1_1", 1, Channel.Sms, Noon.AddSeconds(seconds)));
    }

    [Fact]
    public void It_is_sent_again_three_times_at_most()
    {
        var run = Asked();
        for (var i = 1; i <= PaymentLimits.Resends; i++) run = run.Do(new PaymentCommand.ResendConfirmation(null), Noon.AddSeconds(30L * i));

        run.When(new PaymentCommand.ResendConfirmation(null), Noon.AddSeconds(200)).ThenRejected(RejectionCode.TooManyResends);
        Confirmed().When(new PaymentCommand.ResendConfirmation(null), Noon).ThenRejected(RejectionCode.NoOpenConfirmation);
    }

    [Fact]
    public void Sent_is_noted_once_a_channel_and_an_answer_may_beat_it()
    {
        var sent = new PaymentCommand.ReportConfirmationSent("con_1_1", Channel.Sms);
        Asked().When(sent, Noon).Then(new PaymentEvent.ConfirmationSent("con_1_1", Channel.Sms)).When(sent, Noon).ThenNothing();
        Confirmed().When(sent, Noon).ThenNothing();
    }

    [Fact]
    public void Whom_nobody_can_reach_is_not_left_waiting()
    {
        var run = Asked().When(new PaymentCommand.ReportConfirmationUndeliverable("con_1_1"), Noon).ThenTypes(typeof(PaymentEvent.ConfirmationEnded), typeof(PaymentEvent.VoidRequested));

        run.When(new PaymentCommand.ReportConfirmationUndeliverable("con_1_1"), Noon).ThenNothing();
        Asked().When(new PaymentCommand.ReportConfirmationUndeliverable("con_1_2"), Noon).ThenNothing();
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [Trait("Invariant", "18")]
    public void A_request_that_is_not_answered_ends_in_time_and_the_hold_is_released(long ticks, bool ends)
    {
        var turn = Asked().When(new PaymentCommand.TimerDue("confirmation"), Ends.AddTicks(ticks));

        if (ends) turn.ThenTypes(typeof(PaymentEvent.ConfirmationEnded), typeof(PaymentEvent.VoidRequested)).When(new PaymentCommand.TimerDue("confirmation"), Ends).ThenNothing();
        else turn.ThenNothing();
        Assert.DoesNotContain("confirmation", Confirmed().Timers.Keys);
        Assert.Equal(AttemptStatus.Authorized, Confirmed().Payment().LastAttempt!.Status);
    }
}
