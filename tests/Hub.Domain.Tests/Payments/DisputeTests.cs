using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;
using static Hub.Domain.Tests.Payments.GatewayWorld;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>The customer asks the bank for the money back.</summary>
public sealed class DisputeTests
{
    private const string Answer = "dsp_1_1/answer1";
    private static readonly PaymentCommand.SubmitEvidence Evidence = new("dsp_1_1", new Sealed("we sent it"), "mer_1");
    private static readonly PaymentCommand.AcceptDispute Consent = new("dsp_1_1", "mer_1");

    [Fact]
    [Trait("Invariant", "8")]
    public void A_dispute_takes_the_money_aside_until_the_bank_has_decided()
    {
        var run = Captured().When(Dispute(), Noon).Then(
            new PaymentEvent.DisputeOpened("dsp_1_1", "cap_1_1", "case_1", Eur(50_00), "not_received", RespondBy, "sandbox", "mer_1", Noon));

        Assert.Equal(PaymentStatus.Succeeded, run.Status());
        Assert.Equal((50_00, 0), (run.Balances().Values.Max(), run.Balances()["gateway_clearing:sandbox"]));
        run.When(Dispute(), Noon).ThenNothing();

        var won = run.Do(Dispute(status: DisputeStatus.Won), Noon).Balances();
        Assert.Equal((50_00, -50_00), (won["gateway_clearing:sandbox"], won["merchant_payable:mer_1"]));
        var lost = run.Do(Dispute(status: DisputeStatus.Lost), Noon).Balances();
        Assert.All(lost.Values, balance => Assert.Equal(0, balance));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(50_00, true)]
    [InlineData(50_01, false)]
    [Trait("Invariant", "13")]
    public void A_dispute_of_more_than_was_taken_is_a_case_and_posts_nothing(long cents, bool fits) =>
        Captured().When(Dispute(cents), Noon).ThenTypes(fits ? [typeof(PaymentEvent.DisputeOpened)] : [typeof(PaymentEvent.DisputeUnmatched), typeof(PaymentEvent.CaseOpened)]);

    [Fact]
    public void A_dispute_of_what_was_not_taken_or_in_another_currency_is_recorded_and_one_case()
    {
        Captured().When(Dispute() with { Amount = new Amount(1, Currency.Usd) }, Noon).ThenTypes(typeof(PaymentEvent.DisputeUnmatched), typeof(PaymentEvent.CaseOpened));
        Captured().When(Dispute(operation: Authorize), Noon).ThenTypes(typeof(PaymentEvent.DisputeUnmatched), typeof(PaymentEvent.CaseOpened));
        Confirmed().When(Dispute(), Noon).ThenTypes(typeof(PaymentEvent.DisputeUnmatched), typeof(PaymentEvent.CaseOpened))
            .When(Dispute(), Noon).ThenNothing()
            .When(Dispute(id: "case_2"), Noon).ThenTypes(typeof(PaymentEvent.DisputeUnmatched));
    }

    /// <summary>A webhook may overtake the answer it is about: what was said before the capture was known counts from when it is.</summary>
    [Theory]
    [InlineData(DisputeStatus.NeedsResponse, DisputeStatus.NeedsResponse)]
    [InlineData(DisputeStatus.UnderReview, DisputeStatus.UnderReview)]
    [InlineData(DisputeStatus.Lost, DisputeStatus.Lost)]
    [Trait("Invariant", "12")]
    public void A_dispute_that_came_before_its_capture_opens_with_it(DisputeStatus told, DisputeStatus status)
    {
        var early = Confirmed().Start(CaptureKey).Do(Dispute(30_00), Noon).Do(Dispute(30_00, told), Noon).Do(Dispute(30_00), Noon).Do(Dispute(20_00, id: "case_2"), Noon);
        var run = early.Bank(CaptureKey, new BankAnswer.Captured("bank_cap", Eur(50_00)));

        Assert.Equal([("case_1", status), ("case_2", DisputeStatus.NeedsResponse)], run.Payment().Disputes.Select(d => (d.BankId, d.Status)));
        Assert.Empty(run.Payment().UnmatchedDisputes);
        Assert.Empty(run.OpenCases());
    }

    [Fact]
    public void A_dispute_of_more_than_the_capture_stays_for_somebody_to_look_at()
    {
        var run = Confirmed().Start(CaptureKey).Do(Dispute(50_01), Noon).Do(Dispute(50_00, id: "case_2"), Noon).Bank(CaptureKey, new BankAnswer.Captured("bank_cap", Eur(50_00)));

        Assert.Equal("case_1", Assert.Single(run.Payment().UnmatchedDisputes).BankId);
        Assert.Equal("case_2", Assert.Single(run.Payment().Disputes).BankId);
        Assert.Equal(["dispute_unmatched"], run.OpenCases());
    }

    /// <summary>One capture's money is set aside once: what is disputed beyond it, or after it went back, is for somebody to look at.</summary>
    [Theory]
    [InlineData(DisputeStatus.NeedsResponse, 20_00, true)]
    [InlineData(DisputeStatus.NeedsResponse, 20_01, false)]
    [InlineData(DisputeStatus.Lost, 20_01, false)]
    [InlineData(DisputeStatus.Won, 50_00, true)]
    [Trait("Invariant", "13")]
    public void A_second_dispute_takes_no_more_than_the_first_left(DisputeStatus first, long cents, bool fits) =>
        Disputed(30_00, first).When(Dispute(cents, id: "case_2"), Noon)
            .ThenTypes(fits ? [typeof(PaymentEvent.DisputeOpened)] : [typeof(PaymentEvent.DisputeUnmatched), typeof(PaymentEvent.CaseOpened)]);

    [Fact]
    [Trait("Invariant", "13")]
    public void Money_that_went_back_is_not_disputed_as_well() =>
        Debited().Bank(Authorize, Returned(), AnswerSource.Webhook).When(Dispute(operation: Authorize) with { Gateway = "netbank" }, Noon)
            .ThenTypes(typeof(PaymentEvent.DisputeUnmatched), typeof(PaymentEvent.CaseOpened));

    /// <summary>A refund that was given up for lost, and that the bank paid after all: it is booked, beside the dispute that has the same money.</summary>
    [Theory]
    [InlineData(AnswerSource.Webhook, new[] { "contradiction", "customer_paid_twice" })]
    [InlineData(AnswerSource.Operator, new[] { "customer_paid_twice" })]
    [Trait("Invariant", "10")]
    public void A_refund_that_comes_through_beside_a_dispute_is_booked(AnswerSource source, string[] cases)
    {
        var run = Captured().Do(new PaymentCommand.Refund(null, "x", "mer_1"), Noon).Start(RefundKey).Do(Dispute(), Noon)
            .Bank(RefundKey, new BankAnswer.NotFound(), AnswerSource.Query).Bank(RefundKey, new BankAnswer.Failed("never came"), AnswerSource.Operator);
        if (source is AnswerSource.Operator) run = run.Bank(RefundKey, new BankAnswer.Captured("odd", Eur(1)), AnswerSource.Webhook);

        var paid = run.Do(Report(RefundKey, new BankAnswer.Refunded("r", Eur(50_00)), source), Noon);

        Assert.Equal(50_00, paid.Payment().Refunded);
        Assert.Equal(cases, paid.OpenCases());
    }

    /// <summary>The bank has the money aside: what provably is not with it does not leave any more.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [Trait("Invariant", "6")]
    public void A_refund_that_has_not_left_fails_when_its_money_is_disputed(int calls)
    {
        var asked = Captured().Do(new PaymentCommand.Refund(Eur(10_00), "x", "mer_1"), Noon);
        if (calls > 0) asked = asked.Start(RefundKey).Bank(RefundKey, new BankAnswer.NeverReached("refused"));

        asked.When(Dispute(20_00), Noon).ThenTypes(typeof(PaymentEvent.DisputeOpened), typeof(PaymentEvent.RefundFailed))
            .When(new PaymentCommand.StartBankCall(RefundKey, calls + 1), Noon).ThenRejected(RejectionCode.Fenced);
    }

    [Fact]
    [Trait("Invariant", "10")]
    public void A_refund_that_may_be_at_the_bank_is_asked_about_and_not_repeated_while_its_money_is_disputed()
    {
        var asked = Captured().Do(new PaymentCommand.Refund(Eur(10_00), "x", "mer_1"), Noon).Start(RefundKey);

        // The call is out: it fails where it never arrived, and is a case where nobody can tell.
        var disputed = asked.When(Dispute(20_00), Noon).ThenTypes(typeof(PaymentEvent.DisputeOpened));
        disputed.When(Report(RefundKey, new BankAnswer.NeverReached("refused")), Noon).ThenTypes(typeof(PaymentEvent.RefundFailed));
        var lost = disputed.When(Report(RefundKey, new BankAnswer.NotFound(), AnswerSource.Query), Noon).ThenTypes(typeof(PaymentEvent.OutcomeUnknown), typeof(PaymentEvent.CaseOpened));
        Assert.Equal(["refund_overtaken"], lost.OpenCases());
        lost.When(Report(RefundKey, new BankAnswer.Failed("never came"), AnswerSource.Operator), Noon).ThenTypes(typeof(PaymentEvent.RefundFailed), typeof(PaymentEvent.CaseSettled));

        // It was to be repeated: from now on it is only asked about.
        asked.Bank(RefundKey, new BankAnswer.NotFound(), AnswerSource.Query)
            .When(Dispute(20_00), Noon).ThenTypes(typeof(PaymentEvent.DisputeOpened), typeof(PaymentEvent.OutcomeUnknown))
            .When(new PaymentCommand.StartBankCall(RefundKey, 2), Noon).ThenRejected(RejectionCode.Fenced)
            .When(new PaymentCommand.TimerDue($"bank:{RefundKey}"), Noon.AddMinutes(1)).ThenTypes(typeof(PaymentEvent.QueryDue));
    }

    [Fact]
    [Trait("Invariant", "26")]
    public void The_bank_is_asked_how_a_dispute_stands_until_it_has_ended_or_somebody_has_to_look()
    {
        var (run, days) = (Disputed(), new List<double>());
        for (DateTimeOffset? due = run.Timers["deciding:dsp_1_1"]; due is { } at; due = run.History.OfType<PaymentEvent.DisputeQueryDue>().Last().Next)
        {
            days.Add((at - Noon).TotalDays);
            run = run.Fire("deciding:dsp_1_1", at);
        }

        Assert.Equal([7, 14, 21, 28, 42, 56, 70, 90, 120], days);
        Assert.Equal(["dispute_undecided"], run.OpenCases());
        var closed = Disputed(status: DisputeStatus.Won);
        Assert.DoesNotContain("deciding:dsp_1_1", closed.Timers.Keys);
        closed.When(new PaymentCommand.TimerDue("deciding:dsp_1_1"), Noon.AddDays(7)).ThenNothing();
    }

    [Fact]
    [Trait("Invariant", "22")]
    public void One_banks_word_counts_only_for_what_it_was_asked()
    {
        Captured().When(Dispute() with { Gateway = "netbank" }, Noon).ThenRejected(RejectionCode.NotFound);
        Captured().When(Dispute(operation: "cap_9_1/capture"), Noon).ThenRejected(RejectionCode.NotFound);
        Debited().When(Dispute(operation: Authorize) with { Gateway = "netbank" }, Noon).ThenTypes(typeof(PaymentEvent.DisputeOpened));
    }

    [Fact]
    [Trait("Invariant", "6")]
    public void Refunds_wait_while_a_dispute_is_open_and_count_what_was_lost()
    {
        var refund = new PaymentCommand.Refund(Eur(20_01), "x", "mer_1");
        Disputed(30_00).When(refund, Noon).ThenRejected(RejectionCode.RefundBlockedByDispute);
        Disputed(30_00, DisputeStatus.UnderReview).When(refund, Noon).ThenRejected(RejectionCode.RefundBlockedByDispute);
        Disputed(30_00, DisputeStatus.Lost).When(refund, Noon).ThenRejected(RejectionCode.RefundExceedsCaptured);
        Disputed(30_00, DisputeStatus.Accepted).When(refund with { Amount = Eur(20_00) }, Noon).ThenTypes(typeof(PaymentEvent.RefundRequested));
        Disputed(30_00, DisputeStatus.Won).When(refund with { Amount = Eur(50_00) }, Noon).ThenTypes(typeof(PaymentEvent.RefundRequested));
    }

    /// <summary>What one capture lost beyond its amount is not taken from another.</summary>
    [Fact]
    [Trait("Invariant", "6")]
    public void A_capture_that_was_refunded_and_lost_gives_nothing_more_and_hides_nothing_of_another()
    {
        var run = PartlyCaptured(20_00).Do(new PaymentCommand.Capture(Eur(30_00), true, "mer_1"), Noon)
            .Start("cap_1_2/capture").Bank("cap_1_2/capture", new BankAnswer.Captured("c2", Eur(30_00)))
            .Do(new PaymentCommand.Refund(Eur(20_00), "x", "mer_1"), Noon).Do(Dispute(20_00, DisputeStatus.Lost), Noon);

        run.When(new PaymentCommand.Refund(Eur(30_01), "x", "mer_1"), Noon).ThenRejected(RejectionCode.RefundExceedsCaptured);
        run.When(new PaymentCommand.Refund(null, "x", "mer_1"), Noon).Then(
            new PaymentEvent.RefundRequested("ref_1_2", "cap_1_2", Eur(30_00), "mer_1", "ref_1_2/refund", "x", "mer_1"));
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, RejectionCode.DisputeOverdue)]
    [InlineData(1, RejectionCode.DisputeOverdue)]
    public void Evidence_and_consent_count_until_the_banks_deadline(long ticks, RejectionCode? rejection)
    {
        foreach (var (command, happened) in ((PaymentCommand, Type)[])[(Evidence, typeof(PaymentEvent.EvidenceSubmitted)), (Consent, typeof(PaymentEvent.DisputeConceded))])
        {
            var turn = Disputed().When(command, RespondBy.AddTicks(ticks));
            if (rejection is { } code) turn.ThenRejected(code);
            else turn.ThenTypes(happened);
        }
    }

    [Fact]
    [Trait("Invariant", "9")]
    public void Evidence_goes_to_the_bank_under_a_key_of_its_own_and_is_then_under_review()
    {
        var run = Disputed().When(Evidence, Noon).Then(new PaymentEvent.EvidenceSubmitted("dsp_1_1", new Sealed("we sent it"), Answer, "mer_1"));
        run.When(Evidence, Noon).ThenRejected(RejectionCode.DisputeAnswered);
        run.When(Consent, Noon).ThenRejected(RejectionCode.DisputeAnswered);

        var sent = run.Start(Answer).When(Report(Answer, new BankAnswer.DisputeAnswered()), Noon).Then(new PaymentEvent.DisputeUnderReview("dsp_1_1", AnswerSource.Response));
        sent.When(Report(Answer, new BankAnswer.DisputeAnswered(), AnswerSource.Query), Noon).ThenNothing();
        sent.When(Evidence, Noon).ThenRejected(RejectionCode.DisputeAnswered);
    }

    [Fact]
    public void A_refused_answer_may_be_given_again_under_another_key()
    {
        var refused = Disputed().Do(Evidence, Noon).Start(Answer).When(Report(Answer, new BankAnswer.Failed("too_long")), Noon)
            .Then(new PaymentEvent.DisputeAnswerFailed("dsp_1_1", "too_long"));

        refused.When(Report(Answer, new BankAnswer.Failed("too_long"), AnswerSource.Webhook), Noon).ThenNothing();
        refused.When(Consent, Noon).Then(new PaymentEvent.DisputeConceded("dsp_1_1", "dsp_1_1/answer2", "mer_1"))
            .Start("dsp_1_1/answer2").When(Report("dsp_1_1/answer2", new BankAnswer.DisputeAnswered()), Noon)
            .Then(new PaymentEvent.DisputeClosed("dsp_1_1", DisputeStatus.Accepted, Eur(50_00), "sandbox", "mer_1", AnswerSource.Response));
    }

    /// <summary>The bank's own word that it has the consent may come before its answer to it.</summary>
    [Fact]
    [Trait("Invariant", "12")]
    public void A_dispute_that_was_conceded_is_accepted_in_whatever_order_the_bank_says_so()
    {
        var run = Disputed().Do(Consent, Noon).Start(Answer);
        var one = run.Bank(Answer, new BankAnswer.DisputeAnswered()).Do(Dispute(status: DisputeStatus.UnderReview), Noon);
        var other = run.Do(Dispute(status: DisputeStatus.UnderReview), Noon).Bank(Answer, new BankAnswer.DisputeAnswered());

        Assert.Equal(DisputeStatus.Accepted, one.Payment().Disputes[0].Status);
        Assert.Equal(DisputeStatus.Accepted, other.Payment().Disputes[0].Status);
    }

    public static TheoryData<DisputeStatus> Decisions => [DisputeStatus.Won, DisputeStatus.Lost, DisputeStatus.Accepted];

    [Theory]
    [MemberData(nameof(Decisions))]
    [Trait("Invariant", "12")]
    public void Any_order_of_what_a_bank_says_of_a_dispute_has_one_end(DisputeStatus decision)
    {
        foreach (var start in (PaymentRun[])[Captured(), Disputed(), Disputed().Do(Evidence, Noon), Disputed().Do(Evidence, Noon).Start(Answer)])
        {
            foreach (var order in OrdersOf([DisputeStatus.NeedsResponse, DisputeStatus.UnderReview, decision]))
            {
                var end = order.Aggregate(start, (run, status) => run.Do(Dispute(status: status), Noon));
                Assert.Equal(decision, end.Payment().Disputes.Single().Status);
                Assert.Empty(end.OpenCases());
                Assert.Single(end.History.OfType<PaymentEvent.DisputeClosed>());
                Assert.DoesNotContain(PaymentInvariants.OpenOperations(end.Payment()), key => key == Answer);
                Assert.DoesNotContain("dispute:dsp_1_1", end.Timers.Keys);
            }
        }
    }

    [Fact]
    public void A_bank_that_takes_its_decision_back_is_a_case()
    {
        var run = Disputed(status: DisputeStatus.Won).When(Dispute(status: DisputeStatus.Lost), Noon).ThenTypes(typeof(PaymentEvent.CaseOpened));

        run.When(Dispute(status: DisputeStatus.Lost), Noon).ThenNothing();
        run.When(Evidence, Noon).ThenRejected(RejectionCode.IllegalState);
        run.When(new PaymentCommand.SettleCase("cas_1_1", "staff_1", "asked the bank"), Noon).ThenTypes(typeof(PaymentEvent.CaseSettled));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [Trait("Invariant", "18")]
    public void Somebody_is_told_a_day_before_evidence_is_too_late_unless_it_was_given(long ticks)
    {
        var due = RespondBy - PaymentLimits.DisputeWarning;
        Assert.Equal(due, Disputed().Timers["dispute:dsp_1_1"]);
        var timer = new PaymentCommand.TimerDue("dispute:dsp_1_1");

        Disputed().When(timer, due.AddTicks(Math.Max(0, ticks))).ThenTypes(typeof(PaymentEvent.CaseOpened));
        Disputed().Do(Evidence, due.AddTicks(ticks)).When(timer, due.AddTicks(1)).ThenNothing();
        Disputed(status: DisputeStatus.UnderReview).When(timer, due).ThenNothing();
        Disputed(status: DisputeStatus.Lost).When(timer, due).ThenNothing();
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [Trait("Invariant", "26")]
    public void Somebody_is_told_of_an_answer_that_was_refused_when_the_warning_had_passed(long ticks, bool told)
    {
        var warning = RespondBy - PaymentLimits.DisputeWarning;

        var run = Disputed().Do(Evidence, Noon).Start(Answer).Bank(Answer, new BankAnswer.Failed("no"), at: warning.AddTicks(ticks));

        Assert.Equal(told ? ["dispute_deadline"] : [], run.OpenCases());
        if (!told) Assert.Equal(["dispute_deadline"], run.Fire("dispute:dsp_1_1", warning).OpenCases());
    }

    [Fact]
    [Trait("Invariant", "26")]
    public void An_answer_nobody_knows_about_is_asked_for_and_ends_with_the_dispute()
    {
        var run = Disputed().Do(Evidence, Noon).Start(Answer).Bank(Answer, new BankAnswer.Unknown("timeout"));
        Assert.Contains("bank:" + Answer, run.Timers.Keys);

        run.Fire("bank:" + Answer, Noon.AddSeconds(2)).When(Report(Answer, new BankAnswer.DisputeAnswered(), AnswerSource.Query), Noon).ThenTypes(typeof(PaymentEvent.DisputeUnderReview));
        var closed = run.Do(Dispute(status: DisputeStatus.Lost), Noon);
        closed.When(new PaymentCommand.TimerDue("bank:" + Answer), Noon.AddSeconds(2)).ThenNothing();
        closed.When(Report(Answer, new BankAnswer.DisputeAnswered(), AnswerSource.Query), Noon).ThenNothing();
    }

    /// <summary>The key of an answer that was refused is known no more once another was given.</summary>
    [Fact]
    [Trait("Invariant", "26")]
    public void A_case_about_an_answer_that_another_has_replaced_can_still_be_closed()
    {
        var run = Disputed().Do(Evidence, Noon).Start(Answer).Bank(Answer, new BankAnswer.Failed("no"))
            .Bank(Answer, new BankAnswer.Voided("v"), AnswerSource.Webhook).Do(Evidence, Noon);
        Assert.Equal(["contradiction"], run.OpenCases());

        Assert.Empty(run.Do(new PaymentCommand.SettleCase("cas_1_1", "staff_1", "nothing to do"), Noon).OpenCases());
    }
}
