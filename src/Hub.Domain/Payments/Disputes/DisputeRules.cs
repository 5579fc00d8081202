using Hub.Domain.Kernel;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Captures;

namespace Hub.Domain.Payments.Disputes;

/// <summary>The customer asked the bank for the money back, and the merchant contests or gives in.</summary>
/// <remarks>What a bank says is never refused. It only moves forward, so that webhooks may come in any order (invariant 12).</remarks>
internal static class DisputeRules
{
    /// <summary>What the bank says of its own accord.</summary>
    internal static Decision<PaymentEvent> Report(PaymentCommand.ReportDispute c, DateTimeOffset at, Payment payment)
    {
        if (payment.FindOperation(c.Operation) is null || payment.AttemptOf(c.Operation)!.Gateway != c.Gateway) return RejectionCode.NotFound;
        var dispute = payment.Disputes.FirstOrDefault(x => x.BankId == c.BankId);
        if (dispute is not null) return Move(dispute, c, payment);

        var capture = CaptureOf(c.Operation, payment);
        if (capture is null || c.Amount.Currency != capture.Amount.Currency || c.Amount.Minor <= 0 || c.Amount.Minor > capture.Amount.Minor)
        {
            return payment.Cases.Any(x => x is { Open: true, Reason: "dispute_unmatched" })
                ? Decision<PaymentEvent>.Nothing
                : BankRules.OpenCase(payment, "dispute_unmatched", null);
        }

        var opened = new PaymentEvent.DisputeOpened(
            payment.PartId("dsp", payment.Disputes.Count), capture.Id, c.BankId, c.Amount, c.Reason, c.RespondBy, c.Gateway, payment.Grant.Merchant, at);
        var after = (Payment)PaymentFold.Evolve(payment, opened);
        List<PaymentEvent> events = [opened, .. Move(after.Disputes[^1], c, after).Events];
        return events;
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
                return Close(dispute, DisputeStatus.Accepted, c.Source, payment);
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

    private static Decision<PaymentEvent> Move(Dispute dispute, PaymentCommand.ReportDispute c, Payment payment) => (dispute.Status, c.Status) switch
    {
        (DisputeStatus.NeedsResponse, DisputeStatus.UnderReview) => new PaymentEvent.DisputeUnderReview(dispute.Id, AnswerSource.Webhook),
        (DisputeStatus.NeedsResponse or DisputeStatus.UnderReview, DisputeStatus.Won or DisputeStatus.Lost or DisputeStatus.Accepted) =>
            Close(dispute, c.Status, AnswerSource.Webhook, payment),
        (DisputeStatus.Won, DisputeStatus.Lost or DisputeStatus.Accepted) or (DisputeStatus.Lost or DisputeStatus.Accepted, DisputeStatus.Won) =>
            payment.Cases.Any(x => x is { Open: true, Reason: "dispute_contradiction" })
                ? Decision<PaymentEvent>.Nothing
                : BankRules.OpenCase(payment, "dispute_contradiction", null),
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

    private static PaymentEvent.DisputeClosed Close(Dispute dispute, DisputeStatus status, AnswerSource source, Payment payment)
    {
        var capture = payment.Captures.First(x => x.Id == dispute.Capture);
        var gateway = payment.Attempts.First(x => x.Id == capture.Attempt).Gateway;
        return new PaymentEvent.DisputeClosed(dispute.Id, status, dispute.Amount, gateway, payment.Grant.Merchant, source);
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

    private static Capture? CaptureOf(string operation, Payment payment) => payment.Captures.FirstOrDefault(x =>
        x.Taken && (x.Operation.Key == operation || payment.Attempts.Any(a => a.Id == x.Attempt && !a.Terms.Hold && a.Authorize.Key == operation)));
}
