using Hub.Actors;
using Hub.Actors.Journal;
using Hub.Api.Edge.Json;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Captures;
using Hub.Domain.Payments.Refunds;

namespace Hub.Api.Receipts;

/// <summary>What money a payment moved, and when: read from the journal, where every event has its time.</summary>
/// <param name="Captures">What was taken, oldest first.</param>
/// <param name="Refunds">What was given back for good, oldest first.</param>
/// <param name="Captured">Taken and not returned, in minor units.</param>
/// <param name="Refunded">Given back, in minor units.</param>
/// <param name="LastMovedAt">The time of the last event that changed any of it.</param>
internal sealed record MoneyMoved(
    IReadOnlyList<ReceiptCapture> Captures, IReadOnlyList<ReceiptRefund> Refunds, long Captured, long Refunded, DateTimeOffset LastMovedAt)
{
    /// <summary>Nothing, yet.</summary>
    private static readonly MoneyMoved Nothing = new([], [], 0, 0, default);

    /// <summary>Folds a payment's events and looks after each what it changed, so that whatever an event is called, it counts if money moved.</summary>
    /// <param name="journal">Where the events lie.</param>
    /// <param name="payment"><c>pay_…</c></param>
    /// <returns>Without captures where nothing was taken.</returns>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    internal static MoneyMoved Read(IJournalStore journal, string payment)
    {
        var (state, moved) = (HubKinds.Payment.Initial, Nothing);
        foreach (var stored in journal.ReadStream(HubKinds.Payment[payment].ToString(), 0).Events)
        {
            state = HubKinds.Payment.Evolve(state, HubKinds.Payment.ReadEvent(stored.Payload.Span));
            if (state is Payment now) moved = moved.After(now, stored.At);
        }

        return moved;
    }

    private MoneyMoved After(Payment now, DateTimeOffset at)
    {
        var captures = now.Captures.Where(c => c.Status is CaptureStatus.Succeeded or CaptureStatus.Returned)
            .Select(c => new ReceiptCapture(c.Id, Captures.FirstOrDefault(k => k.Id == c.Id)?.At ?? at, c.Amount.Minor, WireJson.Snake(c.Status.ToString()), InstrumentOf(c, now)))
            .ToList();
        var refunds = now.Refunds.Where(r => r.Status is RefundStatus.Succeeded)
            .Select(r => new ReceiptRefund(r.Id, Refunds.FirstOrDefault(k => k.Id == r.Id)?.At ?? at, r.Amount.Minor))
            .ToList();
        return captures.SequenceEqual(Captures) && refunds.SequenceEqual(Refunds)
            ? this
            : new MoneyMoved(captures, refunds, now.Captured, now.Refunded, at);
    }

    private static ReceiptInstrument InstrumentOf(Capture capture, Payment payment)
    {
        var instrument = payment.Attempts.First(a => a.Id == capture.Attempt).Instrument;
        return new ReceiptInstrument(instrument.Type, instrument.Brand, instrument.Last4);
    }
}
