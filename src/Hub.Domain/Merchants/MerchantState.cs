using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Domain.Conversations;
using Hub.Domain.Kernel;

namespace Hub.Domain.Merchants;

/// <summary>The bounds a merchant lives within.</summary>
public static class MerchantLimits
{
    /// <summary>Days a replaced webhook secret goes on signing beside the new one.</summary>
    public const int PreviousSecretDays = 1;
}

/// <summary>A key the merchant signs orders with.</summary>
public sealed record SigningKey(string Id, string PublicKey, DateTimeOffset AddedAt, bool Retired);

/// <summary>Where a merchant hears results.</summary>
/// <param name="Id">Such as <c>whe_…</c>.</param>
/// <param name="Url">Where.</param>
/// <param name="Types">The event types wanted; empty for all.</param>
/// <param name="Secret">The vault's name for the signing secret.</param>
/// <param name="PreviousSecret">The vault's name for the one before.</param>
/// <param name="PreviousUntil">Until when that one signs too.</param>
/// <param name="Disabled">Whether nothing is sent any more.</param>
/// <param name="CreatedAt">Since when.</param>
public sealed record WebhookEndpoint(
    string Id,
    string Url,
    EquatableArray<string> Types,
    string Secret,
    string? PreviousSecret,
    DateTimeOffset? PreviousUntil,
    bool Disabled,
    DateTimeOffset CreatedAt)
{
    /// <summary>Whether it wants to hear of an event type.</summary>
    public bool Wants(string type) => !Disabled && (Types.Count == 0 || Types.Contains(type));
}

/// <summary>What a merchant is.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(NoMerchant), "none")]
[JsonDerivedType(typeof(Merchant), "merchant")]
public abstract record MerchantState : State;

/// <summary>Not registered.</summary>
public sealed record NoMerchant : MerchantState
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => Subjects.Nobody;
}

/// <summary>A registered merchant.</summary>
public sealed record Merchant(string Id, string Name, DateTimeOffset CreatedAt) : MerchantState
{
    /// <summary>Every key it ever signed with.</summary>
    public EquatableArray<SigningKey> SigningKeys { get; init; } = [];

    /// <summary>Every endpoint it ever had.</summary>
    public EquatableArray<WebhookEndpoint> Endpoints { get; init; } = [];

    /// <summary>The sentences that staff often says.</summary>
    public EquatableArray<CannedAnswer> CannedAnswers { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => new(Merchant: Id);
}

/// <summary>How a merchant is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MerchantCommand))]
[JsonSerializable(typeof(MerchantEvent))]
[JsonSerializable(typeof(MerchantState))]
[JsonSerializable(typeof(SigningKey))]
[JsonSerializable(typeof(WebhookEndpoint))]
[JsonSerializable(typeof(CannedAnswer))]
[JsonSerializable(typeof(string))]
public sealed partial class MerchantJson : JsonSerializerContext;
