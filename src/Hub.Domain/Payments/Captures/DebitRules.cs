using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Refunds;

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
        var moves = c.Answer is not BankAnswer.Returned;

        // The key has not left the hub: whatever the bank moved was not for this.
        if (attempt.Authorize.Progress is BankOperationProgress.Waiting)
        {
            return BankRules.Quarantine(attempt.Authorize, Amount.Zero(amount.Currency), amount, attempt.Gateway, moves, payment);
        }

        if (amount != attempt.Amount)
        {
            return BankRules.Quarantine(attempt.Authorize, attempt.Amount, amount, attempt.Gateway, moves && attempt.Authorize.IsOpen, payment);
        }

        var taken = payment.Captures.FirstOrDefault(x => x.Attempt == attempt.Id);
        if (taken is not null && taken.BankId != bankId) return BankRules.Contradiction(attempt.Authorize, payment);

        List<PaymentEvent> events = taken is null ? [Moved(attempt, bankId, c.Source, at, payment)] : [];
        var after = payment.After(events);
        var capture = after.Captures.First(x => x.Attempt == attempt.Id);
        events.AddRange(After(capture, c, attempt.Gateway, at, after));
        if (taken is null && capture.TooLate && moves) events.Add(GiveBack(capture, after));
        return events;
    }

    /// <summary>It is time to ask whether money that moved has cleared, or went back: banks say so by webhook, and webhooks get lost.</summary>
    internal static Decision<PaymentEvent> AskWhetherCleared(string captureId, DateTimeOffset at, Payment payment)
    {
        if (payment.Captures.FirstOrDefault(x => x.Id == captureId) is not { Status: CaptureStatus.Succeeded } capture) return Decision<PaymentEvent>.Nothing;
        var asked = capture.Questions + 1;
        return new PaymentEvent.ClearingQueryDue(capture.Id, capture.Operation.Key, asked, PaymentLimits.ClearingQuery(asked) is { } days ? at.AddDays(days) : null);
    }

    /// <summary>The customer has confirmed: the bank is to move the money.</summary>
    internal static PaymentEvent Request(Attempt attempt) => new PaymentEvent.DebitRequested(attempt.Id, attempt.Authorize.Key);

    private static PaymentEvent.Debited Moved(Attempt attempt, string bankId, AnswerSource source, DateTimeOffset at, Payment payment)
    {
        var wanted = attempt.AwaitsBank && payment.Ended is null;
        var capture = payment.PartId("cap", payment.Captures.Count);
        return new PaymentEvent.Debited(attempt.Id, capture, attempt.Amount, bankId, attempt.Gateway, payment.Grant.Merchant, source, at, !wanted);
    }

    private static List<PaymentEvent> After(Capture capture, PaymentCommand.ReportBankAnswer c, string gateway, DateTimeOffset at, Payment payment) => (c.Answer, capture) switch
    {
        (BankAnswer.Returned r, { Status: CaptureStatus.Succeeded }) => Back(capture, r.Code, c.Source, gateway, at, payment),
        (BankAnswer.Cleared, { Status: CaptureStatus.Succeeded, ClearedAt: null }) => [new PaymentEvent.CaptureCleared(capture.Id, c.Source, at)],
        _ => [],
    };

    // The customer has the money: a refund that has not left yet would be a second one.
    private static List<PaymentEvent> Back(Capture capture, string code, AnswerSource source, string gateway, DateTimeOffset at, Payment payment)
    {
        var returned = new PaymentEvent.CaptureReturned(capture.Id, capture.Amount, code, gateway, payment.Grant.Merchant, source);
        var after = payment.After(returned);
        List<PaymentEvent> events = [returned, .. RefundRules.Overtaken(capture.Id, at, after)];
        after = payment.After(events);
        var refunded = after.Refunds.Any(r => r.Capture == capture.Id && r.Counts);
        var disputed = after.Disputes.Any(d => d.Capture == capture.Id && d.Counts);
        var reason = disputed ? "returned_after_dispute" : refunded ? "returned_after_refund" : "payment_returned";
        if (!capture.TooLate || refunded || disputed) events.Add(BankRules.OpenCase(after, reason, null));
        return events;
    }

    private static PaymentEvent GiveBack(Capture capture, Payment payment)
    {
        if (!payment.Attempts.First(a => a.Id == capture.Attempt).Terms.Refund) return BankRules.OpenCase(payment, TooLate, null);
        var id = payment.PartId("ref", payment.Refunds.Count);
        return new PaymentEvent.RefundRequested(id, capture.Id, capture.Amount, payment.Grant.Merchant, $"{id}/refund", TooLate, "hub");
    }
}
