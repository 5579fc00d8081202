using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;

namespace Hub.Api.Conversations;

/// <summary>Something to press instead of writing it.</summary>
/// <param name="Label">What it says.</param>
/// <param name="Command">The text to send when it is pressed.</param>
public sealed record ButtonView(string Label, string Command);

/// <summary>A confirmation shown in a conversation.</summary>
/// <param name="Id">Such as <c>con_…_1</c>.</param>
/// <param name="Amount">How much, in minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Payee">To whom.</param>
/// <param name="ExpiresAt">From then on an answer is late.</param>
/// <param name="Ended">How it ended, such as <c>matched</c>; <c>null</c> while it can be answered.</param>
public sealed record OfferView(string Id, long Amount, string Currency, string Payee, DateTimeOffset ExpiresAt, ConfirmationStatus? Ended);

/// <summary>One message of a conversation.</summary>
/// <param name="Id">Such as <c>msg_…</c>.</param>
/// <param name="Sequence">Its place in the conversation; what is read is counted by it.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="By">Who of the staff: for staff the e-mail address, for the customer the name.</param>
/// <param name="Channel">The channel it came over.</param>
/// <param name="Text">The words; <c>(forgotten)</c> once the customer was erased.</param>
/// <param name="At">When.</param>
/// <param name="Note">Whether it is for staff alone.</param>
/// <param name="Order">The order it speaks of.</param>
/// <param name="Payment">The payment it speaks of.</param>
/// <param name="Wish">What the customer asks staff for with it.</param>
/// <param name="Confirmation">The confirmation it shows.</param>
/// <param name="Buttons">What may be pressed now; empty where nothing may.</param>
public sealed record MessageView(
    string Id, long Sequence, Author Author, string? By, Channel Channel, string Text, DateTimeOffset At, bool Note,
    string? Order, string? Payment, Wish? Wish, OfferView? Confirmation, IReadOnlyList<ButtonView> Buttons)
{
    /// <summary>Always <c>message</c>.</summary>
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Shape { get; } = "message";
}

/// <summary>A number for each side.</summary>
public sealed record SidesView(long Customer, long Staff);

/// <summary>A conversation between a customer and a merchant's staff.</summary>
/// <param name="Id">Such as <c>cnv_…</c>.</param>
/// <param name="Customer">Who.</param>
/// <param name="Merchant">Whose customer.</param>
/// <param name="Status">Who has something to do.</param>
/// <param name="Assignee">Who of the staff has it, by e-mail address; for staff alone.</param>
/// <param name="AssigneeName">The same, by name.</param>
/// <param name="WaitingSince">Since when it waits for staff.</param>
/// <param name="Unread">How many of the last messages each side has not read; 50 at most.</param>
/// <param name="Read">Up to which sequence each side has read.</param>
/// <param name="LastMessageAt">When something was last said.</param>
/// <param name="Sequence">Where it stands; what <c>Watch</c> begins after.</param>
/// <param name="Messages">Messages, oldest first: the last 50, or in a live update those it adds or changes.</param>
public sealed record ConversationView(
    string Id, string Customer, string Merchant, ConversationStatus Status, string? Assignee, string? AssigneeName, DateTimeOffset? WaitingSince,
    SidesView Unread, SidesView Read, DateTimeOffset? LastMessageAt, long Sequence, IReadOnlyList<MessageView> Messages)
{
    /// <summary>Always <c>conversation</c>.</summary>
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Shape { get; } = "conversation";
}
