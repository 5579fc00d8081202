using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>Facts the bank reports are never refused: they fit, change nothing, or open a case.</summary>
public sealed class BankAnswerTests
{
    [Fact]
    public void An_authorization_waits_for_the_confirmation_and_for_the_end_of_the_hold()
    {
        var run = Authorizing().When(Report(Authorize, AuthorizedAnswer()), Noon)
            .Then(new PaymentEvent.Authorized("att_1_1", "bank_1", HoldEnds, null, AnswerSource.Response));

        Assert.Equal(HoldEnds, run.Timers["hold:att_1_1"]);
        Assert.Equal(PaymentStatus.Processing, run.Status());
    }

    [Fact]
    [Trait("Invariant", "12")]
    public void The_same_answer_once_more_changes_nothing()
    {
        Authorized().When(Report(Authorize, AuthorizedAnswer(), AnswerSource.Webhook), Noon).ThenNothing();
        Authorizing().Bank(Authorize, new BankAnswer.Declined("no")).When(Report(Authorize, new BankAnswer.Declined("no"), AnswerSource.Webhook), Noon).ThenNothing();
        Captured().When(Report(CaptureKey, new BankAnswer.Captured("bank_cap", Eur(50_00)), AnswerSource.Webhook), Noon).ThenNothing();
        Rejected().Bank(ReleaseKey, new BankAnswer.Voided("v")).When(Report(ReleaseKey, new BankAnswer.Voided("v"), AnswerSource.Webhook), Noon).ThenNothing();
    }

    /// <summary>Of every kind of operation: another gateway's bank says nothing of it, the gateway that was asked does.</summary>
    [Fact]
    [Trait("Invariant", "13")]
    public void A_bank_speaks_only_for_what_its_own_gateway_was_asked()
    {
        var refunding = Captured().Do(new PaymentCommand.Refund(Eur(10_00), "mer_1", "x"), Noon).Start(RefundKey);
        foreach (var (run, key, answer) in new (PaymentRun, string, BankAnswer)[]
        {
            (Authorizing(), Authorize, AuthorizedAnswer()),
            (Confirmed().Start(CaptureKey), CaptureKey, new BankAnswer.Captured("c", Eur(50_00))),
            (Rejected().Start(ReleaseKey), ReleaseKey, new BankAnswer.Voided("v")),
            (refunding, RefundKey, new BankAnswer.Refunded("r", Eur(10_00))),
        })
        {
            Assert.Equal("att_1_1", run.Payment().AttemptOf(key)?.Id);
            run.When(Report(key, answer, AnswerSource.Webhook) with { Gateway = "other_bank" }, Noon).ThenRejected(RejectionCode.NotFound);
            Assert.NotEmpty(run.When(Report(key, answer, AnswerSource.Webhook) with { Gateway = "sandbox" }, Noon).ThenAccepted().History.Skip(run.History.Count));
        }

        Assert.Null(Captured().Payment().AttemptOf("cap_1_9/capture"));
    }

    [Fact]
    [Trait("Invariant", "12")]
    public void What_says_less_than_is_known_changes_nothing()
    {
        foreach (var answer in (BankAnswer[])[new BankAnswer.Unknown("t"), new BankAnswer.Pending(null), new BankAnswer.NeverReached("r"), new BankAnswer.NotFound(), new BankAnswer.ActionRequired("b", null)])
        {
            Authorized().When(Report(Authorize, answer, AnswerSource.Webhook), Noon).ThenNothing();
        }
    }

    [Theory]
    [InlineData(49_99)]
    [InlineData(50_01)]
    [InlineData(0)]
    [Trait("Invariant", "13")]
    public void An_authorization_of_another_amount_is_quarantined(long cents)
    {
        var run = Authorizing().When(Report(Authorize, AuthorizedAnswer(cents)), Noon).Then(
            new PaymentEvent.Quarantined(Authorize, Eur(50_00), Eur(cents), "sandbox", false),
            new PaymentEvent.CaseOpened("cas_1_1", "amount_mismatch", Authorize));

        Assert.Equal(AttemptStatus.Unknown, run.Payment().LastAttempt!.Status);
        run.When(Report(Authorize, AuthorizedAnswer(cents), AnswerSource.Webhook), Noon).ThenNothing();
    }

    [Theory]
    [InlineData(49_99)]
    [InlineData(0)]
    [Trait("Invariant", "13")]
    public void A_capture_of_another_amount_stands_in_suspense_unless_it_is_nothing(long cents)
    {
        var run = Confirmed().Start(CaptureKey);
        var turn = run.When(Report(CaptureKey, new BankAnswer.Captured("bank_cap", Eur(cents))), Noon);

        turn.ThenTypes(typeof(PaymentEvent.Quarantined), typeof(PaymentEvent.CaseOpened));
        Assert.Equal(cents == 0 ? 0 : 1, turn.Decision.Events.SelectMany(PaymentDecider.Postings).Count());
    }

    [Fact]
    [Trait("Invariant", "8")]
    public void A_failed_capture_that_the_bank_took_after_all_leaves_nothing_in_suspense()
    {
        var failed = Confirmed().Start(CaptureKey).Bank(CaptureKey, new BankAnswer.Captured("bank_cap", Eur(49_99))).Bank(CaptureKey, new BankAnswer.Failed("no"));
        Assert.Equal(-49_99, failed.Balances()["suspense:sandbox"]);

        var taken = failed.Bank(CaptureKey, new BankAnswer.Captured("bank_cap", Eur(50_00)), AnswerSource.Webhook);
        Assert.Equal((50_00, 0), (taken.Balances()["gateway_clearing:sandbox"], taken.Balances()["suspense:sandbox"]));
        taken.When(Report(CaptureKey, new BankAnswer.Captured("bank_cap", Eur(50_00)), AnswerSource.Webhook), Noon).ThenNothing();
    }

    [Fact]
    [Trait("Invariant", "13")]
    public void Another_currency_is_another_amount() =>
        Authorizing().When(Report(Authorize, new BankAnswer.Authorized("bank_1", new Amount(50_00, Currency.Usd), null, null)), Noon)
            .ThenTypes(typeof(PaymentEvent.Quarantined), typeof(PaymentEvent.CaseOpened));

    [Fact]
    [Trait("Invariant", "13")]
    public void A_second_amount_does_not_reopen_what_the_bank_has_answered()
    {
        var run = Authorized().Bank(Authorize, AuthorizedAnswer(1), AnswerSource.Webhook);
        Assert.Equal(BankOperationProgress.Ended, run.Payment().FindOperation(Authorize)!.Progress);
        Assert.Equal(["amount_mismatch"], run.OpenCases());

        var captured = Captured().When(Report(CaptureKey, new BankAnswer.Captured("bank_cap", Eur(1)), AnswerSource.Webhook), Noon);
        Assert.Empty(captured.Decision.Events.SelectMany(PaymentDecider.Postings));
        Assert.Equal(BankOperationProgress.Ended, captured.ThenAccepted().Payment().FindOperation(CaptureKey)!.Progress);
    }

    [Fact]
    [Trait("Invariant", "10")]
    public void A_second_hold_under_one_key_is_a_contradiction() =>
        Authorized().When(Report(Authorize, AuthorizedAnswer(id: "bank_2"), AnswerSource.Webhook), Noon)
            .Then(new PaymentEvent.CaseOpened("cas_1_1", "contradiction", Authorize))
            .When(Report(Authorize, AuthorizedAnswer(id: "bank_2"), AnswerSource.Webhook), Noon).ThenNothing();

    [Fact]
    public void A_decline_after_an_authorization_is_a_contradiction() =>
        Authorized().When(Report(Authorize, new BankAnswer.Declined("no"), AnswerSource.Webhook), Noon)
            .Then(new PaymentEvent.CaseOpened("cas_1_1", "contradiction", Authorize));

    [Fact]
    public void A_failed_release_after_a_release_is_a_contradiction() =>
        Rejected().Bank(ReleaseKey, new BankAnswer.Voided("v")).When(Report(ReleaseKey, new BankAnswer.Failed("no"), AnswerSource.Webhook), Noon)
            .Then(new PaymentEvent.CaseOpened("cas_1_1", "contradiction", ReleaseKey));

    [Fact]
    [Trait("Invariant", "10")]
    public void An_authorization_that_comes_after_the_attempt_failed_is_voided_by_itself()
    {
        var run = Submitted();
        for (var i = 1; i <= PaymentLimits.AuthorizeTries; i++) run = run.Start(Authorize, i).Bank(Authorize, new BankAnswer.NeverReached("refused"));

        run = run.When(Report(Authorize, AuthorizedAnswer(), AnswerSource.Webhook), Noon).Then(
            new PaymentEvent.Authorized("att_1_1", "bank_1", HoldEnds, null, AnswerSource.Webhook),
            new PaymentEvent.VoidRequested("att_1_1", ReleaseKey, AfterVoid.Stay, "authorized_too_late"));
        run.When(Submit, Noon).ThenRejected(RejectionCode.AttemptInProgress);
        Assert.Equal(PaymentStatus.RequiresPaymentMethod, run.Bank(ReleaseKey, new BankAnswer.Voided("v")).Status());
    }

    [Fact]
    [Trait("Invariant", "10")]
    public void An_authorization_that_comes_after_its_payment_moved_on_is_voided_beside_the_live_attempt()
    {
        var run = Submitted();
        for (var i = 1; i <= PaymentLimits.AuthorizeTries; i++) run = run.Start(Authorize, i).Bank(Authorize, new BankAnswer.NeverReached("refused"));
        run = run.Do(Submit, Noon).Start("att_1_2/authorize").Bank("att_1_2/authorize", AuthorizedAnswer(id: "bank_2"))
            .Do(new PaymentCommand.RequestConfirmation("att_1_2", Expected), Noon)
            .Bank(Authorize, AuthorizedAnswer(), AnswerSource.Webhook)
            .Do(Pay(), Noon).Start(CaptureKey).Bank(CaptureKey, new BankAnswer.Captured("c", Eur(50_00))).Bank(ReleaseKey, new BankAnswer.Voided("v"));

        Assert.Equal(PaymentStatus.Succeeded, run.Status());
        Assert.Equal(50_00, run.Payment().Captured);
    }

    [Fact]
    [Trait("Invariant", "8")]
    public void A_success_that_contradicts_a_failed_capture_is_booked_once_where_it_fits()
    {
        var failed = Confirmed().Start(CaptureKey).Bank(CaptureKey, new BankAnswer.Failed("no"));
        Assert.Equal(PaymentStatus.RequiresCapture, failed.Status());

        var late = new BankAnswer.Captured("bank_cap", Eur(50_00));
        failed.When(Report(CaptureKey, late, AnswerSource.Webhook), Noon).ThenTypes(typeof(PaymentEvent.CaptureSucceeded), typeof(PaymentEvent.CaseOpened));

        var ended = failed.Do(new PaymentCommand.Cancel("mer_1", "x"), Noon).Bank(ReleaseKey, new BankAnswer.Voided("v"));
        ended.When(Report(CaptureKey, late, AnswerSource.Webhook), Noon).ThenTypes(typeof(PaymentEvent.Quarantined), typeof(PaymentEvent.CaseOpened))
            .When(Report(CaptureKey, late, AnswerSource.Webhook), Noon).ThenNothing();
    }

    [Fact]
    public void An_answer_of_another_kind_opens_a_case() =>
        Authorizing().When(Report(Authorize, new BankAnswer.Voided("v")), Noon).Then(new PaymentEvent.CaseOpened("cas_1_1", "contradiction", Authorize));
}
