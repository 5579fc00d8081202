using Hub.Actors;
using Hub.Actors.Journal;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Payments.Refunds;

namespace Hub.Api.Receipts;

/// <summary>What money a payment moved, and when: read from the journal, where every event has its time.</summary>
/// <param name="Captures">What was taken, oldest first; nothing that came too late, which pays for nothing and is paid back.</param>
/// <param name="Refunds">What was given back for good, oldest first.</param>
/// <param name="Returns">What the customer's bank took back, oldest first.</param>
/// <param name="LastMovedAt">The time of the last event that changed any of it: money moved, or cleared.</param>
internal sealed record MoneyMoved(
    EquatableArray<ReceiptCapture> Captures, EquatableArray<ReceiptRefund> Refunds, EquatableArray<ReceiptReturn> Returns, DateTimeOffset LastMovedAt)
{
    /// <summary>Taken, in minor units, also what was taken back since.</summary>
    internal long Captured => Captures.Sum(c => c.Amount);

    /// <summary>Given back, in minor units.</summary>
    internal long Refunded => Refunds.Sum(r => r.Amount);

    /// <summary>Taken back by the customer's bank, in minor units.</summary>
    internal long Returned => Returns.Sum(r => r.Amount);

    /// <summary>Reads a payment's past.</summary>
    /// <param name="journal">Where its events lie.</param>
    /// <param name="payment"><c>pay_…</c></param>
    /// <returns>Without captures where nothing was taken.</returns>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    internal static MoneyMoved Read(IJournalStore journal, string payment)
    {
        var kind = HubKinds.Payment;
        var state = kind.Initial;
        return Of(journal.ReadStream(kind[payment].ToString(), 0).Events.Select(stored => (state = kind.Evolve(state, kind.ReadEvent(stored.Payload.Span)), stored.At)));
    }

    /// <summary>Looks after each event at what it changed, so that whatever an event is called, it counts if money moved.</summary>
    /// <param name="past">The state after each event, and the event's time, in order.</param>
    internal static MoneyMoved Of(IEnumerable<(State State, DateTimeOffset At)> past)
    {
        var moved = new MoneyMoved([], [], [], default);
        foreach (var (state, at) in past)
        {
            if (state is Payment payment) moved = moved.After(payment, at);
        }

        return moved;
    }

    private MoneyMoved After(Payment now, DateTimeOffset at)
    {
        var taken = now.Captures.Where(c => c is { Taken: true, TooLate: false }).ToList();
        var captures = taken.Select(c => (Captures.FirstOrDefault(k => k.Id == c.Id) ?? new ReceiptCapture(c.Id, at, c.Amount.Minor, InstrumentOf(c, now))) with { Clearing = now.IsClearing(c) }).ToEquatableArray();
        var refunds = now.Refunds.Where(r => r.Status is RefundStatus.Succeeded && taken.Exists(c => c.Id == r.Capture))
            .Select(r => Refunds.FirstOrDefault(k => k.Id == r.Id) ?? new ReceiptRefund(r.Id, at, r.Amount.Minor)).ToEquatableArray();
        var bounced = taken.Where(c => c.Status is CaptureStatus.Returned).Select(c => (c.Id, c.Amount));
        var lost = now.Disputes.Where(d => d.Status is DisputeStatus.Lost or DisputeStatus.Accepted && taken.Exists(c => c.Id == d.Capture)).Select(d => (d.Id, d.Amount));
        var returns = bounced.Concat(lost).Select(r => Returns.FirstOrDefault(k => k.Id == r.Id) ?? new ReceiptReturn(r.Id, at, r.Amount.Minor)).ToEquatableArray();
        return captures == Captures && refunds == Refunds && returns == Returns ? this : new MoneyMoved(captures, refunds, returns, at);
    }

    private static ReceiptInstrument InstrumentOf(Capture capture, Payment payment)
    {
        var instrument = payment.Attempts.First(a => a.Id == capture.Attempt).Instrument;
        return new ReceiptInstrument(instrument.Type, instrument.Brand, instrument.Last4);
    }
}
