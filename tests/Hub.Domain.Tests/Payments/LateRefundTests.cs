using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Payments.Refunds;
using static Hub.Domain.Tests.Payments.GatewayWorld;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>A refund after the refund window: two persons have to agree.</summary>
public sealed class LateRefundTests
{
    private static readonly DateTimeOffset Late = Noon.AddMonths(4);
    private static readonly PaymentCommand.ApproveRefund Approval = new("ref_1_1", "staff_2");

    [Fact]
    [Trait("Invariant", "10")]
    public void The_bank_is_called_when_another_person_has_agreed_and_not_before()
    {
        var waits = RefundWaits();
        Assert.Equal(RefundStatus.RequiresReview, waits.Payment().Refunds[0].Status);
        waits.When(new PaymentCommand.StartBankCall(RefundKey, 1), Late).ThenRejected(RejectionCode.Fenced);
        waits.When(Approval with { By = "staff_1" }, Late).ThenRejected(RejectionCode.SecondPersonRequired);
        waits.When(Approval with { Id = "ref_1_2" }, Late).ThenRejected(RejectionCode.NotFound);
        Assert.Equal(-50_00, waits.Balances()["merchant_payable:mer_1"]);

        var agreed = waits.When(Approval, Late).Then(new PaymentEvent.RefundApproved("ref_1_1", Eur(50_00), "mer_1", RefundKey, "staff_2"));

        Assert.Equal((0, -50_00), (agreed.Balances()["merchant_payable:mer_1"], agreed.Balances()["refunds:mer_1"]));
        agreed.When(Approval, Late).ThenRejected(RejectionCode.IllegalState);
        var paid = agreed.Start(RefundKey).Bank(RefundKey, new BankAnswer.Refunded("r", Eur(50_00)));
        Assert.All(paid.Balances().Values, balance => Assert.Equal(0, balance));
        Assert.Equal(50_00, paid.Payment().Refunded);
    }

    [Theory]
    [InlineData("staff_1")]
    [InlineData("staff_2")]
    public void Either_person_may_withdraw_it_and_the_amount_can_be_refunded_again(string by)
    {
        var withdrawn = RefundWaits().When(new PaymentCommand.DeclineRefund("ref_1_1", by, "no reason"), Late)
            .Then(new PaymentEvent.RefundCanceled("ref_1_1", "no reason", by));

        withdrawn.When(Approval, Late).ThenRejected(RejectionCode.IllegalState);
        withdrawn.When(new PaymentCommand.DeclineRefund("ref_1_1", by, "no reason"), Late).ThenRejected(RejectionCode.IllegalState);
        withdrawn.When(new PaymentCommand.StartBankCall(RefundKey, 1), Late).ThenRejected(RejectionCode.Fenced);
        withdrawn.When(new PaymentCommand.Refund(null, "again", "staff_1"), Late).ThenTypes(typeof(PaymentEvent.RefundHeldForReview));
    }

    [Fact]
    [Trait("Invariant", "6")]
    public void What_waits_counts_against_what_is_left()
    {
        var waits = RefundWaits(30_00);

        waits.When(new PaymentCommand.Refund(Eur(20_01), "more", "staff_1"), Late).ThenRejected(RejectionCode.RefundExceedsCaptured);
        waits.When(new PaymentCommand.Refund(Eur(20_00), "more", "staff_1"), Late).ThenTypes(typeof(PaymentEvent.RefundHeldForReview));
    }

    /// <summary>The customer got the money by the dispute; a refund on top would pay it twice.</summary>
    [Theory]
    [InlineData(DisputeStatus.NeedsResponse, 50_00, RejectionCode.RefundBlockedByDispute)]
    [InlineData(DisputeStatus.UnderReview, 50_00, RejectionCode.RefundBlockedByDispute)]
    [InlineData(DisputeStatus.Lost, 50_00, RejectionCode.IllegalState)]
    [InlineData(DisputeStatus.Accepted, 20_01, RejectionCode.IllegalState)]
    [InlineData(DisputeStatus.Lost, 20_00, null)]
    [InlineData(DisputeStatus.Won, 50_00, null)]
    [Trait("Invariant", "6")]
    public void A_dispute_in_between_is_heeded(DisputeStatus status, long disputed, RejectionCode? rejection)
    {
        var turn = RefundWaits(30_00).Do(Dispute(disputed, status), Late).When(Approval, Late);

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(PaymentEvent.RefundApproved));
    }

    [Fact]
    [Trait("Invariant", "6")]
    public void What_a_lost_dispute_took_is_not_waited_for_any_more()
    {
        var waits = RefundWaits(30_00);
        waits.Do(Dispute(20_01), Late).When(Dispute(20_01, DisputeStatus.Lost), Late).ThenTypes(typeof(PaymentEvent.DisputeClosed), typeof(PaymentEvent.RefundCanceled));
        waits.Do(Dispute(20_00), Late).When(Dispute(20_00, DisputeStatus.Lost), Late).ThenTypes(typeof(PaymentEvent.DisputeClosed));
    }

    [Fact]
    [Trait("Invariant", "6")]
    public void What_was_returned_in_between_is_not_refunded_on_top()
    {
        var waits = Debited().Do(new PaymentCommand.Refund(null, "broken", "staff_1"), Late);
        var returned = waits.When(Report(Authorize, Returned(), AnswerSource.Webhook), Late)
            .ThenTypes(typeof(PaymentEvent.CaptureReturned), typeof(PaymentEvent.RefundCanceled), typeof(PaymentEvent.CaseOpened));

        Assert.Equal(RefundStatus.Canceled, Assert.Single(returned.Payment().Refunds).Status);
        Assert.Equal(["payment_returned"], returned.OpenCases());
        returned.When(Approval, Late).ThenRejected(RejectionCode.IllegalState);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(1, RejectionCode.RefundWindowClosed)]
    public void Agreement_counts_for_thirteen_months_after_the_capture(long ticks, RejectionCode? rejection)
    {
        var turn = RefundWaits().When(Approval, Noon.AddMonths(PaymentLimits.LateRefundMonths).AddTicks(ticks));

        if (rejection is { } code) turn.ThenRejected(code);
        else turn.ThenTypes(typeof(PaymentEvent.RefundApproved));
    }

    [Fact]
    public void A_bank_that_speaks_of_a_refund_nobody_asked_it_for_opens_a_case_that_can_be_closed()
    {
        var run = RefundWaits().When(Report(RefundKey, new BankAnswer.Refunded("r", Eur(50_00)), AnswerSource.Webhook), Late).ThenTypes(typeof(PaymentEvent.CaseOpened));

        Assert.Empty(run.Do(Report(RefundKey, new BankAnswer.NotFound(), AnswerSource.Operator), Late).OpenCases());
        RefundWaits().When(Report(RefundKey, new BankAnswer.NotFound(), AnswerSource.Query), Late).ThenNothing();
    }

    [Fact]
    public void A_refund_of_which_one_part_is_late_waits_as_a_whole()
    {
        var run = PartlyCaptured(20_00).Do(new PaymentCommand.Capture(Eur(30_00), true, "mer_1"), Noon)
            .Start("cap_1_2/capture").Bank("cap_1_2/capture", new BankAnswer.Captured("c2", Eur(30_00)), at: Noon.AddMonths(2));

        run.When(new PaymentCommand.Refund(Eur(30_00), "x", "staff_1"), Late).ThenTypes(typeof(PaymentEvent.RefundRequested));
        run.When(new PaymentCommand.Refund(Eur(30_01), "x", "staff_1"), Late).ThenTypes(typeof(PaymentEvent.RefundHeldForReview), typeof(PaymentEvent.RefundHeldForReview));
    }
}
