using System.Globalization;
using Hub.Actors.Journal;
using Hub.Domain.Conversations;
using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;
using Hub.Domain.Webhooks;

namespace Hub.Actors.Audit;

/// <summary>One actor's timers that were set and neither cleared nor fired, by name.</summary>
internal sealed class StandingTimers
{
    private readonly List<(string Name, long SetAt, DateTimeOffset Due)> _timers = [];

    /// <summary>All of them, oldest first.</summary>
    public IReadOnlyList<(string Name, long SetAt, DateTimeOffset Due)> All => _timers;

    /// <summary>Sets or clears one.</summary>
    public void Apply(TimerChange change, long version)
    {
        Remove(change.Name);
        if (change is TimerChange.Set set)
        {
            _timers.Add((set.Name, version, set.Due));
        }
    }

    /// <summary>When the one of this name and setting is due; <c>null</c> when it does not stand.</summary>
    public DateTimeOffset? Find(TimerFired fired)
    {
        foreach (var (name, setAt, due) in _timers)
        {
            if (name == fired.Name && setAt == fired.SetAt)
            {
                return due;
            }
        }

        return null;
    }

    /// <summary>It fired, or was cleared.</summary>
    public void Remove(string name) => _timers.RemoveAll(t => t.Name == name);
}

/// <summary>Invariant 18: a timer has its effect once, and not before it is due.</summary>
/// <remarks>Which timers an event sets is said here once more, and compared with what was recorded where that is known.</remarks>
internal sealed class TimerAudit(Findings findings)
{
    private const string FiredBy = "timer:";

    /// <summary>Takes the next event of a stream.</summary>
    public void Read(RecordedEvent recorded, StandingTimers standing, bool begins)
    {
        if (begins && (recorded.Fired ?? Parse(recorded.CommandId)) is { } fired)
        {
            findings.Looked(18);
            CheckFired(recorded, standing, fired);
        }

        var expected = Of(recorded.Body);
        if (recorded.Timers is { } given && !Same(expected, given))
        {
            findings.Report(18, $"{Words.NameOf(recorded.Body)} was recorded with other timers than it asks for");
        }

        foreach (var change in expected)
        {
            standing.Apply(change, recorded.Version);
        }
    }

    /// <summary>Nothing is in flight at this time: what was due has fired.</summary>
    public void AtRest(StreamAudit stream, DateTimeOffset now)
    {
        foreach (var (name, _, due) in stream.Timers.All)
        {
            // One that led to nothing leaves no trace; only those whose effect would show can be missed.
            if (due <= now && stream.Family is IWaits waits && waits.NeedsTimer(name))
            {
                findings.Report(18, stream.Actor.ToString(), stream.Position, $"timer {name} was due at {due:O} and had no effect");
            }
        }
    }

    /// <summary>Compares a table of timers with those that the events ask for.</summary>
    public void Compare(IReadOnlyList<StoredTimer> table, IReadOnlyDictionary<ActorId, StreamAudit> streams, IReadOnlyList<StreamAudit> all)
    {
        var rows = new HashSet<(string Stream, string Name)>();
        foreach (var row in table)
        {
            findings.Looked(18);
            rows.Add((row.Stream, row.Timer.Name));
            var due = streams.TryGetValue(ActorId.Parse(row.Stream), out var stream) ? stream.Timers.Find(row.Timer) : null;
            if (due != row.Due) findings.Report(18, row.Stream, stream?.Position ?? 0, $"timer {row.Timer.Name} is set for {row.Due:O}; no event asks for that");
        }

        // One that fired and led to nothing leaves no trace; one that would have led to something is missed.
        foreach (var stream in all)
        {
            foreach (var (name, _, due) in stream.Timers.All)
            {
                if (stream.Family is IWaits waits && waits.NeedsTimer(name) && !rows.Contains((stream.Actor.ToString(), name)))
                {
                    findings.Report(18, stream.Actor.ToString(), stream.Position, $"timer {name} for {due:O} is gone and had no effect");
                }
            }
        }
    }

    /// <summary>The timers an event sets or clears.</summary>
    internal static IReadOnlyList<TimerChange> Of(Event happened) => happened switch
    {
        PaymentEvent.Created e => [new TimerChange.Set("expiry", e.ExpiresAt)],
        PaymentEvent.Canceled or PaymentEvent.Expired => [new TimerChange.Clear("expiry")],
        PaymentEvent.ConfirmationRequested e => [new TimerChange.Set("confirmation", e.ExpiresAt)],
        PaymentEvent.ConfirmationEnded => [new TimerChange.Clear("confirmation")],
        PaymentEvent.BankCallPostponed e => [new TimerChange.Set($"bank:{e.Operation}", e.Until)],
        PaymentEvent.OutcomeUnknown { AskAt: { } at } e => [new TimerChange.Set($"bank:{e.Operation}", at)],
        PaymentEvent.ActionRequired { AskAt: { } at } e => [new TimerChange.Set($"bank:{e.Operation}", at)],
        PaymentEvent.AttemptPrepared e => [new TimerChange.Clear($"bank:{e.Operation}")],
        PaymentEvent.Authorized { CaptureBefore: { } before } e => [new TimerChange.Set($"hold:{e.Attempt}", before)],
        PaymentEvent.Debited e => [new TimerChange.Set($"clearing:{e.Capture}", e.At.AddDays(1L))],
        PaymentEvent.ClearingQueryDue { Next: { } next } e => [new TimerChange.Set($"clearing:{e.Capture}", next)],
        PaymentEvent.CaptureReturned e => [new TimerChange.Clear($"clearing:{e.Capture}")],
        PaymentEvent.DisputeOpened { RespondBy: { } by } e =>
            [new TimerChange.Set($"deciding:{e.Dispute}", e.At.AddDays(7L)), new TimerChange.Set($"dispute:{e.Dispute}", by - e.At > TimeSpan.FromDays(1L) ? by.AddDays(-1L) : e.At)],
        PaymentEvent.DisputeOpened e => [new TimerChange.Set($"deciding:{e.Dispute}", e.At.AddDays(7L))],
        PaymentEvent.DisputeQueryDue { Next: { } next } e => [new TimerChange.Set($"deciding:{e.Dispute}", next)],
        PaymentEvent.DisputeClosed e => [new TimerChange.Clear($"dispute:{e.Dispute}"), new TimerChange.Clear($"deciding:{e.Dispute}")],
        PaymentEvent.Voided e => [new TimerChange.Clear($"hold:{e.Attempt}")],
        NotificationEvent.WaitsUntil e => [new TimerChange.Set("next", e.Time)],
        NotificationEvent.Acknowledged or NotificationEvent.GaveUp => [new TimerChange.Clear("next")],
        ConversationEvent.MessageWritten { RemindAt: { } at } => [new TimerChange.Set("reply", at)],
        DigestEvent.Scheduled e => [new TimerChange.Set("due", e.Due)],
        DigestEvent.FellDue => [new TimerChange.Clear("due")],
        WebhookEvent.SendFailed e => [new TimerChange.Set("retry", e.RetryAt)],
        WebhookEvent.Delivered or WebhookEvent.GaveUp or WebhookEvent.SendDue => [new TimerChange.Clear("retry")],
        _ => [],
    };

    private void CheckFired(RecordedEvent recorded, StandingTimers standing, TimerFired fired)
    {
        if (standing.Find(fired) is not { } due)
        {
            findings.Report(18, $"timer {fired.Name} had an effect though it did not stand as set at version {fired.SetAt}");
            return;
        }

        if (recorded.At < due)
        {
            findings.Report(18, $"timer {fired.Name} had its effect at {recorded.At:O} and was due at {due:O}");
        }

        standing.Remove(fired.Name);
    }

    // As the timers' runner names its commands: timer:{name}:{version it was set at}; a name may hold colons.
    private static TimerFired? Parse(string commandId)
    {
        if (!commandId.StartsWith(FiredBy, StringComparison.Ordinal))
        {
            return null;
        }

        var last = commandId.LastIndexOf(':');
        return last >= FiredBy.Length && long.TryParse(commandId.AsSpan(last + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var setAt)
            ? new TimerFired(commandId[FiredBy.Length..last], setAt)
            : null;
    }

    private static bool Same(IReadOnlyList<TimerChange> expected, IReadOnlyList<TimerChange> given)
    {
        if (expected.Count != given.Count)
        {
            return false;
        }

        for (var i = 0; i < expected.Count; i++)
        {
            if (expected[i] != given[i])
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Something that waits for timers.</summary>
internal interface IWaits
{
    /// <summary>Whether it goes on only if this timer fires, and would show it.</summary>
    bool NeedsTimer(string name);
}
