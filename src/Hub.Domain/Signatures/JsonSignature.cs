using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hub.Domain.Signatures;

/// <summary>Why a signed JSON document is not believed.</summary>
public enum JsonSignatureFault
{
    /// <summary>A part cannot be read.</summary>
    Malformed,

    /// <summary>Signed in another way, or as another sort of document.</summary>
    WrongKind,

    /// <summary>The key it names is not among those at hand.</summary>
    UnknownKey,

    /// <summary>It does not verify: the content or the signature was changed.</summary>
    BadSignature,
}

/// <summary>The three parts of a signed JSON document, in base64url: a JWS with one signature.</summary>
/// <param name="Protected">The header that is signed too.</param>
/// <param name="Payload">The content.</param>
/// <param name="Signature">r and s, 32 bytes each.</param>
/// <remarks>Source: RFC 7515, sections 5.1, 5.2 and 7.2.2; RFC 7518, section 3.4; algorithm and type are pinned, as RFC 8725 advises.</remarks>
public sealed record JsonSignature(string Protected, string Payload, string Signature)
{
    /// <summary>The one algorithm that is spoken here: ECDSA on P-256 with SHA-256.</summary>
    public const string Algorithm = "ES256";

    /// <summary>The longest part that is read, in characters.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>What is signed.</summary>
    /// <param name="type">Says what sort of document it is, so that it passes for no other.</param>
    /// <param name="keyId">The key it is signed with.</param>
    /// <param name="payload">The content as it is.</param>
    /// <returns>ASCII: header, full stop, payload.</returns>
    public static byte[] Input(string type, string keyId, ReadOnlySpan<byte> payload)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WriteString("alg", Algorithm);
            json.WriteString("kid", keyId);
            json.WriteString("typ", type);
            json.WriteEndObject();
        }

        return Encoding.ASCII.GetBytes($"{Base64Url.EncodeToString(header.ToArray())}.{Base64Url.EncodeToString(payload)}");
    }

    /// <summary>The document, once it is signed.</summary>
    /// <param name="input">From <see cref="Input"/>.</param>
    /// <param name="signature">64 bytes.</param>
    public static JsonSignature Of(ReadOnlySpan<byte> input, ReadOnlySpan<byte> signature)
    {
        var parts = Encoding.ASCII.GetString(input).Split('.');
        return new JsonSignature(parts[0], parts[1], Base64Url.EncodeToString(signature));
    }

    /// <summary>Whether the holder of a known key signed exactly this, as this sort of document.</summary>
    /// <param name="type">The sort that is expected.</param>
    /// <param name="keys">The keys that are believed.</param>
    /// <returns>The content, or what is wrong.</returns>
    public (byte[]? Content, JsonSignatureFault? Fault) Verify(string type, PublicKeySet keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (Read(Protected) is not { } header || Read(Payload) is not { } content || Read(Signature) is not { Length: HttpMessageSignature.SignatureLength } signature)
        {
            return (null, JsonSignatureFault.Malformed);
        }

        if (KeyOf(header, type) is not { } keyId) return (null, JsonSignatureFault.WrongKind);
        if (keys.Find(keyId) is not { } point) return (null, JsonSignatureFault.UnknownKey);
        using var key = ECDsa.Create(point);
        var good = key.VerifyData(Encoding.ASCII.GetBytes($"{Protected}.{Payload}"), signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return good ? (content, null) : (null, JsonSignatureFault.BadSignature);
    }

    // A header with anything else in it asks for something that is not spoken here, such as "crit".
    private static string? KeyOf(byte[] header, string type)
    {
        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 4 });
            if (json.RootElement.ValueKind is not JsonValueKind.Object) return null;
            var members = json.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.ValueKind is JsonValueKind.String ? m.Value.GetString() : null);
            return members.Count == 3 && members.GetValueOrDefault("alg") == Algorithm && members.GetValueOrDefault("typ") == type ? members.GetValueOrDefault("kid") : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The reader takes half a character for text, and says so only when it is asked for the words.
            return null;
        }
    }

    // What is signed are these very characters, so there must be one way only to write the bytes.
    private static byte[]? Read(string text)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text ? bytes : null;
    }
}
