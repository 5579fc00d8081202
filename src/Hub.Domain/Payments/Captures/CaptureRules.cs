using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;

namespace Hub.Domain.Payments.Captures;

/// <summary>Taking held money, and releasing what is not taken.</summary>
/// <remarks>Invariants 6 and 25: never more than authorized, never before a matched confirmation.</remarks>
internal static class CaptureRules
{
    // Precedence is part of the API: the first failed check is the code the caller sees.
    internal static Decision<PaymentEvent> Capture(PaymentCommand.Capture c, DateTimeOffset at, Payment payment)
    {
        if (payment.Ended is not null || payment.InReview) return RejectionCode.IllegalState;
        if (payment.Captures.Any(x => x.InFlight)) return RejectionCode.AttemptInProgress;
        if (payment.LastAttempt is not { Status: AttemptStatus.Authorized } attempt) return RejectionCode.IllegalState;
        if (attempt.Confirmation is not { Status: ConfirmationStatus.Matched }) return RejectionCode.ConfirmationRequired;
        if (payment.TakenForGood(attempt.Id)) return RejectionCode.IllegalState;
        if (attempt.CaptureBefore is { } before && at >= before) return RejectionCode.AuthorizationExpired;
        if (at >= payment.ExpiresAt) return RejectionCode.PaymentExpired;

        var left = payment.Capturable;
        var amount = c.Amount ?? new Amount(left, payment.Grant.Amount.Currency);
        if (amount.Currency != payment.Grant.Amount.Currency) return RejectionCode.CurrencyMismatch;
        if (amount.Minor <= 0) return RejectionCode.AmountNotPositive;
        if (amount.Minor > left) return RejectionCode.CaptureExceedsAuthorized;
        if (amount.Minor < left && !attempt.Terms.PartialCapture) return RejectionCode.PartialCaptureNotSupported;

        // A bank that takes from a hold once releases the rest with it.
        return Request(payment, amount.Minor, c.Final || amount.Minor == left || !attempt.Terms.MultiCapture, c.By);
    }

    /// <summary>The intent to take an amount of the newest attempt's hold.</summary>
    internal static PaymentEvent Request(Payment payment, long minor, bool final, string by)
    {
        var id = payment.PartId("cap", payment.Captures.Count);
        return new PaymentEvent.CaptureRequested(id, payment.LastAttempt!.Id, new Amount(minor, payment.Grant.Amount.Currency), final, $"{id}/capture", by);
    }

    internal static Decision<PaymentEvent> VoidRemainder(Payment payment)
    {
        if (payment.Status is not (PaymentStatus.RequiresCapture or PaymentStatus.PartiallyCaptured)) return RejectionCode.IllegalState;
        if (payment.AwaitsBank) return RejectionCode.OutcomeUnknown;
        return Endings.Void(payment.LastAttempt!, payment.Captured == 0 ? AfterVoid.Cancel : AfterVoid.Stay, "remainder_released");
    }

    /// <summary>What the bank said of a capture.</summary>
    internal static Decision<PaymentEvent> Answered(Capture capture, PaymentCommand.ReportBankAnswer c, DateTimeOffset at, Payment payment)
    {
        var gateway = payment.Attempts.First(x => x.Id == capture.Attempt).Gateway;
        switch (c.Answer)
        {
            case BankAnswer.Captured a when a.Amount != capture.Amount:
                return BankRules.Quarantine(capture.Operation, capture.Amount, a.Amount, gateway, moved: capture.InFlight, payment);
            case BankAnswer.Captured a when capture.Status is CaptureStatus.Succeeded or CaptureStatus.Returned:
                return a.BankId == capture.BankId ? Decision<PaymentEvent>.Nothing : BankRules.Contradiction(capture.Operation, payment);
            case BankAnswer.Captured a when capture.Status is CaptureStatus.Failed:
                return CameLate(capture, a, gateway, c.Source, at, payment);
            case BankAnswer.Captured a:
                return Succeeded(capture, a, gateway, c.Source, at, payment);
            case BankAnswer.Failed when capture.Status is CaptureStatus.Failed:
                return Decision<PaymentEvent>.Nothing;
            case BankAnswer.Failed f when capture.InFlight:
                return new PaymentEvent.CaptureFailed(capture.Id, f.Code, c.Source);
            case BankAnswer.Unknown or BankAnswer.Pending or BankAnswer.NeverReached or BankAnswer.NotFound:
                return BankRules.NoAnswer(capture.Operation, c, at, payment);
            default:
                return BankRules.Contradiction(capture.Operation, payment);
        }
    }

    private static PaymentEvent.CaptureSucceeded Succeeded(Capture capture, BankAnswer.Captured a, string gateway, AnswerSource source, DateTimeOffset at, Payment payment) =>
        new PaymentEvent.CaptureSucceeded(capture.Id, capture.Amount, a.BankId, gateway, payment.Grant.Merchant, source, at);

    // The bank had refused and now says it took the money. It is a fact; whether it fits decides where it is booked.
    private static Decision<PaymentEvent> CameLate(Capture capture, BankAnswer.Captured a, string gateway, AnswerSource source, DateTimeOffset at, Payment payment)
    {
        var attempt = payment.Attempts.First(x => x.Id == capture.Attempt);
        var fits = payment.Ended is null && attempt.Status is AttemptStatus.Authorized
            && payment.CapturedOrInFlight + capture.Amount.Minor <= attempt.Amount.Minor;
        if (!fits) return BankRules.Quarantine(capture.Operation, Amount.Zero(a.Amount.Currency), a.Amount, gateway, moved: true, payment);
        List<PaymentEvent> events = [Succeeded(capture, a, gateway, source, at, payment)];
        if (source is not AnswerSource.Operator) events.Add(BankRules.OpenCase(payment, "contradiction", capture.Operation.Key));
        return events;
    }
}
