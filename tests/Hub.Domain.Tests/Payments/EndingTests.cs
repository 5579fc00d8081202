using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>How a payment ends without money moved, and what a person may hold up.</summary>
public sealed class EndingTests
{
    private static readonly PaymentCommand.Cancel Cancel = new("mer_1", "changed_mind");

    [Fact]
    public void A_payment_nobody_asked_the_bank_about_is_canceled_at_once()
    {
        Created().When(Cancel, Noon).Then(new PaymentEvent.Canceled("changed_mind", "mer_1"));
        Canceled().When(Cancel, Noon).ThenNothing();
        Expired().When(Cancel, Noon).ThenRejected(RejectionCode.IllegalState);
        Captured().When(Cancel, Noon).ThenRejected(RejectionCode.IllegalState);
    }

    [Fact]
    public void A_held_payment_is_canceled_once_the_release_is_acknowledged_and_keeps_its_reason()
    {
        var run = Asked().When(Cancel, Noon).ThenTypes(typeof(PaymentEvent.ConfirmationEnded), typeof(PaymentEvent.VoidRequested));
        Assert.Equal(PaymentStatus.Processing, run.Status());

        run = run.Start(ReleaseKey).When(Report(ReleaseKey, new BankAnswer.Voided("v")), Noon).ThenTypes(typeof(PaymentEvent.Voided), typeof(PaymentEvent.Canceled));
        Assert.Equal("changed_mind", run.Payment().CancelReason);
    }

    [Fact]
    [Trait("Invariant", "11")]
    public void Nothing_is_canceled_while_anything_is_unknown()
    {
        Authorizing().When(Cancel, Noon).ThenRejected(RejectionCode.OutcomeUnknown);
        Authorizing().Bank(Authorize, new BankAnswer.Unknown("t")).When(Cancel, Noon).ThenRejected(RejectionCode.OutcomeUnknown);
        Rejected().When(Cancel, Noon).ThenRejected(RejectionCode.OutcomeUnknown);
    }

    /// <summary>Nothing is unknown of a call that has not left: nobody has to be asked, and it leaves no more.</summary>
    [Fact]
    [Trait("Invariant", "11")]
    public void What_has_not_left_for_the_bank_is_withdrawn_by_a_cancel_and_by_the_deadline()
    {
        foreach (var unsent in new[] { Submitted(), GatewayWorld.Agreed(), GatewayWorld.Prepared(), Authorizing().Bank(Authorize, new BankAnswer.NeverReached("refused")) })
        {
            var canceled = unsent.When(Cancel, Noon).ThenTypes(typeof(PaymentEvent.AttemptFailed), typeof(PaymentEvent.Canceled));
            canceled.When(new PaymentCommand.StartBankCall(Authorize, 1), Noon).ThenRejected(RejectionCode.Fenced);

            var expired = unsent.When(new PaymentCommand.TimerDue("expiry"), Deadline).ThenTypes(typeof(PaymentEvent.AttemptFailed), typeof(PaymentEvent.Expired));
            expired.When(new PaymentCommand.StartBankCall(Authorize, 1), Deadline).ThenRejected(RejectionCode.Fenced);
        }
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [Trait("Invariant", "6")]
    public void The_first_call_leaves_before_the_deadline_or_never(long ticks, bool leaves)
    {
        var at = Deadline.AddTicks(ticks);
        foreach (var unsent in new[] { Submitted(), GatewayWorld.Agreed() })
        {
            var turn = unsent.When(new PaymentCommand.StartBankCall(Authorize, 1), at);
            if (leaves) turn.ThenTypes(typeof(PaymentEvent.BankCallStarted));
            else turn.ThenRejected(RejectionCode.PaymentExpired);
        }

        // A place that the bank made is not filled after the deadline either; one it may have filled is asked about.
        Authorizing().When(Report(Authorize, new BankAnswer.Prepared("intent_1")), at).ThenTypes(leaves ? [typeof(PaymentEvent.AttemptPrepared)] : [typeof(PaymentEvent.AttemptFailed)]);
        Authorizing().When(Report(Authorize, new BankAnswer.NeverReached("refused")), at).ThenTypes(leaves ? [typeof(PaymentEvent.BankCallPostponed)] : [typeof(PaymentEvent.AttemptFailed)]);
        Authorizing().When(Report(Authorize, new BankAnswer.NotFound(), AnswerSource.Query), at).ThenTypes(leaves ? [typeof(PaymentEvent.BankCallPostponed)] : [typeof(PaymentEvent.OutcomeUnknown)]);

        // It was to be repeated, and the hub was away over the deadline: from then on it is asked about.
        var waiting = Authorizing().Bank(Authorize, new BankAnswer.NotFound(), AnswerSource.Query);
        waiting.When(new PaymentCommand.TimerDue($"bank:{Authorize}"), at).ThenTypes(leaves ? [typeof(PaymentEvent.BankCallDue)] : [typeof(PaymentEvent.OutcomeUnknown)]);
        var call = waiting.Due(Authorize, Deadline.AddTicks(-1)).When(new PaymentCommand.StartBankCall(Authorize, 2), at);
        if (leaves) call.ThenTypes(typeof(PaymentEvent.BankCallStarted));
        else call.ThenRejected(RejectionCode.PaymentExpired).When(Report(Authorize, new BankAnswer.NotFound(), AnswerSource.Query), at).ThenTypes(typeof(PaymentEvent.OutcomeUnknown));
    }

    [Fact]
    [Trait("Invariant", "26")]
    public void A_call_whose_time_comes_after_the_deadline_ends_the_payment() =>
        Authorizing().Bank(Authorize, new BankAnswer.NeverReached("refused")).When(new PaymentCommand.TimerDue($"bank:{Authorize}"), Deadline)
            .ThenTypes(typeof(PaymentEvent.AttemptFailed), typeof(PaymentEvent.Expired));

    [Fact]
    [Trait("Invariant", "12")]
    public void A_bank_that_says_no_of_a_hold_that_is_gone_says_nothing_new()
    {
        var lapsed = Asked(deadline: HoldEnds.AddDays(1)).Fire("hold:att_1_1", HoldEnds);
        lapsed.When(Report(Authorize, new BankAnswer.Failed("canceled"), AnswerSource.Webhook), HoldEnds).ThenNothing();

        var released = Rejected().Start(ReleaseKey).Bank(ReleaseKey, new BankAnswer.Voided("v"));
        released.When(Report(Authorize, new BankAnswer.Failed("canceled"), AnswerSource.Webhook), Noon).ThenNothing();
        Authorized().When(Report(Authorize, new BankAnswer.Failed("canceled"), AnswerSource.Webhook), Noon).ThenTypes(typeof(PaymentEvent.CaseOpened));
    }

    [Fact]
    public void Another_hold_than_the_one_the_customer_was_sent_to_is_a_contradiction() =>
        Authorizing().Bank(Authorize, new BankAnswer.ActionRequired("bank_1", "https://bank.example")).When(Report(Authorize, AuthorizedAnswer(id: "bank_2"), AnswerSource.Webhook), Noon)
            .ThenTypes(typeof(PaymentEvent.CaseOpened));

    [Fact]
    public void A_release_that_failed_is_not_taken_for_one_by_a_cancel() =>
        Rejected().Start(ReleaseKey).Bank(ReleaseKey, new BankAnswer.Failed("no")).When(Cancel, Noon).ThenRejected(RejectionCode.OutcomeUnknown);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [Trait("Invariant", "18")]
    public void A_payment_expires_at_its_deadline_and_not_before(long ticks, bool expires)
    {
        var turn = Created().When(new PaymentCommand.TimerDue("expiry"), Deadline.AddTicks(ticks));

        if (expires) turn.Then(new PaymentEvent.Expired(Deadline.AddTicks(ticks)));
        else turn.ThenNothing();
    }

    [Fact]
    public void At_the_deadline_a_hold_is_released_first()
    {
        var run = Confirmed(CaptureMode.Manual).When(new PaymentCommand.TimerDue("expiry"), Deadline)
            .Then(new PaymentEvent.VoidRequested("att_1_1", ReleaseKey, AfterVoid.Expire, "payment_expired"));

        Assert.Equal(PaymentStatus.Expired, run.Bank(ReleaseKey, new BankAnswer.Voided("v")).Status());
    }

    [Fact]
    public void At_the_deadline_what_was_captured_stays_and_the_rest_is_released()
    {
        var run = PartlyCaptured().Fire("expiry", Deadline);

        Assert.Equal(PaymentStatus.Succeeded, run.Bank(ReleaseKey, new BankAnswer.Voided("v")).Status());
        Captured().When(new PaymentCommand.TimerDue("expiry"), Deadline).ThenNothing();
    }

    [Fact]
    [Trait("Invariant", "11")]
    public void Expiry_waits_for_what_is_unknown_and_a_late_hold_is_released()
    {
        var run = Authorizing().When(new PaymentCommand.TimerDue("expiry"), Deadline).Then(new PaymentEvent.ExpiryDeferred(Deadline));
        run.When(new PaymentCommand.TimerDue("expiry"), Deadline).ThenNothing();

        var declined = run.Bank(Authorize, new BankAnswer.Declined("no"), at: Deadline);
        Assert.Equal(PaymentStatus.Expired, declined.Status());

        var authorized = run.Bank(Authorize, AuthorizedAnswer(), at: Deadline);
        Assert.Equal(AfterVoid.Expire, authorized.Payment().LastAttempt!.AfterVoid);
        Assert.Equal(PaymentStatus.Expired, authorized.Bank(ReleaseKey, new BankAnswer.Voided("v"), at: Deadline).Status());
    }

    [Fact]
    public void Expiry_waits_for_a_capture_and_then_keeps_it_or_releases_the_hold()
    {
        var run = Confirmed().Start(CaptureKey).Fire("expiry", Deadline);

        Assert.Equal(PaymentStatus.Succeeded, run.Bank(CaptureKey, new BankAnswer.Captured("c", Eur(50_00)), at: Deadline).Status());
        var failed = run.Bank(CaptureKey, new BankAnswer.Failed("no"), at: Deadline);
        Assert.Equal(AttemptStatus.Voiding, failed.Payment().LastAttempt!.Status);
    }

    [Fact]
    public void A_customer_at_the_bank_is_too_late_at_the_deadline()
    {
        var run = Authorizing().Bank(Authorize, new BankAnswer.ActionRequired("b", null)).Fire("expiry", Deadline);

        Assert.Equal(PaymentStatus.Expired, run.Status());
        Assert.Equal(AttemptStatus.Abandoned, run.Payment().LastAttempt!.Status);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_hold_lapses_at_the_banks_own_deadline(long ticks, bool lapses)
    {
        var turn = Confirmed(CaptureMode.Manual, HoldEnds.AddDays(1)).When(new PaymentCommand.TimerDue("hold:att_1_1"), HoldEnds.AddTicks(ticks));

        if (lapses) turn.ThenTypes(typeof(PaymentEvent.HoldLapsed), typeof(PaymentEvent.Expired));
        else turn.ThenNothing();
    }

    [Fact]
    public void A_lapsed_hold_is_not_released_after_a_capture_failed()
    {
        var run = Confirmed(CaptureMode.Manual, HoldEnds.AddDays(1)).Do(new PaymentCommand.Capture(null, true, "mer_1"), HoldEnds.AddSeconds(-1))
            .Start(CaptureKey).Fire("hold:att_1_1", HoldEnds);
        Assert.True(run.Payment().ExpiryDeferred);

        run = run.When(Report(CaptureKey, new BankAnswer.Failed("expired")), HoldEnds.AddSeconds(1))
            .ThenTypes(typeof(PaymentEvent.CaptureFailed), typeof(PaymentEvent.HoldLapsed), typeof(PaymentEvent.Expired));
        Assert.Equal(PaymentStatus.Expired, run.Status());
    }

    [Fact]
    public void A_hold_whose_release_failed_lapses_too_and_the_payment_goes_on_as_it_would_have()
    {
        var run = Asked(deadline: HoldEnds.AddDays(1)).Do(Cancel, Noon).Start(ReleaseKey).Bank(ReleaseKey, new BankAnswer.Failed("no"));
        Assert.Equal(PaymentStatus.Processing, run.Status());

        Assert.Equal(PaymentStatus.Canceled, run.Fire("hold:att_1_1", HoldEnds).Status());
    }

    /// <summary>Its own timer had fired while the release was unknown, and would not fire again: it never ended, and the order stayed blocked.</summary>
    [Theory]
    [Trait("Invariant", "18")]
    [Trait("Invariant", "26")]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_payment_whose_deadline_passed_with_that_of_its_hold_ends_when_the_release_fails(long ticks, bool ends)
    {
        var lapse = Noon.AddMinutes(45);
        var run = Authorizing().Bank(Authorize, AuthorizedAnswer(until: lapse)).Do(new PaymentCommand.RequestConfirmation("att_1_1", Expected), Noon).Do(No(), Noon)
            .Start(ReleaseKey).Bank(ReleaseKey, new BankAnswer.Unknown("timeout")).Fire("hold:att_1_1", lapse);
        if (ends) run = run.When(new PaymentCommand.TimerDue("expiry"), Deadline).ThenNothing();

        run = run.Bank(ReleaseKey, new BankAnswer.Failed("no"), at: Deadline.AddTicks(ticks));

        Assert.Equal(AttemptStatus.Expired, run.Payment().LastAttempt!.Status);
        Assert.Equal(ends ? PaymentStatus.Expired : PaymentStatus.RequiresPaymentMethod, run.Status());
    }

    [Fact]
    public void A_held_payment_waits_for_a_person_and_captures_when_they_approve()
    {
        var run = Asked().Do(new PaymentCommand.Hold("staff_1", "odd"), Noon);
        Assert.Equal(PaymentStatus.RequiresReview, run.Status());
        run = run.Do(Pay(), Noon);
        Assert.Empty(run.Payment().Captures);

        run.When(new PaymentCommand.Approve("staff_1"), Noon).ThenTypes(typeof(PaymentEvent.ReviewEnded), typeof(PaymentEvent.CaptureRequested));
        run.When(new PaymentCommand.Reject("staff_1", "fraud"), Noon).ThenTypes(typeof(PaymentEvent.ReviewEnded), typeof(PaymentEvent.VoidRequested));
    }

    [Fact]
    [Trait("Invariant", "6")]
    public void An_approval_that_comes_too_late_captures_nothing()
    {
        var run = Asked().Do(new PaymentCommand.Hold("staff_1", "odd"), Noon).Do(Pay(), Noon);

        run.When(new PaymentCommand.Approve("staff_1"), Deadline).ThenTypes(typeof(PaymentEvent.ReviewEnded));
    }

    [Fact]
    [Trait("Invariant", "26")]
    public void Money_that_the_bank_took_after_all_ends_the_review()
    {
        var run = Confirmed().Start(CaptureKey).Bank(CaptureKey, new BankAnswer.Failed("no")).Do(new PaymentCommand.Hold("staff_1", "odd"), Noon);

        run = run.Bank(CaptureKey, new BankAnswer.Captured("bank_cap", Eur(50_00)), AnswerSource.Webhook);
        Assert.Equal((PaymentStatus.Succeeded, "contradiction"), (run.Status(), Assert.Single(run.OpenCases())));
        run.When(new PaymentCommand.Reject("staff_1", "fraud"), Noon).ThenRejected(RejectionCode.IllegalState);
    }

    [Fact]
    public void Only_a_payment_under_way_is_held_and_only_a_held_one_is_decided()
    {
        var hold = new PaymentCommand.Hold("staff_1", "odd");
        Created().When(hold, Noon).ThenRejected(RejectionCode.IllegalState);
        Confirmed().When(hold, Noon).ThenRejected(RejectionCode.IllegalState);
        Captured().When(hold, Noon).ThenRejected(RejectionCode.IllegalState);
        Asked().When(new PaymentCommand.Approve("staff_1"), Noon).ThenRejected(RejectionCode.IllegalState);
        Asked().When(new PaymentCommand.Reject("staff_1", "x"), Noon).ThenRejected(RejectionCode.IllegalState);
        Authorizing().Do(hold, Noon).When(new PaymentCommand.Reject("staff_1", "x"), Noon).ThenRejected(RejectionCode.OutcomeUnknown);
    }

    [Fact]
    public void A_case_that_no_bank_operation_hangs_on_is_settled_by_whoever_saw_to_it_and_once()
    {
        var run = Asked().Do(No(notMe: true), Noon);
        var settle = new PaymentCommand.SettleCase(run.Payment().Cases[0].Id, "staff_1", "called them");

        run = run.When(settle, Noon).Then(new PaymentEvent.CaseSettled(settle.Case, "staff_1", "called them"));

        Assert.Empty(run.OpenCases());
        run.When(settle, Noon).ThenNothing();
        run.When(settle with { Case = "cas_1_9" }, Noon).ThenRejected(RejectionCode.NotFound);
    }

    [Fact]
    [Trait("Invariant", "11")]
    public void A_case_about_a_bank_operation_is_not_settled_without_saying_what_the_bank_did()
    {
        var run = Authorizing().Bank(Authorize, new BankAnswer.Authorized("bnk_1", Eur(1), null, null));

        run.When(new PaymentCommand.SettleCase(run.Payment().Cases[0].Id, "staff_1", "fine"), Noon).ThenRejected(RejectionCode.IllegalState);
    }

    [Fact]
    public void A_hold_that_was_captured_for_good_does_not_lapse()
    {
        Captured().When(new PaymentCommand.TimerDue("hold:att_1_1"), HoldEnds).ThenNothing();
        PartlyCaptured(final: true).When(new PaymentCommand.TimerDue("hold:att_1_1"), HoldEnds).ThenNothing();
        PartlyCaptured().When(new PaymentCommand.TimerDue("hold:att_1_1"), HoldEnds).ThenTypes(typeof(PaymentEvent.HoldLapsed));
    }
}
