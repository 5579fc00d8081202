using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hub.Bench.Rivals.RowLocks;

/// <summary>Cards at rest, and what a customer's device encrypts: one key each, held in memory.</summary>
internal sealed class Cards : IDisposable
{
    // As the hub's.
    private const int RsaBits = 3_072;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly RSA _pair = RSA.Create(RsaBits);
    private readonly byte[] _rest = RandomNumberGenerator.GetBytes(32);

    /// <summary>The public key as a JWK.</summary>
    public JsonElement Jwk()
    {
        var key = _pair.ExportParameters(includePrivateParameters: false);
        return JsonSerializer.SerializeToElement(new
        {
            kty = "RSA", kid = "rival", use = "enc", alg = "RSA-OAEP-256", n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent),
        });
    }

    /// <summary>Opens a JWE of RSA-OAEP-256 and A256GCM.</summary>
    /// <exception cref="CryptographicException">It does not open.</exception>
    public JsonElement Open(string message)
    {
        var parts = message.Split('.');
        var contentKey = _pair.Decrypt(Base64Url.DecodeFromChars(parts[1]), RSAEncryptionPadding.OaepSHA256);
        var cipherText = Base64Url.DecodeFromChars(parts[3]);
        var plain = new byte[cipherText.Length];
        using var cipher = new AesGcm(contentKey, TagSize);
        cipher.Decrypt(Base64Url.DecodeFromChars(parts[2]), cipherText, Base64Url.DecodeFromChars(parts[4]), plain, Encoding.ASCII.GetBytes(parts[0]));
        return JsonSerializer.Deserialize<JsonElement>(plain);
    }

    /// <summary>Encrypts a card number for its table.</summary>
    public byte[] Seal(string number)
    {
        var plain = Encoding.ASCII.GetBytes(number);
        var sealedCard = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(sealedCard.AsSpan(0, NonceSize));
        using var cipher = new AesGcm(_rest, TagSize);
        cipher.Encrypt(sealedCard.AsSpan(0, NonceSize), plain, sealedCard.AsSpan(NonceSize, plain.Length), sealedCard.AsSpan(NonceSize + plain.Length));
        return sealedCard;
    }

    /// <summary>The number again.</summary>
    public string Unseal(byte[] sealedCard)
    {
        var plain = new byte[sealedCard.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(_rest, TagSize);
        cipher.Decrypt(sealedCard.AsSpan(0, NonceSize), sealedCard.AsSpan(NonceSize, plain.Length), sealedCard.AsSpan(NonceSize + plain.Length), plain);
        return Encoding.ASCII.GetString(plain);
    }

    public void Dispose() => _pair.Dispose();
}
