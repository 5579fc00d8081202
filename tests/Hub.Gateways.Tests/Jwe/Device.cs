using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Gateways.Jwe;
using Hub.Gateways.Tests.Support;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Tests.Jwe;

/// <summary>A customer's device, that may also misbehave.</summary>
internal static class Device
{
    internal static string Encrypt(IEncryptionKeys keys, string plain) => Encrypt(keys, Encoding.UTF8.GetBytes(plain));

    internal static string Encrypt(IEncryptionKeys keys, byte[] plain)
    {
        using var jwks = JsonDocument.Parse(keys.PublicJwks);
        return CompactJwe.Encrypt(plain, jwks.RootElement.GetProperty("keys")[0], new SeededRandom());
    }

    internal static string KeyId(IEncryptionKeys keys)
    {
        using var jwks = JsonDocument.Parse(keys.PublicJwks);
        return jwks.RootElement.GetProperty("keys")[0].GetProperty("kid").GetString()!;
    }

    /// <summary>A message that is right in every way but its header, or its content key.</summary>
    internal static string EncryptUnder(IEncryptionKeys keys, string header, int contentKeySize = 32, RSAEncryptionPadding? padding = null)
    {
        using var jwks = JsonDocument.Parse(keys.PublicJwks);
        var jwk = jwks.RootElement.GetProperty("keys")[0];
        using var key = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(jwk.GetProperty("n").GetString()),
            Exponent = Base64Url.DecodeFromChars(jwk.GetProperty("e").GetString()),
        });
        var contentKey = new byte[contentKeySize];
        var head = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header));
        var cipherText = new byte[2];
        var tag = new byte[16];
        using var cipher = new AesGcm(contentKey, 16);
        cipher.Encrypt(new byte[12], "{}"u8, cipherText, tag, Encoding.ASCII.GetBytes(head));
        return string.Join(
            '.',
            head,
            Base64Url.EncodeToString(key.Encrypt(contentKey, padding ?? RSAEncryptionPadding.OaepSHA256)),
            Base64Url.EncodeToString(new byte[12]),
            Base64Url.EncodeToString(cipherText),
            Base64Url.EncodeToString(tag));
    }
}
