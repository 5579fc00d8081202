using Hub.Domain.Notifications;

namespace Hub.Actors.Audit;

/// <summary>Invariants 9 and 17 of one notification: each send intended, then started, once; it ends once, and nothing leaves after.</summary>
internal sealed class NotificationAudit(Findings findings, DigestNotices notices) : IWaits
{
    private readonly Dictionary<string, (bool Started, bool Settled)> _sends = new(StringComparer.Ordinal);
    private NotificationEvent.Requested? _requested;
    private bool _ended;

    /// <summary>The case it failed with and that must be on the list; <c>null</c> when there is none.</summary>
    public string? Case { get; private set; }

    /// <inheritdoc/>
    public bool NeedsTimer(string name) => name == "next" && !_ended;

    /// <summary>Takes the notification's next event.</summary>
    public void Read(NotificationEvent happened)
    {
        switch (happened)
        {
            case NotificationEvent.Requested e:
                _requested = e;
                notices.Asked(e);
                break;
            case NotificationEvent.DeliveryIntended e:
                CheckOpen($"{e.Delivery} is intended");
                findings.Looked(9);
                if (!_sends.TryAdd(e.Delivery, default)) findings.Report(9, $"{e.Delivery} is intended twice");
                break;
            case NotificationEvent.DeliveryStarted e: Started(e); break;
            case NotificationEvent.DeliveryReported e: Reported(e); break;
            case NotificationEvent.Acknowledged: End("acknowledged"); break;
            case NotificationEvent.GaveUp e:
                End("given up");
                if (string.IsNullOrWhiteSpace(e.Case)) findings.Report(17, "it was given up without a case");
                else if (_requested?.About.Merchant is not null) Case = e.Case;
                break;
        }
    }

    /// <summary>Nothing is in flight at this time: past its deadline it has ended.</summary>
    public void AtRest(StreamAudit stream, DateTimeOffset now)
    {
        findings.Looked(17);
        if (!_ended && _requested is { } requested && now >= requested.Deadline)
        {
            findings.Report(17, stream.Actor.ToString(), stream.Position, $"it was to end by {requested.Deadline:O} and has not");
        }
    }

    private void Started(NotificationEvent.DeliveryStarted e)
    {
        CheckOpen($"{e.Delivery} leaves");
        findings.Looked(9);
        if (!_sends.TryGetValue(e.Delivery, out var send)) findings.Report(9, $"{e.Delivery} leaves and was never intended");
        else if (send.Started) findings.Report(9, $"{e.Delivery} leaves twice");
        else if (send.Settled) findings.Report(9, $"{e.Delivery} leaves after its outcome was reported");
        _sends[e.Delivery] = send with { Started = true };
    }

    // What the hub itself refused to send has an outcome and never started.
    private void Reported(NotificationEvent.DeliveryReported e)
    {
        findings.Looked(9);
        if (!_sends.TryGetValue(e.Delivery, out var send)) findings.Report(9, $"{e.Delivery} has an outcome and was never intended");
        else if (!send.Started && e.Outcome is DeliveryReport.Accepted or DeliveryReport.Delivered or DeliveryReport.Unknown) findings.Report(9, $"{e.Delivery} has an outcome and never left");
        _sends[e.Delivery] = send with { Settled = true };
    }

    private void End(string how)
    {
        findings.Looked(17);
        if (_ended) findings.Report(17, $"it was {how} after it had ended");
        _ended = true;
    }

    private void CheckOpen(string what)
    {
        findings.Looked(17);
        if (_ended) findings.Report(17, $"{what} after it had ended");
    }
}
