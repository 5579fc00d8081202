using System.Text.Json.Serialization;
using Hub.Domain.Conversations;
using Hub.Domain.Kernel;

namespace Hub.Domain.Merchants;

/// <summary>Everything a merchant can be asked.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Register), "register")]
[JsonDerivedType(typeof(AddSigningKey), "add_signing_key")]
[JsonDerivedType(typeof(RetireSigningKey), "retire_signing_key")]
[JsonDerivedType(typeof(AddEndpoint), "add_endpoint")]
[JsonDerivedType(typeof(DisableEndpoint), "disable_endpoint")]
[JsonDerivedType(typeof(RotateSecret), "rotate_secret")]
[JsonDerivedType(typeof(SetCannedAnswers), "set_canned_answers")]
public abstract record MerchantCommand : Command
{
    /// <summary>A new merchant. Repeating it under the same name changes nothing.</summary>
    public sealed record Register(string Id, string Name) : MerchantCommand;

    /// <summary>A public key the merchant signs orders with.</summary>
    /// <param name="Key">Its id, <c>sig_…</c>.</param>
    /// <param name="PublicKey">P-256, SubjectPublicKeyInfo, base64.</param>
    public sealed record AddSigningKey(string Key, string PublicKey) : MerchantCommand;

    /// <summary>Orders signed with it are refused from now on.</summary>
    public sealed record RetireSigningKey(string Key) : MerchantCommand;

    /// <summary>Where results are to be sent.</summary>
    /// <param name="Endpoint">Its id, <c>whe_…</c>.</param>
    /// <param name="Url">Checked at the edge.</param>
    /// <param name="Types">The event types wanted; empty for all.</param>
    /// <param name="Secret">The vault's name for the signing secret.</param>
    public sealed record AddEndpoint(string Endpoint, string Url, EquatableArray<string> Types, string Secret) : MerchantCommand;

    /// <summary>Nothing is sent there any more.</summary>
    public sealed record DisableEndpoint(string Endpoint, string Reason) : MerchantCommand;

    /// <summary>A new signing secret; the old one signs beside it for a day.</summary>
    public sealed record RotateSecret(string Endpoint, string Secret) : MerchantCommand;

    /// <summary>The sentences that staff often says, all of them; they replace those before.</summary>
    public sealed record SetCannedAnswers(EquatableArray<CannedAnswer> Answers) : MerchantCommand;
}
