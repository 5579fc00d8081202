using System.Security.Cryptography;
using System.Text;
using Hub.Actors.Ports;

namespace Hub.Gateways.Vault;

/// <summary>AES-256-GCM with a key of its own for every seal, so that random nonces never run out.</summary>
/// <remarks>
/// Layout: version 1 · 16 bytes of salt · 12 bytes of nonce · ciphertext · 16 bytes of tag. The key of a seal is
/// HMAC-SHA-256(key, "row" · salt): with 224 random bits a seal, the 2^32 limit of NIST SP 800-38D 8.3 is out of reach.
/// </remarks>
internal static class SealBox
{
    /// <summary>The length of every symmetric key, in bytes.</summary>
    internal const int KeySize = 32;

    private const byte Version = 1;
    private const int SaltSize = 16;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int HeadSize = 1 + SaltSize + NonceSize;

    /// <summary>Seals; the same input never gives the same output.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="bound">What the seal must be found with, and does not hold.</param>
    /// <param name="plain">What to hide.</param>
    /// <param name="random">Gives the salt and the nonce.</param>
    internal static byte[] Seal(byte[] key, byte[] bound, ReadOnlySpan<byte> plain, IRandomSource random)
    {
        var box = new byte[HeadSize + plain.Length + TagSize];
        box[0] = Version;
        random.Fill(box.AsSpan(1, SaltSize + NonceSize));
        using var cipher = Cipher(key, box);
        cipher.Encrypt(box.AsSpan(1 + SaltSize, NonceSize), plain, box.AsSpan(HeadSize, plain.Length), box.AsSpan(HeadSize + plain.Length), bound);
        return box;
    }

    /// <summary>Opens.</summary>
    /// <exception cref="CryptographicException">Another key, another place, or a changed byte.</exception>
    internal static byte[] Open(byte[] key, byte[] bound, byte[] box)
    {
        if (box.Length < HeadSize + TagSize || box[0] != Version)
        {
            throw new CryptographicException("Not a seal of this vault.");
        }

        var plain = new byte[box.Length - HeadSize - TagSize];
        using var cipher = Cipher(key, box);
        cipher.Decrypt(box.AsSpan(1 + SaltSize, NonceSize), box.AsSpan(HeadSize, plain.Length), box.AsSpan(HeadSize + plain.Length), plain, bound);
        return plain;
    }

    /// <summary>Everything about a row but its body. Lengths go first, so that no two rows ever read the same.</summary>
    internal static byte[] Place(string kind, string id, string? owner, DateTimeOffset? expiresAt) =>
        Encoding.UTF8.GetBytes($"omnihub.vault.1|{kind.Length}:{kind}|{id.Length}:{id}|{owner?.Length}:{owner}|{expiresAt?.ToUnixTimeMilliseconds()}");

    private static AesGcm Cipher(byte[] key, byte[] box)
    {
        Span<byte> message = stackalloc byte[3 + SaltSize];
        "row"u8.CopyTo(message);
        box.AsSpan(1, SaltSize).CopyTo(message[3..]);
        Span<byte> own = stackalloc byte[KeySize];
        HMACSHA256.HashData(key, message, own);
        var cipher = new AesGcm(own, TagSize);
        CryptographicOperations.ZeroMemory(own);
        return cipher;
    }
}
