using Hub.Api.Receipts;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Payments.Refunds;

namespace Hub.Api.Tests.Receipts;

/// <summary>What of a payment's past stands on its receipt, and since when.</summary>
public sealed class MoneyMovedTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 25, 12, 0, 0, TimeSpan.Zero);

    private static readonly Payment Begun = new("pay_1", new OrderGrant("ord_1", "mer_1", "ACME", "cus_1", Eur(4_470), "hash", "sig_1"), CaptureMode.Automatic, Noon.AddDays(7), Noon)
    {
        Attempts = [new Attempt("att_1", new InstrumentRef("ins_1", InstrumentType.ECheck, "first_bank", "6789", 0, 0), "bank", Eur(4_470), AttemptStatus.Authorized, Intent("att_1/authorize", BankOperationKind.Authorize), null, [], Noon)],
    };

    private static readonly Payment Paid = Begun with { Captures = [Capture(CaptureStatus.Succeeded)] };

    [Theory]
    [InlineData(CaptureStatus.Pending, 0)]
    [InlineData(CaptureStatus.Unknown, 0)]
    [InlineData(CaptureStatus.Failed, 0)]
    [InlineData(CaptureStatus.Succeeded, 4_470)]
    [InlineData(CaptureStatus.Returned, 4_470)]
    public void A_capture_counts_once_the_money_was_taken_for_certain(CaptureStatus status, long captured) =>
        Assert.Equal(captured, Past(Begun, Begun with { Captures = [Capture(status)] }).Captured);

    [Fact]
    public void What_came_too_late_pays_for_nothing_and_its_refund_gives_nothing_back()
    {
        var late = Begun with { Captures = [Capture(CaptureStatus.Succeeded) with { TooLate = true }], Refunds = [Refund(RefundStatus.Succeeded)] };

        Assert.Equal(Past(), Past(Begun, late));
    }

    [Fact]
    public void It_dates_from_the_last_event_that_moved_money_and_each_part_keeps_its_time()
    {
        var asked = Paid with { Refunds = [Refund(RefundStatus.Pending)] };
        var refunded = Paid with { Refunds = [Refund(RefundStatus.Succeeded)] };

        var moved = Past(Begun, Paid, asked, asked with { WrongAnswers = 1 }, refunded, refunded with { CancelReason = "none" });

        Assert.Equal((Noon.AddMinutes(1), Noon.AddMinutes(4), Noon.AddMinutes(4)), (moved.Captures[0].At, moved.Refunds[0].At, moved.LastMovedAt));
        Assert.Equal((4_470, 1_000, 0), (moved.Captured, moved.Refunded, moved.Returned));
        Assert.Equal(new ReceiptInstrument("echeck", "first_bank", "6789"), moved.Captures[0].Instrument);
    }

    [Theory]
    [InlineData(RefundStatus.RequiresReview)]
    [InlineData(RefundStatus.Unknown)]
    [InlineData(RefundStatus.Failed)]
    [InlineData(RefundStatus.Canceled)]
    [InlineData(RefundStatus.Reversed)]
    public void A_refund_that_is_not_or_no_more_given_back_stands_nowhere(RefundStatus status)
    {
        var moved = Past(Begun, Paid, Paid with { Refunds = [Refund(RefundStatus.Succeeded)] }, Paid with { Refunds = [Refund(status)] });

        Assert.Empty(moved.Refunds);
        Assert.Equal(Noon.AddMinutes(3), moved.LastMovedAt);
    }

    [Fact]
    public void A_debit_that_was_returned_was_taken_and_taken_back()
    {
        var moved = Past(Begun, Paid, Paid with { Captures = [Capture(CaptureStatus.Returned)] });

        Assert.Equal(new ReceiptReturn("cap_1", Noon.AddMinutes(2), 4_470), Assert.Single(moved.Returns));
        Assert.Equal((4_470, 4_470, Noon.AddMinutes(1)), (moved.Captured, moved.Returned, moved.Captures[0].At));
    }

    /// <summary>An e-check is taken at once and clears days later; until then it may come back.</summary>
    [Fact]
    public void An_e_check_says_that_it_has_not_cleared_until_it_has()
    {
        var cleared = Paid with { Captures = [Capture(CaptureStatus.Succeeded) with { ClearedAt = Noon }] };

        Assert.True(Past(Begun, Paid).Captures[0].Clearing);
        Assert.Equal((false, Noon.AddMinutes(2), Noon.AddMinutes(1)), (Past(Begun, Paid, cleared).Captures[0].Clearing, Past(Begun, Paid, cleared).LastMovedAt, Past(Begun, Paid, cleared).Captures[0].At));
        Assert.False(Past(Begun, Paid, Paid with { Captures = [Capture(CaptureStatus.Returned)] }).Captures[0].Clearing);
    }

    [Theory]
    [InlineData(DisputeStatus.NeedsResponse, 0)]
    [InlineData(DisputeStatus.UnderReview, 0)]
    [InlineData(DisputeStatus.Won, 0)]
    [InlineData(DisputeStatus.Lost, 2_000)]
    [InlineData(DisputeStatus.Accepted, 2_000)]
    public void A_dispute_takes_back_once_it_is_decided_for_the_customer(DisputeStatus status, long returned)
    {
        var disputed = Paid with { Disputes = [new Dispute("dsp_1", "cap_1", "bdp_1", Eur(2_000), "fraudulent", null, status)] };

        Assert.Equal(returned, Past(Begun, Paid, disputed).Returned);
    }

    private static MoneyMoved Past(params Payment[] states) => MoneyMoved.Of(states.Select((state, index) => ((State)state, Noon.AddMinutes(index))));

    private static Capture Capture(CaptureStatus status) => new("cap_1", "att_1", Eur(4_470), Final: true, status, Intent("cap_1/capture", BankOperationKind.Capture));

    private static Refund Refund(RefundStatus status) => new("ref_1", "cap_1", Eur(1_000), status, Intent("ref_1/refund", BankOperationKind.Refund));

    private static BankOperation Intent(string key, BankOperationKind kind) => BankOperation.Intend(key, kind);

    private static Amount Eur(long minor) => new(minor, Currency.Eur);
}
