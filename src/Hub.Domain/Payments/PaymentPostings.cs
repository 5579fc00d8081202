using Hub.Domain.Ledger;
using Hub.Domain.Payments.Disputes;

namespace Hub.Domain.Payments;

/// <summary>The books of a payment: each event that moves money, and nothing else, has exactly one balanced set.</summary>
/// <remarks>Invariants 7 and 8. Debit is positive, credit negative; a merchant's payable is what we owe it.</remarks>
internal static class PaymentPostings
{
    internal static IEnumerable<PostingSet> Of(PaymentEvent happened) => happened switch
    {
        PaymentEvent.CaptureSucceeded e => [PostingSet.Move(e.Amount, Account.MerchantPayable(e.Merchant), Account.GatewayClearing(e.Gateway))],
        PaymentEvent.Debited e => [PostingSet.Move(e.Amount, Account.MerchantPayable(e.Merchant), Account.GatewayClearing(e.Gateway))],
        PaymentEvent.CaptureReturned e => [PostingSet.Move(e.Amount, Account.GatewayClearing(e.Gateway), Account.MerchantPayable(e.Merchant))],
        PaymentEvent.DisputeOpened e => [PostingSet.Move(e.Amount, Account.GatewayClearing(e.Gateway), Account.Disputes(e.Merchant))],
        PaymentEvent.DisputeClosed { Status: DisputeStatus.Won } e => [PostingSet.Move(e.Amount, Account.Disputes(e.Merchant), Account.GatewayClearing(e.Gateway))],
        PaymentEvent.DisputeClosed e => [PostingSet.Move(e.Amount, Account.Disputes(e.Merchant), Account.MerchantPayable(e.Merchant))],
        PaymentEvent.RefundApproved e => [PostingSet.Move(e.Amount, Account.Refunds(e.Merchant), Account.MerchantPayable(e.Merchant))],
        PaymentEvent.RefundCameLate e => [PostingSet.Move(e.Amount, Account.GatewayClearing(e.Gateway), Account.MerchantPayable(e.Merchant))],
        PaymentEvent.Quarantined { Moved: true, Reported.Minor: not 0 } e => [PostingSet.Move(e.Reported, Account.Suspense(e.Gateway), Account.GatewayClearing(e.Gateway))],
        PaymentEvent.SuspenseReleased e => [PostingSet.Move(e.Amount, Account.GatewayClearing(e.Gateway), Account.Suspense(e.Gateway))],
        PaymentEvent.RefundRequested e => [PostingSet.Move(e.Amount, Account.Refunds(e.Merchant), Account.MerchantPayable(e.Merchant))],
        PaymentEvent.RefundSucceeded e => [PostingSet.Move(e.Amount, Account.GatewayClearing(e.Gateway), Account.Refunds(e.Merchant))],
        PaymentEvent.RefundFailed e => [PostingSet.Move(e.Amount, Account.MerchantPayable(e.Merchant), Account.Refunds(e.Merchant))],
        PaymentEvent.RefundReversed e => [PostingSet.Move(e.Amount, Account.MerchantPayable(e.Merchant), Account.GatewayClearing(e.Gateway))],
        _ => [],
    };
}
