using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;

namespace Hub.Domain.Payments.Attempts;

/// <summary>Where one attempt stands.</summary>
[JsonConverter(typeof(SnakeCaseNames<AttemptStatus>))]
public enum AttemptStatus
{
    /// <summary>Submitted; the bank was not asked yet.</summary>
    Created,

    /// <summary>The customer acts at the bank.</summary>
    Authenticating,

    /// <summary>The bank is being asked.</summary>
    Authorizing,

    /// <summary>The bank was asked and nobody knows what it did.</summary>
    Unknown,

    /// <summary>The bank holds the money.</summary>
    Authorized,

    /// <summary>The bank said no.</summary>
    Declined,

    /// <summary>It provably never reached the bank.</summary>
    Failed,

    /// <summary>The customer left.</summary>
    Abandoned,

    /// <summary>The hold is being released.</summary>
    Voiding,

    /// <summary>The hold was released.</summary>
    Voided,

    /// <summary>The hold lapsed.</summary>
    Expired,
}

/// <summary>What a payment becomes once a hold is released.</summary>
[JsonConverter(typeof(SnakeCaseNames<AfterVoid>))]
public enum AfterVoid
{
    /// <summary>The customer may submit again.</summary>
    TryAgain,

    /// <summary>Canceled.</summary>
    Cancel,

    /// <summary>Expired.</summary>
    Expire,

    /// <summary>Nothing: the payment had moved on before the hold came to light, or keeps what was captured.</summary>
    Stay,
}

/// <summary>One try with one instrument at one gateway.</summary>
public sealed record Attempt(
    string Id,
    InstrumentRef Instrument,
    string Gateway,
    Amount Amount,
    AttemptStatus Status,
    BankOperation Authorize,
    string? SecurityCode,
    EquatableArray<Route> Routes,
    DateTimeOffset CreatedAt)
{
    /// <summary>What its gateway can do.</summary>
    public GatewayTerms Terms { get; init => field = value ?? GatewayTerms.Full; } = GatewayTerms.Full;

    /// <summary>The gateways that would take it where this one provably cannot be reached, best first.</summary>
    public EquatableArray<GatewayChoice> Others { get; init; } = [];

    /// <summary>Whether it was begun because another gateway could not be reached; such a try is not the customer's.</summary>
    public bool Rerouted { get; init; }

    /// <summary>The channel it was submitted on.</summary>
    public Channel By { get; init; }

    /// <summary>The bank's id of the authorization; known before the bank is asked for money where the bank prepares a place first.</summary>
    public string? BankId { get; init; }

    /// <summary>When the hold lapses.</summary>
    public DateTimeOffset? CaptureBefore { get; init; }

    /// <summary>The digest of the bank's own one-time code, where it supplied one.</summary>
    public string? BankCodeDigest { get; init; }

    /// <summary>Why the bank said no, or why it was never reached.</summary>
    public string? DeclineCode { get; init; }

    /// <summary>Where the customer acts at the bank.</summary>
    public string? ActionUrl { get; init; }

    /// <summary>What the customer was asked to confirm.</summary>
    public Confirmation? Confirmation { get; init; }

    /// <summary>The release of the hold.</summary>
    public BankOperation? Void { get; init; }

    /// <summary>What follows the release.</summary>
    public AfterVoid AfterVoid { get; init; }

    /// <summary>Why the hold is released.</summary>
    public string? VoidReason { get; init; }

    /// <summary>Whether another attempt must wait for this one.</summary>
    [JsonIgnore]
    public bool IsLive => Status is AttemptStatus.Created or AttemptStatus.Authenticating or AttemptStatus.Authorizing
        or AttemptStatus.Unknown or AttemptStatus.Authorized or AttemptStatus.Voiding;

    /// <summary>Whether the bank's yes or no is still to come.</summary>
    [JsonIgnore]
    public bool AwaitsBank => Authorize.Progress is not BankOperationProgress.Waiting
        && Status is AttemptStatus.Created or AttemptStatus.Authenticating or AttemptStatus.Authorizing or AttemptStatus.Unknown;

    /// <summary>Whether the bank is not asked before the customer has confirmed: there is no hold that could be released.</summary>
    [JsonIgnore]
    public bool IsUnasked => Status is AttemptStatus.Created && Authorize.Progress is BankOperationProgress.Waiting;
}
