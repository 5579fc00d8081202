using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <content>The hub's calls and questions, and what banks say: in time, late, twice, never, and against their own word.</content>
internal sealed partial class PaymentWalk
{
    private readonly List<string> _calls = [];
    private readonly List<string> _questions = [];
    private readonly List<string> _disputeQuestions = [];
    private readonly List<(string Key, int Try, DateTimeOffset At)> _out = [];

    private bool IsOwed(string key) => _calls.Contains(key) || _questions.Contains(key) || _out.Any(o => o.Key == key);

    // A reaction does what an event asked for.
    private void Work(int which)
    {
        if (_toConfirm.Count > 0 && which % 2 == 0) Send(new PaymentCommand.RequestConfirmation(Take(_toConfirm, which), Expected));
        else if (_questions.Count > 0 && which % 3 == 0) Ask(Take(_questions, which));
        else if (_calls.Count > 0) Call(Take(_calls, which));
    }

    private bool CallNext()
    {
        if (_calls.Count == 0) return false;
        Call(Take(_calls, 0));
        return true;
    }

    private bool AskNext()
    {
        if (_questions.Count == 0) return false;
        Ask(Take(_questions, 0));
        return true;
    }

    private void Call(string key)
    {
        var operation = Payment.FindOperation(key);
        if (operation is not { Progress: BankOperationProgress.Intended }) return;

        // The process may die before the first byte leaves; whoever comes after asks. So does one whom the fence stops.
        var dies = _luck.OneIn(10);
        if (dies) _questions.Add(key);
        else _out.Add((key, operation.Tries + 1, _now));
        if (Send(new PaymentCommand.StartBankCall(key, operation.Tries + 1)) is null) return;
        var (forgotten, late) = (operation.MaybeReached && Payment.AttemptOf(key)!.Terms.KeySeconds is not null, operation.Kind is BankOperationKind.Authorize && _now >= Payment.ExpiresAt);
        Assert.True(forgotten || late || operation.Postponed, $"26: the call of {key} is fenced for no reason");
        if (dies) return;
        _out.RemoveAt(_out.Count - 1);
        _questions.Add(key);
    }

    private void Ask(string key)
    {
        BankAnswer answer = _luck.Below(6) switch { 5 => new BankAnswer.Unknown("timeout"), 4 => new BankAnswer.NeverReached("refused"), _ => _bank.Tell(key) };
        Send(Report(key, answer, AnswerSource.Query));
    }

    private bool Deliver(int which)
    {
        if (_out.Count == 0) return false;
        var (key, number, at) = Take(_out, which);
        var luck = _luck.Below(8);
        if (luck == 7)
        {
            Send(Report(key, new BankAnswer.NeverReached("refused")) with { Try = number });
            return true;
        }

        var answer = _bank.Do(key, AmountOf(key), Payment.AttemptOf(key)!, at);
        if (luck == 6) Send(Report(key, new BankAnswer.Unknown("timeout")) with { Try = number });
        else if (luck == 5) _questions.Add(key);
        else Send(Report(key, answer) with { Try = number });
        return true;
    }

    private void Webhook()
    {
        if (_bank.Keys.Count == 0) return;
        var key = _luck.Of(_bank.Keys);
        if (_luck.OneIn(3)) _bank.GoOn(key, AmountOf(key));
        if (_luck.OneIn(20))
        {
            Assert.Equal(RejectionCode.NotFound, Send(Report(key, _bank.Tell(key), AnswerSource.Webhook) with { Gateway = "stranger" }));
            return;
        }

        Send(Report(key, _bank.Tell(key), AnswerSource.Webhook) with { Gateway = Payment.AttemptOf(key)?.Gateway });
    }

    private void Disputes()
    {
        if (_luck.OneIn(3) && AskAfterDispute()) return;
        if (_bank.Dispute(Payment) is { } news) Send(news);
    }

    // The bank goes on with it, and tells where it stands.
    private bool AskAfterDispute()
    {
        if (_disputeQuestions.Count == 0) return false;
        var asked = Take(_disputeQuestions, 0);
        Send(_bank.GoOn(Payment.Disputes.First(d => d.Id == asked).BankId));
        return true;
    }

    private void TellEverything()
    {
        foreach (var key in _bank.Keys.ToList()) Send(Report(key, _bank.Tell(key), AnswerSource.Webhook));
        foreach (var dispute in _bank.Disputes.ToList()) Send(dispute);
    }

    // A bank that says anything about anything it was asked.
    private void Contradict()
    {
        if (_bank.Keys.Count == 0) return;
        _bank.HasLied = true;
        var refund = _bank.Keys.LastOrDefault(k => k.EndsWith("/refund", StringComparison.Ordinal));
        var key = _luck.Below(4) switch { 0 => _bank.Keys[^1], 1 or 2 => refund ?? _bank.Keys[^1], _ => _luck.Of(_bank.Keys) };
        if (Payment.FindOperation(key) is null) return;
        var amount = _luck.OneIn(2) ? AmountOf(key) : Eur(_luck.Below(60_00));
        BankAnswer answer = _luck.Below(20) switch
        {
            0 => new BankAnswer.Authorized("bank_9", amount, HoldEnds, null),
            1 => new BankAnswer.Declined("no"),
            2 => new BankAnswer.Captured("bank_9", amount),
            3 => new BankAnswer.Voided("bank_9"),
            4 => new BankAnswer.Refunded("bank_9", amount),
            5 => new BankAnswer.ActionRequired("bank_9", null),
            6 => new BankAnswer.Failed("no"),
            7 => new BankAnswer.Cleared($"bank/{key}", amount),
            8 => new BankAnswer.Returned($"bank/{key}", amount, "account_closed"),
            9 => new BankAnswer.Prepared("bank_9"),
            10 => new BankAnswer.DisputeAnswered(),
            11 => new BankAnswer.Captured($"bank/{key}", amount),
            _ => _bank.Otherwise(key, AmountOf(key)),
        };
        Send(Report(key, answer, AnswerSource.Webhook));
    }

    private Amount AmountOf(string key) =>
        Payment.Captures.FirstOrDefault(c => c.Operation.Key == key)?.Amount
        ?? Payment.Refunds.FirstOrDefault(r => r.Operation.Key == key)?.Amount
        ?? Payment.Disputes.FirstOrDefault(d => d.Answer?.Key == key)?.Amount
        ?? Payment.Attempts.FirstOrDefault(a => a.Authorize.Key == key || a.Void?.Key == key)?.Amount
        ?? Grant.Amount;
}
