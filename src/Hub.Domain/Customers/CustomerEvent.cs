using System.Text.Json.Serialization;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;

namespace Hub.Domain.Customers;

/// <summary>Everything that can have happened to a customer. Released shapes never change (<c>events.contract.txt</c>).</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Registered), "customer.registered")]
[JsonDerivedType(typeof(Changed), "customer.changed")]
[JsonDerivedType(typeof(TopicMuted), "customer.topic_muted")]
[JsonDerivedType(typeof(AddressAdded), "customer.address_added")]
[JsonDerivedType(typeof(VerificationRequested), "customer.verification_requested")]
[JsonDerivedType(typeof(VerificationFailed), "customer.verification_failed")]
[JsonDerivedType(typeof(AddressVerified), "customer.address_verified")]
[JsonDerivedType(typeof(AddressRemoved), "customer.address_removed")]
[JsonDerivedType(typeof(AddressRestored), "customer.address_restored")]
[JsonDerivedType(typeof(AddressLost), "customer.address_lost")]
[JsonDerivedType(typeof(AddressSaid), "customer.address_said")]
[JsonDerivedType(typeof(InstrumentAdded), "customer.instrument_added")]
[JsonDerivedType(typeof(InstrumentRemoved), "customer.instrument_removed")]
[JsonDerivedType(typeof(WalletPasswordSet), "customer.wallet_password_set")]
[JsonDerivedType(typeof(WalletProved), "customer.wallet_proved")]
[JsonDerivedType(typeof(WalletOpened), "customer.wallet_opened")]
[JsonDerivedType(typeof(WalletPasswordWrong), "customer.wallet_password_wrong")]
[JsonDerivedType(typeof(ECashToppedUp), "customer.ecash_topped_up")]
[JsonDerivedType(typeof(ECashHeld), "customer.ecash_held")]
[JsonDerivedType(typeof(ECashSpent), "customer.ecash_spent")]
[JsonDerivedType(typeof(ECashReleased), "customer.ecash_released")]
[JsonDerivedType(typeof(ECashRefunded), "customer.ecash_refunded")]
[JsonDerivedType(typeof(Erased), "customer.erased")]
public abstract record CustomerEvent : Event
{
    /// <summary>Began.</summary>
    public sealed record Registered(string Id, string Merchant, Sealed Name, EquatableArray<NewAddress> Addresses, Preferences Preferences, DateTimeOffset At) : CustomerEvent;

    /// <summary>Another name or other preferences.</summary>
    public sealed record Changed(Sealed? Name, Preferences? Preferences) : CustomerEvent;

    /// <summary>The customer wants no more notices of one topic on one channel.</summary>
    public sealed record TopicMuted(NoticeTopic Topic, Channel Channel, string Delivery, MutedBy By, DateTimeOffset At) : CustomerEvent;

    /// <summary>One more way to be reached.</summary>
    public sealed record AddressAdded(NewAddress Address, DateTimeOffset At) : CustomerEvent;

    /// <summary>A code goes out.</summary>
    /// <param name="Address">Where to, <c>adr_…</c>.</param>
    /// <param name="Verification">The id the code derives from.</param>
    /// <param name="Digest">The keyed digest of the code.</param>
    /// <param name="ExpiresAt">From then on it counts no more.</param>
    /// <param name="At">When.</param>
    /// <param name="ForWallet">Whether it proves that the wallet is the customer's, and not the address.</param>
    public sealed record VerificationRequested(
        string Address, string Verification, string Digest, DateTimeOffset ExpiresAt, DateTimeOffset At, bool ForWallet = false) : CustomerEvent;

    /// <summary>A wrong code was typed.</summary>
    public sealed record VerificationFailed(string Address, string Verification, int Count) : CustomerEvent;

    /// <summary>The address is the customer's.</summary>
    /// <param name="Address">Which, <c>adr_…</c>.</param>
    /// <param name="Verification">The code that proved it.</param>
    /// <param name="At">When.</param>
    /// <param name="HeldUntil">Until when no confirmation goes there, since it came after a proved one; <c>null</c> for at once.</param>
    public sealed record AddressVerified(string Address, string Verification, DateTimeOffset At, DateTimeOffset? HeldUntil = null) : CustomerEvent;

    /// <summary>The address is the customer's no longer.</summary>
    /// <param name="Address">Which, <c>adr_…</c>.</param>
    /// <param name="AddressKey">The key of the address actor.</param>
    /// <param name="By">Who took it away: <c>customer</c>, or a member of staff.</param>
    /// <param name="At">When.</param>
    /// <param name="WarnedUntil">Until when it is told of addresses that are proved, and may object to those; <c>null</c> for not at all, since it could confirm nothing.</param>
    public sealed record AddressRemoved(string Address, string AddressKey, string By, DateTimeOffset At, DateTimeOffset? WarnedUntil = null) : CustomerEvent;

    /// <summary>A removed address is the customer's again, proved or not as it was.</summary>
    /// <param name="Address">Which, <c>adr_…</c>.</param>
    /// <param name="By">Who undid the removal.</param>
    /// <param name="At">When.</param>
    /// <param name="HeldUntil">Until when no confirmation goes there; <c>null</c> for at once.</param>
    public sealed record AddressRestored(string Address, string By, DateTimeOffset At, DateTimeOffset? HeldUntil = null) : CustomerEvent;

    /// <summary>The address seems to have changed hands and has to be proved anew.</summary>
    public sealed record AddressLost(string Address, string AddressKey, string Reason, DateTimeOffset At) : CustomerEvent;

    /// <summary>Somebody wrote a word from the address; a STOP closes it, a START opens it again.</summary>
    public sealed record AddressSaid(string Address, Channel Channel, Inbound What, DateTimeOffset At) : CustomerEvent;

    /// <summary>A card to pay with.</summary>
    /// <param name="Instrument">What.</param>
    /// <param name="At">When.</param>
    /// <param name="Payment">The only payment of the session it came in; <c>null</c> where the customer or the merchant added it for good.</param>
    public sealed record InstrumentAdded(InstrumentRef Instrument, DateTimeOffset At, string? Payment = null) : CustomerEvent;

    /// <summary>No longer to pay with.</summary>
    public sealed record InstrumentRemoved(string Instrument) : CustomerEvent;

    /// <summary>The wallet has a password, or another one; its digest lies in the vault.</summary>
    /// <param name="Secret">The vault's name for the digest.</param>
    /// <param name="Replaced">The name of the digest before it; nothing needs that one any more.</param>
    /// <param name="At">When.</param>
    public sealed record WalletPasswordSet(string Secret, string? Replaced, DateTimeOffset At) : CustomerEvent;

    /// <summary>The customer typed the code that proves that the wallet is theirs: nobody has it open any more, and no lock holds.</summary>
    public sealed record WalletProved(string Address, string Verification, DateTimeOffset At) : CustomerEvent;

    /// <summary>The wallet is open for a while, for whoever holds the token.</summary>
    public sealed record WalletOpened(string Session, DateTimeOffset Until) : CustomerEvent;

    /// <summary>A wrong password was typed; the last of a row locks the wallet.</summary>
    public sealed record WalletPasswordWrong(int Count, DateTimeOffset? LockedUntil) : CustomerEvent;

    /// <summary>Stored value was given.</summary>
    public sealed record ECashToppedUp(string TopUp, Amount Amount, string Customer, string Merchant, string By, DateTimeOffset At) : CustomerEvent;

    /// <summary>Stored value waits for a payment.</summary>
    public sealed record ECashHeld(string Key, Amount Amount) : CustomerEvent;

    /// <summary>Stored value was spent.</summary>
    public sealed record ECashSpent(string Hold, string Key, Amount Amount, bool Final, string Customer) : CustomerEvent;

    /// <summary>Stored value waits no more.</summary>
    public sealed record ECashReleased(string Hold) : CustomerEvent;

    /// <summary>Stored value came back.</summary>
    public sealed record ECashRefunded(string Hold, string Key, Amount Amount, string Customer) : CustomerEvent;

    /// <summary>Forgotten.</summary>
    public sealed record Erased(string By, DateTimeOffset At) : CustomerEvent;
}
