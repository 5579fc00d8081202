using Hub.Actors.Audit.Stored;
using Hub.Actors.Journal;
using Hub.Domain.Cases;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Domain.Webhooks;

namespace Hub.Actors.Audit;

/// <summary>
/// Every invariant that a journal can show, held against its events one by one, in the order of their positions: by the <c>verify</c>
/// command, by tests, and by the simulator after every append.
/// </summary>
/// <remarks>
/// No I/O, no clock, no randomness; the same events give the same violations. It recomputes from events and never asks the rules it
/// audits. Not safe for several threads. It must begin at the journal's first event.
/// </remarks>
/// <param name="kinds">With it, streams are folded too (invariant 2), and every state stays in memory; without, not.</param>
public sealed class JournalAudit(KindCatalog? kinds = null)
{
    private readonly Dictionary<ActorId, StreamAudit> _streams = [];
    private readonly List<StreamAudit> _inOrderOfBirth = [];
    private readonly HashSet<string> _cases = new(StringComparer.Ordinal);
    private readonly Findings _findings = new();
    private LedgerAudit? _ledger;
    private TimerAudit? _timers;
    private Tenants? _tenants;
    private DigestNotices? _notices;
    private long _position;

    /// <summary>The first hundred violations of each invariant, in the order they were found.</summary>
    public IReadOnlyList<Violation> Violations => _findings.Violations;

    /// <summary>What was looked at, by invariant.</summary>
    public IReadOnlyList<InvariantTally> Tally => _findings.Tally();

    /// <summary>What the postings so far sum to, by account and currency.</summary>
    public IReadOnlyList<Balance> Balances => Ledger.Balances;

    /// <summary>The position of the last event read; 0 before the first.</summary>
    public long Position => _position;

    /// <summary>Where readers of a stored journal report what the events alone do not show.</summary>
    internal Findings Findings => _findings;

    private LedgerAudit Ledger => _ledger ??= new LedgerAudit(_findings);

    private TimerAudit Timers => _timers ??= new TimerAudit(_findings);

    private Tenants Tenants => _tenants ??= new Tenants(_findings);

    private DigestNotices Notices => _notices ??= new DigestNotices(_findings);

    /// <summary>Takes the next event of the journal.</summary>
    public void Read(RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        _findings.Turn(recorded.Actor, recorded.Position);
        if (recorded.Position <= _position) _findings.Report(1, $"position {recorded.Position} follows position {_position}");
        _position = recorded.Position;
        var stream = StreamOf(recorded.Actor);
        var begins = stream.Read(recorded, _findings);
        if (recorded.Body is UnreadableEvent)
        {
            _findings.Report(2, $"version {recorded.Version} is nothing this build can read");
            return;
        }

        try
        {
            Fold(stream, recorded);
            Timers.Read(recorded, stream.Timers, begins);
            Ledger.Read(recorded);
            Check(stream, recorded, begins);
        }
        catch (Exception broken)
        {
            // An event with parts missing, say: whatever reads it next fails as well. Only the type is told; words may hold what must not be shown.
            _findings.Report(2, $"{Words.NameOf(recorded.Body)} makes no sense: {broken.GetType().Name}");
        }
    }

    /// <summary>What must hold once nothing is in flight, and everything due at a time has happened. May be asked more than once.</summary>
    /// <param name="now">The hub's own time.</param>
    public void AtRest(DateTimeOffset now)
    {
        Notices.AtRest();
        foreach (var stream in _inOrderOfBirth)
        {
            Timers.AtRest(stream, now);
            switch (stream.Family)
            {
                case PaymentAudit payment: payment.AtRest(stream); break;
                case WebhookAudit webhook: webhook.AtRest(stream); break;
                case NotificationAudit notification:
                    notification.AtRest(stream, now);
                    if (notification.Case is { } id && !_cases.Contains(id)) _findings.Report(17, stream.Actor.ToString(), stream.Position, $"it failed, and case {id} is on nobody's list");
                    break;
            }
        }
    }

    /// <summary>Compares the table of balances with the sums of the postings read so far (invariant 7).</summary>
    public void CompareBalances(IReadOnlyList<Balance> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Ledger.Compare(table);
    }

    /// <summary>Compares a table of timers with those that the events so far ask for (invariant 18).</summary>
    /// <param name="table">Every timer that stands.</param>
    public void CompareTimers(IReadOnlyList<StoredTimer> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Timers.Compare(table, _streams, _inOrderOfBirth);
    }

    private StreamAudit StreamOf(ActorId actor)
    {
        if (!_streams.TryGetValue(actor, out var stream))
        {
            _streams[actor] = stream = new StreamAudit(actor);
            _inOrderOfBirth.Add(stream);
        }

        return stream;
    }

    private void Check(StreamAudit stream, RecordedEvent recorded, bool begins)
    {
        stream.Family ??= Begin(recorded);
        switch (recorded.Body)
        {
            case PaymentEvent e: ((PaymentAudit)stream.Family!).Read(recorded, e, begins); break;
            case NotificationEvent e: ((NotificationAudit)stream.Family!).Read(e); break;
            case WebhookEvent e: ((WebhookAudit)stream.Family!).Read(e); break;
            case OrderEvent e: Tenants.Order(recorded.Actor.Key).Read(e, Tenants); break;
            case CustomerEvent.Registered e: Tenants.Add(recorded.Actor.Key, e.Merchant); break;
            case CustomerEvent e: Notices.Changed(recorded.Actor.Key, e, recorded.Position, recorded.At); break;
            case DigestEvent e: ((DigestAudit)stream.Family!).Read(e, recorded.Position); break;
            case ConversationEvent e:
                if (e is ConversationEvent.Begun begun) Tenants.Speaks(recorded.Actor.Key, begun);
                ((ConversationAudit)stream.Family!).Read(e);
                break;
            case CaseEvent.Opened e: _cases.Add(e.Matter.Id); break;
        }
    }

    private object? Begin(RecordedEvent recorded) => recorded.Body switch
    {
        PaymentEvent => new PaymentAudit(_findings, Tenants),
        NotificationEvent => new NotificationAudit(_findings, Notices),
        DigestEvent => new DigestAudit(recorded.Actor.Key, Notices, Tenants, _findings),
        ConversationEvent => new ConversationAudit(_findings),
        WebhookEvent => new WebhookAudit(_findings),
        _ => null,
    };

    private void Fold(StreamAudit stream, RecordedEvent recorded)
    {
        if (kinds is null || stream.IsBroken)
        {
            return;
        }

        _findings.Looked(2);
        var kind = kinds[recorded.Actor.Kind];
        try
        {
            stream.State = kind.Evolve(stream.State ?? kind.Initial, recorded.Body);
        }
        catch (CorruptJournalException corrupt)
        {
            // The rest of this stream would only say the same again.
            stream.IsBroken = true;
            _findings.Report(2, corrupt.Message);
        }
    }
}
