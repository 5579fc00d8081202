using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;

namespace Hub.Domain.Conversations;

/// <summary>Who wrote a message, or read up to one.</summary>
[JsonConverter(typeof(SnakeCaseNames<Author>))]
public enum Author
{
    /// <summary>The customer.</summary>
    Customer,

    /// <summary>Somebody of the merchant's staff.</summary>
    Staff,

    /// <summary>The hub: it answers commands and shows what is to be confirmed.</summary>
    Hub,
}

/// <summary>What a customer asked staff for by a single word.</summary>
[JsonConverter(typeof(SnakeCaseNames<Wish>))]
public enum Wish
{
    /// <summary>To speak to a person.</summary>
    Person,

    /// <summary>Money back. Staff decides; the hub never refunds because of a word.</summary>
    Refund,
}

/// <summary>A confirmation shown in a conversation, on the one device it was sent to. Its digits are made when it is shown; they are stored nowhere.</summary>
/// <param name="Payment">What is to be confirmed.</param>
/// <param name="Order">The order it pays for.</param>
/// <param name="Confirmation">Such as <c>con_…_1</c>.</param>
/// <param name="Generation">Which code of it.</param>
/// <param name="AddressKey">The key of the device's address actor: nobody else is shown the digits.</param>
/// <param name="Amount">How much.</param>
/// <param name="Payee">To whom.</param>
/// <param name="Locale">The customer's language when it was sent, a BCP 47 tag.</param>
/// <param name="ExpiresAt">From then on an answer is late.</param>
public sealed record Offer(
    string Payment, string Order, string Confirmation, int Generation, string AddressKey, Amount Amount, string Payee, string Locale, DateTimeOffset ExpiresAt);

/// <summary>One message of a conversation.</summary>
/// <param name="Id">Such as <c>msg_…</c>; a repeat is the same message.</param>
/// <param name="Sequence">Its event's place in the conversation, from 1; other events lie between messages.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Channel">The channel it came over.</param>
/// <param name="At">When.</param>
public sealed record Message(string Id, long Sequence, Author Author, Channel Channel, DateTimeOffset At)
{
    /// <summary>The words, sealed under the customer's key; <c>null</c> where <see cref="Offer"/> says what is shown.</summary>
    public Sealed? Text { get; init; }

    /// <summary>Who of the staff wrote it, by e-mail address.</summary>
    public string? By { get; init; }

    /// <summary>Whether it is for staff alone.</summary>
    public bool Note { get; init; }

    /// <summary>The order it speaks of.</summary>
    public string? Order { get; init; }

    /// <summary>The payment it speaks of.</summary>
    public string? Payment { get; init; }

    /// <summary>What the customer asks staff for with it.</summary>
    public Wish? Wish { get; init; }

    /// <summary>The confirmation it shows.</summary>
    public Offer? Offer { get; init; }

    /// <summary>How the confirmation ended, on whatever channel; <c>null</c> while it can be answered.</summary>
    public ConfirmationStatus? Ended { get; init; }

    /// <summary>Whether a customer may read it at all.</summary>
    [JsonIgnore]
    public bool IsForCustomer => !Note;

    /// <summary>The message an event carries.</summary>
    /// <param name="happened">What happened.</param>
    /// <param name="sequence">Its place in the conversation.</param>
    /// <returns><c>null</c> when the event carries none.</returns>
    public static Message? Of(ConversationEvent happened, long sequence) => happened switch
    {
        ConversationEvent.MessageWritten e => new Message(e.Id, sequence, e.Author, e.Channel, e.At)
        {
            Text = e.Text, By = e.By, Order = e.Order, Payment = e.Payment, Wish = e.Wish,
        },
        ConversationEvent.NoteWritten e => new Message(e.Id, sequence, Author.Staff, Channel.Web, e.At) { Text = e.Text, By = e.By, Note = true },
        ConversationEvent.ConfirmationOffered e => new Message(e.Id, sequence, Author.Hub, Channel.Chat, e.At)
        {
            Order = e.Offer.Order, Payment = e.Offer.Payment, Offer = e.Offer,
        },
        _ => null,
    };
}
