using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications.Planning;

namespace Hub.Domain.Notifications;

/// <summary>How a notification ended.</summary>
[JsonConverter(typeof(SnakeCaseNames<NotificationOutcome>))]
public enum NotificationOutcome
{
    /// <summary>Delivered, or what it asked for was answered.</summary>
    Acknowledged,

    /// <summary>Given up, with a case.</summary>
    Failed,
}

/// <summary>What a notification is.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(NoNotification), "none")]
[JsonDerivedType(typeof(Notification), "notification")]
public abstract record NotificationState : State;

/// <summary>Not asked for.</summary>
public sealed record NoNotification : NotificationState
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => Subjects.Nobody;
}

/// <summary>One send over one channel.</summary>
/// <param name="Id">Such as <c>dlv_…_1</c>.</param>
/// <param name="Route">Where it goes.</param>
/// <param name="State">How far it got.</param>
/// <param name="Since">When it got there.</param>
public sealed record Delivery(string Id, Route Route, TryState State, DateTimeOffset Since)
{
    /// <summary>Whether it may have left.</summary>
    public bool Started { get; init; }

    /// <summary>The provider's id of it.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Why it failed.</summary>
    public ErrorClass? Error { get; init; }

    /// <summary>When the person saw it; <c>null</c> where they have not, or where the channel does not tell.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>As the planner sees it.</summary>
    public Try AsTry() => new(Notification.NameOf(Route.Channel), Route.AddressId, State, Since, Error);
}

/// <summary>A notification that was asked for; ended ones too.</summary>
public sealed record Notification(
    string Id,
    NotificationKind Kind,
    About About,
    EquatableArray<Recipient> Recipients,
    DateTimeOffset Deadline,
    DateTimeOffset CreatedAt) : NotificationState
{
    /// <summary>Every send, oldest first.</summary>
    public EquatableArray<Delivery> Deliveries { get; init; } = [];

    /// <summary>When no phone may ring for it.</summary>
    public EquatableArray<QuietWindow> Quiet { get; init; } = [];

    /// <summary>Addresses to which nothing more goes.</summary>
    public EquatableArray<string> Closed { get; init; } = [];

    /// <summary>How long an answer is awaited before the next channel; <c>null</c>: as usual.</summary>
    public int? FallbackAfterSeconds { get; init; }

    /// <summary>How it ended; <c>null</c> while it may still send.</summary>
    public NotificationOutcome? Outcome { get; init; }

    /// <summary>The case that goes with a failure.</summary>
    public string? Case { get; init; }

    /// <summary>Why it was given up.</summary>
    public GiveUpReason? Reason { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => About.Merchant is null
        ? Subjects.Nobody
        : new Subjects(About.Merchant, About.Customer, About.Order, About.Payment);

    /// <summary>Whether nothing more may be sent.</summary>
    [JsonIgnore]
    public bool HasEnded => Outcome is not null;

    /// <summary>What it set out to do, as the planner sees it.</summary>
    [JsonIgnore]
    public Plan Plan => new(
        Kind is NotificationKind.Confirmation ? Goal.Answer : Goal.Delivery,
        Recipients.Where(r => CanSend(r.Route.Channel))
            .Select(r => new Candidate(NameOf(r.Route.Channel), r.Route.AddressId, r.Verified, Closed.Contains(r.Route.AddressId), LastHeard: r.LastHeard, Anytime: r.Anytime)).ToEquatableArray(),
        Deadline,
        FallbackAfterSeconds is { } seconds ? UsualPace.WithFallbackAfter(TimeSpan.FromSeconds((long)seconds)) : UsualPace,
        VerifiedOnly: Kind is NotificationKind.Confirmation,
        Quiet);

    /// <summary>The id its next send will have.</summary>
    [JsonIgnore]
    public string NextDeliveryId => $"dlv_{Suffix}_{Deliveries.Count + 1}";

    /// <summary>The id its case has, if it comes to one.</summary>
    [JsonIgnore]
    public string CaseId => $"cas_{Suffix}_1";

    private Pace UsualPace => Kind is NotificationKind.Confirmation or NotificationKind.AddressVerification or NotificationKind.WalletCode ? Pace.Confirmation : Pace.Notice;

    private string Suffix => Id[(Id.IndexOf('_', StringComparison.Ordinal) + 1)..];

    /// <summary>The notification a delivery belongs to.</summary>
    /// <param name="delivery">Such as <c>dlv_…_1</c>.</param>
    /// <returns><c>null</c> when that is no delivery's id.</returns>
    public static string? IdOf(string delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var parts = delivery.Split('_');
        return parts is ["dlv", { Length: > 0 } suffix, _] ? $"ntf_{suffix}" : null;
    }

    /// <summary>The send with this id.</summary>
    /// <returns><c>null</c> when there is none such.</returns>
    public Delivery? Find(string delivery) => Deliveries.FirstOrDefault(d => d.Id == delivery);

    /// <summary>A channel's name, as the planner and the adapters know it.</summary>
    public static string NameOf(Channel channel) => channel switch
    {
        Channel.Web => "web",
        Channel.Mobile => "mobile",
        Channel.Sms => "sms",
        Channel.Whatsapp => "whatsapp",
        Channel.Chat => "chat",
        Channel.Email => "email",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "No such channel."),
    };

    // Pages follow the live feed; nothing is sent to them.
    private static bool CanSend(Channel channel) => channel is Channel.Sms or Channel.Whatsapp or Channel.Chat or Channel.Email;

    internal Route RouteOf(Candidate candidate) =>
        Recipients.First(r => r.Route.AddressId == candidate.Address && NameOf(r.Route.Channel) == candidate.Channel).Route;
}

/// <summary>How a notification is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NotificationCommand))]
[JsonSerializable(typeof(Recipient))]
[JsonSerializable(typeof(QuietWindow))]
[JsonSerializable(typeof(NoticeTopic))]
public sealed partial class NotificationCommandJson : JsonSerializerContext;

/// <summary>How a notification's events are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NotificationEvent))]
[JsonSerializable(typeof(Recipient))]
[JsonSerializable(typeof(QuietWindow))]
[JsonSerializable(typeof(NoticeTopic))]
public sealed partial class NotificationEventJson : JsonSerializerContext;

/// <summary>How a notification's states are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NotificationState))]
[JsonSerializable(typeof(Recipient))]
[JsonSerializable(typeof(QuietWindow))]
[JsonSerializable(typeof(NoticeTopic))]
[JsonSerializable(typeof(Delivery))]
public sealed partial class NotificationStateJson : JsonSerializerContext;
