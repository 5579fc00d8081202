using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Refunds;
using static Hub.Domain.Tests.Payments.GatewayWorld;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>Money that moves at once: the customer confirms first, and there is no hold to release.</summary>
public sealed class DebitTests
{
    [Fact]
    [Trait("Invariant", "25")]
    public void The_bank_is_called_when_the_customer_has_confirmed_and_not_before()
    {
        var call = new PaymentCommand.StartBankCall(Authorize, 1);
        Unasked().When(call, Noon).ThenRejected(RejectionCode.Fenced);
        AskedFirst().When(call, Noon).ThenRejected(RejectionCode.Fenced);
        AskedFirst().When(Pay("wrong"), Noon).ThenAccepted().When(call, Noon).ThenRejected(RejectionCode.Fenced);

        AskedFirst().When(Pay(), Noon)
            .Then(new PaymentEvent.ConfirmationEnded("con_1_1", ConfirmationStatus.Matched, Channel.Sms), new PaymentEvent.DebitRequested("att_1_1", Authorize))
            .When(call, Noon).Then(new PaymentEvent.BankCallStarted(Authorize, 1, Noon));
    }

    [Fact]
    [Trait("Invariant", "8")]
    public void What_the_bank_moved_is_captured_at_once()
    {
        var run = Debiting().When(Report(Authorize, Moved()), Noon)
            .Then(new PaymentEvent.Debited("att_1_1", "cap_1_1", Eur(50_00), Movement, "netbank", "mer_1", AnswerSource.Response, Noon, TooLate: false));

        Assert.Equal(PaymentStatus.Succeeded, run.Status());
        Assert.Equal(50_00, run.Payment().Captured);
        Assert.Equal(-50_00, run.Balances()["merchant_payable:mer_1"]);
        Assert.Equal(50_00, run.Balances()["gateway_clearing:netbank"]);
    }

    public static TheoryData<string, PaymentStatus, int> Endings => new()
    {
        { "no", PaymentStatus.RequiresPaymentMethod, 0 },
        { "not me", PaymentStatus.Canceled, 1 },
        { "late", PaymentStatus.RequiresPaymentMethod, 0 },
        { "undeliverable", PaymentStatus.RequiresPaymentMethod, 0 },
        { "wrong answers", PaymentStatus.Canceled, 1 },
        { "cancel", PaymentStatus.Canceled, 0 },
        { "deadline", PaymentStatus.Expired, 0 },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    [Trait("Invariant", "25")]
    public void Without_a_yes_the_bank_is_never_called_and_nothing_has_to_be_released(string how, PaymentStatus status, int cases)
    {
        var asked = AskedFirst();
        var run = how switch
        {
            "no" => asked.Do(No(), Noon),
            "not me" => asked.Do(No(notMe: true), Noon),
            "late" => asked.Fire("confirmation", Noon.AddMinutes(PaymentLimits.ConfirmationMinutes)),
            "undeliverable" => asked.Do(new PaymentCommand.ReportConfirmationUndeliverable("con_1_1"), Noon),
            "wrong answers" => Enumerable.Range(0, PaymentLimits.WrongAnswers).Aggregate(asked, (r, _) => r.Do(Pay("wrong"), Noon)),
            "cancel" => asked.Do(new PaymentCommand.Cancel("mer_1", "x"), Noon),
            _ => asked.Fire("expiry", Deadline),
        };

        Assert.Equal(status, run.Status());
        Assert.Equal(AttemptStatus.Abandoned, run.Payment().LastAttempt!.Status);
        Assert.Null(run.Payment().OpenConfirmation);
        Assert.Equal(cases, run.OpenCases().Count());
        run.When(new PaymentCommand.StartBankCall(Authorize, 1), Noon).ThenRejected(RejectionCode.Fenced);
        run.When(Pay(), Noon).ThenTypes(typeof(PaymentEvent.AnswerIgnored));
    }

    [Fact]
    public void An_attempt_without_an_answer_makes_room_for_the_next()
    {
        var run = AskedFirst().Do(No(), Noon).Do(SubmitAccount, Noon).Ask("att_1_2").Do(Pay() with { Confirmation = "con_1_2" }, Noon);

        run.Start("att_1_2/authorize").Bank("att_1_2/authorize", Moved());
    }

    public static TheoryData<string> Starts => ["calling", "unknown", "at the bank", "after the deadline", "canceled", "expired", "declined"];

    /// <summary>Invariant 12: all that a bank can say of a debit, in every order, with every repetition.</summary>
    [Theory]
    [MemberData(nameof(Starts))]
    [Trait("Invariant", "12")]
    public void The_words_of_a_bank_about_a_debit_have_one_end_in_every_order(string start)
    {
        var run = StartOf(start);
        foreach (var words in (IReadOnlyList<BankAnswer>[])[[Moved()], [Moved(), Cleared()], [Moved(), Returned()], [Moved(), Cleared(), Returned()], [Cleared(), Returned()], [new BankAnswer.Pending(null), Moved(), Cleared()]])
        {
            var ends = OrdersOf(words).Select(order => order.Aggregate(run, (r, answer) => r.Bank(Authorize, answer, AnswerSource.Webhook))).ToList();
            Assert.Single(ends.Select(end => Outcome(end.Payment())).Distinct());
            Assert.All(ends, end => Assert.Equal(words.OfType<BankAnswer.Returned>().Any(), end.Payment().Captures[0].Status is CaptureStatus.Returned));
            Assert.All(ends, end => Assert.Single(end.History.OfType<PaymentEvent.Debited>()));
            Assert.All(ends, end => Assert.True(end.Payment().Refunds.Count <= 1));
        }
    }

    [Fact]
    [Trait("Invariant", "6")]
    public void Money_that_nobody_waits_for_any_more_is_paid_back_once_and_pays_for_nothing()
    {
        var run = LeftTheBank().When(Report(Authorize, Moved(), AnswerSource.Webhook), Noon).Then(
            new PaymentEvent.Debited("att_1_1", "cap_1_1", Eur(50_00), Movement, "netbank", "mer_1", AnswerSource.Webhook, Noon, TooLate: true),
            new PaymentEvent.RefundRequested("ref_1_1", "cap_1_1", Eur(50_00), "mer_1", RefundKey, "debited_too_late", "hub"));

        Assert.Equal(PaymentStatus.Canceled, run.Status());
        Assert.Equal((0, 0), (run.Payment().Captured, run.Payment().CapturedOrInFlight));
        run.When(Report(Authorize, Moved(), AnswerSource.Query), Noon).ThenNothing();
        var paid = run.Start(RefundKey).Bank(RefundKey, new BankAnswer.Refunded("r", Eur(50_00)));
        Assert.All(paid.Balances().Values, balance => Assert.Equal(0, balance));
        Assert.Equal(0, paid.Payment().Refunded);
        Assert.Empty(paid.OpenCases());
    }

    [Fact]
    [Trait("Invariant", "26")]
    public void Late_money_that_could_not_be_paid_back_is_a_case_and_staff_may_try_again()
    {
        var run = LeftTheBank().Bank(Authorize, Moved()).Start(RefundKey).Bank(RefundKey, new BankAnswer.Failed("no"));

        Assert.Equal(["late_money_not_refunded"], run.OpenCases());
        run.Do(new PaymentCommand.Refund(null, "late", "staff_1"), Noon).When(new PaymentCommand.Refund(Eur(1), "late", "staff_1"), Noon).ThenRejected(RejectionCode.RefundExceedsCaptured);
    }

    [Fact]
    [Trait("Invariant", "26")]
    public void Late_money_of_a_bank_that_cannot_refund_is_a_case_for_each_time_it_came()
    {
        var noRefund = SubmitAccount with { Gateways = [Choice("netbank", AtOnce with { Refund = false })] };
        var run = Created();
        for (var i = 1; i <= 2; i++)
        {
            run = run.Do(noRefund, Noon).Ask($"att_1_{i}").Do(Pay() with { Confirmation = $"con_1_{i}" }, Noon)
                .Start($"att_1_{i}/authorize").Bank($"att_1_{i}/authorize", new BankAnswer.Declined("no"));
        }

        run = run.Bank(Authorize, Moved()).Bank("att_1_2/authorize", Moved(id: "move_2")).Bank(Authorize, Moved());

        Assert.Equal(["debited_too_late", "debited_too_late"], run.OpenCases());
        run.When(new PaymentCommand.Refund(null, "late", "staff_1"), Noon).ThenRejected(RejectionCode.RefundNotSupported);
    }

    /// <summary>Late money of one attempt is no part of another.</summary>
    [Fact]
    [Trait("Invariant", "25")]
    public void Money_that_came_too_late_does_not_stand_in_the_way_of_the_next_attempt()
    {
        var declined = Debiting().Bank(Authorize, new BankAnswer.Declined("no")).Bank(Authorize, Moved(), AnswerSource.Webhook);
        var held = declined.Do(Submit, Noon).Start("att_1_2/authorize").Bank("att_1_2/authorize", AuthorizedAnswer(id: "bank_2")).Ask("att_1_2");
        held.When(new PaymentCommand.Hold("staff_1", "odd"), Noon).ThenTypes(typeof(PaymentEvent.HeldForReview));

        var capturing = held.When(Pay() with { Confirmation = "con_1_2" }, Noon).Then(
            new PaymentEvent.ConfirmationEnded("con_1_2", ConfirmationStatus.Matched, Channel.Sms),
            new PaymentEvent.CaptureRequested("cap_1_2", "att_1_2", Eur(50_00), Final: true, "cap_1_2/capture", "hub"));

        Assert.Equal(PaymentStatus.Succeeded, capturing.Start("cap_1_2/capture").Bank("cap_1_2/capture", new BankAnswer.Captured("c", Eur(50_00))).Status());
    }

    [Fact]
    [Trait("Invariant", "13")]
    public void Another_amount_stands_in_suspense_until_the_right_one_is_told()
    {
        var run = Debiting().When(Report(Authorize, Moved(49_99)), Noon).Then(
            new PaymentEvent.Quarantined(Authorize, Eur(50_00), Eur(49_99), "netbank", Moved: true),
            new PaymentEvent.CaseOpened("cas_1_1", "amount_mismatch", Authorize));

        Assert.Equal(0, run.Payment().Captured);
        run.When(Report(Authorize, Cleared(50_01)), Noon).ThenNothing();
        var settled = run.When(Report(Authorize, Moved(), AnswerSource.Operator), Noon)
            .ThenTypes(typeof(PaymentEvent.Debited), typeof(PaymentEvent.SuspenseReleased), typeof(PaymentEvent.CaseSettled));
        Assert.Equal((50_00, 0), (settled.Balances()["gateway_clearing:netbank"], settled.Balances()["suspense:netbank"]));

        // It did not do what was asked, and has said that it moved money: that belongs to nobody, and somebody is told.
        var refused = run.When(Report(Authorize, new BankAnswer.Declined("no"), AnswerSource.Operator), Noon)
            .ThenTypes(typeof(PaymentEvent.Declined), typeof(PaymentEvent.CaseOpened), typeof(PaymentEvent.CaseSettled));
        Assert.Equal((49_99, -49_99), (refused.Balances()["gateway_clearing:netbank"], refused.Balances()["suspense:netbank"]));
        Assert.Equal(["money_in_suspense"], refused.OpenCases());

        // It takes its word back.
        var after = refused.When(Report(Authorize, Moved(), AnswerSource.Webhook), Noon).ThenAccepted();
        Assert.Contains(after.History, e => e is PaymentEvent.Debited { TooLate: true });
        Assert.Equal((50_00, 0), (after.Balances()["gateway_clearing:netbank"], after.Balances()["suspense:netbank"]));
    }

    [Fact]
    public void Money_that_goes_back_beside_a_dispute_over_it_is_a_case_of_its_own()
    {
        var disputed = Debited().Do(Dispute(operation: Authorize) with { Gateway = "netbank" }, Noon);

        Assert.Equal(["returned_after_dispute"], disputed.Bank(Authorize, Returned(), AnswerSource.Webhook).OpenCases());
    }

    /// <summary>Banks tell by webhook, and webhooks get lost: so the hub asks, more and more seldom.</summary>
    [Fact]
    [Trait("Invariant", "26")]
    public void The_bank_is_asked_for_sixty_days_whether_money_cleared_or_went_back()
    {
        var (run, days) = (Debited(), new List<double>());
        for (DateTimeOffset? due = run.Timers["clearing:cap_1_1"]; due is { } at; due = run.History.OfType<PaymentEvent.ClearingQueryDue>().Last().Next)
        {
            days.Add((at - Noon).TotalDays);
            run = run.When(new PaymentCommand.TimerDue("clearing:cap_1_1"), at).ThenTypes(typeof(PaymentEvent.ClearingQueryDue));
            if (days.Count == 2) run = run.Bank(Authorize, Cleared(), AnswerSource.Query, at);
        }

        Assert.Equal([1, 2, 3, 5, 7, 10, 15, 22, 36, 60], days);
        run.When(Report(Authorize, Returned(), AnswerSource.Query), Noon.AddDays(61)).ThenTypes(typeof(PaymentEvent.CaptureReturned), typeof(PaymentEvent.CaseOpened));
    }

    [Fact]
    public void Money_that_went_back_is_not_asked_about()
    {
        var returned = Debited().Bank(Authorize, Returned(), AnswerSource.Webhook);

        Assert.DoesNotContain("clearing:cap_1_1", returned.Timers.Keys);
        returned.When(new PaymentCommand.TimerDue("clearing:cap_1_1"), Noon.AddDays(1)).ThenNothing();
        returned.When(new PaymentCommand.TimerDue("clearing:cap_9_9"), Noon.AddDays(1)).ThenNothing();
    }

    /// <summary>Whether or not a call of it has left before: where the bank provably has none of it, the customer has the money already.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [Trait("Invariant", "6")]
    public void A_refund_that_is_not_at_the_bank_fails_when_the_money_went_back(int calls)
    {
        var asked = Debited().Do(new PaymentCommand.Refund(null, "x", "mer_1"), Noon);
        if (calls > 0) asked = asked.Start(RefundKey).Bank(RefundKey, new BankAnswer.NeverReached("refused"));
        var returned = asked.When(Report(Authorize, Returned(), AnswerSource.Webhook), Noon)
            .ThenTypes(typeof(PaymentEvent.CaptureReturned), typeof(PaymentEvent.RefundFailed), typeof(PaymentEvent.CaseOpened));

        Assert.Equal(["payment_returned"], returned.OpenCases());
        returned.When(new PaymentCommand.StartBankCall(RefundKey, calls + 1), Noon).ThenRejected(RejectionCode.Fenced);
        returned.When(new PaymentCommand.TimerDue($"bank:{RefundKey}"), Noon).ThenNothing();
    }

    [Fact]
    [Trait("Invariant", "10")]
    public void A_second_movement_under_one_key_and_a_hold_where_there_are_none_are_cases()
    {
        Debited().When(Report(Authorize, Moved(id: "move_2"), AnswerSource.Webhook), Noon).ThenTypes(typeof(PaymentEvent.CaseOpened));
        Debited().When(Report(Authorize, new BankAnswer.Declined("no"), AnswerSource.Webhook), Noon).ThenTypes(typeof(PaymentEvent.CaseOpened));
        Debiting().When(Report(Authorize, AuthorizedAnswer()), Noon).ThenTypes(typeof(PaymentEvent.CaseOpened));
    }

    /// <summary>The key has never left the hub: whatever the bank moved, it was not for this.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Invariant", "25")]
    public void Money_the_bank_was_never_asked_for_is_quarantined_and_a_person_can_close_it(bool abandoned)
    {
        var before = abandoned ? AskedFirst().Do(No(), Noon) : AskedFirst();

        var run = before.When(Report(Authorize, Moved(), AnswerSource.Webhook), Noon).ThenTypes(typeof(PaymentEvent.Quarantined), typeof(PaymentEvent.CaseOpened));

        Assert.Equal(before.Status(), run.Status());
        Assert.Equal(50_00 * -1, run.Balances()["suspense:netbank"]);
        Assert.Empty(run.Payment().Captures);
        run.When(Report(Authorize, Moved(), AnswerSource.Webhook), Noon).ThenNothing();
        Assert.Empty(run.Do(Report(Authorize, new BankAnswer.NotFound(), AnswerSource.Operator), Noon).OpenCases());
        if (!abandoned) run.When(Pay(), Noon).ThenTypes(typeof(PaymentEvent.ConfirmationEnded), typeof(PaymentEvent.DebitRequested));
    }

    [Fact]
    public void A_payment_held_for_review_debits_when_a_person_approves()
    {
        var held = AskedFirst().Do(new PaymentCommand.Hold("staff_1", "odd"), Noon).When(Pay(), Noon).ThenTypes(typeof(PaymentEvent.ConfirmationEnded));
        held.When(new PaymentCommand.StartBankCall(Authorize, 1), Noon).ThenRejected(RejectionCode.Fenced);

        held.When(new PaymentCommand.Approve("staff_2"), Noon).Then(new PaymentEvent.ReviewEnded(true, "staff_2"), new PaymentEvent.DebitRequested("att_1_1", Authorize));
        held.When(new PaymentCommand.Approve("staff_2"), Deadline.AddTicks(-1)).ThenTypes(typeof(PaymentEvent.ReviewEnded), typeof(PaymentEvent.DebitRequested));
        held.When(new PaymentCommand.Approve("staff_2"), Deadline).ThenTypes(typeof(PaymentEvent.ReviewEnded));
        held.When(new PaymentCommand.Reject("staff_2", "fraud"), Noon).ThenTypes(typeof(PaymentEvent.ReviewEnded), typeof(PaymentEvent.AttemptAbandoned), typeof(PaymentEvent.Canceled));
        Agreed().When(new PaymentCommand.Hold("staff_1", "odd"), Noon).ThenRejected(RejectionCode.IllegalState);
    }

    [Fact]
    public void A_returned_debit_is_the_merchants_no_more_and_somebody_looks()
    {
        var run = Debited().Bank(Authorize, Cleared(), at: Noon.AddDays(2)).When(Report(Authorize, Returned(), AnswerSource.Webhook), Noon.AddDays(9)).Then(
            new PaymentEvent.CaptureReturned("cap_1_1", Eur(50_00), "account_closed", "netbank", "mer_1", AnswerSource.Webhook),
            new PaymentEvent.CaseOpened("cas_1_1", "payment_returned", null));

        Assert.All(run.Balances().Values, balance => Assert.Equal(0, balance));
        Assert.Equal((PaymentStatus.Succeeded, 50_00, 50_00), (run.Status(), run.Payment().Captured, run.Payment().Returned));
        run.When(new PaymentCommand.Refund(null, "x", "mer_1"), Noon).ThenRejected(RejectionCode.NothingCaptured);
        Debited().Do(new PaymentCommand.Refund(null, "x", "mer_1"), Noon).When(Report(Authorize, Returned(), AnswerSource.Webhook), Noon)
            .ThenAccepted().When(new PaymentCommand.Refund(Eur(1), "x", "mer_1"), Noon).ThenRejected(RejectionCode.NothingCaptured);
    }

    /// <summary>The customer has the money already: the bank is not asked to pay it a second time.</summary>
    [Fact]
    [Trait("Invariant", "6")]
    public void A_refund_that_has_not_left_when_the_money_went_back_is_not_made()
    {
        var refunding = Debited().Do(new PaymentCommand.Refund(Eur(20_00), "x", "mer_1"), Noon);

        var run = refunding.When(Report(Authorize, Returned(), AnswerSource.Webhook), Noon)
            .ThenTypes(typeof(PaymentEvent.CaptureReturned), typeof(PaymentEvent.RefundFailed), typeof(PaymentEvent.CaseOpened));
        run.When(new PaymentCommand.StartBankCall(RefundKey, 1), Noon).ThenRejected(RejectionCode.Fenced);
        Assert.Equal(["payment_returned"], run.OpenCases());
        Assert.All(run.Balances().Values, balance => Assert.Equal(0, balance));

        var sent = refunding.Start(RefundKey).Bank(Authorize, Returned(), AnswerSource.Webhook).Bank(RefundKey, new BankAnswer.Refunded("r", Eur(20_00)));
        Assert.Equal(["returned_after_refund"], sent.OpenCases());
        Assert.Equal((20_00, -20_00), (sent.Balances()["merchant_payable:mer_1"], sent.Balances()["gateway_clearing:netbank"]));
    }

    [Fact]
    public void A_merchant_who_captures_by_hand_needs_a_gateway_that_holds()
    {
        Created(CaptureMode.Manual).When(SubmitAccount, Noon).ThenRejected(RejectionCode.CannotHold);

        var mixed = Created(CaptureMode.Manual).When(SubmitTo(NetBank, Only, NetBank), Noon).ThenAccepted();
        Assert.Equal("sandbox", mixed.Payment().LastAttempt!.Gateway);
        Assert.Empty(mixed.Payment().LastAttempt!.Others);
    }

    private static PaymentRun StartOf(string name) => name switch
    {
        "calling" => Debiting(),
        "unknown" => Debiting().Bank(Authorize, new BankAnswer.Unknown("timeout")),
        "at the bank" => Debiting().Bank(Authorize, new BankAnswer.ActionRequired("page_1", null)),
        "after the deadline" => Debiting().Fire("expiry", Deadline),
        "canceled" => LeftTheBank(),
        "expired" => Debiting().Bank(Authorize, new BankAnswer.ActionRequired("page_1", null)).Fire("expiry", Deadline),
        _ => Debiting().Bank(Authorize, new BankAnswer.Declined("no")),
    };

    // Whether the hub had begun to pay late money back when it was returned depends on what it was told first; what the bank did does not.
    private static (PaymentStatus, AttemptStatus, CaptureStatus, bool, bool, long, long) Outcome(Payment p) => (
        p.Status, p.LastAttempt!.Status, p.Captures[0].Status, p.Captures[0].TooLate, p.Captures[0].ClearedAt is null, p.Captured, p.Returned);
}
