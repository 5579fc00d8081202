using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hub.Api.Access.Staff;

/// <summary>Time-based one-time passwords: steps of 30 seconds, six digits, HMAC-SHA-1.</summary>
/// <remarks>Source: RFC 6238 and RFC 4226; authenticator apps know no other combination reliably.</remarks>
public static class Totp
{
    /// <summary>The length of a new secret, in bytes.</summary>
    public const int SecretBytes = 20;

    /// <summary>The digits people type.</summary>
    public const int Digits = 6;

    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step a time lies in.</summary>
    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="step">See <see cref="StepAt"/>.</param>
    /// <param name="digits">6 to 8.</param>
    /// <param name="algorithm">SHA-1, or one of the others that RFC 6238 has vectors for.</param>
    public static string Code(ReadOnlySpan<byte> secret, long step, int digits, HashAlgorithmName algorithm)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var digest = CryptographicOperations.HmacData(algorithm, secret, counter);
        var number = BinaryPrimitives.ReadUInt32BigEndian(digest.AsSpan(digest[^1] & 15)) & 0x7FFF_FFFF;
        return (number % (uint)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step a typed code belongs to: the present one, or one beside it, for clocks that are off.</summary>
    /// <returns>The step, or <c>null</c>. All candidates are compared, in constant time.</returns>
    public static long? Match(ReadOnlySpan<byte> secret, string typed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(typed);
        long? match = null;
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
        {
            var code = Code(secret, step, Digits, HashAlgorithmName.SHA1);
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(typed))) match = step;
        }

        return match;
    }

    /// <summary>What an authenticator app scans or is typed.</summary>
    public static string Uri(string email, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/OmniHub:{System.Uri.EscapeDataString(email)}?secret={ToBase32(secret)}&issuer=OmniHub";

    /// <summary>RFC 4648 base 32 without padding.</summary>
    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        int buffer = 0, bits = 0;
        foreach (var value in bytes)
        {
            buffer = ((buffer << 8) | value) & 0xFFFF;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Base32[(buffer >> bits) & 31]);
            }
        }

        if (bits > 0) text.Append(Base32[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }
}
