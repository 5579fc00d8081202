using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Hub.Sandbox.Staff;

/// <summary>Time-based one-time passwords: six digits, 30 s, HMAC-SHA-1, as authenticator apps make them.</summary>
/// <remarks>Source: RFC 6238, section 4; RFC 4226, section 5.3.</remarks>
internal static class Totp
{
    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The code of a moment and how many seconds it still holds, 1 to 30.</summary>
    /// <param name="secret">Base32, capitals, no padding.</param>
    /// <param name="now">The moment.</param>
    internal static (string Code, int SecondsLeft) At(string secret, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        return (Code(Decode(secret), seconds / StepSeconds, 6), StepSeconds - (int)(seconds % StepSeconds));
    }

    [SuppressMessage("Security", "CA5350", Justification = "The protocol fixes HMAC-SHA-1; as a keyed hash it still holds.")]
    internal static string Code(byte[] key, long counter, int digits)
    {
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, counter);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, message, hash);
        var offset = hash[^1] & 0xf;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7fff_ffff;
        var modulus = digits == 8 ? 100_000_000 : 1_000_000;
        return (number % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    internal static byte[] Decode(string secret)
    {
        var bytes = new List<byte>();
        var (buffer, bits) = (0, 0);
        foreach (var c in secret)
        {
            buffer = ((buffer << 5) | Base32.IndexOf(c, StringComparison.Ordinal)) & 0xffff;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)((buffer >> bits) & 0xff));
        }

        return [.. bytes];
    }
}
