using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hub.Domain.Signatures;

/// <summary>What is wrong with a webhook.</summary>
public enum WebhookFault
{
    /// <summary>A header is missing or cannot be read.</summary>
    Malformed,

    /// <summary>The timestamp lies too far from the receiver's time.</summary>
    OutsideTolerance,

    /// <summary>No signature verifies under any of the secrets.</summary>
    BadSignature,
}

/// <summary>Standard Webhooks, version 1: HMAC-SHA-256 over id, timestamp and raw body.</summary>
/// <remarks>Source: the Standard Webhooks specification, "Signature scheme". Repeats are found by the id; that is the receiver's part.</remarks>
public static class StandardWebhook
{
    /// <summary>Names the message; the same on every repeat.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>Seconds since 1970, of this sending.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>One or more signatures, separated by spaces.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How a secret starts; base64 of 24 to 64 bytes follows.</summary>
    public const string SecretPrefix = "whsec_";

    /// <summary>How far the timestamp may lie from now, in seconds, either way; both ends included.</summary>
    public const long ToleranceSeconds = 300;

    /// <summary>The value of the signature header.</summary>
    /// <param name="id">The id; no full stop in it.</param>
    /// <param name="at">The time of sending; whole seconds count.</param>
    /// <param name="body">The raw body.</param>
    /// <param name="secrets">One secret, or while one is being replaced, both.</param>
    /// <returns><c>v1,…</c> per secret, separated by spaces.</returns>
    /// <exception cref="FormatException">Not a secret: a caller's bug.</exception>
    public static string Sign(string id, DateTimeOffset at, ReadOnlySpan<byte> body, params ReadOnlySpan<string> secrets)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var signed = Signed(id, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), body);
        var signatures = new string[secrets.Length];
        for (var i = 0; i < secrets.Length; i++) signatures[i] = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Key(secrets[i]), signed));
        return string.Join(' ', signatures);
    }

    /// <summary>Whether a received webhook was sent by the holder of one of the secrets, just now.</summary>
    /// <param name="id">The id header; <c>null</c> when it is missing.</param>
    /// <param name="timestamp">The timestamp header.</param>
    /// <param name="signature">The signature header; versions other than <c>v1</c> in it are passed over.</param>
    /// <param name="body">The raw body, as received.</param>
    /// <param name="now">The receiver's time.</param>
    /// <param name="secrets">Every secret that is valid now.</param>
    /// <returns><c>null</c> when it holds. Signatures are compared in constant time, every one with every secret.</returns>
    /// <exception cref="FormatException">Not a secret: a caller's bug.</exception>
    public static WebhookFault? Verify(string? id, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now, params ReadOnlySpan<string> secrets)
    {
        if (string.IsNullOrEmpty(id) || id.Length > 256 || string.IsNullOrEmpty(signature) || signature.Length > 4096) return WebhookFault.Malformed;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return WebhookFault.Malformed;
        // A number that reads the same but is written otherwise would be signed otherwise.
        if (timestamp != seconds.ToString(CultureInfo.InvariantCulture)) return WebhookFault.Malformed;

        var signed = Signed(id, timestamp, body);
        var found = false;
        foreach (var secret in secrets)
        {
            // Compared as text: base64 has several ways to write the same bytes, a signature has one.
            var expected = Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(Key(secret), signed)));
            foreach (var candidate in signature.Split(' ')) found |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(candidate), expected);
        }

        if (!found) return WebhookFault.BadSignature;
        // After the signature, so that nobody learns the receiver's clock by guessing.
        var age = now.ToUnixTimeSeconds() - seconds;
        return age is > ToleranceSeconds or < -ToleranceSeconds ? WebhookFault.OutsideTolerance : null;
    }

    private static byte[] Signed(string id, string timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        var signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(head.Length));
        return signed;
    }

    // Under an empty key anybody could sign, so a secret that was never set must not pass for one.
    private static byte[] Key(string secret) =>
        Convert.FromBase64String(secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret) is { Length: > 0 } key
            ? key
            : throw new FormatException("The secret of a webhook is empty.");
}
