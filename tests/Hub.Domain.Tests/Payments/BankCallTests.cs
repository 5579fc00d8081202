using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>The fence before a call, and what no answer means.</summary>
public sealed class BankCallTests
{
    [Theory]
    [InlineData(0, RejectionCode.Fenced)]
    [InlineData(1, null)]
    [InlineData(2, RejectionCode.Fenced)]
    [Trait("Invariant", "9")]
    public void Only_the_next_try_may_start(int number, RejectionCode? rejection)
    {
        var turn = Submitted().When(new PaymentCommand.StartBankCall(Authorize, number), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.Then(new PaymentEvent.BankCallStarted(Authorize, number, Noon));
    }

    [Fact]
    [Trait("Invariant", "10")]
    public void A_started_call_or_an_ended_one_is_never_started_again()
    {
        Authorizing().When(new PaymentCommand.StartBankCall(Authorize, 2), Noon).ThenRejected(RejectionCode.Fenced);
        Authorized().When(new PaymentCommand.StartBankCall(Authorize, 2), Noon).ThenRejected(RejectionCode.Fenced);
        Submitted().When(new PaymentCommand.StartBankCall("att_9/authorize", 1), Noon).ThenRejected(RejectionCode.NotFound);
    }

    [Fact]
    [Trait("Invariant", "11")]
    public void A_timeout_is_unknown_and_the_bank_is_asked_eight_times_before_it_becomes_a_case()
    {
        var run = Authorizing().Bank(Authorize, new BankAnswer.Unknown("timeout"));
        Assert.Equal(AttemptStatus.Unknown, run.Payment().LastAttempt!.Status);
        for (var i = 0; i < PaymentLimits.Queries; i++)
        {
            var due = run.Timers["bank:" + Authorize];
            Assert.Empty(run.OpenCases());
            run = run.When(new PaymentCommand.TimerDue("bank:" + Authorize), due).Then(new PaymentEvent.QueryDue(Authorize, i + 1))
                .Bank(Authorize, new BankAnswer.Unknown("timeout"), AnswerSource.Query, due);
        }

        Assert.Equal(["outcome_unknown"], run.OpenCases());
        run.When(Report(Authorize, new BankAnswer.Unknown("timeout"), AnswerSource.Query), Noon).ThenNothing();
    }

    [Fact]
    public void A_call_that_never_reached_the_bank_is_made_again_later()
    {
        var run = Authorizing().When(Report(Authorize, new BankAnswer.NeverReached("refused")), Noon)
            .Then(new PaymentEvent.BankCallPostponed(Authorize, "refused", Noon.AddSeconds(1)));

        run.Fire("bank:" + Authorize, Noon.AddSeconds(1)).Start(Authorize, 2);
    }

    /// <summary>Somebody who slept over his lease still holds the event of an earlier call; the end of a call he starts would be nobody's.</summary>
    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [Trait("Invariant", "26")]
    public void A_postponed_call_leaves_only_when_the_hub_has_said_that_it_is_due(long ticks, bool due)
    {
        var (run, time) = (Authorizing().Do(Report(Authorize, new BankAnswer.NeverReached("refused")), Noon), Noon.AddSeconds(1).AddTicks(ticks));

        run.When(new PaymentCommand.StartBankCall(Authorize, 2), time).ThenRejected(RejectionCode.Fenced);
        if (due) run.Fire("bank:" + Authorize, time).Start(Authorize, 2);
    }

    [Theory]
    [InlineData(PaymentLimits.AuthorizeTries - 1, false)]
    [InlineData(PaymentLimits.AuthorizeTries, true)]
    public void An_authorization_that_provably_never_reached_the_bank_fails_after_its_last_try(int tries, bool fails)
    {
        var run = Submitted();
        for (var i = 1; i <= tries; i++) run = run.Start(Authorize, i).Bank(Authorize, new BankAnswer.NeverReached("refused"));

        Assert.Equal(fails ? AttemptStatus.Failed : AttemptStatus.Created, run.Payment().LastAttempt!.Status);
    }

    [Fact]
    [Trait("Invariant", "11")]
    public void An_authorization_that_may_have_reached_the_bank_is_never_given_up()
    {
        var run = Authorizing().Bank(Authorize, new BankAnswer.Unknown("timeout")).Bank(Authorize, new BankAnswer.NotFound(), AnswerSource.Query);
        for (var i = 2; i <= PaymentLimits.AuthorizeTries; i++) run = run.Start(Authorize, i).Bank(Authorize, new BankAnswer.NeverReached("refused"));

        Assert.Equal(AttemptStatus.Unknown, run.Payment().LastAttempt!.Status);
        Assert.Equal(["bank_unreachable"], run.OpenCases());
    }

    [Theory]
    [Trait("Invariant", "11")]
    [InlineData("security_code_missing", true)]
    [InlineData("refused", false)]
    public void A_call_that_the_bank_does_not_show_yet_may_have_reached_it_and_is_never_given_up(string reason, bool final)
    {
        var run = Authorizing().Bank(Authorize, new BankAnswer.NotFound(), AnswerSource.Query);
        for (var i = 2; i <= PaymentLimits.AuthorizeTries && !run.OpenCases().Any(); i++)
        {
            run = run.Start(Authorize, i).Bank(Authorize, new BankAnswer.NeverReached(reason, final));
        }

        Assert.Equal(AttemptStatus.Unknown, run.Payment().LastAttempt!.Status);
        Assert.Equal(["bank_unreachable"], run.OpenCases());
    }

    [Fact]
    [Trait("Invariant", "11")]
    public void A_question_that_never_reached_the_bank_proves_nothing_about_the_call()
    {
        var run = Submitted();
        for (var i = 1; i < PaymentLimits.AuthorizeTries; i++) run = run.Start(Authorize, i).Bank(Authorize, new BankAnswer.NeverReached("refused"));

        run = run.Start(Authorize, PaymentLimits.AuthorizeTries).Bank(Authorize, new BankAnswer.NeverReached("refused"), AnswerSource.Query);

        Assert.Equal(AttemptStatus.Unknown, run.Payment().LastAttempt!.Status);
    }

    [Fact]
    [Trait("Invariant", "21")]
    public void An_owner_that_was_replaced_cannot_call_off_the_try_of_its_successor()
    {
        var run = Authorizing().Bank(Authorize, new BankAnswer.NotFound(), AnswerSource.Query).Start(Authorize, 2);

        run.When(Report(Authorize, new BankAnswer.NeverReached("refused")) with { Try = 1 }, Noon).ThenNothing();
        run.When(Report(Authorize, new BankAnswer.NeverReached("refused")) with { Try = 2 }, Noon).ThenTypes(typeof(PaymentEvent.BankCallPostponed));
    }

    [Fact]
    [Trait("Invariant", "12")]
    public void A_postponed_call_is_not_postponed_by_a_repeated_report()
    {
        Authorizing().Bank(Authorize, new BankAnswer.NeverReached("refused"))
            .When(Report(Authorize, new BankAnswer.NeverReached("refused")), Noon).ThenNothing();
        Submitted().When(Report(Authorize, new BankAnswer.NotFound(), AnswerSource.Query), Noon).ThenNothing();
    }

    [Fact]
    [Trait("Invariant", "26")]
    public void Pending_webhooks_do_not_push_the_next_question_away()
    {
        var run = Authorizing().Bank(Authorize, new BankAnswer.Unknown("timeout"));

        run.When(Report(Authorize, new BankAnswer.Pending(null), AnswerSource.Webhook), Noon.AddSeconds(1)).ThenNothing();
    }

    [Fact]
    [Trait("Invariant", "26")]
    public void A_customer_at_the_bank_is_asked_about_until_the_bank_has_decided()
    {
        var action = new BankAnswer.ActionRequired("bank_1", "https://bank.example/3ds");
        var run = Authorizing().Bank(Authorize, action);
        Assert.Equal(PaymentStatus.RequiresAction, run.Status());
        var due = run.Timers["bank:" + Authorize];

        run.When(Report(Authorize, action, AnswerSource.Webhook), Noon).ThenNothing();
        run = run.Fire("bank:" + Authorize, due).Bank(Authorize, action, AnswerSource.Query, due);

        Assert.Equal(PaymentStatus.RequiresAction, run.Status());
        Assert.True(run.Timers["bank:" + Authorize] > due);
        run = run.Bank(Authorize, new BankAnswer.Pending(null), AnswerSource.Query, due);
        Assert.Equal(PaymentStatus.RequiresAction, run.Status());
    }

    [Fact]
    [Trait("Invariant", "10")]
    public void An_attempt_the_customer_left_is_still_asked_about_and_a_late_hold_is_released()
    {
        var run = Authorizing().Bank(Authorize, new BankAnswer.ActionRequired("bank_1", null)).Do(new PaymentCommand.Cancel("mer_1", "left"), Noon);
        Assert.Equal(PaymentStatus.Canceled, run.Status());

        run = run.When(new PaymentCommand.TimerDue("bank:" + Authorize), run.Timers["bank:" + Authorize]).ThenTypes(typeof(PaymentEvent.QueryDue));
        run = run.Bank(Authorize, AuthorizedAnswer(), AnswerSource.Query);

        Assert.Equal(AttemptStatus.Voiding, run.Payment().LastAttempt!.Status);
        Assert.Equal(PaymentStatus.Canceled, run.Status());
    }

    [Fact]
    [Trait("Invariant", "10")]
    public void A_hold_that_nobody_waits_for_is_not_asked_for_again()
    {
        var run = Authorizing().Bank(Authorize, new BankAnswer.ActionRequired("bank_1", null)).Do(new PaymentCommand.Cancel("mer_1", "left"), Noon);

        run.When(Report(Authorize, new BankAnswer.NotFound(), AnswerSource.Query), Noon).Then(new PaymentEvent.AttemptFailed("att_1_1", "not_found"))
            .When(new PaymentCommand.StartBankCall(Authorize, 2), Noon).ThenRejected(RejectionCode.Fenced);
    }

    [Fact]
    [Trait("Invariant", "26")]
    public void An_operator_cannot_close_the_case_of_something_that_stays_unknown()
    {
        var run = Authorizing().Bank(Authorize, AuthorizedAnswer(49_99));
        Assert.Equal(["amount_mismatch"], run.OpenCases());

        foreach (var answer in (BankAnswer[])[new BankAnswer.Unknown("?"), new BankAnswer.Pending(null), AuthorizedAnswer(49_99), new BankAnswer.ActionRequired("b", null)])
        {
            run.When(Report(Authorize, answer, AnswerSource.Operator), Noon).ThenRejected(RejectionCode.IllegalState);
        }

        run = run.Bank(Authorize, new BankAnswer.Declined("settled"), AnswerSource.Operator);
        Assert.Empty(run.OpenCases());
        Assert.Equal(PaymentStatus.RequiresPaymentMethod, run.Status());
    }

    [Fact]
    [Trait("Invariant", "26")]
    public void An_operator_cannot_say_again_that_a_hold_was_not_released()
    {
        var run = Rejected().Start(ReleaseKey).Bank(ReleaseKey, new BankAnswer.Failed("no"));
        Assert.Equal(["void_failed"], run.OpenCases());

        foreach (var answer in (BankAnswer[])[new BankAnswer.Failed("no"), new BankAnswer.NotFound(), new BankAnswer.Unknown("?"), new BankAnswer.Pending(null)])
        {
            run.When(Report(ReleaseKey, answer, AnswerSource.Operator), Noon).ThenRejected(RejectionCode.IllegalState);
            run.When(Report(ReleaseKey, answer, AnswerSource.Webhook), Noon).ThenNothing();
        }

        run = run.Bank(ReleaseKey, new BankAnswer.Voided("v"), AnswerSource.Operator);
        Assert.Empty(run.OpenCases());
        Assert.Equal(PaymentStatus.RequiresPaymentMethod, run.Status());
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [Trait("Invariant", "26")]
    public void An_operators_word_that_changes_nothing_closes_a_case_only_while_a_call_will_leave(long seconds, bool closes)
    {
        var other = new BankAnswer.Prepared("bank_2");
        var run = Authorizing().Bank(Authorize, new BankAnswer.Unknown("timeout")).Bank(Authorize, new BankAnswer.Prepared("bank_1"), AnswerSource.Webhook)
            .Bank(Authorize, other, AnswerSource.Query);
        Assert.Equal(["contradiction"], run.OpenCases());

        var told = run.When(Report(Authorize, other, AnswerSource.Operator), Deadline.AddSeconds(seconds));
        if (closes) told.ThenTypes(typeof(PaymentEvent.CaseSettled));
        else told.ThenRejected(RejectionCode.IllegalState);
        Assert.Empty(run.Bank(Authorize, new BankAnswer.Declined("settled"), AnswerSource.Operator, Deadline).OpenCases());
    }

    [Fact]
    public void An_operator_settles_only_what_is_open_or_has_a_case() =>
        Authorized().When(Report(Authorize, new BankAnswer.Declined("no"), AnswerSource.Operator), Noon).ThenRejected(RejectionCode.IllegalState);
}
