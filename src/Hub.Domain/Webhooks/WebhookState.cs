using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Domain.Kernel;

namespace Hub.Domain.Webhooks;

/// <summary>What is told.</summary>
/// <param name="Id">Its id, <c>evt_…</c>; the receiver drops repeats by it.</param>
/// <param name="Merchant">Who is told.</param>
/// <param name="Endpoint">Where, <c>whe_…</c>.</param>
/// <param name="Type">Such as <c>payment.succeeded</c>.</param>
/// <param name="Sequence">Orders the events of one payment or order.</param>
/// <param name="Body">The exact JSON; nothing personal in it.</param>
/// <param name="Order">About which order.</param>
/// <param name="Payment">About which payment.</param>
public sealed record WebhookMessage(string Id, string Merchant, string Endpoint, string Type, long Sequence, string Body, string? Order, string? Payment);

/// <summary>Where a webhook stands.</summary>
[JsonConverter(typeof(SnakeCaseNames<WebhookStatus>))]
public enum WebhookStatus
{
    /// <summary>To be sent, or sent again.</summary>
    Pending,

    /// <summary>Taken.</summary>
    Delivered,

    /// <summary>Given up.</summary>
    Failed,
}

/// <summary>What a webhook is.</summary>
/// <param name="Message">What is told; <c>null</c> before it is queued.</param>
public sealed record WebhookState(WebhookMessage? Message) : State
{
    /// <summary>Where it stands.</summary>
    public WebhookStatus Status { get; init; }

    /// <summary>Calls started so far.</summary>
    public int Tries { get; init; }

    /// <summary>Calls since it was queued or last asked for; the schedule counts these.</summary>
    public int TriesOfRound { get; init; }

    /// <summary>Whether the next call may start: not before its time in the schedule.</summary>
    public bool Due { get; init; }

    /// <summary>Whether a call is under way.</summary>
    public bool Calling { get; init; }

    /// <summary>What came of the last call.</summary>
    public string? LastResult { get; init; }

    /// <summary>When it was queued.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => Message is null ? Subjects.Nobody : new Subjects(Merchant: Message.Merchant, Order: Message.Order, Payment: Message.Payment);
}

/// <summary>How a webhook is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookCommand))]
[JsonSerializable(typeof(WebhookEvent))]
[JsonSerializable(typeof(WebhookState))]
public sealed partial class WebhookJson : JsonSerializerContext;
