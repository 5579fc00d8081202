using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Captures;

namespace Hub.Api.Views;

/// <summary>What went wrong with a payment last, in the API's words.</summary>
internal static class PaymentWords
{
    /// <summary>Why the last attempt did not work; <c>null</c> while nothing went wrong.</summary>
    internal static LastErrorView? LastError(Payment payment)
    {
        if (payment.Captures is [.., { Status: CaptureStatus.Failed } capture])
        {
            return new LastErrorView(capture.FailureCode ?? "capture_failed", "The bank did not let the money be taken.", Retry.SameMethod);
        }

        return payment.LastAttempt switch
        {
            { Status: AttemptStatus.Declined } a => new LastErrorView(a.DeclineCode ?? "declined", OfDecline(a.DeclineCode), Retry.OtherMethod),
            { Status: AttemptStatus.Failed, DeclineCode: "security_code_missing" } => new LastErrorView("security_code_missing", "Type the security code again.", Retry.SameMethod),
            { Status: AttemptStatus.Failed, DeclineCode: "payment_expired" or "payment_canceled" } => null,
            { Status: AttemptStatus.Failed } => new LastErrorView("bank_unreachable", "The bank could not be reached. Nothing was charged.", Retry.SameMethod),
            { Confirmation.Status: ConfirmationStatus.Expired } => new LastErrorView("confirmation_expired", "The payment was not confirmed in time. Nothing was charged.", Retry.SameMethod),
            { Confirmation.Status: ConfirmationStatus.Rejected } => new LastErrorView("confirmation_rejected", "The payment was rejected. Nothing was charged.", Retry.SameMethod),
            { Confirmation.Status: ConfirmationStatus.Exhausted } => new LastErrorView("confirmation_exhausted", "Too many wrong codes. Nothing was charged.", Retry.Never),
            _ => null,
        };
    }

    private static string OfDecline(string? code) => code switch
    {
        "insufficient_funds" => "There is not enough money there. Another card or account may do.",
        "account_closed" or "account_not_found" => "The bank knows no such account. Use another one.",
        "expired_card" => "The card has expired. Use another card.",
        "incorrect_security_code" => "The security code is wrong. Check it, or use another card.",
        _ => "The bank declined this card. Another card may do.",
    };
}
