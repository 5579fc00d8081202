using Hub.Domain.Webhooks;

namespace Hub.Actors.Audit;

/// <summary>Invariant 9 of one outgoing webhook: one call at a time, each journaled as started, each with its own number.</summary>
internal sealed class WebhookAudit(Findings findings) : IWaits
{
    private bool _pending;
    private bool _calling;
    private int _tries;

    /// <inheritdoc/>
    public bool NeedsTimer(string name) => name == "retry" && _pending && !_calling;

    /// <summary>Takes the webhook's next event.</summary>
    public void Read(WebhookEvent happened)
    {
        findings.Looked(9);
        switch (happened)
        {
            case WebhookEvent.Queued or WebhookEvent.SendDue:
                if (_calling) findings.Report(9, $"it is to be sent again while call {_tries} is out");
                _pending = true;
                break;
            case WebhookEvent.SendStarted e:
                if (_calling || !_pending || e.Try != _tries + 1) findings.Report(9, $"call {e.Try} follows call {_tries}, which {(_calling ? "is out" : "has ended")}");
                (_tries, _calling) = (Math.Max(_tries, e.Try), true);
                break;
            case WebhookEvent.Delivered e: End(e.Try, ends: true); break;
            case WebhookEvent.SendFailed e: End(e.Try, ends: false); break;
            case WebhookEvent.GaveUp e: End(e.Try, ends: true); break;
        }
    }

    /// <summary>Nothing is in flight: no call is out.</summary>
    public void AtRest(StreamAudit stream)
    {
        findings.Looked(26);
        if (_calling) findings.Report(26, stream.Actor.ToString(), stream.Position, $"call {_tries} is out and nobody waits for it");
    }

    private void End(int number, bool ends)
    {
        if (!_calling || number != _tries) findings.Report(9, $"call {number} has an outcome; call {_tries} {(_calling ? "is out" : "is over")}");
        _calling = false;
        _pending &= !ends;
    }
}
