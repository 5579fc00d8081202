using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Tests.Testing;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>
/// One payment's life with every sort of luck: commands out of order, calls lost before, at and after the bank, webhooks repeated and
/// overtaking, timers late, a bank that contradicts itself. Then peace: everybody does what they owe, and everything must come to an end.
/// </summary>
/// <remarks>This file: the clock, the timers, and the turns. Beside it: the hub's calls and what banks say; what people ask.</remarks>
internal sealed partial class PaymentWalk
{
    private static readonly TimeSpan[] Whiles =
        [TimeSpan.FromSeconds(1L), TimeSpan.FromSeconds(20L), TimeSpan.FromMinutes(1L), TimeSpan.FromMinutes(20L), TimeSpan.FromMinutes(1L), TimeSpan.FromDays(100L)];

    private readonly Luck _luck;
    private readonly WalkBank _bank;
    private readonly IReadOnlyList<GatewayChoice> _gateways;
    private readonly List<string> _toConfirm = [];
    private readonly SortedDictionary<string, DateTimeOffset> _timers = new(StringComparer.Ordinal);
    private readonly WalkAudit _audit = new();
    private PaymentRun _run = PaymentRun.Given();
    private DateTimeOffset _now = Noon;

    internal PaymentWalk(int[] luck)
    {
        _luck = new Luck(luck);
        _gateways = WalkBank.Some(_luck);
        _bank = new WalkBank(_luck, _gateways);
    }

    internal PaymentRun Run => _run;

    /// <summary>Commands sent, timers and refused ones among them.</summary>
    internal int Steps { get; private set; }

    private Payment Payment => (Payment)_run.State;

    internal void Live()
    {
        try
        {
            Send(new PaymentCommand.Create("pay_1", Grant, _luck.OneIn(2) ? CaptureMode.Manual : CaptureMode.Automatic, Deadline));
            while (!_luck.IsSpent) Step();
            Settle();
            PaymentInvariants.ConfirmationsEndOnce(_run.History);
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, _audit.Story), broken);
        }
    }

    private void Step()
    {
        switch (_luck.Below(36))
        {
            case < 3: PayWith(); break;
            case < 10: Work(_luck.Below(100)); break;
            case < 17: Deliver(_luck.Below(100)); break;
            case < 20: Webhook(); break;
            case < 24: Answer(); break;
            case < 26: Merchant(); break;
            case < 28: Staff(); break;
            case 28: Fire(); break;
            case 29: _now += _luck.Of(Whiles); break;
            case 30: Early(); break;
            case 31: if (_luck.OneIn(2)) Contradict(); break;
            case 32: Operator(); break;
            case 33: Disputes(); break;
            default: Refunds(); break;
        }
    }

    // Timers fire at their time or later, in order, and once.
    private void Fire()
    {
        if (_timers.Count == 0) return;
        var (name, due) = _timers.MinBy(t => t.Value);
        _timers.Remove(name);
        if (due > _now) _now = due;
        Assert.Null(Send(new PaymentCommand.TimerDue(name)));
    }

    private void Early()
    {
        foreach (var (name, _) in _timers.Where(t => t.Value > _now && !t.Key.StartsWith("bank:", StringComparison.Ordinal) && !t.Key.StartsWith("dispute:", StringComparison.Ordinal)
            && !t.Key.StartsWith("clearing:", StringComparison.Ordinal) && !t.Key.StartsWith("deciding:", StringComparison.Ordinal)).Take(1).ToList())
        {
            _run.When(new PaymentCommand.TimerDue(name), _now).ThenNothing();
        }
    }

    private void Settle()
    {
        var told = false;
        for (var round = 0; round < 2_000; round++)
        {
            if (DoWhatIsOwed()) continue;
            if (told)
            {
                AssertAtRest();
                return;
            }

            // Banks repeat their webhooks until somebody has them.
            told = true;
            TellEverything();
        }

        Assert.Fail($"26: no rest after 2,000 rounds: {Payment}");
    }

    private bool DoWhatIsOwed()
    {
        if (Deliver(0) || AskNext() || AskAfterDispute() || CallNext()) return true;
        if (_toConfirm.Count > 0) Send(new PaymentCommand.RequestConfirmation(Take(_toConfirm, 0), Expected));
        else if (_timers.Count > 0) Fire();
        else return false;
        return true;
    }

    private void AssertAtRest()
    {
        var payment = Payment;
        _audit.AtRest(_now);
        Assert.All(PaymentInvariants.OpenOperations(payment), key => Assert.True(PaymentInvariants.HasCase(payment, key), $"26: {key} is unknown without a case"));
        if (payment.Cases.Any(c => c.Open)) return;
        Assert.True(payment.Status is PaymentStatus.Succeeded or PaymentStatus.Canceled or PaymentStatus.Expired, $"26: rests as {payment.Status}");
        if (!_bank.HasLied) _bank.AssertAgrees(payment);
    }

    private RejectionCode? Send(PaymentCommand command)
    {
        Steps++;
        var before = _run.State as Payment;
        var decision = PaymentDecider.Decide(command, _now, _run.State);
        if (decision.Rejection is { } code) return code;
        _run = _run.Fold(decision.Events);
        foreach (var happened in decision.Events) Follow(happened);
        _audit.Read(decision.Events, _now, (command as PaymentCommand.TimerDue)?.Name);
        PaymentInvariants.Hold(before, command, _now, decision.Events, Payment, _run.History);
        PaymentInvariants.NothingWaitsForEver(Payment, IsOwed, _timers.Keys);
        return null;
    }

    private void Follow(PaymentEvent happened)
    {
        foreach (var change in PaymentDecider.Timers(happened))
        {
            if (change is TimerChange.Set set) _timers[set.Name] = set.Due;
            else _timers.Remove(change.Name);
        }

        switch (happened)
        {
            case PaymentEvent.Submitted { Terms.Hold: false } e: _toConfirm.Add(e.Attempt); break;
            case PaymentEvent.Submitted e: _calls.Add(e.Operation); break;
            case PaymentEvent.DebitRequested e: _calls.Add(e.Operation); break;
            case PaymentEvent.AttemptPrepared e: _calls.Add(e.Operation); break;
            case PaymentEvent.CaptureRequested e: _calls.Add(e.Operation); break;
            case PaymentEvent.VoidRequested e: _calls.Add(e.Operation); break;
            case PaymentEvent.RefundRequested e: _calls.Add(e.Operation); break;
            case PaymentEvent.RefundApproved e: _calls.Add(e.Operation); break;
            case PaymentEvent.EvidenceSubmitted e: _calls.Add(e.Operation); break;
            case PaymentEvent.DisputeConceded e: _calls.Add(e.Operation); break;
            case PaymentEvent.BankCallDue e: _calls.Add(e.Operation); break;
            case PaymentEvent.QueryDue e: _questions.Add(e.Operation); break;
            case PaymentEvent.ClearingQueryDue e: _questions.Add(e.Operation); break;
            case PaymentEvent.DisputeQueryDue e: _disputeQuestions.Add(e.Dispute); break;
            case PaymentEvent.Authorized e: _toConfirm.Add(e.Attempt); break;
        }
    }

    private static T Take<T>(List<T> from, int which)
    {
        var taken = from[which % from.Count];
        from.RemoveAt(which % from.Count);
        return taken;
    }
}
