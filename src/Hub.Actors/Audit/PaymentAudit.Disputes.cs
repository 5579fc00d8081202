using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;

namespace Hub.Actors.Audit;

/// <content>Invariants 6, 8, 9, 12 and 13 of disputes: the money is set aside once, and comes back or goes once.</content>
internal sealed partial class PaymentAudit
{
    private bool Disputes(PaymentEvent happened)
    {
        switch (happened)
        {
            case PaymentEvent.DisputeOpened e: DisputeOpened(e); break;
            case PaymentEvent.EvidenceSubmitted e when Dispute(e.Dispute, e) is { } d: Answered(d, e.Operation); break;
            case PaymentEvent.DisputeConceded e when Dispute(e.Dispute, e) is { } d: Answered(d, e.Operation); break;
            case PaymentEvent.DisputeAnswerFailed e when Dispute(e.Dispute, e) is { Answer: { } answer }: EndOnce(answer, AnswerSource.Response, e); break;
            case PaymentEvent.DisputeAnswerFailed e: findings.Report(9, $"an answer to {e.Dispute} failed, and none was given"); break;
            case PaymentEvent.DisputeUnderReview e when Dispute(e.Dispute, e) is { } d:
                if (d.Closed || d.UnderReview) findings.Report(12, $"{d.Id} is under review again, or after it was closed");
                EndAnswer(d, e.Source, e);
                d.UnderReview = true;
                break;
            case PaymentEvent.DisputeClosed e when Dispute(e.Dispute, e) is { } d: DisputeClosed(d, e); break;
            case PaymentEvent.DisputeQueryDue e when Dispute(e.Dispute, e) is { } d:
                if (d.Closed || e.Question != ++d.Questions) findings.Report(26, $"question {e.Question} how {d.Id} stands is out of turn, or comes after its end");
                break;
            case PaymentEvent.DisputeUnmatched e:
                findings.Looked(12);
                if (_disputes.Exists(d => d.BankId == e.BankId)) findings.Report(12, $"the bank's dispute {e.BankId} was opened before and fits nothing now");
                _ = Known(e.Operation, e);
                break;
            case PaymentEvent.DisputeQueryDue: break;
            case PaymentEvent.EvidenceSubmitted or PaymentEvent.DisputeConceded or PaymentEvent.DisputeUnderReview or PaymentEvent.DisputeClosed: break;
            default: return false;
        }

        return true;
    }

    private void DisputeOpened(PaymentEvent.DisputeOpened e)
    {
        findings.Looked(6);
        findings.Looked(8);
        findings.Looked(12);
        if (_disputes.Exists(d => d.Id == e.Dispute || d.BankId == e.BankId)) findings.Report(12, $"{e.Dispute} was opened twice");
        var capture = _captures.Find(c => c.Id == e.Capture);
        if (capture is not { Step: MoveStep.Succeeded }) findings.Report(6, $"{e.Dispute} sets money aside of {e.Capture}, which has none");
        else if (e.Amount.Minor <= 0 || e.Amount.Currency != capture.Amount.Currency || capture.Disputed + e.Amount.Minor > capture.Amount.Minor) findings.Report(13, $"{e.Dispute} sets {e.Amount} aside of {capture.Amount}");
        if (e.Merchant != _grant!.Merchant || (capture is not null && capture.Attempt.Gateway != e.Gateway)) findings.Report(8, $"{e.Dispute} is booked for another merchant or gateway");
        _disputes.Add(new DisputeTrack(e.Dispute, e.BankId, capture, e.Amount));
        if (capture is not null) capture.Disputed += e.Amount.Minor;
    }

    private void Answered(DisputeTrack d, string operation)
    {
        findings.Looked(9);
        if (d.Closed || d.UnderReview) findings.Report(12, $"{d.Id} is answered, and the bank waits for no answer");
        if (d.Answer is { Step: not IntentStep.Ended }) findings.Report(9, $"{d.Id} is answered while an answer is out");
        d.Answer = Intend(operation, d.Id, d.Amount, d.Capture?.Attempt.Terms);
    }

    private void DisputeClosed(DisputeTrack d, PaymentEvent.DisputeClosed e)
    {
        findings.Looked(8);
        findings.Looked(12);
        if (d.Closed) findings.Report(12, $"{d.Id} was closed twice");
        if (e.Status is DisputeStatus.NeedsResponse or DisputeStatus.UnderReview) findings.Report(12, $"{d.Id} was closed as {e.Status}, which is no end");
        if (e.Amount != d.Amount) findings.Report(13, $"{d.Id} was opened with {d.Amount} and closed with {e.Amount}");
        if (e.Merchant != _grant!.Merchant || (d.Capture is { } capture && capture.Attempt.Gateway != e.Gateway)) findings.Report(8, $"the end of {d.Id} is booked for another merchant or gateway");
        EndAnswer(d, e.Source, e);
        if (d is { Closed: false, Capture: { } whose } && e.Status is DisputeStatus.Won) whose.Disputed -= d.Amount.Minor;
        d.Closed = true;
    }

    // What the bank says of the dispute of its own accord ends an answer that has not left, too.
    private void EndAnswer(DisputeTrack d, AnswerSource source, PaymentEvent happened)
    {
        if (d.Answer is { Step: not IntentStep.Ended } answer) EndIntent(answer, source is AnswerSource.Webhook ? AnswerSource.Operator : source, happened);
    }

    private DisputeTrack? Dispute(string id, PaymentEvent happened)
    {
        findings.Looked(12);
        var dispute = _disputes.Find(d => d.Id == id);
        if (dispute is null) findings.Report(9, $"{Words.NameOf(happened)} for {id}, which was never opened");
        return dispute;
    }
}
