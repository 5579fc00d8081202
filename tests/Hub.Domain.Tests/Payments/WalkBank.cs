using Hub.Domain.Money;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Payments.Refunds;
using Hub.Domain.Tests.Testing;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>Banks with books of their own: each key is carried out once and remembered, by some of them only for a while.</summary>
internal sealed class WalkBank(Luck luck, IReadOnlyList<GatewayChoice> gateways)
{
    private const string PreparesWord = "prepares";
    private const long KeySeconds = 900;

    private static readonly GatewayTerms[] Kinds =
    [
        GatewayTerms.Full,
        GatewayTerms.Full with { KeySeconds = KeySeconds },
        GatewayTerms.Full with { PartialCapture = false, MultiCapture = false },
        GatewayTerms.Full with { MultiCapture = false },
        GatewayTerms.Full with { Refund = false },
        GatewayWorld.AtOnce,
        GatewayWorld.AtOnce with { KeySeconds = KeySeconds },
        GatewayWorld.AtOnce with { Refund = false },
    ];

    private readonly Dictionary<string, BankAnswer> _done = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _first = new(StringComparer.Ordinal);
    private readonly HashSet<string> _places = new(StringComparer.Ordinal);

    internal List<string> Keys { get; } = [];

    /// <summary>Whether a bank has said what its books do not hold: then nothing has to agree with them.</summary>
    internal bool HasLied { get; set; }

    /// <summary>Where every dispute stands.</summary>
    internal List<PaymentCommand.ReportDispute> Disputes { get; } = [];

    /// <summary>One to three gateways of any kind.</summary>
    internal static IReadOnlyList<GatewayChoice> Some(Luck luck) =>
        [.. Enumerable.Range(0, 1 + luck.Below(3)).Select(i => new GatewayChoice($"bank{i}", luck.Of(Kinds), luck.OneIn(3) ? PreparesWord : "holds"))];

    /// <param name="key">What is asked under.</param>
    /// <param name="amount">How much.</param>
    /// <param name="attempt">Whose it is.</param>
    /// <param name="at">When the call left.</param>
    internal BankAnswer Do(string key, Amount amount, Attempt attempt, DateTimeOffset at)
    {
        if (_first.TryAdd(key, at)) Keys.Add(key);
        var forgot = attempt.Terms.KeySeconds is { } seconds && at >= _first[key].AddSeconds(seconds);
        Assert.False(forgot && !HasLied && _done.ContainsKey(key), $"10: {key} was repeated after the bank had forgotten it");
        if (_done.TryGetValue(key, out var done)) return done;
        var authorizes = key.EndsWith("/authorize", StringComparison.Ordinal);
        if (authorizes && attempt.BankId is null && gateways.First(g => g.Gateway == attempt.Gateway).Reason == PreparesWord)
        {
            _places.Add(key);
            return new BankAnswer.Prepared($"bank/{key}");
        }

        return _done[key] = authorizes ? Authorize(key, amount, attempt.Terms.Hold) : Carry(key, amount);
    }

    internal BankAnswer Tell(string key) =>
        _done.GetValueOrDefault(key) ?? (_places.Contains(key) ? new BankAnswer.Prepared($"bank/{key}") : new BankAnswer.NotFound());

    /// <summary>What happens at a bank of its own accord: the customer acts there, money clears, money goes back.</summary>
    internal void GoOn(string key, Amount amount)
    {
        if (!_done.TryGetValue(key, out var said)) return;
        _done[key] = said switch
        {
            BankAnswer.ActionRequired when luck.OneIn(3) => new BankAnswer.Declined("no"),
            BankAnswer.ActionRequired a => a.Url == "hold" ? Approved(key, amount) : new BankAnswer.Captured($"bank/{key}", amount),
            BankAnswer.Captured c when key.EndsWith("/authorize", StringComparison.Ordinal) && luck.OneIn(2) => new BankAnswer.Cleared(c.BankId, c.Amount),
            BankAnswer.Captured c when key.EndsWith("/authorize", StringComparison.Ordinal) => new BankAnswer.Returned(c.BankId, c.Amount, "account_closed"),
            BankAnswer.Cleared c when luck.OneIn(2) => new BankAnswer.Returned(c.BankId, c.Amount, "account_closed"),
            var same => same,
        };
    }

    /// <summary>A customer disputes, or the bank goes on with a dispute; then it says so.</summary>
    internal PaymentCommand.ReportDispute? Dispute(Payment payment)
    {
        if (Disputes.Count > 0 && !luck.OneIn(6))
        {
            var which = luck.Below(Disputes.Count);
            if (luck.OneIn(2)) Disputes[which] = Disputes[which] with { Status = Next(Disputes[which].Status) };
            return Disputes[which];
        }

        // The customer disputes what the bank took, whether or not the hub has heard of it.
        var taken = Keys.Where(k => _done.GetValueOrDefault(k) is BankAnswer.Captured or BankAnswer.Cleared && payment.AttemptOf(k) is not null).ToList();
        if (taken.Count == 0) return null;
        var key = luck.Of(taken);
        var all = Moved(_done[key]);
        var amount = luck.OneIn(2) ? all : 1 + (luck.Below(99_999) % all);
        var opened = new PaymentCommand.ReportDispute(
            key, payment.AttemptOf(key)!.Gateway, $"case_{Disputes.Count}", DisputeStatus.NeedsResponse, Eur(luck.OneIn(20) ? all + 1 : amount), "not_received", luck.OneIn(3) ? null : Noon.AddDays(9));
        Disputes.Add(opened);
        return opened;
    }

    /// <summary>Asked how a dispute stands, the bank goes on with it and says so.</summary>
    internal PaymentCommand.ReportDispute GoOn(string bankId)
    {
        var at = Disputes.FindIndex(d => d.BankId == bankId);
        if (luck.OneIn(2)) Disputes[at] = Disputes[at] with { Status = Next(Disputes[at].Status) };
        return Disputes[at];
    }

    /// <summary>The opposite of what it said before.</summary>
    internal BankAnswer Otherwise(string key, Amount amount) => (Tell(key), key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..]) switch
    {
        (BankAnswer.Declined, _) => Approved(key, amount),
        (BankAnswer.Failed, "capture") => new BankAnswer.Captured($"bank/{key}", amount),
        (BankAnswer.Failed, "refund") => new BankAnswer.Refunded($"bank/{key}", amount),
        (BankAnswer.Failed, "void") => new BankAnswer.Voided($"bank/{key}"),
        (BankAnswer.Failed, _) => new BankAnswer.DisputeAnswered(),
        _ => new BankAnswer.Failed("no"),
    };

    /// <summary>Invariant 10: at rest, hub and bank agree.</summary>
    internal void AssertAgrees(Payment payment)
    {
        var taken = payment.Captures.Where(c => c.Taken).Sum(c => c.Amount.Minor);
        var returned = payment.Captures.Where(c => c.Status is CaptureStatus.Returned).Sum(c => c.Amount.Minor);
        Assert.Equal(_done.Values.Sum(Moved), taken);
        Assert.Equal(_done.Values.OfType<BankAnswer.Returned>().Sum(c => c.Amount.Minor), returned);
        Assert.Equal(_done.Values.OfType<BankAnswer.Refunded>().Sum(c => c.Amount.Minor), payment.Refunds.Where(r => r.Status is RefundStatus.Succeeded).Sum(r => r.Amount.Minor));
        Assert.All(payment.Captures.Where(c => c is { TooLate: true, Status: CaptureStatus.Succeeded }), late =>
            Assert.True(payment.Refunds.Any(r => r.Capture == late.Id) || payment.Cases.Any(c => c.Reason == "debited_too_late"), $"10: {late.Id} came too late and is kept"));
        foreach (var dispute in Disputes.Where(d => d.Status is not DisputeStatus.NeedsResponse && payment.UnmatchedDisputes.All(u => u.BankId != d.BankId)))
        {
            // The bank has the merchant's consent, whatever it still says of the dispute.
            var known = payment.Disputes.Single(d => d.BankId == dispute.BankId).Status;
            if (known is not DisputeStatus.Accepted) Assert.Equal(dispute.Status, known);
        }

        foreach (var (key, answer) in _done.Where(d => d.Value is BankAnswer.Authorized))
        {
            var attempt = payment.Attempts.Single(a => a.Authorize.Key == key);
            var captured = payment.Captures.Any(c => c.Attempt == attempt.Id && c.Status is CaptureStatus.Succeeded);
            Assert.True(captured || attempt.Status is AttemptStatus.Voided or AttemptStatus.Expired, $"10: the bank holds {answer} for an attempt that is {attempt.Status}");
        }
    }

    private static long Moved(BankAnswer answer) => answer switch
    {
        BankAnswer.Captured a => a.Amount.Minor,
        BankAnswer.Cleared a => a.Amount.Minor,
        BankAnswer.Returned a => a.Amount.Minor,
        _ => 0,
    };

    private BankAnswer Authorize(string key, Amount amount, bool hold) => luck.Below(6) switch
    {
        5 => new BankAnswer.Declined("no"),
        4 => new BankAnswer.ActionRequired($"bank/{key}", hold ? "hold" : "at once"),
        _ => hold ? Approved(key, amount) : new BankAnswer.Captured($"bank/{key}", amount),
    };

    private BankAnswer Carry(string key, Amount amount) => key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..] switch
    {
        "capture" => luck.OneIn(8) ? new BankAnswer.Failed("no") : new BankAnswer.Captured($"bank/{key}", amount),
        "void" => luck.OneIn(12) ? new BankAnswer.Failed("no") : new BankAnswer.Voided($"bank/{key}"),
        "refund" => luck.OneIn(3) ? new BankAnswer.Failed("no") : new BankAnswer.Refunded($"bank/{key}", amount),
        _ => luck.OneIn(3) ? new BankAnswer.Failed("no") : new BankAnswer.DisputeAnswered(),
    };

    private DisputeStatus Next(DisputeStatus status) => status switch
    {
        DisputeStatus.NeedsResponse => luck.Of([DisputeStatus.UnderReview, DisputeStatus.Won, DisputeStatus.Lost]),
        DisputeStatus.UnderReview => luck.Of([DisputeStatus.Won, DisputeStatus.Lost]),
        _ => status,
    };

    private BankAnswer.Authorized Approved(string key, Amount amount) =>
        new($"bank/{key}", amount, luck.Below(4) switch { 0 => null, 1 => Noon.AddMinutes(3), 2 => Noon.AddMinutes(45), _ => HoldEnds }, null);
}
