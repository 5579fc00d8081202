using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Disputes;

namespace Hub.Domain.Payments;

/// <summary>A payment's durable timers: which events set them, and what they lead to.</summary>
internal static class PaymentTimers
{
    private const string Expiry = "expiry";
    private const string Answer = "confirmation";
    private const string Bank = "bank:";
    private const string HoldEnds = "hold:";
    private const string Respond = "dispute:";
    private const string Clearing = "clearing:";
    private const string Deciding = "deciding:";

    internal static IEnumerable<TimerChange> Of(PaymentEvent happened)
    {
        switch (happened)
        {
            case PaymentEvent.Created e:
                yield return new TimerChange.Set(Expiry, e.ExpiresAt);
                break;
            case PaymentEvent.ConfirmationRequested e:
                yield return new TimerChange.Set(Answer, e.ExpiresAt);
                break;
            case PaymentEvent.ConfirmationEnded:
                yield return new TimerChange.Clear(Answer);
                break;
            case PaymentEvent.BankCallPostponed e:
                yield return new TimerChange.Set(Bank + e.Operation, e.Until);
                break;
            case PaymentEvent.OutcomeUnknown { AskAt: { } askAt } e:
                yield return new TimerChange.Set(Bank + e.Operation, askAt);
                break;
            case PaymentEvent.ActionRequired { AskAt: { } askAt } e:
                yield return new TimerChange.Set(Bank + e.Operation, askAt);
                break;
            case PaymentEvent.AttemptPrepared e:
                // The next call leaves at once; no question is due any more.
                yield return new TimerChange.Clear(Bank + e.Operation);
                break;
            case PaymentEvent.Authorized { CaptureBefore: { } before } e:
                yield return new TimerChange.Set(HoldEnds + e.Attempt, before);
                break;
            case PaymentEvent.Debited e:
                yield return new TimerChange.Set(Clearing + e.Capture, e.At.AddDays(PaymentLimits.ClearingQuery(0)!.Value));
                break;
            case PaymentEvent.ClearingQueryDue { Next: { } next } e:
                yield return new TimerChange.Set(Clearing + e.Capture, next);
                break;
            case PaymentEvent.CaptureReturned e:
                yield return new TimerChange.Clear(Clearing + e.Capture);
                break;
            case PaymentEvent.DisputeOpened e:
                yield return new TimerChange.Set(Deciding + e.Dispute, e.At.AddDays(PaymentLimits.DisputeQuery(0)!.Value));
                if (e.RespondBy is not { } respondBy) break;
                var far = respondBy - e.At > PaymentLimits.DisputeWarning;
                yield return new TimerChange.Set(Respond + e.Dispute, far ? respondBy - PaymentLimits.DisputeWarning : e.At);
                break;
            case PaymentEvent.DisputeQueryDue { Next: { } next } e:
                yield return new TimerChange.Set(Deciding + e.Dispute, next);
                break;
            case PaymentEvent.DisputeClosed e:
                yield return new TimerChange.Clear(Respond + e.Dispute);
                yield return new TimerChange.Clear(Deciding + e.Dispute);
                break;
            case PaymentEvent.Voided e:
                yield return new TimerChange.Clear(HoldEnds + e.Attempt);
                break;
            case PaymentEvent.Canceled or PaymentEvent.Expired:
                yield return new TimerChange.Clear(Expiry);
                break;
        }
    }

    internal static Decision<PaymentEvent> Due(string name, DateTimeOffset at, Payment payment)
    {
        if (name == Expiry) return at < payment.ExpiresAt ? Decision<PaymentEvent>.Nothing : Endings.Expire(at, payment);
        if (name == Answer) return AnswerOverdue(at, payment);
        if (name.StartsWith(HoldEnds, StringComparison.Ordinal)) return Endings.Lapse(name[HoldEnds.Length..], at, payment);
        if (name.StartsWith(Bank, StringComparison.Ordinal)) return BankDue(name[Bank.Length..], at, payment);
        if (name.StartsWith(Respond, StringComparison.Ordinal)) return DisputeRules.DeadlineNear(name[Respond.Length..], payment);
        if (name.StartsWith(Clearing, StringComparison.Ordinal)) return DebitRules.AskWhetherCleared(name[Clearing.Length..], at, payment);
        if (name.StartsWith(Deciding, StringComparison.Ordinal)) return DisputeRules.AskHowItStands(name[Deciding.Length..], at, payment);
        return RejectionCode.NothingToDo;
    }

    private static Decision<PaymentEvent> AnswerOverdue(DateTimeOffset at, Payment payment) =>
        payment.OpenConfirmation is { } open && at >= open.ExpiresAt
            ? Endings.Release(payment, payment.LastAttempt!, ConfirmationStatus.Expired, AfterVoid.TryAgain, "confirmation_expired", at)
            : Decision<PaymentEvent>.Nothing;

    private static Decision<PaymentEvent> BankDue(string key, DateTimeOffset at, Payment payment) => payment.FindOperation(key) switch
    {
        { Progress: BankOperationProgress.Intended, Tries: > 0 } late when BankRules.KeyEnded(late, at, payment) =>
            new PaymentEvent.OutcomeUnknown(key, "key_ended", at + PaymentLimits.QueryDelay(0)),
        { NeverLeft: true } late when BankRules.IsLate(late, at, payment) => Endings.Expire(at, payment),
        { Progress: BankOperationProgress.Intended } late when BankRules.IsLate(late, at, payment) =>
            new PaymentEvent.OutcomeUnknown(key, "payment_expired", at + PaymentLimits.QueryDelay(0)),
        { Progress: BankOperationProgress.Intended, Tries: > 0 } => new PaymentEvent.BankCallDue(key),
        { Progress: BankOperationProgress.Unknown } operation => new PaymentEvent.QueryDue(key, operation.Queries + 1),
        _ => Decision<PaymentEvent>.Nothing,
    };
}
