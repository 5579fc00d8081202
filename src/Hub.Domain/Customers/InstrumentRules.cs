using Hub.Domain.Kernel;
using Hub.Domain.Payments;

namespace Hub.Domain.Customers;

/// <summary>An instrument that came in a session for one payment.</summary>
/// <param name="Instrument">Which, <c>ins_…</c>.</param>
/// <param name="Payment">Whose session, <c>pay_…</c>.</param>
public sealed record PassingInstrument(string Instrument, string Payment);

/// <summary>How many instruments a customer keeps, and which one makes room.</summary>
/// <remarks>
/// A checkout link gets about, and whoever holds it may add what to pay with and remove nothing. So what comes that way is counted
/// by itself and never refused: the oldest of it makes room, first of all what came with the same payment. It takes nothing the
/// customer added in a session of their own, and nothing in the wallet, and one link takes at most five of what came by others.
/// </remarks>
internal static class InstrumentRules
{
    // Precedence is part of the API: the first failed check is the code the caller sees.
    internal static Decision<CustomerEvent> Add(CustomerCommand.AddInstrument c, DateTimeOffset at, Customer customer)
    {
        if (customer.Instruments.Any(i => i.Id == c.Instrument.Id)) return Decision<CustomerEvent>.Nothing;

        // One account at a bank is one instrument, however often it is chosen from the list.
        if (c.Instrument.Type == InstrumentType.BankAccount && customer.Instruments.Any(i => i.Type == c.Instrument.Type && i.Brand == c.Instrument.Brand)) return RejectionCode.AlreadyExists;
        if (c.Instrument.Type == InstrumentType.WalletCard && customer.Wallet is null) return RejectionCode.WalletNotSet;
        if (c.Instrument.Type == InstrumentType.WalletCard && !customer.Wallet!.IsOpenFor(c.Session, at)) return RejectionCode.WalletClosed;

        // Whoever puts a card into the wallet has typed its password, so it is the customer.
        var payment = c.Instrument.Type == InstrumentType.WalletCard ? null : c.Payment;
        if (payment is null && customer.Instruments.Count - customer.Passing.Count >= CustomerDecider.MaxInstruments) return RejectionCode.TooManyInstruments;
        if (at >= c.Instrument.ExpiresAt) return RejectionCode.InstrumentExpired;
        var added = new CustomerEvent.InstrumentAdded(c.Instrument, at, payment);
        return payment is not null && MakingRoom(customer, payment) is { } leaving ? new CustomerEvent[] { new CustomerEvent.InstrumentRemoved(leaving), added } : added;
    }

    internal static Customer Evolve(Customer c, CustomerEvent.InstrumentAdded e) => c with
    {
        Instruments = c.Instruments.Add(e.Instrument),
        Passing = e.Payment is { } payment ? c.Passing.Add(new PassingInstrument(e.Instrument.Id, payment)) : c.Passing,
    };

    internal static Customer Evolve(Customer c, CustomerEvent.InstrumentRemoved e) => c with
    {
        Instruments = c.Instruments.Where(i => i.Id != e.Instrument).ToEquatableArray(),
        Passing = c.Passing.Where(p => p.Instrument != e.Instrument).ToEquatableArray(),
    };

    private static string? MakingRoom(Customer customer, string payment)
    {
        var same = customer.Passing.Where(p => p.Payment == payment).ToList();
        if (same.Count >= CustomerDecider.MaxInstrumentsOfPayment) return same[0].Instrument;
        return customer.Passing.Count >= CustomerDecider.MaxInstruments ? customer.Passing[0].Instrument : null;
    }
}
