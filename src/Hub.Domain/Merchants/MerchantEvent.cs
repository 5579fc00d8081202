using System.Text.Json.Serialization;
using Hub.Domain.Conversations;
using Hub.Domain.Kernel;

namespace Hub.Domain.Merchants;

/// <summary>Everything that can have happened to a merchant. Released shapes never change (<c>events.contract.txt</c>).</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Registered), "merchant.registered")]
[JsonDerivedType(typeof(SigningKeyAdded), "merchant.signing_key_added")]
[JsonDerivedType(typeof(SigningKeyRetired), "merchant.signing_key_retired")]
[JsonDerivedType(typeof(EndpointAdded), "merchant.endpoint_added")]
[JsonDerivedType(typeof(EndpointDisabled), "merchant.endpoint_disabled")]
[JsonDerivedType(typeof(SecretRotated), "merchant.secret_rotated")]
[JsonDerivedType(typeof(CannedAnswersSet), "merchant.canned_answers_set")]
public abstract record MerchantEvent : Event
{
    /// <summary>Began.</summary>
    public sealed record Registered(string Id, string Name, DateTimeOffset At) : MerchantEvent;

    /// <summary>Orders signed with this key are the merchant's.</summary>
    public sealed record SigningKeyAdded(string Key, string PublicKey, DateTimeOffset At) : MerchantEvent;

    /// <summary>Orders signed with this key are refused.</summary>
    public sealed record SigningKeyRetired(string Key) : MerchantEvent;

    /// <summary>Results go here too.</summary>
    public sealed record EndpointAdded(string Endpoint, string Url, EquatableArray<string> Types, string Secret, DateTimeOffset At) : MerchantEvent;

    /// <summary>Results no longer go here.</summary>
    public sealed record EndpointDisabled(string Endpoint, string Reason) : MerchantEvent;

    /// <summary>A new secret signs; the previous one too, until then.</summary>
    public sealed record SecretRotated(string Endpoint, string Secret, DateTimeOffset PreviousUntil) : MerchantEvent;

    /// <summary>The sentences that staff often says.</summary>
    public sealed record CannedAnswersSet(EquatableArray<CannedAnswer> Answers) : MerchantEvent;
}
