using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Tests.Testing;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>A bank with books of its own: it carries each key out once, and remembers.</summary>
internal sealed class WalkBank(Luck luck)
{
    private readonly Dictionary<string, BankAnswer> _done = new(StringComparer.Ordinal);

    internal List<string> Keys { get; } = [];

    internal BankAnswer Do(string key, Amount amount)
    {
        if (_done.TryGetValue(key, out var done)) return done;
        Keys.Add(key);
        return _done[key] = key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..] switch
        {
            "authorize" => luck.Below(6) switch
            {
                5 => new BankAnswer.Declined("no"),
                4 => new BankAnswer.ActionRequired($"bank/{key}", "https://bank.example"),
                _ => Approved(key, amount),
            },
            "capture" => luck.OneIn(8) ? new BankAnswer.Failed("no") : new BankAnswer.Captured($"bank/{key}", amount),
            "void" => luck.OneIn(12) ? new BankAnswer.Failed("no") : new BankAnswer.Voided($"bank/{key}"),
            _ => luck.OneIn(3) ? new BankAnswer.Failed("no") : new BankAnswer.Refunded($"bank/{key}", amount),
        };
    }

    internal BankAnswer Tell(string key) => _done.GetValueOrDefault(key, new BankAnswer.NotFound());

    internal void CustomerActs(string key, Amount amount)
    {
        if (_done[key] is BankAnswer.ActionRequired) _done[key] = luck.OneIn(3) ? new BankAnswer.Declined("no") : Approved(key, amount);
    }

    /// <summary>The opposite of what it said before.</summary>
    internal BankAnswer Otherwise(string key, Amount amount) => (_done[key], key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..]) switch
    {
        (BankAnswer.Declined, _) => Approved(key, amount),
        (BankAnswer.Failed, "capture") => new BankAnswer.Captured($"bank/{key}", amount),
        (BankAnswer.Failed, "refund") => new BankAnswer.Refunded($"bank/{key}", amount),
        (BankAnswer.Failed, _) => new BankAnswer.Voided($"bank/{key}"),
        _ => new BankAnswer.Failed("no"),
    };

    /// <summary>Invariant 10: at rest, hub and bank agree.</summary>
    internal void AssertAgrees(Payment payment)
    {
        Assert.Equal(_done.Values.OfType<BankAnswer.Captured>().Sum(c => c.Amount.Minor), payment.Captured);
        Assert.Equal(_done.Values.OfType<BankAnswer.Refunded>().Sum(c => c.Amount.Minor), payment.Refunded);
        foreach (var (key, answer) in _done.Where(d => d.Value is BankAnswer.Authorized))
        {
            var attempt = payment.Attempts.Single(a => a.Authorize.Key == key);
            var taken = payment.Captures.Any(c => c.Attempt == attempt.Id && c.Status is Domain.Payments.Captures.CaptureStatus.Succeeded);
            Assert.True(taken || attempt.Status is AttemptStatus.Voided or AttemptStatus.Expired, $"10: the bank holds {answer} for an attempt that is {attempt.Status}");
        }
    }

    private BankAnswer.Authorized Approved(string key, Amount amount) =>
        new($"bank/{key}", amount, luck.Below(4) switch { 0 => null, 1 => Noon.AddMinutes(3), 2 => Noon.AddMinutes(45), _ => HoldEnds }, null);
}
