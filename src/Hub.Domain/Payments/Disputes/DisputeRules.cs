using Hub.Domain.Kernel;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Refunds;

namespace Hub.Domain.Payments.Disputes;

/// <summary>The customer asked the bank for the money back, and the merchant contests or gives in.</summary>
/// <remarks>What a bank says is never refused. It only moves forward, so that webhooks may come in any order (invariant 12).</remarks>
internal static class DisputeRules
{
    private const string UnmatchedReason = "dispute_unmatched";

    /// <summary>What the bank says of its own accord.</summary>
    internal static Decision<PaymentEvent> Report(PaymentCommand.ReportDispute c, DateTimeOffset at, Payment payment)
    {
        if (payment.FindOperation(c.Operation) is null || payment.AttemptOf(c.Operation)!.Gateway != c.Gateway) return RejectionCode.NotFound;
        if (payment.Disputes.FirstOrDefault(x => x.BankId == c.BankId) is { } dispute) return Move(dispute, c.Status, at, payment);

        var unmatched = new UnmatchedDispute(c.Operation, c.Gateway, c.BankId, c.Status, c.Amount, c.Reason, c.RespondBy);
        if (CaptureOf(unmatched, payment) is { } capture) return Open(unmatched, capture, at, payment).ToList();

        // Reports overtake each other: what was said of it before may be said again.
        if (payment.UnmatchedDisputes.FirstOrDefault(x => x.BankId == c.BankId) is { } known && known.Status >= c.Status) return Decision<PaymentEvent>.Nothing;
        List<PaymentEvent> events =
        [
            new PaymentEvent.DisputeUnmatched(c.Operation, c.Gateway, c.BankId, c.Status, c.Amount, c.Reason, c.RespondBy),
            .. BankRules.OpenCaseOnce(payment, UnmatchedReason, null).Events,
        ];
        return events;
    }

    /// <summary>Disputes that were told of before the money they are about: they open once it is known, and nobody has to look any more.</summary>
    internal static IEnumerable<PaymentEvent> Matched(DateTimeOffset at, Payment payment)
    {
        var after = payment;
        foreach (var unmatched in payment.UnmatchedDisputes)
        {
            if (CaptureOf(unmatched, after) is not { } capture) continue;
            foreach (var happened in Open(unmatched, capture, at, after))
            {
                after = after.After(happened);
                yield return happened;
            }
        }

        if (after == payment || after.UnmatchedDisputes.Count > 0) yield break;
        foreach (var open in after.Cases.Where(x => x is { Open: true, Reason: UnmatchedReason })) yield return new PaymentEvent.CaseSettled(open.Id, "hub", "matched");
    }

    /// <summary>It is time to ask how a dispute stands: banks say so by webhook, and webhooks get lost.</summary>
    internal static Decision<PaymentEvent> AskHowItStands(string id, DateTimeOffset at, Payment payment)
    {
        if (payment.Disputes.FirstOrDefault(x => x.Id == id) is not { IsActive: true } dispute) return Decision<PaymentEvent>.Nothing;
        var asked = dispute.Questions + 1;
        var due = new PaymentEvent.DisputeQueryDue(id, asked, PaymentLimits.DisputeQuery(asked) is { } days ? at.AddDays(days) : null);
        return due.Next is null ? new PaymentEvent[] { due, BankRules.OpenCase(payment, "dispute_undecided", null) } : due;
    }

    // Precedence is part of the API: the first failed check is the code the caller sees.
    internal static Decision<PaymentEvent> Evidence(PaymentCommand.SubmitEvidence c, DateTimeOffset at, Payment payment) =>
        Unanswerable(c.Dispute, at, payment) is { } code ? code : new PaymentEvent.EvidenceSubmitted(c.Dispute, c.Evidence, KeyOf(c.Dispute, payment), c.By);

    internal static Decision<PaymentEvent> Accept(PaymentCommand.AcceptDispute c, DateTimeOffset at, Payment payment) =>
        Unanswerable(c.Dispute, at, payment) is { } code ? code : new PaymentEvent.DisputeConceded(c.Dispute, KeyOf(c.Dispute, payment), c.By);

    /// <summary>What the bank said of the merchant's answer.</summary>
    internal static Decision<PaymentEvent> Answered(Dispute dispute, PaymentCommand.ReportBankAnswer c, DateTimeOffset at, Payment payment)
    {
        var answer = dispute.Answer!;
        switch (c.Answer)
        {
            case BankAnswer.DisputeAnswered when !dispute.IsActive:
                return Decision<PaymentEvent>.Nothing;

            // The bank may have said that it looks at the answer before it said that it has it.
            case BankAnswer.DisputeAnswered when dispute.Evidence is null:
                return Close(dispute, DisputeStatus.Accepted, c.Source, at, payment);
            case BankAnswer.DisputeAnswered when dispute.Status is DisputeStatus.NeedsResponse:
                return new PaymentEvent.DisputeUnderReview(dispute.Id, c.Source);
            case BankAnswer.DisputeAnswered:
                return Decision<PaymentEvent>.Nothing;
            case BankAnswer.Failed f when answer.IsOpen && dispute.IsActive:
                return Refused(dispute, f.Code, at, payment);
            case BankAnswer.Failed:
                return Decision<PaymentEvent>.Nothing;
            case BankAnswer.Unknown or BankAnswer.Pending or BankAnswer.NeverReached or BankAnswer.NotFound:
                return BankRules.NoAnswer(answer, c, at, payment);
            default:
                return BankRules.Contradiction(answer, payment);
        }
    }

    /// <summary>Evidence will soon be too late: somebody is told.</summary>
    internal static Decision<PaymentEvent> DeadlineNear(string id, Payment payment) =>
        payment.Disputes.FirstOrDefault(x => x.Id == id) is { Status: DisputeStatus.NeedsResponse, Answer: null or { IsOpen: false } }
            ? BankRules.OpenCase(payment, "dispute_deadline", null)
            : Decision<PaymentEvent>.Nothing;

    private static List<PaymentEvent> Open(UnmatchedDispute u, Capture capture, DateTimeOffset at, Payment payment)
    {
        var opened = new PaymentEvent.DisputeOpened(
            payment.PartId("dsp", payment.Disputes.Count), capture.Id, u.BankId, u.Amount, u.Reason, u.RespondBy, u.Gateway, payment.Grant.Merchant, at);
        List<PaymentEvent> events = [opened];
        events.AddRange(RefundRules.Overtaken(capture.Id, at, payment.After(events)));
        var after = payment.After(events);
        events.AddRange(Move(after.Disputes[^1], u.Status, at, after).Events);
        return events;
    }

    private static Decision<PaymentEvent> Move(Dispute dispute, DisputeStatus said, DateTimeOffset at, Payment payment) => (dispute.Status, said) switch
    {
        (DisputeStatus.NeedsResponse, DisputeStatus.UnderReview) => new PaymentEvent.DisputeUnderReview(dispute.Id, AnswerSource.Webhook),
        (DisputeStatus.NeedsResponse or DisputeStatus.UnderReview, DisputeStatus.Won or DisputeStatus.Lost or DisputeStatus.Accepted) =>
            Close(dispute, said, AnswerSource.Webhook, at, payment),
        (DisputeStatus.Won, DisputeStatus.Lost or DisputeStatus.Accepted) or (DisputeStatus.Lost or DisputeStatus.Accepted, DisputeStatus.Won) =>
            BankRules.OpenCaseOnce(payment, "dispute_contradiction", null),
        _ => Decision<PaymentEvent>.Nothing,
    };

    // The warning has passed while the answer was on its way, and it is needed now.
    private static Decision<PaymentEvent> Refused(Dispute dispute, string code, DateTimeOffset at, Payment payment)
    {
        var refused = new PaymentEvent.DisputeAnswerFailed(dispute.Id, code);
        return dispute.Status is DisputeStatus.NeedsResponse && at >= dispute.RespondBy - PaymentLimits.DisputeWarning
            ? new PaymentEvent[] { refused, BankRules.OpenCase(payment, "dispute_deadline", null) }
            : refused;
    }

    // A late refund that waited for a second person is not made where the dispute took its money.
    private static Decision<PaymentEvent> Close(Dispute dispute, DisputeStatus status, AnswerSource source, DateTimeOffset at, Payment payment)
    {
        var capture = payment.Captures.First(x => x.Id == dispute.Capture);
        var gateway = payment.Attempts.First(x => x.Id == capture.Attempt).Gateway;
        List<PaymentEvent> events = [new PaymentEvent.DisputeClosed(dispute.Id, status, dispute.Amount, gateway, payment.Grant.Merchant, source)];
        events.AddRange(RefundRules.Overtaken(capture.Id, at, payment.After(events)));
        return events;
    }

    private static RejectionCode? Unanswerable(string id, DateTimeOffset at, Payment payment) => payment.Disputes.FirstOrDefault(x => x.Id == id) switch
    {
        null => RejectionCode.NotFound,
        { IsActive: false } => RejectionCode.IllegalState,
        { Status: DisputeStatus.UnderReview } or { Answer.IsOpen: true } => RejectionCode.DisputeAnswered,
        { RespondBy: { } end } when at >= end => RejectionCode.DisputeOverdue,
        _ => null,
    };

    // A refused answer may be given again; that is another intent.
    private static string KeyOf(string id, Payment payment) => $"{id}/answer{payment.Disputes.First(x => x.Id == id).Answers + 1}";

    // A dispute over more than is left of what was taken, or over what went back by itself, or in another currency, is about no money of this payment.
    private static Capture? CaptureOf(UnmatchedDispute dispute, Payment payment) => payment.Captures.FirstOrDefault(x =>
        x.Status is CaptureStatus.Succeeded && (x.Operation.Key == dispute.Operation || payment.Attempts.Any(a => a.Id == x.Attempt && !a.Terms.Hold && a.Authorize.Key == dispute.Operation))
        && dispute.Amount.Currency == x.Amount.Currency && dispute.Amount.Minor > 0
        && dispute.Amount.Minor <= x.Amount.Minor - payment.Disputes.Where(d => d.Capture == x.Id && d.Counts).Sum(d => d.Amount.Minor));
}
