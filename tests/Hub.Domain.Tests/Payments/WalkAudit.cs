using Hub.Actors.Audit;
using Hub.Actors.Journal;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using static Hub.Domain.Tests.Payments.PaymentWorld;

namespace Hub.Domain.Tests.Payments;

/// <summary>The journal of a walk, under the same audit as a hub's: every random life is clean, event by event.</summary>
internal sealed class WalkAudit
{
    private readonly JournalAudit _audit = new();
    private readonly Dictionary<ActorId, long> _versions = [];
    private readonly Dictionary<string, long> _setAt = new(StringComparer.Ordinal);
    private readonly List<string> _story = [];
    private bool _raised;
    private long _position;
    private long _turn;

    /// <summary>What happened so far, an event a line.</summary>
    internal IReadOnlyList<string> Story => _story;

    internal WalkAudit()
    {
        var order = new ActorId("order", Grant.Order);
        var invoice = new Invoice(Currency.Eur, [new InvoiceLine("sku", "Book", 1, Grant.Amount.Minor, 0)], 0);
        Write(order, new OrderEvent.Placed(
            Grant.Order, Grant.Merchant, Grant.Payee, Grant.Customer, "reference", invoice, Grant.InvoiceHash,
            new Consignee(new Sealed("name"), new Sealed("address")), new DeliveryTerms("parcel", null), new SignatureProof("key", "digest", "signature", Noon), Noon), Noon);
        Write(order, new OrderEvent.PaymentGranted("pay_1", CaptureMode.Manual, Grant, Noon), Noon);
    }

    /// <param name="happened">What one command led to.</param>
    /// <param name="at">When.</param>
    /// <param name="timer">The timer that the command came from.</param>
    internal void Read(IReadOnlyList<PaymentEvent> happened, DateTimeOffset at, string? timer)
    {
        _turn++;
        var fired = timer is not null ? new TimerFired(timer, _setAt[timer]) : null;
        foreach (var one in happened)
        {
            // No order stands behind a walk: that its amount may rise is the payment's business, that the invoice does not is the audit's.
            _raised |= one is PaymentEvent.AmountChanged changed && changed.Grant.Amount > Grant.Amount;
            Write(new ActorId("payment", "pay_1"), one, at, fired);
        }

        AssertClean();
    }

    internal void AtRest(DateTimeOffset now)
    {
        _audit.AtRest(now);
        AssertClean();
    }

    private void Write(ActorId actor, Event happened, DateTimeOffset at, TimerFired? fired = null)
    {
        var version = _versions[actor] = _versions.GetValueOrDefault(actor) + 1;
        _story.Add($"{_position + 1} {at:O} {happened}");
        var payment = happened as PaymentEvent;
        IReadOnlyList<TimerChange> timers = payment is null ? [] : [.. PaymentDecider.Timers(payment)];
        foreach (var set in timers.OfType<TimerChange.Set>()) _setAt[set.Name] = version;
        _audit.Read(new RecordedEvent(++_position, actor, version, $"command-{_turn}-{actor}", at, happened)
        {
            Postings = payment is null ? [] : BookLine.Of([.. PaymentDecider.Postings(payment)]),
            Timers = timers,
            Fired = fired,
        });
    }

    private void AssertClean()
    {
        if (_audit.Violations.FirstOrDefault(v => !(_raised && v.Invariant == 24)) is { } violation) Assert.Fail($"{violation}");
    }
}
