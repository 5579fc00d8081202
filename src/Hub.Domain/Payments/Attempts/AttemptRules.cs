using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Captures;

namespace Hub.Domain.Payments.Attempts;

/// <summary>Submitting an instrument, and what a bank's answer makes of the hold.</summary>
internal static class AttemptRules
{
    // Precedence is part of the API: the first failed check is the code the caller sees.
    internal static Decision<PaymentEvent> Submit(PaymentCommand.Submit c, DateTimeOffset at, Payment payment)
    {
        if (payment.Ended is PaymentStatus.Expired || (payment.Ended is null && at >= payment.ExpiresAt)) return RejectionCode.PaymentExpired;
        if (payment.Ended is not null || payment.InReview) return RejectionCode.IllegalState;
        if (payment.LiveAttempt is not null) return RejectionCode.AttemptInProgress;
        if (payment.CapturedOrInFlight > 0) return RejectionCode.IllegalState;
        if (payment.Tries >= PaymentLimits.Attempts) return RejectionCode.TooManyAttempts;
        if (c.Accepted is null) return RejectionCode.InvoiceNotAccepted;
        if (c.Accepted.InvoiceHash != payment.Grant.InvoiceHash) return RejectionCode.InvoiceHashMismatch;
        if (at >= c.Instrument.ExpiresAt) return RejectionCode.InstrumentExpired;
        if (c.Instrument.IsCard && c.SecurityCode is null) return RejectionCode.SecurityCodeMissing;
        if (c.Routes.Count == 0) return RejectionCode.NoConfirmationRoute;
        if (c.Gateways.Count == 0) return RejectionCode.NoGateway;

        // Money that moves at once cannot wait for a merchant who captures.
        var fitting = payment.Mode is CaptureMode.Manual ? c.Gateways.Where(g => g.Terms.Hold).ToEquatableArray() : c.Gateways;
        if (fitting.Count == 0) return RejectionCode.CannotHold;
        return Begin(c.Instrument, fitting, c.Routes, c.SecurityCode, c.By, at, payment);
    }

    /// <summary>The next gateway's turn, since this one provably was not reached.</summary>
    internal static Decision<PaymentEvent> Reroute(Attempt attempt, string reason, DateTimeOffset at, Payment payment)
    {
        var next = Begin(attempt.Instrument, attempt.Others, attempt.Routes, attempt.SecurityCode, attempt.By, at, payment);
        return new PaymentEvent[] { new PaymentEvent.AttemptFailed(attempt.Id, reason), next with { Rerouted = true } };
    }

    private static PaymentEvent.Submitted Begin(
        InstrumentRef instrument, EquatableArray<GatewayChoice> gateways, EquatableArray<Route> routes, string? securityCode, Channel by, DateTimeOffset at, Payment payment)
    {
        var id = payment.PartId("att", payment.Attempts.Count);
        var first = gateways[0];
        return new PaymentEvent.Submitted(id, instrument, first.Gateway, payment.Grant.Amount, routes, securityCode, $"{id}/authorize", by, at)
        {
            Terms = first.Terms,
            Reason = first.Reason,
            Others = gateways.Skip(1).ToEquatableArray(),
        };
    }

    /// <summary>What the bank said of an authorization.</summary>
    internal static Decision<PaymentEvent> Answered(Attempt attempt, PaymentCommand.ReportBankAnswer c, DateTimeOffset at, Payment payment) => c.Answer switch
    {
        BankAnswer.Captured or BankAnswer.Cleared or BankAnswer.Returned when !attempt.Terms.Hold => DebitRules.Answered(attempt, c, at, payment),
        BankAnswer.Authorized when !attempt.Terms.Hold => BankRules.Contradiction(attempt.Authorize, payment),
        BankAnswer.Prepared p => Prepared(attempt, p.BankId, c, at, payment),
        BankAnswer.Authorized a when a.Amount != attempt.Amount => BankRules.Quarantine(attempt.Authorize, attempt.Amount, a.Amount, attempt.Gateway, moved: false, payment),
        BankAnswer.Authorized a when attempt.BankId is { } known && known != a.BankId => BankRules.Contradiction(attempt.Authorize, payment),
        BankAnswer.Authorized a => Authorized(attempt, a, c.Source, payment),
        BankAnswer.Declined d => Declined(attempt, d.Code, c.Source, payment),
        BankAnswer.Failed f => Declined(attempt, f.Code, c.Source, payment),
        BankAnswer.ActionRequired a => BankRules.ActAtBank(attempt, a, c, at, payment),
        BankAnswer.Unknown or BankAnswer.Pending or BankAnswer.NeverReached or BankAnswer.NotFound => BankRules.NoAnswer(attempt.Authorize, c, at, payment),
        _ => BankRules.Contradiction(attempt.Authorize, payment),
    };

    private static Decision<PaymentEvent> Prepared(Attempt attempt, string bankId, PaymentCommand.ReportBankAnswer c, DateTimeOffset at, Payment payment)
    {
        var operation = attempt.Authorize;
        if (!operation.IsOpen) return Decision<PaymentEvent>.Nothing;
        if (attempt is { AwaitsBank: true, BankId: null })
        {
            // Only a place was made, and no money asked for: after the deadline none is. A call before this one may have asked; then the bank is asked.
            return !BankRules.IsLate(operation, at, payment) || operation.MaybeReached ? new PaymentEvent.AttemptPrepared(attempt.Id, operation.Key, bankId) : Fail(attempt, "payment_expired", payment);
        }

        if (attempt.BankId is { } known && known != bankId) return BankRules.Contradiction(operation, payment);
        return c.Source switch
        {
            // Asked what became of the call that was to carry it out, the bank shows only the place.
            AnswerSource.Query or AnswerSource.Operator => BankRules.NoAnswer(operation, c with { Answer = new BankAnswer.NotFound() }, at, payment),
            AnswerSource.Response when operation.Progress is BankOperationProgress.Started && c.Try == operation.Tries =>
                BankRules.NoAnswer(operation, c with { Answer = new BankAnswer.Pending(bankId) }, at, payment),
            _ => Decision<PaymentEvent>.Nothing,
        };
    }

    /// <summary>What the bank said of a release.</summary>
    internal static Decision<PaymentEvent> VoidAnswered(Attempt attempt, PaymentCommand.ReportBankAnswer c, DateTimeOffset at, Payment payment)
    {
        var operation = attempt.Void!;
        switch (c.Answer)
        {
            case BankAnswer.Voided when attempt.Status is AttemptStatus.Voided or AttemptStatus.Expired:
                return Decision<PaymentEvent>.Nothing;
            case BankAnswer.Voided:
                List<PaymentEvent> events = [new PaymentEvent.Voided(attempt.Id, c.Source)];
                events.AddRange(Endings.AfterRelease(attempt, at, payment));
                return events;
            case BankAnswer.Failed when attempt.Status is AttemptStatus.Voided:
                return BankRules.Contradiction(operation, payment);

            // Said by an operator, it would leave a hold that nobody looks after.
            case BankAnswer.Failed or BankAnswer.Unknown or BankAnswer.Pending or BankAnswer.NeverReached or BankAnswer.NotFound when !operation.IsOpen:
                return c.Source is AnswerSource.Operator && attempt.Status is AttemptStatus.Voiding ? RejectionCode.IllegalState : Decision<PaymentEvent>.Nothing;
            case BankAnswer.Failed f:
                return new PaymentEvent[] { new PaymentEvent.VoidFailed(attempt.Id, f.Code), BankRules.OpenCase(payment, "void_failed", operation.Key) };
            case BankAnswer.Unknown or BankAnswer.Pending or BankAnswer.NeverReached or BankAnswer.NotFound:
                return BankRules.NoAnswer(operation, c, at, payment);
            default:
                return BankRules.Contradiction(operation, payment);
        }
    }

    /// <summary>It provably never reached the bank.</summary>
    internal static Decision<PaymentEvent> Fail(Attempt attempt, string reason, Payment payment)
    {
        List<PaymentEvent> events = [new PaymentEvent.AttemptFailed(attempt.Id, reason)];
        if (NoneLeft(payment)) events.Add(new PaymentEvent.Canceled("too_many_attempts", "hub"));
        return events;
    }

    /// <summary>Whether nothing more can be submitted.</summary>
    internal static bool NoneLeft(Payment payment) => payment.Ended is null && payment.Tries >= PaymentLimits.Attempts;

    private static Decision<PaymentEvent> Authorized(Attempt attempt, BankAnswer.Authorized a, AnswerSource source, Payment payment)
    {
        if (attempt.Status is AttemptStatus.Authorized or AttemptStatus.Voiding or AttemptStatus.Voided or AttemptStatus.Expired)
        {
            return a.BankId == attempt.BankId ? Decision<PaymentEvent>.Nothing : BankRules.Contradiction(attempt.Authorize, payment);
        }

        var authorized = new PaymentEvent.Authorized(attempt.Id, a.BankId, a.CaptureBefore, a.CodeDigest, source);
        var wanted = attempt.AwaitsBank && payment.Ended is null;

        // A hold that came too late for anybody is given back by itself.
        return wanted
            ? authorized
            : new PaymentEvent[] { authorized, Endings.Void(attempt, AfterVoid.Stay, "authorized_too_late") };
    }

    private static Decision<PaymentEvent> Declined(Attempt attempt, string code, AnswerSource source, Payment payment)
    {
        if (attempt is { AwaitsBank: false } and not { Status: AttemptStatus.Abandoned, Authorize.IsOpen: true })
        {
            // No money is held there, as is known; a bank says so of a hold that lapsed, too.
            return attempt.Status is AttemptStatus.Declined or AttemptStatus.Abandoned or AttemptStatus.Failed or AttemptStatus.Voided or AttemptStatus.Expired
                ? Decision<PaymentEvent>.Nothing
                : BankRules.Contradiction(attempt.Authorize, payment);
        }

        List<PaymentEvent> events = [new PaymentEvent.Declined(attempt.Id, code, source)];
        if (NoneLeft(payment)) events.Add(new PaymentEvent.Canceled("too_many_declines", "hub"));
        return events;
    }
}
