using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Refunds;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>Giving captured money back.</summary>
public sealed class RefundTests
{
    [Theory]
    [InlineData(0, RejectionCode.AmountNotPositive)]
    [InlineData(1, null)]
    [InlineData(49_99, null)]
    [InlineData(50_00, null)]
    [InlineData(50_01, RejectionCode.RefundExceedsCaptured)]
    [Trait("Invariant", "6")]
    public void A_refund_takes_at_most_what_was_captured(long cents, RejectionCode? rejection)
    {
        var turn = Captured().When(new PaymentCommand.Refund(Eur(cents), "broken", "mer_1"), Noon);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.Then(new PaymentEvent.RefundRequested("ref_1_1", "cap_1_1", Eur(cents), "mer_1", RefundKey, "broken", "mer_1"));
    }

    [Theory]
    [InlineData(-1, typeof(PaymentEvent.RefundRequested))]
    [InlineData(0, typeof(PaymentEvent.RefundRequested))]
    [InlineData(1, typeof(PaymentEvent.RefundHeldForReview))]
    public void A_refund_after_three_calendar_months_waits_for_a_second_person(long ticks, Type happened) =>
        Captured().When(new PaymentCommand.Refund(null, "broken", "mer_1"), Noon.AddMonths(3).AddTicks(ticks)).ThenTypes(happened);

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(1, RejectionCode.RefundWindowClosed)]
    public void No_refund_begins_after_thirteen_calendar_months(long ticks, RejectionCode? rejection)
    {
        var turn = Captured().When(new PaymentCommand.Refund(null, "broken", "mer_1"), Noon.AddMonths(13).AddTicks(ticks));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(PaymentEvent.RefundHeldForReview));
    }

    [Fact]
    public void Nothing_captured_nothing_refunded()
    {
        Asked().When(new PaymentCommand.Refund(null, "x", "mer_1"), Noon).ThenRejected(RejectionCode.NothingCaptured);
        Confirmed().When(new PaymentCommand.Refund(null, "x", "mer_1"), Noon).ThenRejected(RejectionCode.NothingCaptured);
        Captured().When(new PaymentCommand.Refund(new Amount(1, Currency.Usd), "x", "mer_1"), Noon).ThenRejected(RejectionCode.CurrencyMismatch);
    }

    [Fact]
    [Trait("Invariant", "6")]
    public void A_refund_in_flight_or_unknown_counts_and_a_failed_one_gives_its_amount_back()
    {
        var run = Captured().Do(new PaymentCommand.Refund(Eur(30_00), "x", "mer_1"), Noon);
        var more = new PaymentCommand.Refund(Eur(20_01), "x", "mer_1");
        run.When(more, Noon).ThenRejected(RejectionCode.RefundExceedsCaptured);
        run.Start(RefundKey).Bank(RefundKey, new BankAnswer.Unknown("t")).When(more, Noon).ThenRejected(RejectionCode.RefundExceedsCaptured);
        run.Start(RefundKey).Bank(RefundKey, new BankAnswer.Refunded("r", Eur(30_00))).When(more, Noon).ThenRejected(RejectionCode.RefundExceedsCaptured);
        run.Start(RefundKey).Bank(RefundKey, new BankAnswer.Failed("no")).When(more, Noon).ThenTypes(typeof(PaymentEvent.RefundRequested));
    }

    [Fact]
    public void A_whole_refund_gives_back_every_capture()
    {
        var run = TwoCaptures();

        var refunded = run.When(new PaymentCommand.Refund(null, "x", "mer_1"), Noon).Then(
            new PaymentEvent.RefundRequested("ref_1_1", "cap_1_1", Eur(20_00), "mer_1", RefundKey, "x", "mer_1"),
            new PaymentEvent.RefundRequested("ref_1_2", "cap_1_2", Eur(30_00), "mer_1", "ref_1_2/refund", "x", "mer_1"));
        refunded.When(new PaymentCommand.Refund(null, "x", "mer_1"), Noon).ThenRejected(RejectionCode.RefundExceedsCaptured);
    }

    [Theory]
    [InlineData(30_00, new[] { "cap_1_2" })]
    [InlineData(30_01, new[] { "cap_1_1", "cap_1_2" })]
    [InlineData(50_00, new[] { "cap_1_1", "cap_1_2" })]
    public void A_refund_is_taken_from_one_capture_where_one_holds_enough_and_spread_otherwise(long cents, string[] captures)
    {
        var turn = TwoCaptures().When(new PaymentCommand.Refund(Eur(cents), "x", "mer_1"), Noon);

        var refunds = turn.Decision.Events.Cast<PaymentEvent.RefundRequested>().ToList();
        Assert.Equal(captures, refunds.Select(r => r.Capture));
        Assert.Equal(cents, refunds.Sum(r => r.Amount.Minor));
        turn.ThenAccepted();
    }

    [Fact]
    [Trait("Invariant", "8")]
    public void Every_step_of_a_refund_is_posted_once_and_the_books_end_level()
    {
        var paid = Captured().Do(new PaymentCommand.Refund(null, "x", "mer_1"), Noon).Start(RefundKey).Bank(RefundKey, new BankAnswer.Refunded("r", Eur(50_00)));
        Assert.All(Balances(paid).Values, balance => Assert.Equal(0, balance));

        var failed = Captured().Do(new PaymentCommand.Refund(null, "x", "mer_1"), Noon).Start(RefundKey).Bank(RefundKey, new BankAnswer.Failed("no"));
        Assert.Equal(-50_00, Balances(failed)["merchant_payable:mer_1"]);
        Assert.Equal(0, Balances(failed)["refunds:mer_1"]);
    }

    [Fact]
    public void A_refund_that_came_back_is_the_merchants_again_and_somebody_looks()
    {
        var run = Captured().Do(new PaymentCommand.Refund(null, "x", "mer_1"), Noon).Bank(RefundKey, new BankAnswer.Refunded("r", Eur(50_00)))
            .When(Report(RefundKey, new BankAnswer.Failed("account_closed"), AnswerSource.Webhook), Noon)
            .ThenTypes(typeof(PaymentEvent.RefundReversed), typeof(PaymentEvent.CaseOpened));

        Assert.Equal(-50_00, Balances(run)["merchant_payable:mer_1"]);
        Assert.Equal(50_00, Balances(run)["gateway_clearing:sandbox"]);
    }

    [Fact]
    [Trait("Invariant", "10")]
    public void A_refund_that_succeeds_after_it_failed_is_booked_and_counts()
    {
        var run = Captured().Do(new PaymentCommand.Refund(null, "x", "mer_1"), Noon).Bank(RefundKey, new BankAnswer.Failed("no"))
            .When(Report(RefundKey, new BankAnswer.Refunded("r", Eur(50_00)), AnswerSource.Webhook), Noon)
            .ThenTypes(typeof(PaymentEvent.RefundCameLate), typeof(PaymentEvent.CaseOpened));

        Assert.Equal(RefundStatus.Succeeded, run.Payment().Refunds[0].Status);
        Assert.All(Balances(run).Values, balance => Assert.Equal(0, balance));
        run.When(new PaymentCommand.Refund(Eur(1), "x", "mer_1"), Noon).ThenRejected(RejectionCode.RefundExceedsCaptured);
        run.When(Report(RefundKey, new BankAnswer.Refunded("r", Eur(50_00)), AnswerSource.Webhook), Noon).ThenNothing();
    }

    [Fact]
    [Trait("Invariant", "13")]
    public void A_refund_of_another_amount_is_quarantined() =>
        Captured().Do(new PaymentCommand.Refund(null, "x", "mer_1"), Noon)
            .When(Report(RefundKey, new BankAnswer.Refunded("r", Eur(49_99))), Noon).ThenTypes(typeof(PaymentEvent.Quarantined), typeof(PaymentEvent.CaseOpened));

    private static PaymentRun TwoCaptures() => PartlyCaptured(20_00).Do(new PaymentCommand.Capture(Eur(30_00), true, "mer_1"), Noon)
        .Start("cap_1_2/capture").Bank("cap_1_2/capture", new BankAnswer.Captured("c2", Eur(30_00)));

    private static Dictionary<string, long> Balances(PaymentRun run) => run.History.SelectMany(PaymentDecider.Postings)
        .SelectMany(set => set.Postings).GroupBy(p => p.Account.Name).ToDictionary(g => g.Key, g => g.Sum(p => p.Minor));
}
