using System.Text.Encodings.Web;
using System.Text.Json;
using Hub.Api.Edge.Json;
using Hub.Domain.Signatures;
using Hub.Gateways.Vault;

namespace Hub.Api.Receipts;

/// <summary>A receipt as it is handed out: what it says, to be read, and the signed document, to be checked.</summary>
/// <param name="Receipt">A copy of what was signed; whoever checks the signature compares the two.</param>
/// <param name="Payload">What was signed, in base64url.</param>
/// <param name="Protected">The signature's header, in base64url.</param>
/// <param name="Signature">The signature, in base64url.</param>
/// <remarks>
/// Source: RFC 7515, section 7.2.2 (a flattened JWS). Members that it does not name are passed over by those who only know the RFC
/// (section 7.2.1), so any library checks it.
/// </remarks>
public sealed record SignedReceipt(Receipt Receipt, string Payload, string Protected, string Signature)
{
    /// <summary>The media type of a JWS in JSON.</summary>
    public const string MediaType = "application/jose+json";

    // People read it, so names stay as they are; it is never part of a page.
    private static readonly JsonSerializerOptions Written = new(WireJson.Out) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };
    private static readonly JsonSerializerOptions Content = new(WireJson.Out) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Signs a receipt with the hub's current key.</summary>
    internal static SignedReceipt Of(Receipt receipt, ISigningKeys keys)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(receipt, Content);
        var signed = keys.Sign(keyId => JsonSignature.Input(Receipt.SignedAs, keyId, payload));
        var document = JsonSignature.Of(signed.Bytes, signed.Signature);
        return new SignedReceipt(receipt, document.Payload, document.Protected, document.Signature);
    }

    /// <summary>The file: JSON over several lines.</summary>
    internal string Write() => JsonSerializer.Serialize(this, Written) + "\n";
}
