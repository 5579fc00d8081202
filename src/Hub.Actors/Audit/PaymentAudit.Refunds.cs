using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;

namespace Hub.Actors.Audit;

/// <content>Invariants 6, 8, 10, 12 and 13 of refunds.</content>
internal sealed partial class PaymentAudit
{
    // DESIGN 1, not the hub's own constant: refunds within three calendar months; later ones need a second person.
    private const int RefundMonths = 3;

    private bool Refunds(PaymentEvent happened)
    {
        switch (happened)
        {
            case PaymentEvent.RefundRequested e: RefundRequested(e); break;
            case PaymentEvent.RefundSucceeded e: Refunded(e.Refund, e.Amount, e.Merchant, e.Gateway, e.Source, MoveStep.InFlight, e); break;
            case PaymentEvent.RefundCameLate e: Refunded(e.Refund, e.Amount, e.Merchant, e.Gateway, e.Source, MoveStep.Failed, e); break;
            case PaymentEvent.RefundFailed e: GivenBack(e.Refund, e.Amount, e.Merchant, null, e.Source, MoveStep.InFlight, e); break;
            case PaymentEvent.RefundReversed e: GivenBack(e.Refund, e.Amount, e.Merchant, e.Gateway, e.Source, MoveStep.Succeeded, e); break;
            case PaymentEvent.RefundHeldForReview e: _ = Begin(e.Refund, e.Capture, e.Amount, e.Operation, e.By, MoveStep.Waiting); break;
            case PaymentEvent.RefundApproved e: Agreed(e); break;
            case PaymentEvent.RefundCanceled e: Withdrawn(e); break;
            default: return Debits(happened) || Disputes(happened);
        }

        return true;
    }

    private void RefundRequested(PaymentEvent.RefundRequested e)
    {
        findings.Looked(8);
        if (e.Merchant != _grant!.Merchant) findings.Report(8, $"{e.Refund} is booked for another merchant");
        var refund = Begin(e.Refund, e.Capture, e.Amount, e.Operation, e.By, MoveStep.InFlight);
        if (refund.Capture is not { Late: false } capture) return;
        if (_at > capture.TakenAt?.AddMonths(RefundMonths)) findings.Report(6, $"{e.Refund} gives back {e.Capture} after {RefundMonths} months, and no second person agreed");
    }

    private RefundTrack Begin(string id, string captureId, Amount amount, string operation, string by, MoveStep step)
    {
        findings.Looked(6);
        if (_refunds.Exists(r => r.Id == id)) findings.Report(9, $"{id} is asked for twice");
        var capture = _captures.Find(c => c.Id == captureId);
        if (capture is not { Step: MoveStep.Succeeded }) findings.Report(6, $"{id} is to give back {captureId}, which took no money");
        if (amount.Minor <= 0 || amount.Currency != _grant!.Amount.Currency) findings.Report(6, $"{id} is to give back {amount}");
        if (capture is { Attempt.Terms.Refund: false }) findings.Report(6, $"{id} is to give back {captureId}, whose bank pays nothing back");
        if (capture is { Late: false } && _disputes.Exists(d => !d.Closed)) findings.Report(6, $"{id} is to give back {captureId} while a dispute is open");
        var refund = new RefundTrack(id, capture, amount, by, Intend(operation, id, amount, capture?.Attempt.Terms, waits: step is MoveStep.Waiting)) { Step = step };
        _refunds.Add(refund);
        if (capture is not null) Give(capture, amount.Minor, id);
        return refund;
    }

    private void Agreed(PaymentEvent.RefundApproved e)
    {
        if (Refund(e.Refund, e.Amount, e.Merchant, null, e) is not { } refund) return;
        if (refund.Step is not MoveStep.Waiting || refund.Intent.Key != e.Operation) findings.Report(9, $"{e.Refund} was agreed to, which had {Name(refund.Step)}");
        if (string.IsNullOrWhiteSpace(e.By) || e.By == refund.By) findings.Report(6, $"{e.Refund} was agreed to by nobody else than who asked for it");
        if (refund.Capture is not { Step: MoveStep.Succeeded } capture) findings.Report(6, $"{e.Refund} was agreed to, and its capture has no money any more");
        else if (_disputes.Exists(d => !d.Closed) || capture.Refunded + capture.Disputed > capture.Amount.Minor) findings.Report(6, $"{e.Refund} was agreed to, and a dispute has the money of {capture.Id}");
        (refund.Step, refund.Intent.Step) = (MoveStep.InFlight, IntentStep.Intended);
    }

    private void Withdrawn(PaymentEvent.RefundCanceled e)
    {
        findings.Looked(12);
        if (_refunds.Find(r => r.Id == e.Refund) is not { Step: MoveStep.Waiting } refund)
        {
            findings.Report(12, $"{e.Refund} was withdrawn and did not wait for anybody");
            return;
        }

        if (refund.Capture is { } capture) capture.Refunded -= refund.Amount.Minor;
        (refund.Step, refund.Intent.Step) = (MoveStep.Canceled, IntentStep.Ended);
    }

    /// <summary>Money is back with the customer: of a refund in flight, or late, of one that had failed.</summary>
    private void Refunded(string id, Amount amount, string merchant, string gateway, AnswerSource source, MoveStep from, PaymentEvent happened)
    {
        if (Refund(id, amount, merchant, gateway, happened) is not { } refund) return;
        if (refund.Step != from) findings.Report(10, $"{Words.NameOf(happened)} for {id}, which had {Name(refund.Step)}");
        if (refund.Step is MoveStep.Failed or MoveStep.Reversed && refund.Capture is { } capture)
        {
            // A fact, also where a dispute has the same money: then somebody is told.
            capture.Refunded += refund.Amount.Minor;
            if (capture.Refunded > capture.Amount.Minor) findings.Report(6, $"with {id}, {capture.Refunded} of {capture.Id} is given back; {capture.Amount.Minor} was captured");
        }

        EndIntent(refund.Intent, source, happened);
        refund.Step = MoveStep.Succeeded;
        if (refund.Capture is not { Late: true }) _order!.Commit(-refund.Amount.Minor, _id);
    }

    /// <summary>The merchant has the money again: of a refund in flight, or of one that had succeeded.</summary>
    private void GivenBack(string id, Amount amount, string merchant, string? gateway, AnswerSource source, MoveStep from, PaymentEvent happened)
    {
        if (Refund(id, amount, merchant, gateway, happened) is not { } refund) return;
        if (refund.Step != from) findings.Report(12, $"{Words.NameOf(happened)} for {id}, which had {Name(refund.Step)}");
        if (refund.Step is MoveStep.InFlight or MoveStep.Succeeded && refund.Capture is { } capture) capture.Refunded -= refund.Amount.Minor;
        if (refund is { Step: MoveStep.Succeeded, Capture: not { Late: true } }) _order!.Commit(refund.Amount.Minor, _id);

        // What went back by itself, or was disputed, before the refund had left is not given back by it.
        var overtaken = refund is { Step: MoveStep.InFlight, Intent.MaybeReached: false, Capture: { Step: MoveStep.Reversed } or { Disputed: > 0 } };
        EndIntent(refund.Intent, overtaken ? AnswerSource.Operator : source, happened);
        refund.Step = from is MoveStep.InFlight ? MoveStep.Failed : MoveStep.Reversed;
    }

    private RefundTrack? Refund(string id, Amount amount, string merchant, string? gateway, PaymentEvent happened)
    {
        findings.Looked(6);
        findings.Looked(8);
        findings.Looked(10);
        findings.Looked(12);
        if (_refunds.Find(r => r.Id == id) is not { } refund)
        {
            findings.Report(9, $"{Words.NameOf(happened)} for {id}, which was never asked for");
            return null;
        }

        if (amount != refund.Amount) findings.Report(13, $"{id} is booked with {amount} and was to give back {refund.Amount}");
        var otherGateway = gateway is not null && refund.Capture is { } capture && capture.Attempt.Gateway != gateway;
        if (merchant != _grant!.Merchant || otherGateway) findings.Report(8, $"{id} is booked for another merchant or gateway");
        return refund;
    }

    private void Give(CaptureTrack capture, long minor, string refund)
    {
        capture.Refunded += minor;
        if (capture.Refunded + capture.Disputed > capture.Amount.Minor) findings.Report(6, $"with {refund}, {capture.Refunded + capture.Disputed} of {capture.Id} is given back or disputed; {capture.Amount.Minor} was captured");
    }

    private static string Name(MoveStep step) => step switch
    {
        MoveStep.InFlight => "not been answered",
        MoveStep.Succeeded => "succeeded",
        MoveStep.Failed => "failed",
        MoveStep.Waiting => "not been agreed to",
        MoveStep.Canceled => "been withdrawn",
        _ => "come back",
    };
}
