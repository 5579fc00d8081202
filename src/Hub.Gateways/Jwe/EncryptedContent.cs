using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Gateways.Jwe;

/// <summary>What binds a message to one customer, one use and ten minutes.</summary>
internal interface IBoundContent
{
    /// <summary><c>cus_…</c></summary>
    string Customer { get; }

    /// <summary>16 to 128 characters nobody can guess.</summary>
    string Jti { get; }

    /// <summary>Seconds since 1970; from then on it is refused.</summary>
    long Exp { get; }
}

/// <summary>A card as the customer's device encrypted it. Prints as its name.</summary>
internal sealed record EncryptedCard(
    [property: JsonRequired] string Number,
    [property: JsonRequired] int ExpMonth,
    [property: JsonRequired] int ExpYear,
    [property: JsonRequired] string Holder,
    [property: JsonRequired] string Customer,
    [property: JsonRequired] string Jti,
    [property: JsonRequired] long Exp) : IBoundContent
{
    public override string ToString() => nameof(EncryptedCard);
}

/// <summary>A bank account as the customer's device encrypted it. Prints as its name.</summary>
internal sealed record EncryptedAccount(
    [property: JsonRequired] string RoutingNumber,
    [property: JsonRequired] string AccountNumber,
    [property: JsonRequired] string Holder,
    [property: JsonRequired] string Customer,
    [property: JsonRequired] string Jti,
    [property: JsonRequired] long Exp) : IBoundContent
{
    public override string ToString() => nameof(EncryptedAccount);
}

/// <summary>A security code as the customer's device encrypted it. Prints as its name.</summary>
internal sealed record EncryptedSecurityCode(
    [property: JsonRequired] string SecurityCode,
    [property: JsonRequired] string Customer,
    [property: JsonRequired] string Jti,
    [property: JsonRequired] long Exp) : IBoundContent
{
    public override string ToString() => nameof(EncryptedSecurityCode);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 2)]
[JsonSerializable(typeof(EncryptedCard))]
[JsonSerializable(typeof(EncryptedAccount))]
[JsonSerializable(typeof(EncryptedSecurityCode))]
internal sealed partial class EncryptedJson : JsonSerializerContext;
