using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Captures;

namespace Hub.Domain.Payments.Refunds;

/// <summary>Giving captured money back.</summary>
/// <remarks>Invariant 6: never more than was captured, with what is in flight counted.</remarks>
internal static class RefundRules
{
    // Precedence is part of the API: the first failed check is the code the caller sees.
    internal static Decision<PaymentEvent> Refund(PaymentCommand.Refund c, DateTimeOffset at, Payment payment)
    {
        var captured = payment.Captures.Where(x => x.Status is CaptureStatus.Succeeded).ToList();
        if (captured.Count == 0) return RejectionCode.NothingCaptured;
        if (c.Amount is { } wanted && wanted.Currency != payment.Grant.Amount.Currency) return RejectionCode.CurrencyMismatch;
        if (c.Amount is { Minor: <= 0 }) return RejectionCode.AmountNotPositive;
        if (payment.Disputes.Any(x => x.IsActive)) return RejectionCode.RefundBlockedByDispute;

        var possible = captured.Where(x => payment.Attempts.First(a => a.Id == x.Attempt).Terms.Refund).ToList();
        if (possible.Count == 0) return RejectionCode.RefundNotSupported;

        possible = possible.Where(x => at <= x.SucceededAt!.Value.AddMonths(PaymentLimits.LateRefundMonths)).ToList();
        if (possible.Count == 0) return RejectionCode.RefundWindowClosed;

        // After three calendar months a second person has to agree.
        var inWindow = possible.Where(x => at <= x.SucceededAt!.Value.AddMonths(PaymentLimits.RefundMonths)).ToList();
        var late = (c.Amount?.Minor ?? 1) > inWindow.Sum(x => Refundable(x, payment));
        var open = late ? possible : inWindow;

        var left = open.Sum(x => Refundable(x, payment));
        var minor = c.Amount?.Minor ?? left;
        if (minor > left || minor == 0) return RejectionCode.RefundExceedsCaptured;

        // The bank refunds captures, one at a time: the first that holds enough, or as many as it takes.
        var from = open.Where(x => Refundable(x, payment) >= minor).Take(1).ToList();
        List<PaymentEvent> events = [];
        foreach (var capture in from.Count > 0 ? from : open)
        {
            var part = Math.Min(minor, Refundable(capture, payment));
            if (part > 0) events.Add(Request(payment, payment.Refunds.Count + events.Count, capture, part, late, c));
            minor -= part;
        }

        return events;
    }

    /// <summary>A second person agrees to a late refund.</summary>
    internal static Decision<PaymentEvent> Approve(PaymentCommand.ApproveRefund c, DateTimeOffset at, Payment payment)
    {
        if (payment.Refunds.FirstOrDefault(x => x.Id == c.Id) is not { } refund) return RejectionCode.NotFound;
        if (refund.Status is not RefundStatus.RequiresReview) return RejectionCode.IllegalState;
        if (refund.RequestedBy == c.By) return RejectionCode.SecondPersonRequired;
        if (payment.Disputes.Any(x => x.IsActive)) return RejectionCode.RefundBlockedByDispute;
        var capture = payment.Captures.First(x => x.Id == refund.Capture);
        if (capture.Status is not CaptureStatus.Succeeded) return RejectionCode.NothingCaptured;
        if (at > capture.SucceededAt!.Value.AddMonths(PaymentLimits.LateRefundMonths)) return RejectionCode.RefundWindowClosed;

        // It has waited, and a dispute may have been lost meanwhile: the customer is not paid twice.
        if (Left(capture, payment) < 0) return RejectionCode.RefundExceedsCaptured;
        return new PaymentEvent.RefundApproved(refund.Id, refund.Amount, payment.Grant.Merchant, refund.Operation.Key, c.By);
    }

    /// <summary>A late refund is not made; whoever asked for it may withdraw it too.</summary>
    internal static Decision<PaymentEvent> Decline(PaymentCommand.DeclineRefund c, Payment payment)
    {
        if (payment.Refunds.FirstOrDefault(x => x.Id == c.Id) is not { } refund) return RejectionCode.NotFound;
        return refund.Status is RefundStatus.RequiresReview ? new PaymentEvent.RefundCanceled(refund.Id, c.Reason, c.By) : RejectionCode.IllegalState;
    }

    /// <summary>What the bank said of a refund.</summary>
    internal static Decision<PaymentEvent> Answered(Refund refund, PaymentCommand.ReportBankAnswer c, DateTimeOffset at, Payment payment)
    {
        var capture = payment.Captures.First(x => x.Id == refund.Capture);
        var gateway = payment.Attempts.First(x => x.Id == capture.Attempt).Gateway;
        var merchant = payment.Grant.Merchant;
        switch (c.Answer)
        {
            case BankAnswer.Refunded a when a.Amount != refund.Amount:
                return BankRules.Quarantine(refund.Operation, refund.Amount, a.Amount, gateway, moved: false, payment);
            case BankAnswer.Refunded when refund.Status is RefundStatus.Succeeded:
                return Decision<PaymentEvent>.Nothing;
            case BankAnswer.Refunded a when refund.InFlight:
                return new PaymentEvent.RefundSucceeded(refund.Id, refund.Amount, a.BankId, gateway, merchant, c.Source);
            case BankAnswer.Refunded a when refund.Status is RefundStatus.Failed && Undone(capture, payment) >= refund.Amount.Minor:
                return CameLate(refund, a, gateway, c.Source, capture, payment);
            case BankAnswer.Failed when refund.Status is RefundStatus.Failed or RefundStatus.Reversed:
                return Decision<PaymentEvent>.Nothing;
            case BankAnswer.Failed f when refund.InFlight:
                return Failed(refund, f.Code, capture, c.Source, payment);
            case BankAnswer.Failed f when refund.Status is RefundStatus.Succeeded:
                return new PaymentEvent[]
                {
                    new PaymentEvent.RefundReversed(refund.Id, refund.Amount, f.Code, gateway, merchant, c.Source),
                    BankRules.OpenCase(payment, "refund_reversed", refund.Operation.Key),
                };
            case BankAnswer.Unknown or BankAnswer.Pending or BankAnswer.NeverReached or BankAnswer.NotFound:
                return BankRules.NoAnswer(refund.Operation, c, at, payment);
            default:
                return BankRules.Contradiction(refund.Operation, payment);
        }
    }

    /// <summary>Why a refund in flight must not leave for the bank any more: the customer has the money otherwise, or may get it.</summary>
    /// <returns>In snake case; <c>null</c> where it may leave.</returns>
    internal static string? StoppedBy(Refund refund, Payment payment) => payment.Captures.First(x => x.Id == refund.Capture) switch
    {
        { Status: CaptureStatus.Returned } => "returned",
        var capture when payment.Disputes.Any(x => x.IsActive && x.Capture == capture.Id) || Left(capture, payment) < 0 => "disputed",
        _ => null,
    };

    /// <summary>A refund that provably is not at the bank fails: the customer has the money otherwise, or may get it.</summary>
    internal static Decision<PaymentEvent> Stop(Refund refund, string code, Payment payment) =>
        Failed(refund, code, payment.Captures.First(x => x.Id == refund.Capture), AnswerSource.Webhook, payment);

    /// <summary>The bank took a capture's money, or may: what has not left for it does not leave, and what may have left is asked about and not repeated.</summary>
    internal static IEnumerable<PaymentEvent> Overtaken(string capture, DateTimeOffset at, Payment payment)
    {
        var after = payment;
        foreach (var refund in payment.Refunds.Where(x => x.Capture == capture))
        {
            var stopped = StoppedBy(refund, after);
            Decision<PaymentEvent> overtaken = refund switch
            {
                _ when stopped is null => Decision<PaymentEvent>.Nothing,
                { InFlight: true, Operation.NeverLeft: true } => Stop(refund, stopped, after),
                { InFlight: true, Operation.Progress: BankOperationProgress.Intended } => new PaymentEvent.OutcomeUnknown(refund.Operation.Key, stopped, at + PaymentLimits.QueryDelay(0)),
                { Status: RefundStatus.RequiresReview } when !payment.Disputes.Any(x => x.IsActive) => new PaymentEvent.RefundCanceled(refund.Id, stopped, "hub"),
                _ => Decision<PaymentEvent>.Nothing,
            };
            foreach (var happened in overtaken.Events)
            {
                after = after.After(happened);
                yield return happened;
            }
        }
    }

    // What came too late was to go back by itself, so nobody watches over it.
    private static Decision<PaymentEvent> Failed(Refund refund, string code, Capture capture, AnswerSource source, Payment payment)
    {
        var failed = new PaymentEvent.RefundFailed(refund.Id, refund.Amount, code, payment.Grant.Merchant, source);
        return capture is { TooLate: true, Status: CaptureStatus.Succeeded }
            ? new PaymentEvent[] { failed, BankRules.OpenCase(payment, "late_money_not_refunded", null) }
            : failed;
    }

    private static PaymentEvent Request(Payment payment, int count, Capture from, long minor, bool late, PaymentCommand.Refund c)
    {
        var id = payment.PartId("ref", count);
        var amount = new Amount(minor, from.Amount.Currency);
        return late
            ? new PaymentEvent.RefundHeldForReview(id, from.Id, amount, $"{id}/refund", c.Reason, c.By)
            : new PaymentEvent.RefundRequested(id, from.Id, amount, payment.Grant.Merchant, $"{id}/refund", c.Reason, c.By);
    }

    // The bank had refused and now says it paid. It is a fact, and it counts; also where the customer has the money by other ways too.
    private static List<PaymentEvent> CameLate(Refund refund, BankAnswer.Refunded a, string gateway, AnswerSource source, Capture capture, Payment payment)
    {
        List<PaymentEvent> events = [new PaymentEvent.RefundCameLate(refund.Id, refund.Amount, a.BankId, gateway, payment.Grant.Merchant, source)];
        if (source is not AnswerSource.Operator) events.Add(BankRules.OpenCase(payment, "contradiction", refund.Operation.Key));
        var twice = capture.Status is CaptureStatus.Returned || Left(capture, payment) < refund.Amount.Minor;
        if (twice) events.Add(BankRules.OpenCase(payment.After(events), "customer_paid_twice", null));
        return events;
    }

    // What refunds alone have left of a capture.
    private static long Undone(Capture capture, Payment payment) =>
        capture.Amount.Minor - payment.Refunds.Where(x => x.Capture == capture.Id && x.Counts).Sum(x => x.Amount.Minor);

    /// <summary>What of a capture can be given back, in minor units; what a dispute took beyond its rest is not taken from another.</summary>
    internal static long Refundable(Capture capture, Payment payment) => Math.Max(0, Left(capture, payment));

    // Negative where a dispute took what had been given back.
    private static long Left(Capture capture, Payment payment) =>
        Undone(capture, payment) - payment.Disputes.Where(x => x.Capture == capture.Id && x.Counts).Sum(x => x.Amount.Minor);
}
