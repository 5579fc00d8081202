using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Actors.Ports;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Jwe;

/// <summary>JWE compact serialization with RSA-OAEP-256 and A256GCM, and with nothing else.</summary>
/// <remarks>Source: RFC 7516; RFC 7518 sections 4.3 and 5.3. The header says which key, never how.</remarks>
public static class CompactJwe
{
    /// <summary>The longest message that is read, in characters. One for a 4096-bit key with 2 KiB inside fits.</summary>
    public const int MaxLength = 4096;

    private const string Algorithm = "RSA-OAEP-256";
    private const string Encryption = "A256GCM";
    private const int ContentKeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Opens a message.</summary>
    /// <param name="message">As it came.</param>
    /// <param name="keys">Holds the private keys.</param>
    /// <param name="random">Stands in for a content key that does not open.</param>
    /// <param name="plain">What was inside; empty where there is a problem.</param>
    /// <returns>The first thing that is wrong; <c>null</c> when nothing is.</returns>
    public static JweProblem? TryDecrypt(string message, IEncryptionKeys keys, IRandomSource random, out byte[] plain)
    {
        plain = [];
        if (message.Length > MaxLength)
        {
            return JweProblem.TooLarge;
        }

        var parts = message.Split('.');
        if (parts.Length != 5
            || Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } wrapped || Decode(parts[3]) is not { } cipherText
            || Decode(parts[2]) is not { Length: NonceSize } nonce || Decode(parts[4]) is not { Length: TagSize } tag)
        {
            return JweProblem.Malformed;
        }

        if (ReadHeader(header, out var keyId) is { } problem)
        {
            return problem;
        }

        if (!keys.Knows(keyId))
        {
            return JweProblem.UnknownKey;
        }

        var contentKey = ContentKey(keys.Unwrap(keyId, wrapped), random);
        var opened = new byte[cipherText.Length];
        try
        {
            using var cipher = new AesGcm(contentKey, TagSize);
            cipher.Decrypt(nonce, cipherText, tag, opened, Encoding.ASCII.GetBytes(parts[0]));
        }
        catch (AuthenticationTagMismatchException)
        {
            return JweProblem.NotAuthentic;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(contentKey);
        }

        plain = opened;
        return null;
    }

    /// <summary>Makes a message, as a customer's device does: for tests and tools.</summary>
    /// <param name="plain">What to hide.</param>
    /// <param name="jwk">One key of <see cref="IEncryptionKeys.PublicJwks"/>.</param>
    /// <param name="random">Gives the content key and the nonce.</param>
    public static string Encrypt(ReadOnlySpan<byte> plain, JsonElement jwk, IRandomSource random)
    {
        using var key = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(jwk.GetProperty("n").GetString()),
            Exponent = Base64Url.DecodeFromChars(jwk.GetProperty("e").GetString()),
        });
        var kid = JsonEncodedText.Encode(jwk.GetProperty("kid").GetString() ?? "");
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{Algorithm}}","enc":"{{Encryption}}","kid":"{{kid}}"}"""));
        var contentKey = new byte[ContentKeySize];
        var nonce = new byte[NonceSize];
        random.Fill(contentKey);
        random.Fill(nonce);
        var cipherText = new byte[plain.Length];
        var tag = new byte[TagSize];
        using var cipher = new AesGcm(contentKey, TagSize);
        cipher.Encrypt(nonce, plain, cipherText, tag, Encoding.ASCII.GetBytes(header));
        var wrapped = key.Encrypt(contentKey, RSAEncryptionPadding.OaepSHA256);
        return string.Join('.', header, Base64Url.EncodeToString(wrapped), Base64Url.EncodeToString(nonce), Base64Url.EncodeToString(cipherText), Base64Url.EncodeToString(tag));
    }

    /// <summary>Whatever was inside, go on with some key of the right length.</summary>
    /// <remarks>Source: RFC 7516 11.5: nobody shall learn from the answer at which step a message failed.</remarks>
    private static byte[] ContentKey(byte[]? unwrapped, IRandomSource random)
    {
        var standIn = new byte[ContentKeySize];
        random.Fill(standIn);
        return unwrapped is { Length: ContentKeySize } ? unwrapped : standIn;
    }

    /// <summary>Strict base64url: no padding, no white space, one way to write the same bytes.</summary>
    private static byte[]? Decode(string part)
    {
        if (!part.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_') || !Base64Url.IsValid(part))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(part);
        return Base64Url.EncodeToString(bytes) == part ? bytes : null;
    }

    private static JweProblem? ReadHeader(byte[] header, out string keyId)
    {
        keyId = "";
        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 2 });
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                return JweProblem.Malformed;
            }

            var members = json.RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String)
                .ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal);
            var allowed = json.RootElement.GetPropertyCount() == 3 && members.Count == 3
                && members.GetValueOrDefault("alg") == Algorithm && members.GetValueOrDefault("enc") == Encryption
                && members.TryGetValue("kid", out keyId!);
            keyId ??= "";
            return allowed ? null : JweProblem.HeaderNotAllowed;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The second comes for a text that is no Unicode.
            return JweProblem.Malformed;
        }
    }
}
