using System.Security.Cryptography;
using System.Text;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Captures;

namespace Hub.Domain.Confirmations;

/// <summary>Asking the customer out of band, and what an answer leads to. The first valid answer on any channel wins.</summary>
/// <remarks>Invariants 14 to 16 and 25; decided in the payment's turn, so two channels cannot both win.</remarks>
internal static class ConfirmationRules
{
    internal static Decision<PaymentEvent> Request(PaymentCommand.RequestConfirmation c, DateTimeOffset at, Payment payment)
    {
        if (payment.LastAttempt is not ({ Status: AttemptStatus.Authorized } or { IsUnasked: true }) || payment.LastAttempt.Id != c.Attempt) return RejectionCode.IllegalState;
        var attempt = payment.LastAttempt;
        if (attempt.Confirmation is not null) return RejectionCode.AlreadyExists;
        if (at >= payment.ExpiresAt) return RejectionCode.PaymentExpired;
        if (at >= attempt.CaptureBefore) return RejectionCode.AuthorizationExpired;

        // Where the bank supplies its own one-time code, a page compares with the bank's.
        var challenge = attempt.BankCodeDigest is { } bank ? c.Challenge with { PageDigest = bank } : c.Challenge;

        // A yes that comes after the hold or the payment has ended could capture nothing.
        var ends = Earlier(at.AddMinutes(PaymentLimits.ConfirmationMinutes), payment.ExpiresAt);
        ends = Earlier(ends, attempt.CaptureBefore ?? ends);
        return new PaymentEvent.ConfirmationRequested(payment.ConfirmationIdOf(attempt.Id), attempt.Id, challenge, ends, at);
    }

    internal static Decision<PaymentEvent> Sent(PaymentCommand.ReportConfirmationSent c, Payment payment) =>
        payment.OpenConfirmation is { } open && open.Id == c.Confirmation && open.SentOn != c.Channel
            ? new PaymentEvent.ConfirmationSent(c.Confirmation, c.Channel)
            : Decision<PaymentEvent>.Nothing;

    internal static Decision<PaymentEvent> Undeliverable(PaymentCommand.ReportConfirmationUndeliverable c, DateTimeOffset at, Payment payment)
    {
        if (payment.OpenConfirmation is not { } open || open.Id != c.Confirmation) return Decision<PaymentEvent>.Nothing;
        return Endings.Release(payment, payment.LastAttempt!, ConfirmationStatus.Expired, AfterVoid.TryAgain, "confirmation_undeliverable", at);
    }

    internal static Decision<PaymentEvent> Resend(PaymentCommand.ResendConfirmation c, DateTimeOffset at, Payment payment)
    {
        if (payment.OpenConfirmation is not { } open) return RejectionCode.NoOpenConfirmation;
        if (at >= open.ExpiresAt) return RejectionCode.ConfirmationExpired;
        if (open.Resends >= PaymentLimits.Resends) return RejectionCode.TooManyResends;
        if (at < open.LastRequestedAt.AddSeconds(PaymentLimits.ResendSeconds)) return RejectionCode.ResendTooSoon;
        return new PaymentEvent.ConfirmationResent(open.Id, open.Resends + 1, c.Channel, at);
    }

    internal static Decision<PaymentEvent> Answer(PaymentCommand.AnswerConfirmation c, DateTimeOffset at, Payment payment)
    {
        var asked = c.Confirmation is null
            ? payment.Attempts.Select(a => a.Confirmation).LastOrDefault(x => x is not null)
            : payment.Attempts.Select(a => a.Confirmation).FirstOrDefault(x => x?.Id == c.Confirmation);
        if (asked is null) return RejectionCode.NoOpenConfirmation;
        var attempt = payment.Attempts.First(a => a.Confirmation?.Id == asked.Id);

        if (Ignored(c, at, asked, attempt) is { } reason) return new PaymentEvent.AnswerIgnored(asked.Id, c.Channel, reason);
        if (!Matches(c, asked)) return Wrong(c, asked, attempt, at, payment);
        return c.Approves ? Approved(c, asked, attempt, payment) : Rejected(c, asked, attempt, at, payment);
    }

    private static RejectionCode? Ignored(PaymentCommand.AnswerConfirmation c, DateTimeOffset at, Confirmation asked, Attempt attempt)
    {
        switch (asked.Status)
        {
            case ConfirmationStatus.Matched or ConfirmationStatus.Rejected: return RejectionCode.AlreadyAnswered;
            case ConfirmationStatus.Exhausted: return RejectionCode.ConfirmationExhausted;
            case ConfirmationStatus.Superseded: return RejectionCode.ConfirmationSuperseded;
            case ConfirmationStatus.Expired: return RejectionCode.ConfirmationExpired;
        }

        if (at >= asked.ExpiresAt) return RejectionCode.ConfirmationExpired;
        var bound = c.AddressId is { } from
            ? attempt.Routes.Any(r => r.AddressId == from && r.Channel == c.Channel)
            : c.Channel is Channel.Web or Channel.Mobile or Channel.Chat;
        return bound ? null : RejectionCode.NotTheAddressee;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    // A no on the customer's own page needs no code: it moves no money.
    private static bool Matches(PaymentCommand.AnswerConfirmation c, Confirmation asked)
    {
        var onPage = c.Channel is Channel.Web or Channel.Mobile;
        if (c.Digest is null) return onPage && !c.Approves;
        var expected = onPage ? asked.Challenge.PageDigest : asked.Challenge.PhoneDigest;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(c.Digest), Encoding.UTF8.GetBytes(expected));
    }

    private static Decision<PaymentEvent> Wrong(PaymentCommand.AnswerConfirmation c, Confirmation asked, Attempt attempt, DateTimeOffset at, Payment payment)
    {
        var count = payment.WrongAnswers + 1;
        List<PaymentEvent> events = [new PaymentEvent.WrongAnswer(asked.Id, c.Channel, count)];
        if (count >= PaymentLimits.WrongAnswers)
        {
            events.Add(new PaymentEvent.ConfirmationEnded(asked.Id, ConfirmationStatus.Exhausted, c.Channel));
            events.AddRange(Endings.LetGo(attempt, AfterVoid.Cancel, "confirmation_exhausted", at, payment));
            events.Add(new PaymentEvent.CaseOpened(payment.PartId("cas", payment.Cases.Count), "confirmation_exhausted", null));
        }

        return events;
    }

    private static Decision<PaymentEvent> Approved(PaymentCommand.AnswerConfirmation c, Confirmation asked, Attempt attempt, Payment payment)
    {
        List<PaymentEvent> events = [new PaymentEvent.ConfirmationEnded(asked.Id, ConfirmationStatus.Matched, c.Channel)];
        if (payment.InReview) return events;
        if (attempt.IsUnasked) events.Add(DebitRules.Request(attempt));
        else if (payment.Mode is CaptureMode.Automatic) events.Add(CaptureRules.Request(payment, payment.Capturable, final: true, "hub"));

        return events;
    }

    private static Decision<PaymentEvent> Rejected(PaymentCommand.AnswerConfirmation c, Confirmation asked, Attempt attempt, DateTimeOffset at, Payment payment)
    {
        List<PaymentEvent> events = [new PaymentEvent.ConfirmationEnded(asked.Id, ConfirmationStatus.Rejected, c.Channel, c.NotMe)];
        events.AddRange(Endings.LetGo(attempt, c.NotMe ? AfterVoid.Cancel : AfterVoid.TryAgain, c.NotMe ? "rejected_not_me" : "rejected", at, payment));

        // Somebody may be using a stolen card or account: support has to see it.
        if (c.NotMe) events.Add(new PaymentEvent.CaseOpened(payment.PartId("cas", payment.Cases.Count), "rejected_not_me", null));
        return events;
    }
}
