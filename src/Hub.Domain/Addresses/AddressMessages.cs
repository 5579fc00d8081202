using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;

namespace Hub.Domain.Addresses;

/// <summary>What a person wrote to us, once the edge has read it. A number in it has become a keyed digest.</summary>
[JsonConverter(typeof(SnakeCaseNames<Inbound>))]
public enum Inbound
{
    /// <summary><c>PAY 4839</c>.</summary>
    Approve,

    /// <summary><c>NO 4839</c>.</summary>
    Reject,

    /// <summary><c>NOT ME 4839</c>: a rejection by somebody who ordered nothing. Without a number: an objection to what was announced there.</summary>
    NotMe,

    /// <summary>An opt-out word; the carrier answers it.</summary>
    Stop,

    /// <summary>An opt-in word.</summary>
    Start,

    /// <summary>A help word.</summary>
    Help,

    /// <summary>Anything else.</summary>
    Other,

    /// <summary>Asks how an order stands.</summary>
    Status,

    /// <summary>Asks for a person.</summary>
    Human,

    /// <summary>Asks for a receipt once more.</summary>
    Receipt,

    /// <summary>Asks for money back; a person decides.</summary>
    Refund,
}

/// <summary>An address as its first mention names it.</summary>
/// <param name="Channel">How it is reached.</param>
/// <param name="Sender">Our own number or mailbox.</param>
/// <param name="Value">Theirs, sealed under a key of the address's own.</param>
/// <param name="Owner">The name of that key. It goes when a customer who has the address is erased, and the next mention takes a new one.</param>
public sealed record AddressIdentity(Channel Channel, string Sender, Sealed Value, string Owner);

/// <summary>A number that can be answered from this address.</summary>
/// <param name="Confirmation">What it answers, <c>con_…</c>.</param>
/// <param name="Payment">Whose confirmation.</param>
/// <param name="AddressId">The customer's name for this address, <c>adr_…</c>.</param>
/// <param name="Digest">The keyed digest of the four digits.</param>
/// <param name="ExpiresAt">From then on it no longer stands in the way of others.</param>
public sealed record OpenCode(string Confirmation, string Payment, string AddressId, string Digest, DateTimeOffset ExpiresAt);

/// <summary>Leave that was given to compare a typed code.</summary>
/// <param name="Merchant">Whose customer the code was sent to.</param>
/// <param name="At">When.</param>
public sealed record Guess(string? Merchant, DateTimeOffset At);

/// <summary>A customer who proved that this address is theirs.</summary>
/// <param name="Merchant">Whose customer.</param>
/// <param name="Customer">Who, <c>cus_…</c>.</param>
/// <param name="AddressId">The customer's name for this address, <c>adr_…</c>.</param>
public sealed record Holder(string Merchant, string Customer, string AddressId);

/// <summary>A customer whose the address was until a short while ago. What is written there is theirs no longer; only an objection still reaches them.</summary>
/// <param name="Holder">Who.</param>
/// <param name="Until">Until when.</param>
public sealed record FormerHolder(Holder Holder, DateTimeOffset Until);

/// <summary>Everything an address can be asked.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(Close), "close")]
[JsonDerivedType(typeof(Receive), "receive")]
[JsonDerivedType(typeof(GrantSend), "grant_send")]
[JsonDerivedType(typeof(GrantGuess), "grant_guess")]
[JsonDerivedType(typeof(ReportDead), "report_dead")]
[JsonDerivedType(typeof(ReportOptOut), "report_opt_out")]
[JsonDerivedType(typeof(ReportUnreachable), "report_unreachable")]
[JsonDerivedType(typeof(Join), "join")]
[JsonDerivedType(typeof(Leave), "leave")]
public abstract record AddressCommand : Command
{
    /// <summary>Keeps a number for one confirmation; refused while another open one has it.</summary>
    public sealed record Open(AddressIdentity Who, OpenCode Code) : AddressCommand;

    /// <summary>The confirmation ended.</summary>
    public sealed record Close(string Confirmation) : AddressCommand;

    /// <summary>A message came in.</summary>
    /// <param name="Who">From where.</param>
    /// <param name="Message">The provider's id of it.</param>
    /// <param name="Kind">What it says.</param>
    /// <param name="Digest">The keyed digest of the number in it, if any.</param>
    /// <param name="Reference">The order it names, if any; no card number stands in it.</param>
    /// <param name="Answered">Whether the carrier itself answers it: then the hub says nothing to it.</param>
    /// <param name="Text">The words for a person to read, sealed under the address's own key; kept only where somebody holds the address.</param>
    public sealed record Receive(
        AddressIdentity Who, string Message, Inbound Kind, string? Digest, string? Reference = null, bool Answered = false, Sealed? Text = null) : AddressCommand;

    /// <summary>Asks leave to send one message there.</summary>
    /// <param name="Who">Where to.</param>
    /// <param name="Delivery">Which message, <c>dlv_…</c>.</param>
    /// <param name="Farewell">Whether it is the one message that a STOP is answered with.</param>
    /// <param name="Proof">Whether it carries a code that the customer asked for: it goes to an address that was taken for dead too, since nothing else can show that it is not.</param>
    public sealed record GrantSend(AddressIdentity Who, string Delivery, bool Farewell = false, bool Proof = false) : AddressCommand;

    /// <summary>Asks leave to compare one typed code with the one that was sent there.</summary>
    /// <param name="Verification">Which code, <c>ver_…</c>.</param>
    /// <param name="Merchant">Whose customer it was sent to.</param>
    public sealed record GrantGuess(string Verification, string? Merchant) : AddressCommand;

    /// <summary>A provider says that it does not exist.</summary>
    public sealed record ReportDead(string Reason) : AddressCommand;

    /// <summary>A provider says that the person opted out.</summary>
    public sealed record ReportOptOut : AddressCommand;

    /// <summary>A provider could not reach it, or it could be reached again: something arrived, somebody proved it, or wrote back.</summary>
    /// <param name="Reached">Whether it could.</param>
    public sealed record ReportUnreachable(bool Reached = false) : AddressCommand;

    /// <summary>A customer proved that it is theirs.</summary>
    /// <param name="Who">Which address.</param>
    /// <param name="By">Who.</param>
    public sealed record Join(AddressIdentity Who, Holder By) : AddressCommand;

    /// <summary>It is a customer's no longer: they took it back, it changed hands, or they were erased.</summary>
    /// <param name="Customer">Whose, <c>cus_…</c>.</param>
    /// <param name="ObjectsUntil">Until when an objection from there still reaches the customer; <c>null</c> for not at all.</param>
    public sealed record Leave(string Customer, DateTimeOffset? ObjectsUntil = null) : AddressCommand;
}

/// <summary>Everything that can have happened to an address. Released shapes never change (<c>events.contract.txt</c>).</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Named), "address.named")]
[JsonDerivedType(typeof(CodeOpened), "address.code_opened")]
[JsonDerivedType(typeof(CodeClosed), "address.code_closed")]
[JsonDerivedType(typeof(Answered), "address.answered")]
[JsonDerivedType(typeof(AnswerUnmatched), "address.answer_unmatched")]
[JsonDerivedType(typeof(Received), "address.received")]
[JsonDerivedType(typeof(OptedOut), "address.opted_out")]
[JsonDerivedType(typeof(OptedIn), "address.opted_in")]
[JsonDerivedType(typeof(SendGranted), "address.send_granted")]
[JsonDerivedType(typeof(GuessGranted), "address.guess_granted")]
[JsonDerivedType(typeof(Died), "address.died")]
[JsonDerivedType(typeof(NotReached), "address.not_reached")]
[JsonDerivedType(typeof(ReachedAgain), "address.reached_again")]
[JsonDerivedType(typeof(Joined), "address.joined")]
[JsonDerivedType(typeof(Left), "address.left")]
public abstract record AddressEvent : Event
{
    /// <summary>First heard of.</summary>
    public sealed record Named(AddressIdentity Who) : AddressEvent;

    /// <summary>A number is kept for a confirmation.</summary>
    public sealed record CodeOpened(OpenCode Code) : AddressEvent;

    /// <summary>A confirmation's number is free again.</summary>
    public sealed record CodeClosed(string Confirmation) : AddressEvent;

    /// <summary>The person answered a confirmation by its number.</summary>
    /// <param name="Message">The provider's id of what they wrote.</param>
    /// <param name="Code">What they answered.</param>
    /// <param name="Approves">Whether it is a yes.</param>
    /// <param name="NotMe">Whether they say that they ordered nothing.</param>
    /// <param name="At">When; <c>null</c> in journals from before it was written.</param>
    public sealed record Answered(string Message, OpenCode Code, bool Approves, bool NotMe, DateTimeOffset? At = null) : AddressEvent;

    /// <summary>The person answered with a number that is not open here; it counts as wrong for everything that is.</summary>
    /// <param name="Message">The provider's id of what they wrote.</param>
    /// <param name="Approves">Whether it would be a yes.</param>
    /// <param name="Digest">The keyed digest of the number.</param>
    /// <param name="Open">What it counts against.</param>
    /// <param name="At">When; <c>null</c> in journals from before it was written.</param>
    /// <param name="Silent">Whether nothing is said to it.</param>
    public sealed record AnswerUnmatched(
        string Message, bool Approves, string Digest, EquatableArray<OpenCode> Open, DateTimeOffset? At = null, bool Silent = false) : AddressEvent;

    /// <summary>The person wrote something that answers nothing.</summary>
    /// <param name="Message">The provider's id of it.</param>
    /// <param name="Kind">What it says.</param>
    /// <param name="At">When; <c>null</c> in journals from before it was written.</param>
    /// <param name="Silent">Whether nothing is said to it: the carrier answers, or enough was said within the hour.</param>
    /// <param name="Reference">The order it names; <c>null</c> for none.</param>
    /// <param name="Text">The words for a person to read, sealed under the address's own key.</param>
    public sealed record Received(string Message, Inbound Kind, DateTimeOffset? At = null, bool Silent = false, string? Reference = null, Sealed? Text = null) : AddressEvent;

    /// <summary>Nothing is sent there any more.</summary>
    /// <param name="Message">The provider's id of the STOP; <c>null</c> where the provider told of it and nobody here heard one.</param>
    /// <param name="At">When; <c>null</c> in journals from before it was written.</param>
    /// <param name="Owed">Whether the one message that a STOP is answered with is the hub's to send, and not the carrier's.</param>
    public sealed record OptedOut(string? Message, DateTimeOffset? At = null, bool Owed = false) : AddressEvent;

    /// <summary>Things may be sent there again.</summary>
    /// <param name="Message">The provider's id of what they wrote.</param>
    /// <param name="At">When; <c>null</c> in journals from before it was written.</param>
    /// <param name="Owed">Whether the hub says so once, and not the carrier.</param>
    /// <param name="Strange">Whether it may be somebody else who writes: nobody here heard the STOP, or it is long ago.</param>
    public sealed record OptedIn(string Message, DateTimeOffset? At = null, bool Owed = false, bool Strange = false) : AddressEvent;

    /// <summary>One message may go there.</summary>
    public sealed record SendGranted(string Delivery, DateTimeOffset At) : AddressEvent;

    /// <summary>One typed code may be compared.</summary>
    /// <param name="Verification">Which code, <c>ver_…</c>.</param>
    /// <param name="At">When.</param>
    /// <param name="Merchant">Whose customer it was sent to; <c>null</c> in journals from before merchants were told apart.</param>
    public sealed record GuessGranted(string Verification, DateTimeOffset At, string? Merchant = null) : AddressEvent;

    /// <summary>It does not exist.</summary>
    public sealed record Died(string Reason) : AddressEvent;

    /// <summary>It could not be reached.</summary>
    /// <param name="Times">In a row, from 1.</param>
    /// <param name="Since">Since when.</param>
    /// <param name="Lost">Whether that is often and long enough to take it that somebody else has it now, or nobody.</param>
    public sealed record NotReached(int Times, DateTimeOffset Since, bool Lost) : AddressEvent;

    /// <summary>It could be reached again, so it is not dead.</summary>
    public sealed record ReachedAgain : AddressEvent;

    /// <summary>A customer proved that it is theirs.</summary>
    public sealed record Joined(Holder By) : AddressEvent;

    /// <summary>It is a customer's no longer.</summary>
    /// <param name="Customer">Whose, <c>cus_…</c>.</param>
    /// <param name="ObjectsUntil">Until when an objection from there still reaches the customer; <c>null</c> for not at all.</param>
    public sealed record Left(string Customer, DateTimeOffset? ObjectsUntil = null) : AddressEvent;
}
