using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;

namespace Hub.Domain.Conversations;

/// <summary>Who has something to do about a conversation.</summary>
[JsonConverter(typeof(SnakeCaseNames<ConversationStatus>))]
public enum ConversationStatus
{
    /// <summary>The customer wrote, and nobody has taken it.</summary>
    Waiting,

    /// <summary>Somebody of the staff has it.</summary>
    Assigned,

    /// <summary>Nobody, until the customer writes again.</summary>
    Resolved,
}

/// <summary>What a conversation is.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(NoConversation), "none")]
[JsonDerivedType(typeof(Conversation), "conversation")]
public abstract record ConversationState : State;

/// <summary>Nobody has written.</summary>
public sealed record NoConversation : ConversationState
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => Subjects.Nobody;
}

/// <summary>How often a customer wrote within one hour.</summary>
/// <param name="Since">When the hour began.</param>
/// <param name="Count">How often.</param>
/// <param name="Mails">How often of these by mail.</param>
public sealed record WritingHour(DateTimeOffset Since, int Count, int Mails = 0);

/// <summary>Everything one customer and one merchant's staff say to each other, over every channel: one thread for good.</summary>
/// <param name="Id">Such as <c>cnv_…</c>, with the part of the customer's id behind its prefix.</param>
/// <param name="Merchant">Whose customer.</param>
/// <param name="Customer">Who.</param>
/// <param name="BegunAt">Since when.</param>
public sealed record Conversation(string Id, string Merchant, string Customer, DateTimeOffset BegunAt) : ConversationState
{
    /// <summary>How many messages the state keeps; those before are in the journal.</summary>
    public const int KeptMessages = 50;

    /// <summary>Who has something to do.</summary>
    public ConversationStatus Status { get; init; } = ConversationStatus.Resolved;

    /// <summary>Who of the staff has it, by e-mail address; set exactly when <see cref="Status"/> says so.</summary>
    public string? Assignee { get; init; }

    /// <summary>Since when it waits.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>How many events it has had: the sequence that messages, reading and live updates are counted by.</summary>
    public long Sequence { get; init; }

    /// <summary>The last messages, oldest first.</summary>
    public EquatableArray<Message> Messages { get; init; } = [];

    /// <summary>How far the customer has read.</summary>
    public long ReadByCustomer { get; init; }

    /// <summary>How far staff has read.</summary>
    public long ReadByStaff { get; init; }

    /// <summary>When the customer is told elsewhere of what is unread then.</summary>
    public DateTimeOffset? RemindAt { get; init; }

    /// <summary>Up to where the customer was told elsewhere.</summary>
    public long Reminded { get; init; }

    /// <summary>The event that last had the customer told elsewhere; 0 for none.</summary>
    public long LastReminder { get; init; }

    /// <summary>The channel the customer last wrote on.</summary>
    public Channel? LastHeardOn { get; init; }

    /// <summary>How often the customer wrote lately.</summary>
    public WritingHour? Writing { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => new(Merchant, Customer);

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Shelf => JsonNamingPolicy.SnakeCaseLower.ConvertName(Status.ToString());

    /// <summary>What the customer has not read, of the messages that are kept.</summary>
    [JsonIgnore]
    public int UnreadByCustomer => Messages.Count(IsUnreadByCustomer);

    /// <summary>What staff has not read, of the messages that are kept.</summary>
    [JsonIgnore]
    public int UnreadByStaff => Messages.Count(m => m.Author == Author.Customer && m.Sequence > ReadByStaff);

    /// <summary>What staff wrote and the customer neither read nor was told of elsewhere, oldest first.</summary>
    [JsonIgnore]
    public IEnumerable<Message> Untold => Messages.Where(m => m is { Author: Author.Staff, Note: false } && m.Sequence > ReadByCustomer && m.Sequence > Reminded);

    /// <summary>Whether the customer is to read a message, and has not.</summary>
    public bool IsUnreadByCustomer(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.IsForCustomer && message.Author != Author.Customer && message.Sequence > ReadByCustomer;
    }

    /// <summary>The conversation of a customer.</summary>
    /// <param name="customer">Such as <c>cus_…</c>.</param>
    public static string IdOf(string customer) => $"cnv_{SuffixOf(customer)}";

    /// <summary>The customer of a conversation.</summary>
    /// <param name="conversation">Such as <c>cnv_…</c>.</param>
    public static string CustomerOf(string conversation) => $"cus_{SuffixOf(conversation)}";

    /// <summary>The confirmation's message, while the state keeps it.</summary>
    /// <returns><c>null</c> when there is none such.</returns>
    public Message? FindOffer(string confirmation) => Messages.LastOrDefault(m => m.Offer?.Confirmation == confirmation);

    private static string SuffixOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..];
    }
}

/// <summary>How a conversation is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConversationCommand))]
[JsonSerializable(typeof(ConversationEvent))]
[JsonSerializable(typeof(ConversationState))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(Offer))]
[JsonSerializable(typeof(Amount))]
public sealed partial class ConversationJson : JsonSerializerContext;
