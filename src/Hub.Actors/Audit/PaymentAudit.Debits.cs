using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;

namespace Hub.Actors.Audit;

/// <content>Invariants 6, 8, 10, 12, 13 and 25 of money that moves at once, without a hold.</content>
internal sealed partial class PaymentAudit
{
    private bool Debits(PaymentEvent happened)
    {
        switch (happened)
        {
            case PaymentEvent.DebitRequested e: DebitRequested(e); break;
            case PaymentEvent.Debited e: Debited(e); break;
            case PaymentEvent.CaptureCleared e: Cleared(e); break;
            case PaymentEvent.CaptureReturned e: Returned(e); break;
            case PaymentEvent.ClearingQueryDue e:
                findings.Looked(26);
                if (_captures.Find(c => c.Id == e.Capture) is not { Attempt.Terms.Hold: false, Step: MoveStep.Succeeded } moved || e.Question != ++moved.Questions || e.Operation != moved.Intent.Key)
                {
                    findings.Report(26, $"question {e.Question} whether {e.Capture} cleared is out of turn, or about money that did not move");
                }

                break;
            default: return false;
        }

        return true;
    }

    private void DebitRequested(PaymentEvent.DebitRequested e)
    {
        findings.Looked(25);
        if (Attempt(e.Attempt) is not { Terms.Hold: false } a || a.Authorize.Key != e.Operation)
        {
            findings.Report(25, $"{e.Operation} is to move money at once for {e.Attempt}, which never asked for that");
            return;
        }

        if (a.Confirmation is not { Matched: true }) findings.Report(25, $"{e.Operation} is to move money, and the customer has not confirmed");
        if (a.Authorize.Step is not IntentStep.Waiting) findings.Report(9, $"{e.Operation} is to be carried out twice");
        if (a != _attempts[^1] || a.Step is not HoldStep.Asked) findings.Report(25, $"{e.Operation} is to move money for an attempt that is over");
        if (_ended || _inReview || _at >= _expiresAt) findings.Report(6, $"{e.Operation} is to move money of a payment that has ended or is held for review");
        a.Authorize.Step = IntentStep.Intended;
    }

    private void Debited(PaymentEvent.Debited e)
    {
        findings.Looked(6);
        findings.Looked(8);
        findings.Looked(10);
        findings.Looked(25);
        if (Attempt(e.Attempt) is not { Terms.Hold: false } a)
        {
            findings.Report(25, $"{e.Capture} took money at once for {e.Attempt}, which never asked for that");
            return;
        }

        if (a.Confirmation is not { Matched: true }) findings.Report(25, $"{e.Capture} took money, and the customer had not confirmed");
        if (_captures.Exists(c => c.Attempt == a || c.Id == e.Capture)) findings.Report(10, $"{a.Id} took money twice");
        if (e.Amount != a.Amount) findings.Report(13, $"{e.Capture} took {e.Amount} and was to take {a.Amount}");
        if (e.Merchant != _grant!.Merchant || e.Gateway != a.Gateway) findings.Report(8, $"{e.Capture} is booked for another merchant or gateway");
        var waitedFor = a.Step is HoldStep.Asked && !_ended;
        if (waitedFor == e.TooLate) findings.Report(6, $"{e.Capture} came {(e.TooLate ? "too late, and was waited for" : "in time, and nobody waited for it")}");
        EndIntent(a.Authorize, e.Source, e);
        _captures.Add(new CaptureTrack(e.Capture, a, e.Amount, final: true, a.Authorize) { Step = MoveStep.Succeeded, TakenAt = e.At, Late = e.TooLate });
        if (e.TooLate) return;
        (a.Step, a.Final) = (HoldStep.Taken, true);
        Take(a, e.Amount.Minor, e.Capture);
    }

    private void Cleared(PaymentEvent.CaptureCleared e)
    {
        findings.Looked(12);
        if (_captures.Find(c => c.Id == e.Capture) is not { Attempt.Terms.Hold: false } capture)
        {
            findings.Report(9, $"{e.Capture} cleared and never moved at once");
            return;
        }

        if (capture.Cleared || capture.Step is not MoveStep.Succeeded) findings.Report(12, $"{e.Capture} cleared twice, or after it went back");
        capture.Cleared = true;
    }

    private void Returned(PaymentEvent.CaptureReturned e)
    {
        findings.Looked(8);
        findings.Looked(12);
        if (_captures.Find(c => c.Id == e.Capture) is not { Attempt.Terms.Hold: false } capture)
        {
            findings.Report(9, $"{e.Capture} went back and never moved at once");
            return;
        }

        if (capture.Step is not MoveStep.Succeeded) findings.Report(12, $"{e.Capture} went back twice");
        if (e.Amount != capture.Amount) findings.Report(13, $"{e.Capture} went back with {e.Amount} and had moved {capture.Amount}");
        if (e.Merchant != _grant!.Merchant || e.Gateway != capture.Attempt.Gateway) findings.Report(8, $"the return of {e.Capture} is booked for another merchant or gateway");
        if (capture is { Late: false, Step: MoveStep.Succeeded }) _order!.Commit(-capture.Amount.Minor, _id);
        capture.Step = MoveStep.Reversed;
    }
}
