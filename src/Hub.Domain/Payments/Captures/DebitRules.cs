using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;

namespace Hub.Domain.Payments.Captures;

/// <summary>Money that moves at once, without a hold: after the customer has confirmed, and for better or worse.</summary>
/// <remarks>
/// Invariants 6, 12 and 25. The bank's three words (moved, cleared, returned) may come in any order: each says all that comes
/// before it. What moved when nobody waited for it any more is paid back.
/// </remarks>
internal static class DebitRules
{
    private const string TooLate = "debited_too_late";

    internal static Decision<PaymentEvent> Answered(Attempt attempt, PaymentCommand.ReportBankAnswer c, DateTimeOffset at, Payment payment)
    {
        var (bankId, amount) = c.Answer switch
        {
            BankAnswer.Captured a => (a.BankId, a.Amount),
            BankAnswer.Cleared a => (a.BankId, a.Amount),
            BankAnswer.Returned a => (a.BankId, a.Amount),
            _ => throw new ArgumentOutOfRangeException(nameof(c), c.Answer.GetType().Name, "This moves nothing."),
        };
        if (amount != attempt.Amount)
        {
            return BankRules.Quarantine(attempt.Authorize, attempt.Amount, amount, attempt.Gateway, moved: attempt.Authorize.IsOpen && c.Answer is not BankAnswer.Returned, payment);
        }

        var taken = payment.Captures.FirstOrDefault(x => x.Attempt == attempt.Id);
        if (taken is not null && taken.BankId != bankId) return BankRules.Contradiction(attempt.Authorize, payment);

        List<PaymentEvent> events = taken is null ? Moved(attempt, bankId, c.Source, at, payment) : [];
        var after = (Payment)events.Aggregate((PaymentState)payment, PaymentFold.Evolve);
        events.AddRange(After(after.Captures.First(x => x.Attempt == attempt.Id), c, attempt.Gateway, at, after));
        return events;
    }

    /// <summary>The customer has confirmed: the bank is to move the money.</summary>
    internal static PaymentEvent Request(Attempt attempt) => new PaymentEvent.DebitRequested(attempt.Id, attempt.Authorize.Key);

    private static List<PaymentEvent> Moved(Attempt attempt, string bankId, AnswerSource source, DateTimeOffset at, Payment payment)
    {
        var wanted = attempt.AwaitsBank && payment.Ended is null;
        var capture = payment.PartId("cap", payment.Captures.Count);
        List<PaymentEvent> events = [new PaymentEvent.Debited(attempt.Id, capture, attempt.Amount, bankId, attempt.Gateway, payment.Grant.Merchant, source, at, !wanted)];
        return events;
    }

    private static IEnumerable<PaymentEvent> After(Capture capture, PaymentCommand.ReportBankAnswer c, string gateway, DateTimeOffset at, Payment payment)
    {
        var refunded = payment.Refunds.Any(r => r.Capture == capture.Id && r.Counts);
        switch (c.Answer)
        {
            case BankAnswer.Returned r when capture.Status is CaptureStatus.Succeeded:
                yield return new PaymentEvent.CaptureReturned(capture.Id, capture.Amount, r.Code, gateway, payment.Grant.Merchant, c.Source);
                if (!capture.TooLate || refunded)
                {
                    yield return BankRules.OpenCase(payment, refunded ? "returned_after_refund" : "payment_returned", null);
                }

                break;
            case BankAnswer.Cleared when capture is { Status: CaptureStatus.Succeeded, ClearedAt: null }:
                yield return new PaymentEvent.CaptureCleared(capture.Id, c.Source, at);
                break;
        }

        if (capture is { TooLate: true, Status: CaptureStatus.Succeeded } && c.Answer is not BankAnswer.Returned
            && !payment.Refunds.Any(r => r.Capture == capture.Id) && !payment.Cases.Any(x => x.Reason == TooLate))
        {
            yield return GiveBack(capture, payment);
        }
    }

    private static PaymentEvent GiveBack(Capture capture, Payment payment)
    {
        if (!payment.Attempts.First(a => a.Id == capture.Attempt).Terms.Refund) return BankRules.OpenCase(payment, TooLate, null);
        var id = payment.PartId("ref", payment.Refunds.Count);
        return new PaymentEvent.RefundRequested(id, capture.Id, capture.Amount, payment.Grant.Merchant, $"{id}/refund", TooLate, "hub");
    }
}
