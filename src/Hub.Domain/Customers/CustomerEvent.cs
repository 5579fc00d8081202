using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;

namespace Hub.Domain.Customers;

/// <summary>Everything that can have happened to a customer. Released shapes never change (<c>events.contract.txt</c>).</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Registered), "customer.registered")]
[JsonDerivedType(typeof(Changed), "customer.changed")]
[JsonDerivedType(typeof(AddressAdded), "customer.address_added")]
[JsonDerivedType(typeof(VerificationRequested), "customer.verification_requested")]
[JsonDerivedType(typeof(VerificationFailed), "customer.verification_failed")]
[JsonDerivedType(typeof(AddressVerified), "customer.address_verified")]
[JsonDerivedType(typeof(InstrumentAdded), "customer.instrument_added")]
[JsonDerivedType(typeof(InstrumentRemoved), "customer.instrument_removed")]
[JsonDerivedType(typeof(Erased), "customer.erased")]
public abstract record CustomerEvent : Event
{
    /// <summary>Began.</summary>
    public sealed record Registered(string Id, string Merchant, Sealed Name, EquatableArray<NewAddress> Addresses, Preferences Preferences, DateTimeOffset At) : CustomerEvent;

    /// <summary>Another name or other preferences.</summary>
    public sealed record Changed(Sealed? Name, Preferences? Preferences) : CustomerEvent;

    /// <summary>One more way to be reached.</summary>
    public sealed record AddressAdded(NewAddress Address, DateTimeOffset At) : CustomerEvent;

    /// <summary>A code goes out.</summary>
    public sealed record VerificationRequested(string Address, string Verification, string Digest, DateTimeOffset ExpiresAt, DateTimeOffset At) : CustomerEvent;

    /// <summary>A wrong code was typed.</summary>
    public sealed record VerificationFailed(string Address, string Verification, int Count) : CustomerEvent;

    /// <summary>The address is the customer's.</summary>
    public sealed record AddressVerified(string Address, string Verification, DateTimeOffset At) : CustomerEvent;

    /// <summary>A card to pay with.</summary>
    public sealed record InstrumentAdded(InstrumentRef Instrument, DateTimeOffset At) : CustomerEvent;

    /// <summary>No longer to pay with.</summary>
    public sealed record InstrumentRemoved(string Instrument) : CustomerEvent;

    /// <summary>Forgotten.</summary>
    public sealed record Erased(string By, DateTimeOffset At) : CustomerEvent;
}
