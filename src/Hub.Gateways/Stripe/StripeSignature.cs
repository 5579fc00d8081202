using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hub.Domain.Signatures;

namespace Hub.Gateways.Stripe;

/// <summary>Stripe's signature of a webhook: HMAC-SHA-256 over time and raw body.</summary>
/// <remarks>Source: Stripe's documentation, "Verify webhook signatures manually". The whole secret is the key, its prefix included.</remarks>
public static class StripeSignature
{
    /// <summary>The header: <c>t=…,v1=…</c>, with one <c>v1</c> for each secret that is valid at Stripe.</summary>
    public const string Header = "Stripe-Signature";

    /// <summary>How far the time may lie from now, in seconds, either way; both ends included.</summary>
    public const long ToleranceSeconds = 300;

    private const int MaxHeader = 4096;

    /// <summary>The value of the header, as Stripe would write it.</summary>
    /// <param name="at">The time of sending; whole seconds count.</param>
    /// <param name="body">The raw body.</param>
    /// <param name="secrets">One secret, or while one is being replaced, both.</param>
    public static string Sign(DateTimeOffset at, ReadOnlySpan<byte> body, params ReadOnlySpan<string> secrets)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var header = new StringBuilder($"t={time}");
        foreach (var secret in secrets) header.Append(CultureInfo.InvariantCulture, $",v1={Mac(secret, time, body)}");
        return header.ToString();
    }

    /// <summary>Whether a received webhook was sent by the holder of one of the secrets, just now.</summary>
    /// <param name="header">The signature header; <c>null</c> when it is missing. Schemes other than <c>v1</c> in it are passed over.</param>
    /// <param name="body">The raw body, as received.</param>
    /// <param name="now">The receiver's time.</param>
    /// <param name="secrets">Every secret that is valid now.</param>
    /// <returns><c>null</c> when it holds. Signatures are compared in constant time, every one with every secret.</returns>
    public static WebhookFault? Verify(string? header, ReadOnlySpan<byte> body, DateTimeOffset now, params ReadOnlySpan<string> secrets)
    {
        if (string.IsNullOrEmpty(header) || header.Length > MaxHeader) return WebhookFault.Malformed;
        string? time = null;
        List<byte[]> signatures = [];
        foreach (var element in header.Split(','))
        {
            var part = element.Trim();
            if (part.StartsWith("v1=", StringComparison.Ordinal)) signatures.Add(Encoding.UTF8.GetBytes(part[3..]));
            if (!part.StartsWith("t=", StringComparison.Ordinal)) continue;

            // With two times nobody could say which one was signed.
            if (time is not null) return WebhookFault.Malformed;
            time = part[2..];
        }

        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || signatures.Count == 0) return WebhookFault.Malformed;
        var found = false;
        foreach (var secret in secrets)
        {
            var expected = Encoding.ASCII.GetBytes(Mac(secret, time, body));
            foreach (var signature in signatures) found |= CryptographicOperations.FixedTimeEquals(signature, expected);
        }

        if (!found) return WebhookFault.BadSignature;

        // After the signature, so that nobody learns the receiver's clock by guessing.
        var age = now.ToUnixTimeSeconds() - seconds;
        return age is > ToleranceSeconds or < -ToleranceSeconds ? WebhookFault.OutsideTolerance : null;
    }

    private static string Mac(string secret, string time, ReadOnlySpan<byte> body)
    {
        var head = Encoding.ASCII.GetBytes(time + ".");
        var signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(head.Length));
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
