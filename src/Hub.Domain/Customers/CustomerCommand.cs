using System.Text.Json.Serialization;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers.Wallets;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;

namespace Hub.Domain.Customers;

/// <summary>Everything a customer can be asked.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Register), "register")]
[JsonDerivedType(typeof(Change), "change")]
[JsonDerivedType(typeof(Mute), "mute")]
[JsonDerivedType(typeof(AddAddress), "add_address")]
[JsonDerivedType(typeof(RequestVerification), "request_verification")]
[JsonDerivedType(typeof(CheckVerification), "check_verification")]
[JsonDerivedType(typeof(RemoveAddress), "remove_address")]
[JsonDerivedType(typeof(RestoreAddress), "restore_address")]
[JsonDerivedType(typeof(LoseAddress), "lose_address")]
[JsonDerivedType(typeof(ObjectToAddresses), "object_to_addresses")]
[JsonDerivedType(typeof(Say), "say")]
[JsonDerivedType(typeof(AddInstrument), "add_instrument")]
[JsonDerivedType(typeof(RemoveInstrument), "remove_instrument")]
[JsonDerivedType(typeof(RequestWalletCode), "request_wallet_code")]
[JsonDerivedType(typeof(SetWalletPassword), "set_wallet_password")]
[JsonDerivedType(typeof(OpenWallet), "open_wallet")]
[JsonDerivedType(typeof(TopUpECash), "top_up_ecash")]
[JsonDerivedType(typeof(HoldECash), "hold_ecash")]
[JsonDerivedType(typeof(SpendECash), "spend_ecash")]
[JsonDerivedType(typeof(ReleaseECash), "release_ecash")]
[JsonDerivedType(typeof(RefundECash), "refund_ecash")]
[JsonDerivedType(typeof(Erase), "erase")]
public abstract record CustomerCommand : Command
{
    /// <summary>A merchant's new customer. Addresses a merchant sets start unverified.</summary>
    /// <param name="Id">Its own id, <c>cus_…</c>.</param>
    /// <param name="Merchant">Whose customer.</param>
    /// <param name="Name">Sealed.</param>
    /// <param name="Addresses">Where it can be reached.</param>
    /// <param name="Preferences">How it wants to confirm.</param>
    public sealed record Register(string Id, string Merchant, Sealed Name, EquatableArray<NewAddress> Addresses, Preferences Preferences) : CustomerCommand;

    /// <summary>Another name or other preferences; <c>null</c> leaves a thing as it is.</summary>
    public sealed record Change(Sealed? Name, Preferences? Preferences) : CustomerCommand;

    /// <summary>The customer wants no more notices of one topic on one channel, and said so there.</summary>
    /// <param name="Topic">Which.</param>
    /// <param name="Channel">Where.</param>
    /// <param name="Delivery">The message in which they were told how, <c>dlv_…</c>.</param>
    /// <param name="By">How they said it.</param>
    public sealed record Mute(NoticeTopic Topic, Channel Channel, string Delivery, MutedBy By) : CustomerCommand;

    /// <summary>One more way to be reached, unverified.</summary>
    public sealed record AddAddress(NewAddress Address) : CustomerCommand;

    /// <summary>A code is to be sent to an address, to prove that it is the customer's.</summary>
    /// <param name="Address">Which, <c>adr_…</c>.</param>
    /// <param name="Verification">The id the code derives from, <c>ver_…</c>.</param>
    /// <param name="Digest">The keyed digest of the six digits.</param>
    public sealed record RequestVerification(string Address, string Verification, string Digest) : CustomerCommand;

    /// <summary>The customer typed a code.</summary>
    /// <param name="Address">Which address it is to prove.</param>
    /// <param name="Digest">The keyed digest of what was typed.</param>
    /// <param name="HoldHours">For how long confirmations do not go to an address that comes after a proved one; 0 for not at all.</param>
    public sealed record CheckVerification(string Address, string Digest, int HoldHours = 0) : CustomerCommand;

    /// <summary>An address is no longer the customer's: the join with it is undone.</summary>
    /// <param name="Address">Which, <c>adr_…</c>.</param>
    /// <param name="By">Who says so: <c>customer</c>, or a member of staff.</param>
    /// <param name="HoldHours">For how long it is still told of addresses that come after it, in hours; 0 for not at all.</param>
    public sealed record RemoveAddress(string Address, string By, int HoldHours = 0) : CustomerCommand;

    /// <summary>A removal is undone, within <see cref="AddressRules.RestoreDays"/>.</summary>
    /// <param name="Address">Which, <c>adr_…</c>.</param>
    /// <param name="By">Who says so.</param>
    /// <param name="HoldHours">As above: what comes back is held as a new one is.</param>
    public sealed record RestoreAddress(string Address, string By, int HoldHours = 0) : CustomerCommand;

    /// <summary>An address seems to have changed hands: it has to be proved anew.</summary>
    /// <param name="Address">Which, <c>adr_…</c>.</param>
    /// <param name="Reason">Why: <c>gone</c>, <c>unreachable</c>, <c>opted_out</c> or <c>not_me</c>.</param>
    public sealed record LoseAddress(string Address, string Reason) : CustomerCommand;

    /// <summary>Somebody at a proved address objects to the addresses that were added lately: those have to be proved anew.</summary>
    /// <param name="From">Where they wrote, <c>adr_…</c>.</param>
    /// <param name="Said">When they wrote; <c>null</c> for now. What was said in time counts, however late the hub comes to it.</param>
    public sealed record ObjectToAddresses(string From, DateTimeOffset? Said = null) : CustomerCommand;

    /// <summary>Somebody wrote a word from a proved address.</summary>
    /// <param name="Address">Which, <c>adr_…</c>.</param>
    /// <param name="What">The word.</param>
    public sealed record Say(string Address, Inbound What) : CustomerCommand;

    /// <summary>A card that the vault keeps, or another thing to pay with.</summary>
    /// <param name="Instrument">What.</param>
    /// <param name="Session">The keyed digest of the token the wallet was opened with; required where it is a card for the wallet.</param>
    /// <param name="Payment">The only payment of the session it came in; <c>null</c> in any other session, and from the merchant.</param>
    public sealed record AddInstrument(InstrumentRef Instrument, string? Session = null, string? Payment = null) : CustomerCommand;

    /// <summary>The customer no longer wants to pay with it.</summary>
    /// <param name="Instrument">Which, <c>ins_…</c>.</param>
    /// <param name="Session">The keyed digest of the token the wallet was opened with; required where it is a card in the wallet.</param>
    public sealed record RemoveInstrument(string Instrument, string? Session = null) : CustomerCommand;

    /// <summary>A code is to be sent to a verified address, to prove that the wallet is the customer's.</summary>
    /// <param name="Address">Which, <c>adr_…</c>.</param>
    /// <param name="Verification">The id the code derives from, <c>ver_…</c>.</param>
    /// <param name="Digest">The keyed digest of the six digits, made for the wallet.</param>
    public sealed record RequestWalletCode(string Address, string Verification, string Digest) : CustomerCommand;

    /// <summary>The wallet gets a password: its first one, another one while it is open, or a new one where the old was forgotten or locked.</summary>
    /// <param name="Secret">The vault's name for the digest of the password.</param>
    /// <param name="Session">The keyed digest of the token the wallet was opened with; <c>null</c> for none.</param>
    /// <param name="OnePayment">Whether whoever asks has a session for one payment alone: a link that may have got about.</param>
    /// <param name="Proof">The code that was typed; <c>null</c> for none.</param>
    public sealed record SetWalletPassword(string Secret, string? Session, bool OnePayment, WalletProof? Proof) : CustomerCommand;

    /// <summary>Somebody typed the wallet's password.</summary>
    /// <param name="Secret">The digest it was compared with.</param>
    /// <param name="Fits">Whether it is the password.</param>
    /// <param name="Session">The keyed digest of the token that will open the wallet.</param>
    /// <param name="Guess">The keyed digest of what was typed, for this one request: another password under the same request is another command, not a repeat.</param>
    public sealed record OpenWallet(string Secret, bool Fits, string Session, string Guess) : CustomerCommand;

    /// <summary>The merchant gives the customer stored value.</summary>
    /// <param name="Id">The top-up's own id.</param>
    /// <param name="Amount">How much.</param>
    /// <param name="By">Who.</param>
    public sealed record TopUpECash(string Id, Amount Amount, string By) : CustomerCommand;

    /// <summary>Keeps stored value for an open payment.</summary>
    /// <param name="Key">The key of the authorization.</param>
    /// <param name="Amount">How much.</param>
    public sealed record HoldECash(string Key, Amount Amount) : CustomerCommand;

    /// <summary>Spends what is held.</summary>
    /// <param name="Hold">The key of the authorization.</param>
    /// <param name="Key">The key of the capture.</param>
    /// <param name="Amount">How much.</param>
    /// <param name="Final">Whether the rest is free again.</param>
    public sealed record SpendECash(string Hold, string Key, Amount Amount, bool Final) : CustomerCommand;

    /// <summary>Frees what is held.</summary>
    /// <param name="Hold">The key of the authorization.</param>
    public sealed record ReleaseECash(string Hold) : CustomerCommand;

    /// <summary>Gives back what was spent.</summary>
    /// <param name="Spent">The key of the capture.</param>
    /// <param name="Key">The key of the refund.</param>
    /// <param name="Amount">How much.</param>
    public sealed record RefundECash(string Spent, string Key, Amount Amount) : CustomerCommand;

    /// <summary>Forget the person. The key of the personal fields is deleted by a reaction.</summary>
    public sealed record Erase(string By) : CustomerCommand;
}

/// <summary>An address as it is first named.</summary>
/// <param name="Id">Its id, <c>adr_…</c>.</param>
/// <param name="Channel">How it is reached.</param>
/// <param name="AddressKey">The key of the address actor.</param>
/// <param name="Value">The number or mailbox, sealed.</param>
/// <param name="Twin">The key of the same number on the other channel that numbers have: who proved the one holds the other already. <c>null</c> for none.</param>
public sealed record NewAddress(string Id, Channel Channel, string AddressKey, Sealed Value, string? Twin = null);
