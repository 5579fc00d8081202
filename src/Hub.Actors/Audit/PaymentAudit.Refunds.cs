using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;

namespace Hub.Actors.Audit;

/// <content>Invariants 6, 8, 10, 12 and 13 of refunds.</content>
internal sealed partial class PaymentAudit
{
    private bool Refunds(PaymentEvent happened)
    {
        switch (happened)
        {
            case PaymentEvent.RefundRequested e: RefundRequested(e); break;
            case PaymentEvent.RefundSucceeded e: Refunded(e.Refund, e.Amount, e.Merchant, e.Gateway, e.Source, MoveStep.InFlight, e); break;
            case PaymentEvent.RefundCameLate e: Refunded(e.Refund, e.Amount, e.Merchant, e.Gateway, e.Source, MoveStep.Failed, e); break;
            case PaymentEvent.RefundFailed e: GivenBack(e.Refund, e.Amount, e.Merchant, null, e.Source, MoveStep.InFlight, e); break;
            case PaymentEvent.RefundReversed e: GivenBack(e.Refund, e.Amount, e.Merchant, e.Gateway, e.Source, MoveStep.Succeeded, e); break;
            default: return false;
        }

        return true;
    }

    private void RefundRequested(PaymentEvent.RefundRequested e)
    {
        findings.Looked(6);
        findings.Looked(8);
        if (_refunds.Exists(r => r.Id == e.Refund)) findings.Report(9, $"{e.Refund} is asked for twice");
        var capture = _captures.Find(c => c.Id == e.Capture);
        if (capture is not { Step: MoveStep.Succeeded }) findings.Report(6, $"{e.Refund} is to give back {e.Capture}, which took no money");
        if (e.Amount.Minor <= 0 || e.Amount.Currency != _grant!.Amount.Currency) findings.Report(6, $"{e.Refund} is to give back {e.Amount}");
        if (e.Merchant != _grant!.Merchant) findings.Report(8, $"{e.Refund} is booked for another merchant");
        _refunds.Add(new RefundTrack(e.Refund, capture, e.Amount, Intend(e.Operation, e.Refund, e.Amount)));
        if (capture is not null) Give(capture, e.Amount.Minor, e.Refund);
    }

    /// <summary>Money is back with the customer: of a refund in flight, or late, of one that had failed.</summary>
    private void Refunded(string id, Amount amount, string merchant, string gateway, AnswerSource source, MoveStep from, PaymentEvent happened)
    {
        if (Refund(id, amount, merchant, gateway, happened) is not { } refund) return;
        if (refund.Step != from) findings.Report(10, $"{Words.NameOf(happened)} for {id}, which had {Name(refund.Step)}");
        if (refund.Step is MoveStep.Failed or MoveStep.Reversed && refund.Capture is { } capture) Give(capture, refund.Amount.Minor, id);
        EndIntent(refund.Intent, source, happened);
        refund.Step = MoveStep.Succeeded;
        _order!.Commit(-refund.Amount.Minor, _id);
    }

    /// <summary>The merchant has the money again: of a refund in flight, or of one that had succeeded.</summary>
    private void GivenBack(string id, Amount amount, string merchant, string? gateway, AnswerSource source, MoveStep from, PaymentEvent happened)
    {
        if (Refund(id, amount, merchant, gateway, happened) is not { } refund) return;
        if (refund.Step != from) findings.Report(12, $"{Words.NameOf(happened)} for {id}, which had {Name(refund.Step)}");
        if (refund.Step is MoveStep.InFlight or MoveStep.Succeeded && refund.Capture is { } capture) capture.Refunded -= refund.Amount.Minor;
        if (refund.Step is MoveStep.Succeeded) _order!.Commit(refund.Amount.Minor, _id);
        EndIntent(refund.Intent, source, happened);
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
        if (capture.Refunded > capture.Amount.Minor) findings.Report(6, $"with {refund}, {capture.Refunded} of {capture.Id} is given back; {capture.Amount.Minor} was captured");
    }

    private static string Name(MoveStep step) => step switch
    {
        MoveStep.InFlight => "not been answered",
        MoveStep.Succeeded => "succeeded",
        MoveStep.Failed => "failed",
        _ => "come back",
    };
}
