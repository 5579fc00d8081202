using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;

namespace Hub.Actors.Audit;

/// <summary>One payment, by its events alone: what it asked of the bank, what the bank said, what the customer answered.</summary>
/// <remarks>
/// Keeps its own small books and asks neither the payment's rules nor its limits: a bug there must not blind it.
/// This file: the life of the payment. Beside it: its intents (9 to 13), its money (6, 25), its confirmations (14 to 16).
/// </remarks>
internal sealed partial class PaymentAudit(Findings findings, Tenants tenants) : IWaits
{
    private readonly List<AttemptTrack> _attempts = [];
    private readonly List<IntentTrack> _intents = [];
    private readonly List<CaptureTrack> _captures = [];
    private readonly List<RefundTrack> _refunds = [];
    private readonly List<DisputeTrack> _disputes = [];
    private readonly List<(string Case, string Reason, string? Operation, bool Open)> _cases = [];
    private OrderGrant? _grant;
    private OrderAudit? _order;
    private string _id = "";
    private DateTimeOffset _at;
    private DateTimeOffset _latest;
    private DateTimeOffset _expiresAt;
    private bool _ended;
    private bool _inReview;

    /// <summary>Takes the payment's next event.</summary>
    public void Read(RecordedEvent recorded, PaymentEvent happened, bool begins)
    {
        _at = recorded.At;
        _latest = _at > _latest ? _at : _latest;
        NoteTurn(happened, begins);
        if (happened is PaymentEvent.Created created)
        {
            Began(recorded.Actor.Key, created);
        }
        else if (_grant is null)
        {
            findings.Report(2, $"{Words.NameOf(happened)} comes before the payment was created");
        }
        else if (!Life(happened) && !Intents(happened) && !Money(happened))
        {
            Answers(happened);
        }
    }

    /// <inheritdoc/>
    public bool NeedsTimer(string name) => name switch
    {
        "expiry" => !_ended && !_captures.Exists(Pays) && !_intents.Exists(i => i.Step is not (IntentStep.Ended or IntentStep.Waiting) && !i.NeverLeft) && !IsReleasing(),
        "confirmation" => _attempts.Exists(a => a.Confirmation is { Ended: false }),
        _ when name.StartsWith("bank:", StringComparison.Ordinal) => Find(name["bank:".Length..]) is { Step: IntentStep.Unknown or IntentStep.Postponed or IntentStep.Intended },
        _ when name.StartsWith("clearing:", StringComparison.Ordinal) => _captures.Exists(c => c.Id == name["clearing:".Length..] && c.Step is MoveStep.Succeeded),
        _ when name.StartsWith("deciding:", StringComparison.Ordinal) => _disputes.Exists(d => d.Id == name["deciding:".Length..] && !d.Closed),
        _ when name.StartsWith("dispute:", StringComparison.Ordinal) => _disputes.Exists(d => d.Id == name["dispute:".Length..] && d is { UnderReview: false, Closed: false, Answer: null }),
        _ => false,
    };

    /// <summary>Nothing is in flight: every intent has ended or somebody has a case (26), and no hold is forgotten (10).</summary>
    public void AtRest(StreamAudit stream)
    {
        var (actor, position) = (stream.Actor.ToString(), stream.Position);
        foreach (var intent in _intents)
        {
            findings.Looked(26);
            if (intent is { Step: IntentStep.Ended, Suspended: { } aside })
            {
                if (HasTaken(intent)) findings.Report(8, actor, position, $"{aside} stands in suspense for {intent.Key}, which has taken its money");
                else if (!_cases.Exists(c => c.Reason == "money_in_suspense")) findings.Report(13, actor, position, $"{aside} stands in suspense for {intent.Key}, and nobody was told");
            }

            if (intent.Step is not (IntentStep.Ended or IntentStep.Waiting) && !_cases.Exists(c => c.Open && c.Operation == intent.Key))
            {
                findings.Report(26, actor, position, $"{intent.Key} is {Name(intent.Step)} and nobody has a case");
            }
        }

        foreach (var attempt in _attempts)
        {
            findings.Looked(10);
            var forgotten = attempt.Step switch
            {
                HoldStep.Held => _ended || attempt != _attempts[^1],
                HoldStep.Releasing => attempt.Void is { Step: IntentStep.Ended } release && !_cases.Exists(c => c.Operation == release.Key),
                _ => false,
            };
            if (forgotten) findings.Report(10, actor, position, $"the bank holds {attempt.Amount} for {attempt.Id}, and nobody will release it");
        }

        foreach (var late in _captures.FindAll(c => c is { Late: true, Step: MoveStep.Succeeded }))
        {
            findings.Looked(10);
            var seen = _refunds.Exists(r => r.Capture == late) || _cases.Exists(c => c.Reason == "debited_too_late");
            if (!seen) findings.Report(10, actor, position, $"{late.Amount} came too late for {late.Attempt.Id}, and nobody gives it back");
        }
    }

    private bool Life(PaymentEvent happened)
    {
        switch (happened)
        {
            case PaymentEvent.AmountChanged e: AmountChanged(e); break;
            case PaymentEvent.Submitted e: Submitted(e); break;
            case PaymentEvent.HeldForReview: _inReview = true; break;
            case PaymentEvent.ReviewEnded: _inReview = false; break;
            case PaymentEvent.ExpiryDeferred: break;
            case PaymentEvent.Canceled: End(happened); break;
            case PaymentEvent.Expired:
                End(happened);
                CheckExpiry();
                break;
            case PaymentEvent.CaseOpened e:
                if (_cases.Exists(c => c.Case == e.Case)) findings.Report(4, $"case {e.Case} was opened twice");
                _cases.Add((e.Case, e.Reason, e.Operation, true));
                break;
            case PaymentEvent.CaseSettled e:
                findings.Looked(11);
                var at = _cases.FindIndex(c => c.Case == e.Case && c.Open);
                if (at < 0 || string.IsNullOrWhiteSpace(e.By)) findings.Report(11, $"case {e.Case} was settled by nobody, or was not open");
                if (at >= 0) _cases[at] = _cases[at] with { Open = false };
                break;
            default: return false;
        }

        return true;
    }

    private void Began(string id, PaymentEvent.Created e)
    {
        if (_grant is not null)
        {
            findings.Report(2, "a payment is created twice");
            return;
        }

        (_id, _grant, _expiresAt, _order) = (id, e.Grant, e.ExpiresAt, tenants.Order(e.Grant.Order));
        _order.Began(id, e.Grant, changed: false);
    }

    // What was asked of the customer, and of the bank, was for the amount before.
    private void AmountChanged(PaymentEvent.AmountChanged e)
    {
        findings.Looked(14);
        if (_attempts.Exists(a => a.MayHold)) findings.Report(14, "the amount changed under an attempt");
        if (_captures.Exists(c => c is { Late: false, Step: not MoveStep.Failed })) findings.Report(24, "the amount changed after a capture");
        if (e.Grant.Order != _grant!.Order || e.Grant.Amount.Currency != _grant.Amount.Currency) findings.Report(24, "the amount changed to one of another order or currency");
        _grant = e.Grant;
        _order!.Began(_id, e.Grant, changed: true);
    }

    private void Submitted(PaymentEvent.Submitted e)
    {
        findings.Looked(11);
        findings.Looked(24);
        foreach (var before in _attempts)
        {
            if (before.MayHold) findings.Report(11, $"{e.Attempt} was begun while {before.Id} may hold money");
        }

        if (_attempts.Exists(a => a.Id == e.Attempt)) findings.Report(9, $"{e.Attempt} was begun twice");
        if (e.Rerouted) CheckRerouted(e);
        if (_ended || (_inReview && !e.Rerouted) || _at >= _expiresAt) findings.Report(24, $"{e.Attempt} was begun on a payment that has ended or is held");
        if (e.Amount != _grant!.Amount) findings.Report(24, $"{e.Attempt} asks for {e.Amount}; {_grant.Amount} was granted");
        var channels = 0;
        foreach (var route in e.Routes)
        {
            channels |= 1 << (int)route.Channel;
        }

        var terms = e.Terms ?? GatewayTerms.Full;
        _attempts.Add(new AttemptTrack(e.Attempt, e.Gateway, e.Amount, terms, Intend(e.Operation, e.Attempt, e.Amount, terms, waits: !terms.Hold)) { Channels = channels });
    }

    // Another bank's turn: this one was called, and no call can have reached it.
    private void CheckRerouted(PaymentEvent.Submitted e)
    {
        if (_attempts.Count == 0 || _attempts[^1] is not { Step: HoldStep.Failed } before) findings.Report(11, $"{e.Attempt} takes the turn of an attempt that has not failed");
        else if (before.Authorize.MaybeReached || before.Authorize.Tries == 0) findings.Report(11, $"{e.Attempt} takes the turn of {before.Id}, which may have reached its bank");
    }

    private void End(PaymentEvent happened)
    {
        findings.Looked(6);
        findings.Looked(12);
        if (_ended) findings.Report(12, "a payment ended twice");
        if (_captures.Exists(Pays)) findings.Report(6, $"{Words.NameOf(happened)} although money is or may be captured");
        _ended = true;
        _inReview = false;
    }

    // The clock may have been put back between the release that expiry asked for and its end.
    private void CheckExpiry()
    {
        findings.Looked(18);
        if (_latest < _expiresAt && !_attempts.Exists(a => a.Step is HoldStep.Lapsed)) findings.Report(18, $"expired at {_at:O}; its time is {_expiresAt:O}");
    }

    // Taken or possibly taken, also what went back later; not what came too late: that pays for nothing.
    private static bool Pays(CaptureTrack capture) => capture is { Late: false, Step: MoveStep.InFlight or MoveStep.Succeeded or MoveStep.Reversed };

    private bool IsReleasing() => _attempts.Exists(a => a.Step is HoldStep.Releasing);

    private AttemptTrack? Attempt(string id) => _attempts.Find(a => a.Id == id);

    private static string Name(IntentStep step) => step switch
    {
        IntentStep.Intended => "intended",
        IntentStep.Postponed => "postponed",
        IntentStep.Started => "started",
        IntentStep.Unknown => "unknown",
        IntentStep.Waiting => "waiting for somebody's agreement",
        _ => "ended",
    };
}
