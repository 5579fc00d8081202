using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments.Attempts;

namespace Hub.Domain.Payments;

/// <summary>How a payment ends without money moved: a hold is released first.</summary>
internal static class Endings
{
    /// <summary>Cancels, by decision.</summary>
    internal static Decision<PaymentEvent> Cancel(string reason, string by, DateTimeOffset at, Payment payment)
    {
        if (payment.Ended is PaymentStatus.Canceled) return Decision<PaymentEvent>.Nothing;
        if (payment.Ended is not null || payment.Captured > 0) return RejectionCode.IllegalState;
        var live = payment.LiveAttempt;
        if (live is { Status: AttemptStatus.Authenticating })
        {
            return new PaymentEvent[] { new PaymentEvent.AttemptAbandoned(live.Id), new PaymentEvent.Canceled(reason, by) };
        }

        if (Unsent(payment) is { } unsent)
        {
            return Withdrawn(unsent, "payment_canceled", payment, after => Cancel(reason, by, at, after));
        }

        if (payment.AwaitsBank || live is { Status: AttemptStatus.Voiding }) return RejectionCode.OutcomeUnknown;
        if (live is { Status: AttemptStatus.Authorized } or { IsUnasked: true })
        {
            return Release(payment, live, ConfirmationStatus.Superseded, AfterVoid.Cancel, reason, at);
        }

        return new PaymentEvent.Canceled(reason, by);
    }

    /// <summary>Expires, by time; waits while anything is unknown.</summary>
    internal static Decision<PaymentEvent> Expire(DateTimeOffset at, Payment payment)
    {
        if (payment.Ended is not null) return Decision<PaymentEvent>.Nothing;
        if (Unsent(payment) is { } unsent) return Withdrawn(unsent, "payment_expired", payment, after => Expire(at, after));
        if (payment.AwaitsBank && payment.LiveAttempt is not { Status: AttemptStatus.Authenticating })
        {
            return payment.ExpiryDeferred ? Decision<PaymentEvent>.Nothing : new PaymentEvent.ExpiryDeferred(at);
        }

        return payment.LiveAttempt switch
        {
            { Status: AttemptStatus.Authorized } held when payment.Captured > 0 => payment.Capturable > 0
                ? Release(payment, held, ConfirmationStatus.Expired, AfterVoid.Stay, "payment_expired", at)
                : Decision<PaymentEvent>.Nothing,
            { Status: AttemptStatus.Authorized } or { IsUnasked: true } => Release(payment, payment.LiveAttempt, ConfirmationStatus.Expired, AfterVoid.Expire, "payment_expired", at),
            { Status: AttemptStatus.Authenticating } left => new PaymentEvent[] { new PaymentEvent.AttemptAbandoned(left.Id), new PaymentEvent.Expired(at) },
            _ when payment.Captured > 0 => Decision<PaymentEvent>.Nothing,
            _ => new PaymentEvent.Expired(at),
        };
    }

    /// <summary>A deadline had passed while something was unknown, and now it is known. Both may have: neither timer fires again.</summary>
    internal static Decision<PaymentEvent> Overdue(DateTimeOffset at, Payment payment)
    {
        List<PaymentEvent> events = [];
        if (payment.LastAttempt is { CaptureBefore: { } before } attempt && at >= before) events.AddRange(Lapse(attempt.Id, at, payment).Events);
        if (at < payment.ExpiresAt) return events;

        events.AddRange(Expire(at, payment.After(events)).Events);
        return events;
    }

    /// <summary>The bank's own deadline for a hold has passed: nothing is left to release.</summary>
    internal static Decision<PaymentEvent> Lapse(string attemptId, DateTimeOffset at, Payment payment)
    {
        if (payment.LastAttempt is not { Status: AttemptStatus.Authorized or AttemptStatus.Voiding } attempt || attempt.Id != attemptId || !(at >= attempt.CaptureBefore))
        {
            return Decision<PaymentEvent>.Nothing;
        }

        // A final capture took or released all of it: no hold is left that could lapse.
        if (payment.TakenForGood(attemptId)) return Decision<PaymentEvent>.Nothing;
        if (payment.AwaitsBank)
        {
            return payment.ExpiryDeferred || payment.Ended is not null ? Decision<PaymentEvent>.Nothing : new PaymentEvent.ExpiryDeferred(at);
        }

        List<PaymentEvent> events = [];
        if (attempt.Confirmation is { IsOpen: true } open)
        {
            events.Add(new PaymentEvent.ConfirmationEnded(open.Id, ConfirmationStatus.Expired, null));
        }

        events.Add(new PaymentEvent.HoldLapsed(attemptId));
        if (attempt.Status is AttemptStatus.Voiding) events.AddRange(AfterRelease(attempt, at, payment));
        else if (payment.Captured == 0 && payment.Ended is null) events.Add(new PaymentEvent.Expired(at));
        return events;
    }

    /// <summary>What becomes of a payment once a hold is gone.</summary>
    internal static IEnumerable<PaymentEvent> AfterRelease(Attempt released, DateTimeOffset at, Payment payment) =>
        Then(released.AfterVoid, released.VoidReason ?? "voided", at, payment);

    /// <summary>Lets go of an attempt: a hold is released first; where none was ever asked for there is nothing to wait for.</summary>
    internal static IEnumerable<PaymentEvent> LetGo(Attempt attempt, AfterVoid then, string reason, DateTimeOffset at, Payment payment) =>
        attempt.IsUnasked ? [new PaymentEvent.AttemptAbandoned(attempt.Id), .. Then(then, reason, at, payment)] : [Void(attempt, then, reason)];

    // What has not left the hub need not leave it any more: nobody has to be asked about it.
    private static Attempt? Unsent(Payment payment) => payment.LiveAttempt is { AwaitsBank: true, Authorize.NeverLeft: true } unsent ? unsent : null;

    private static Decision<PaymentEvent> Withdrawn(Attempt unsent, string reason, Payment payment, Func<Payment, Decision<PaymentEvent>> ending)
    {
        var failed = new PaymentEvent.AttemptFailed(unsent.Id, reason);
        var ended = ending(payment.After(failed));
        if (ended.Rejection is { } code) return code;
        List<PaymentEvent> events = [failed, .. ended.Events];
        return events;
    }

    private static IEnumerable<PaymentEvent> Then(AfterVoid then, string reason, DateTimeOffset at, Payment payment) => then switch
    {
        _ when payment.Ended is not null => [],
        AfterVoid.Cancel => [new PaymentEvent.Canceled(reason, "hub")],
        AfterVoid.Expire => [new PaymentEvent.Expired(at)],
        AfterVoid.TryAgain when AttemptRules.NoneLeft(payment) => [new PaymentEvent.Canceled("too_many_attempts", "hub")],
        _ => [],
    };

    /// <summary>Withdraws what was asked of the customer and releases the hold.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="held">Its authorized attempt.</param>
    /// <param name="ending">What becomes of an open confirmation.</param>
    /// <param name="then">What follows the release.</param>
    /// <param name="reason">Why, in snake case.</param>
    /// <param name="at">The time of the turn.</param>
    internal static List<PaymentEvent> Release(Payment payment, Attempt held, ConfirmationStatus ending, AfterVoid then, string reason, DateTimeOffset at)
    {
        List<PaymentEvent> events = [];
        if (held.Confirmation is { IsOpen: true } open)
        {
            events.Add(new PaymentEvent.ConfirmationEnded(open.Id, ending, null));
        }

        events.AddRange(LetGo(held, then, reason, at, payment));
        return events;
    }

    /// <summary>The intent to release a hold.</summary>
    internal static PaymentEvent Void(Attempt held, AfterVoid then, string reason) =>
        new PaymentEvent.VoidRequested(held.Id, $"{held.Id}/void", then, reason);
}
