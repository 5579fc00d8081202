using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Tests.Testing;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>
/// One payment's life with every sort of luck: commands out of order, calls lost before, at and after the bank, webhooks repeated and
/// overtaking, timers late, a bank that contradicts itself. Then peace: everybody does what they owe, and everything must come to an end.
/// </summary>
internal sealed class PaymentWalk
{
    private readonly Luck _luck;
    private readonly WalkBank _bank;
    private readonly List<string> _calls = [];
    private readonly List<string> _questions = [];
    private readonly List<string> _toConfirm = [];
    private readonly List<(string Key, int Try)> _out = [];
    private readonly SortedDictionary<string, DateTimeOffset> _timers = new(StringComparer.Ordinal);
    private PaymentRun _run = PaymentRun.Given();
    private DateTimeOffset _now = Noon;
    private readonly WalkAudit _audit = new();
    private bool _contradicted;

    internal PaymentWalk(int[] luck)
    {
        _luck = new Luck(luck);
        _bank = new WalkBank(_luck);
    }

    internal PaymentRun Run => _run;

    private Payment Payment => (Payment)_run.State;

    internal void Live()
    {
        Send(new PaymentCommand.Create("pay_1", Grant, _luck.OneIn(2) ? CaptureMode.Manual : CaptureMode.Automatic, Deadline));
        while (!_luck.IsSpent) Step();
        Settle();
        PaymentInvariants.ConfirmationsEndOnce(_run.History);
    }

    private void Step()
    {
        switch (_luck.Below(32))
        {
            case < 2: Send(Submit); break;
            case < 9: Work(_luck.Below(100)); break;
            case < 16: Deliver(_luck.Below(100)); break;
            case < 18: Webhook(); break;
            case < 22: Answer(); break;
            case 22: Merchant(); break;
            case 23: Staff(); break;
            case 24: Fire(); break;
            case 25: _now += _luck.Of([TimeSpan.FromSeconds(1L), TimeSpan.FromSeconds(20L), TimeSpan.FromMinutes(1L), TimeSpan.FromMinutes(20L)]); break;
            case 26: Early(); break;
            case 27 or 28: if (_luck.OneIn(2)) Contradict(); break;
            case 29: Operator(); break;
            default: Send(new PaymentCommand.Refund(_luck.OneIn(2) ? null : Eur(1 + _luck.Below(50_00)), "x", "mer_1")); break;
        }
    }

    // A reaction does what an event asked for.
    private void Work(int which)
    {
        if (_toConfirm.Count > 0 && which % 2 == 0)
        {
            Send(new PaymentCommand.RequestConfirmation(Take(_toConfirm, which), Expected));
        }
        else if (_questions.Count > 0 && which % 3 == 0)
        {
            Ask(Take(_questions, which));
        }
        else if (_calls.Count > 0)
        {
            Call(Take(_calls, which));
        }
    }

    private void Call(string key)
    {
        var operation = Payment.FindOperation(key)!;
        if (operation.Progress is not BankOperationProgress.Intended) return;

        // The process may die before the first byte leaves; whoever comes after asks.
        if (_luck.OneIn(10)) _questions.Add(key);
        else _out.Add((key, operation.Tries + 1));
        Assert.Null(Send(new PaymentCommand.StartBankCall(key, operation.Tries + 1)));
    }

    private void Ask(string key)
    {
        BankAnswer answer = _luck.Below(6) switch { 5 => new BankAnswer.Unknown("timeout"), 4 => new BankAnswer.NeverReached("refused"), _ => _bank.Tell(key) };
        Send(Report(key, answer, AnswerSource.Query));
    }

    private void Deliver(int which)
    {
        if (_out.Count == 0) return;
        var (key, number) = _out[which % _out.Count];
        _out.RemoveAt(which % _out.Count);
        var luck = _luck.Below(8);
        if (luck == 7)
        {
            Send(Report(key, new BankAnswer.NeverReached("refused")) with { Try = number });
            return;
        }

        var answer = _bank.Do(key, AmountOf(key));
        if (luck == 6) Send(Report(key, new BankAnswer.Unknown("timeout")) with { Try = number });
        else if (luck == 5) _questions.Add(key);
        else Send(Report(key, answer) with { Try = number });
    }

    private void Webhook()
    {
        if (_bank.Keys.Count == 0) return;
        var key = _luck.Of(_bank.Keys);
        if (_luck.OneIn(3)) _bank.CustomerActs(key, AmountOf(key));
        Send(Report(key, _bank.Tell(key), AnswerSource.Webhook));
    }

    private void Answer() => Send(_luck.Below(10) switch
    {
        0 => Pay("wrong"),
        1 => new PaymentCommand.AnswerConfirmation(Channel.Web, true, PageCode),
        2 => new PaymentCommand.AnswerConfirmation(Channel.Sms, true, PhoneCode, "adr_9"),
        3 => No(_luck.OneIn(3)),
        4 => new PaymentCommand.ResendConfirmation(null),
        5 => new PaymentCommand.ReportConfirmationSent($"con_1_{1 + _luck.Below(3)}", Channel.Sms),
        6 => _luck.OneIn(4) ? new PaymentCommand.ReportConfirmationUndeliverable($"con_1_{1 + _luck.Below(3)}") : Pay(),
        7 => Pay() with { Confirmation = $"con_1_{1 + _luck.Below(3)}" },
        _ => Pay(),
    });

    private void Merchant() => Send(_luck.Below(6) switch
    {
        0 => new PaymentCommand.Cancel("mer_1", "x"),
        1 => new PaymentCommand.VoidRemainder("mer_1"),
        2 => new PaymentCommand.ChangeAmount(Grant with { Amount = Eur(40_00 + _luck.Below(20_00)) }),
        3 => new PaymentCommand.Capture(null, true, "mer_1"),
        _ => new PaymentCommand.Capture(Eur(1 + _luck.Below(60_00)), _luck.OneIn(4), "mer_1"),
    });

    private void Staff() => Send(_luck.Below(4) switch
    {
        0 => new PaymentCommand.Hold("staff_1", "odd"),
        1 => new PaymentCommand.Reject("staff_1", "fraud"),
        _ => new PaymentCommand.Approve("staff_1"),
    });

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
        foreach (var (name, due) in _timers.Where(t => t.Value > _now && !t.Key.StartsWith("bank:", StringComparison.Ordinal)).Take(1).ToList())
        {
            _run.When(new PaymentCommand.TimerDue(name), _now).ThenNothing();
        }
    }

    // A bank that says anything about anything it was asked.
    private void Contradict()
    {
        if (_bank.Keys.Count == 0) return;
        _contradicted = true;
        var key = _luck.Of(_bank.Keys);
        var amount = _luck.OneIn(2) ? AmountOf(key) : Eur(_luck.Below(60_00));
        BankAnswer answer = _luck.Below(14) switch
        {
            0 => new BankAnswer.Authorized("bank_9", amount, HoldEnds, null),
            1 => new BankAnswer.Declined("no"),
            2 => new BankAnswer.Captured("bank_9", amount),
            3 => new BankAnswer.Voided("bank_9"),
            4 => new BankAnswer.Refunded("bank_9", amount),
            5 => new BankAnswer.ActionRequired("bank_9", null),
            6 => new BankAnswer.Failed("no"),
            _ => _bank.Otherwise(key, AmountOf(key)),
        };
        Send(Report(key, answer, AnswerSource.Webhook));
    }

    private void Operator()
    {
        if (Payment.Cases.FirstOrDefault(c => c is { Open: true, Operation: not null }) is not { Operation: { } key }) return;
        var told = _bank.Tell(key);
        Send(Report(key, told is BankAnswer.NotFound && _luck.OneIn(2) ? new BankAnswer.Failed("settled") : told, AnswerSource.Operator));
    }

    private void Settle()
    {
        for (var round = 0; round < 2_000; round++)
        {
            if (_out.Count > 0) { Deliver(0); }
            else if (_questions.Count > 0) { Ask(Take(_questions, 0)); }
            else if (_calls.Count > 0) { Call(Take(_calls, 0)); }
            else if (_toConfirm.Count > 0) { Send(new PaymentCommand.RequestConfirmation(Take(_toConfirm, 0), Expected)); }
            else if (_timers.Count > 0) { Fire(); }
            else { AssertAtRest(); return; }
        }

        Assert.Fail($"26: no rest after 2,000 rounds: {Payment}");
    }

    private void AssertAtRest()
    {
        var payment = Payment;
        _audit.AtRest(_now);
        Assert.All(PaymentInvariants.OpenOperations(payment), key => Assert.True(PaymentInvariants.HasCase(payment, key), $"26: {key} is unknown without a case"));
        if (payment.Cases.Any(c => c.Open)) return;
        Assert.True(payment.Status is PaymentStatus.Succeeded or PaymentStatus.Canceled or PaymentStatus.Expired, $"26: rests as {payment.Status}");
        if (!_contradicted) _bank.AssertAgrees(payment);
    }

    private RejectionCode? Send(PaymentCommand command)
    {
        var before = _run.State as Payment;
        var decision = PaymentDecider.Decide(command, _now, _run.State);
        if (decision.Rejection is { } code) return code;
        _run = _run.Fold(decision.Events);
        foreach (var happened in decision.Events) Follow(happened);
        _audit.Read(decision.Events, _now, (command as PaymentCommand.TimerDue)?.Name);
        PaymentInvariants.Hold(before, command, _now, decision.Events, Payment, _run.History);
        PaymentInvariants.NothingWaitsForEver(Payment, key => _calls.Contains(key) || _questions.Contains(key) || _out.Any(o => o.Key == key), _timers.Keys);
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
            case PaymentEvent.Submitted e: _calls.Add(e.Operation); break;
            case PaymentEvent.CaptureRequested e: _calls.Add(e.Operation); break;
            case PaymentEvent.VoidRequested e: _calls.Add(e.Operation); break;
            case PaymentEvent.RefundRequested e: _calls.Add(e.Operation); break;
            case PaymentEvent.BankCallDue e: _calls.Add(e.Operation); break;
            case PaymentEvent.QueryDue e: _questions.Add(e.Operation); break;
            case PaymentEvent.Authorized e: _toConfirm.Add(e.Attempt); break;
        }
    }

    private Domain.Money.Amount AmountOf(string key) =>
        Payment.Captures.FirstOrDefault(c => c.Operation.Key == key)?.Amount
        ?? Payment.Refunds.FirstOrDefault(r => r.Operation.Key == key)?.Amount
        ?? Payment.Attempts.First(a => a.Authorize.Key == key || a.Void?.Key == key).Amount;

    private static string Take(List<string> from, int which)
    {
        var taken = from[which % from.Count];
        from.RemoveAt(which % from.Count);
        return taken;
    }
}
