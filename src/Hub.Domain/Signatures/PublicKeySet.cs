using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Hub.Domain.Signatures;

/// <summary>The public keys of a JWK set that ES256 signatures are checked with.</summary>
/// <remarks>Source: RFC 7517, section 5; RFC 7518, section 6.2.</remarks>
public sealed class PublicKeySet
{
    /// <summary>The longest set that is read, in characters: thousands of keys.</summary>
    public const int MaxLength = 1 << 20;

    private const int CoordinateLength = 32;

    private readonly Dictionary<string, ECParameters> _keys;

    private PublicKeySet(Dictionary<string, ECParameters> keys) => _keys = keys;

    /// <summary>How many keys of this sort there are.</summary>
    public int Count => _keys.Count;

    /// <summary>Reads a set.</summary>
    /// <param name="json">As published. Keys for other uses, and keys that are no point of P-256, are passed over.</param>
    /// <returns><c>null</c> for what is no JWK set.</returns>
    public static PublicKeySet? Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MaxLength) return null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.ValueKind is not JsonValueKind.Object
                || !document.RootElement.TryGetProperty("keys", out var listed) || listed.ValueKind is not JsonValueKind.Array)
            {
                return null;
            }

            var keys = new Dictionary<string, ECParameters>(StringComparer.Ordinal);
            foreach (var jwk in listed.EnumerateArray())
            {
                // Two keys of one name: which is meant nobody can say, so neither is.
                if (Read(jwk) is { } key && !keys.TryAdd(key.Id, key.Point)) return null;
            }

            return new PublicKeySet(keys);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The reader takes half a character for text, and says so only when it is asked for the words.
            return null;
        }
    }

    /// <summary>A key by its id; <c>null</c> where there is none.</summary>
    public ECParameters? Find(string keyId) => _keys.TryGetValue(keyId, out var point) ? point : null;

    private static (string Id, ECParameters Point)? Read(JsonElement jwk)
    {
        if (jwk.ValueKind is not JsonValueKind.Object || Text(jwk, "kty") != "EC" || Text(jwk, "crv") != "P-256") return null;
        if (Text(jwk, "use") is not (null or "sig") || Text(jwk, "alg") is not (null or JsonSignature.Algorithm)) return null;
        if (Text(jwk, "kid") is not { Length: > 0 } id || Coordinate(jwk, "x") is not { } x || Coordinate(jwk, "y") is not { } y) return null;
        var point = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = { X = x, Y = y } };
        try
        {
            using var key = ECDsa.Create(point);
            return (id, point);
        }
        catch (CryptographicException)
        {
            // Not on the curve.
            return null;
        }
    }

    private static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Coordinate(JsonElement jwk, string name) =>
        Text(jwk, name) is { } text && Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is { Length: CoordinateLength } bytes ? bytes : null;
}
