using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;

namespace Hub.Domain.Conversations;

/// <summary>Whose conversation; travels with what may begin it.</summary>
/// <param name="Id">Its own id, <c>cnv_…</c>.</param>
/// <param name="Merchant">Whose customer.</param>
/// <param name="Customer">Who speaks with the merchant.</param>
public sealed record Parties(string Id, string Merchant, string Customer);

/// <summary>What a message says, as whoever writes it hands it in.</summary>
/// <param name="Id">Such as <c>msg_…</c>; from the request or the provider's message, so that a repeat is the same.</param>
/// <param name="Channel">The channel it came over.</param>
/// <param name="Text">The words, sealed under the customer's key.</param>
/// <param name="Order">The order it speaks of.</param>
/// <param name="Payment">The payment it speaks of.</param>
public sealed record Draft(string Id, Channel Channel, Sealed Text, string? Order = null, string? Payment = null);

/// <summary>Everything a conversation can be asked.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Begin), "begin")]
[JsonDerivedType(typeof(Write), "write")]
[JsonDerivedType(typeof(Say), "say")]
[JsonDerivedType(typeof(Reply), "reply")]
[JsonDerivedType(typeof(TakeNote), "take_note")]
[JsonDerivedType(typeof(OfferConfirmation), "offer_confirmation")]
[JsonDerivedType(typeof(EndConfirmation), "end_confirmation")]
[JsonDerivedType(typeof(Assign), "assign")]
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(Resolve), "resolve")]
[JsonDerivedType(typeof(MarkRead), "mark_read")]
[JsonDerivedType(typeof(TimerDue), "timer_due")]
public abstract record ConversationCommand : Command
{
    /// <summary>It is to be there, even before anybody has written.</summary>
    public sealed record Begin(Parties Parties) : ConversationCommand;

    /// <summary>The customer wrote.</summary>
    /// <param name="Parties">Whose conversation.</param>
    /// <param name="Draft">What.</param>
    /// <param name="ForStaff">Whether a person has to read it; not so where the hub answers by itself.</param>
    /// <param name="Wish">What it asks staff for by a single word.</param>
    /// <param name="Answers">Whether it is a yes or no, or NOT ME, from a device that was proved: that must count, however much was written before.</param>
    public sealed record Write(Parties Parties, Draft Draft, bool ForStaff, Wish? Wish = null, bool Answers = false) : ConversationCommand;

    /// <summary>The hub says something.</summary>
    public sealed record Say(Parties Parties, Draft Draft) : ConversationCommand;

    /// <summary>Somebody of the staff answers; whoever answers where nobody has taken the conversation takes it.</summary>
    /// <param name="Parties">Whose conversation.</param>
    /// <param name="Draft">What.</param>
    /// <param name="By">Who, by e-mail address.</param>
    public sealed record Reply(Parties Parties, Draft Draft, string By) : ConversationCommand;

    /// <summary>Somebody of the staff writes something down that no customer reads.</summary>
    public sealed record TakeNote(Parties Parties, Draft Draft, string By) : ConversationCommand;

    /// <summary>Shows what is to be confirmed.</summary>
    /// <param name="Parties">Whose conversation.</param>
    /// <param name="Id">The message's id.</param>
    /// <param name="Offer">What is to be confirmed.</param>
    public sealed record OfferConfirmation(Parties Parties, string Id, Offer Offer) : ConversationCommand;

    /// <summary>A confirmation ended, on whatever channel: it can no longer be answered here.</summary>
    public sealed record EndConfirmation(string Confirmation, ConfirmationStatus Status) : ConversationCommand;

    /// <summary>Gives it to somebody of the staff: to oneself, or from oneself to another.</summary>
    /// <param name="By">Who asks.</param>
    /// <param name="To">Who gets it.</param>
    /// <param name="Overrules">Whether it may be taken from whoever has it.</param>
    public sealed record Assign(string By, string To, bool Overrules = false) : ConversationCommand;

    /// <summary>Puts it back into the queue.</summary>
    public sealed record Release(string By, bool Overrules = false) : ConversationCommand;

    /// <summary>There is nothing more to do, until the customer writes again.</summary>
    public sealed record Resolve(string By, bool Overrules = false) : ConversationCommand;

    /// <summary>One side has read up to a message.</summary>
    /// <param name="Side"><see cref="Author.Customer"/> or <see cref="Author.Staff"/>.</param>
    /// <param name="Sequence">The last one it saw; beyond the last event it counts as that.</param>
    public sealed record MarkRead(Author Side, long Sequence) : ConversationCommand;

    /// <summary>A durable timer fired.</summary>
    public sealed record TimerDue(string Name) : ConversationCommand;
}

/// <summary>Everything that can have happened to a conversation. Released shapes never change (<c>events.contract.txt</c>).</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Begun), "conversation.begun")]
[JsonDerivedType(typeof(MessageWritten), "conversation.message_written")]
[JsonDerivedType(typeof(NoteWritten), "conversation.note_written")]
[JsonDerivedType(typeof(ConfirmationOffered), "conversation.confirmation_offered")]
[JsonDerivedType(typeof(ConfirmationEnded), "conversation.confirmation_ended")]
[JsonDerivedType(typeof(Queued), "conversation.queued")]
[JsonDerivedType(typeof(Assigned), "conversation.assigned")]
[JsonDerivedType(typeof(Resolved), "conversation.resolved")]
[JsonDerivedType(typeof(Read), "conversation.read")]
[JsonDerivedType(typeof(ReplyDue), "conversation.reply_due")]
public abstract record ConversationEvent : Event
{
    /// <summary>Began.</summary>
    public sealed record Begun(string Id, string Merchant, string Customer, DateTimeOffset At) : ConversationEvent;

    /// <summary>Something was said.</summary>
    /// <param name="Id">The message's id.</param>
    /// <param name="Author">Who wrote it.</param>
    /// <param name="By">Who of the staff, by e-mail address.</param>
    /// <param name="Channel">The channel it came over.</param>
    /// <param name="Text">The words, sealed under the customer's key.</param>
    /// <param name="At">When.</param>
    /// <param name="RemindAt">When the customer is told elsewhere, unless it was read by then; only of what staff wrote.</param>
    /// <param name="Order">The order it speaks of.</param>
    /// <param name="Payment">The payment it speaks of.</param>
    /// <param name="Wish">What the customer asks staff for with it.</param>
    public sealed record MessageWritten(
        string Id, Author Author, string? By, Channel Channel, Sealed Text, DateTimeOffset At,
        DateTimeOffset? RemindAt = null, string? Order = null, string? Payment = null, Wish? Wish = null) : ConversationEvent;

    /// <summary>Staff wrote something down that no customer reads.</summary>
    public sealed record NoteWritten(string Id, string By, Sealed Text, DateTimeOffset At) : ConversationEvent;

    /// <summary>What is to be confirmed is shown.</summary>
    public sealed record ConfirmationOffered(string Id, Offer Offer, DateTimeOffset At) : ConversationEvent;

    /// <summary>It can no longer be answered here.</summary>
    public sealed record ConfirmationEnded(string Confirmation, ConfirmationStatus Status, DateTimeOffset At) : ConversationEvent;

    /// <summary>It waits for staff.</summary>
    /// <param name="By">Who of the staff put it back; <c>null</c> when the customer wrote.</param>
    /// <param name="At">Since when.</param>
    public sealed record Queued(string? By, DateTimeOffset At) : ConversationEvent;

    /// <summary>Somebody of the staff has it.</summary>
    public sealed record Assigned(string To, string By, DateTimeOffset At) : ConversationEvent;

    /// <summary>Nobody has anything to do.</summary>
    public sealed record Resolved(string By, DateTimeOffset At) : ConversationEvent;

    /// <summary>One side has read up to here.</summary>
    public sealed record Read(Author Side, long Sequence, DateTimeOffset At) : ConversationEvent;

    /// <summary>What staff wrote was not read in time: the customer is to be told elsewhere.</summary>
    /// <param name="From">The first of the messages.</param>
    /// <param name="To">The last.</param>
    /// <param name="Channel">The channel the customer last wrote on; <c>null</c> where that was no phone and no mailbox.</param>
    /// <param name="At">When.</param>
    public sealed record ReplyDue(long From, long To, Channel? Channel, DateTimeOffset At) : ConversationEvent;
}
