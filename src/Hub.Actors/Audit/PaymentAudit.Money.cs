using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;

namespace Hub.Actors.Audit;

/// <content>Invariants 6, 8, 10, 12, 13 and 25: holds, captures, releases and refunds.</content>
internal sealed partial class PaymentAudit
{
    private bool Money(PaymentEvent happened)
    {
        switch (happened)
        {
            case PaymentEvent.Authorized e when Attempt(e.Attempt) is { } a: Authorized(a, e); break;
            case PaymentEvent.Declined e when Attempt(e.Attempt) is { } a:
                EndOnce(a.Authorize, e.Source, e);
                if (a.Step is not HoldStep.Abandoned) a.Step = HoldStep.Refused;
                break;
            case PaymentEvent.AttemptFailed e when Attempt(e.Attempt) is { } a:
                findings.Looked(11);
                if (a is { Step: HoldStep.Asked, Authorize.MaybeReached: true }) findings.Report(11, $"{a.Id} was given up and may have reached the bank");
                EndOnce(a.Authorize, AnswerSource.Operator, e);
                a.Step = HoldStep.Failed;
                break;
            case PaymentEvent.AttemptAbandoned e when Attempt(e.Attempt) is { } a: a.Step = HoldStep.Abandoned; break;
            case PaymentEvent.CaptureRequested e: CaptureRequested(e); break;
            case PaymentEvent.CaptureSucceeded e: CaptureSucceeded(e); break;
            case PaymentEvent.CaptureFailed e: CaptureFailed(e); break;
            case PaymentEvent.VoidRequested e when Attempt(e.Attempt) is { } a: VoidRequested(a, e); break;
            case PaymentEvent.Voided e when Attempt(e.Attempt) is { } a: Voided(a, e); break;
            case PaymentEvent.VoidFailed e when Attempt(e.Attempt) is { Void: { } release }: EndOnce(release, AnswerSource.Response, e); break;
            case PaymentEvent.HoldLapsed e when Attempt(e.Attempt) is { } a: Lapsed(a); break;
            case PaymentEvent.Authorized or PaymentEvent.Declined or PaymentEvent.AttemptFailed or PaymentEvent.AttemptAbandoned
                or PaymentEvent.VoidRequested or PaymentEvent.Voided or PaymentEvent.VoidFailed or PaymentEvent.HoldLapsed:
                findings.Report(9, $"{Words.NameOf(happened)} for an attempt that was never begun, or a release that was never asked for");
                break;
            default: return Refunds(happened);
        }

        return true;
    }

    private void Authorized(AttemptTrack a, PaymentEvent.Authorized e)
    {
        findings.Looked(12);
        if (a.Step is HoldStep.Held or HoldStep.Releasing or HoldStep.Released or HoldStep.Lapsed) findings.Report(12, $"{a.Id} was authorized twice");
        EndIntent(a.Authorize, e.Source, e);
        a.CameLate = a.Step is not HoldStep.Asked;
        a.Step = HoldStep.Held;
        a.CaptureBefore = e.CaptureBefore;
    }

    private void CaptureRequested(PaymentEvent.CaptureRequested e)
    {
        findings.Looked(6);
        findings.Looked(25);
        CheckTerms(e);
        if (_captures.Exists(c => c.Id == e.Capture)) findings.Report(9, $"{e.Capture} is asked for twice");
        if (Attempt(e.Attempt) is not { } a)
        {
            findings.Report(25, $"{e.Capture} is to take money of an attempt that was never begun");
            return;
        }

        if (a.Step is HoldStep.Releasing or HoldStep.Released or HoldStep.Lapsed) findings.Report(6, $"{e.Capture} is to take money of {a.Id} after its hold was released or lapsed");
        else if (a.Step is not HoldStep.Held) findings.Report(25, $"{e.Capture} is to take money of {a.Id}, which is not authorized");
        if (a.Confirmation is not { Matched: true }) findings.Report(25, $"{e.Capture} is to take money of {a.Id}, which the customer has not confirmed");
        if (_ended || _inReview) findings.Report(6, $"{e.Capture} is to take money of a payment that has ended or is held for review");
        if (_at >= _expiresAt || _at >= a.CaptureBefore) findings.Report(6, $"{e.Capture} is asked for at {_at:O}, after the end of the payment or of its hold");
        if (a.Final) findings.Report(6, $"{e.Capture} follows a final capture");
        if (e.Amount.Minor <= 0 || e.Amount.Currency != a.Amount.Currency) findings.Report(6, $"{e.Capture} is to take {e.Amount} of {a.Amount}");
        _captures.Add(new CaptureTrack(e.Capture, a, e.Amount, e.Final, Intend(e.Operation, e.Capture, e.Amount, a.Terms)));
        Take(a, e.Amount.Minor, e.Capture);
    }

    private void CheckTerms(PaymentEvent.CaptureRequested e)
    {
        if (Attempt(e.Attempt) is not { } a) return;
        if (!a.Terms.Hold) findings.Report(25, $"{e.Capture} is to take money of {a.Id}, whose bank holds none");
        if (!a.Terms.PartialCapture && e.Amount != a.Amount) findings.Report(6, $"{e.Capture} is to take {e.Amount} of {a.Id}, whose bank takes all or nothing");
        if (!a.Terms.MultiCapture && !e.Final) findings.Report(6, $"{e.Capture} is to leave a rest of {a.Id}, whose bank takes once");
    }

    private void CaptureSucceeded(PaymentEvent.CaptureSucceeded e)
    {
        findings.Looked(6);
        findings.Looked(8);
        findings.Looked(10);
        if (_captures.Find(c => c.Id == e.Capture) is not { } capture)
        {
            findings.Report(25, $"{e.Capture} took money and was never asked for");
            return;
        }

        _inReview = false;
        var a = capture.Attempt;
        if (capture.Step is MoveStep.Succeeded) findings.Report(10, $"{e.Capture} took money twice");
        if (a.Step is not HoldStep.Held || _ended) findings.Report(6, $"{e.Capture} took money of {a.Id} after its hold was released or lapsed, or the payment had ended");
        if (e.Amount != capture.Amount) findings.Report(13, $"{e.Capture} took {e.Amount} and was to take {capture.Amount}");
        if (e.Merchant != _grant!.Merchant || e.Gateway != a.Gateway) findings.Report(8, $"{e.Capture} is booked for another merchant or gateway");

        // The bank had refused it and took the money after all.
        if (capture.Step is MoveStep.Failed) Take(a, capture.Amount.Minor, e.Capture);
        EndIntent(capture.Intent, e.Source, e);
        capture.Step = MoveStep.Succeeded;
        capture.TakenAt = e.At;
        a.Final |= capture.Final;
    }

    private void CaptureFailed(PaymentEvent.CaptureFailed e)
    {
        if (_captures.Find(c => c.Id == e.Capture) is not { } capture)
        {
            findings.Report(9, $"{e.Capture} failed and was never asked for");
            return;
        }

        EndOnce(capture.Intent, e.Source, e);
        if (capture.Step is not MoveStep.InFlight) return;
        capture.Step = MoveStep.Failed;
        capture.Attempt.Committed -= capture.Amount.Minor;
        _order!.Commit(-capture.Amount.Minor, _id);
    }

    private void Take(AttemptTrack a, long minor, string capture)
    {
        a.Committed += minor;
        _order!.Commit(minor, _id);
        if (a.Committed > a.Amount.Minor) findings.Report(6, $"with {capture}, {a.Committed} of {a.Id} is taken; {a.Amount.Minor} was authorized");
    }

    private void VoidRequested(AttemptTrack a, PaymentEvent.VoidRequested e)
    {
        findings.Looked(6);
        if (a.Step is not HoldStep.Held) findings.Report(10, $"{a.Id} is to be released and holds nothing");
        if (_captures.Exists(c => c.Attempt == a && c.Step is MoveStep.InFlight)) findings.Report(6, $"{a.Id} is to be released under a capture");
        a.Step = HoldStep.Releasing;
        a.Void = Intend(e.Operation, a.Id, a.Amount, a.Terms);
    }

    // Released, or lapsed after the bank had refused to release it.
    private void Voided(AttemptTrack a, PaymentEvent.Voided e)
    {
        findings.Looked(12);
        if (a.Void is null || a.Step is not HoldStep.Releasing) findings.Report(12, $"{a.Id} was released twice, or without being asked for");
        if (a.Void is { } release) EndIntent(release, e.Source, e);
        a.Step = HoldStep.Released;
    }

    private void Lapsed(AttemptTrack a)
    {
        findings.Looked(6);
        findings.Looked(18);
        if (a.Step is not (HoldStep.Held or HoldStep.Releasing)) findings.Report(12, $"the hold of {a.Id} lapsed and there was none");
        if (_captures.Exists(c => c.Attempt == a && c.Step is MoveStep.InFlight)) findings.Report(6, $"the hold of {a.Id} was given up under a capture");
        if (a.CaptureBefore is not { } before || _latest < before) findings.Report(18, $"the hold of {a.Id} lapsed at {_at:O}; its time is {a.CaptureBefore:O}");
        a.Step = HoldStep.Lapsed;
    }
}
