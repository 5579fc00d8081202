using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Hub.Gateways.Vault;

/// <summary>RSA-3072 key pairs; the current one is published, retired ones open what was encrypted just before.</summary>
internal sealed class EncryptionKeys : IEncryptionKeys
{
    private const int KeySize = 3072;

    /// <summary>A message lives ten minutes; the rest is for clocks that disagree and pages left open.</summary>
    private static readonly TimeSpan RetiredLife = TimeSpan.FromHours(1);

    private readonly KeyPairs<Pair> _pairs;

    /// <summary>Opens the key pairs; makes the first one where there is none.</summary>
    /// <param name="rows">Where they lie.</param>
    /// <param name="time">Retires them.</param>
    /// <param name="make">Makes a key pair; <c>null</c> for RSA-3072, which takes about a second of a core.</param>
    internal EncryptionKeys(SealedRows rows, TimeProvider time, Func<RSA>? make)
    {
        (string, byte[]) Make()
        {
            using var fresh = make is null ? RSA.Create(KeySize) : make();
            return (KeyId(fresh), fresh.ExportPkcs8PrivateKey());
        }

        _pairs = new KeyPairs<Pair>(
            rows, time, new KeyPairUse<Pair>(VaultKind.EncryptionKey, RetiredLife, Make, (_, stored) => new Pair(stored), pair => pair, Publish));
    }

    public string PublicJwks => _pairs.PublicJwks;

    public bool Knows(string keyId) => _pairs.Find(keyId) is not null;

    public byte[]? Unwrap(string keyId, byte[] wrapped) => _pairs.Find(keyId)?.Opened.Unwrap(wrapped);

    public void Rotate() => _pairs.Rotate();

    public void RemoveRetired() => _pairs.RemoveRetired();

    private static string Publish(IReadOnlyList<KeyPair<Pair>> pairs) => PublishedKeys.Set(pairs.Where(pair => pair.Stored.RetiredAt is null).Select(pair =>
    {
        var half = pair.Opened.Public();
        return (IEnumerable<(string, string)>)
        [
            ("kty", "RSA"), ("use", "enc"), ("alg", "RSA-OAEP-256"), ("kid", pair.KeyId),
            ("n", Base64Url.EncodeToString(half.Modulus)), ("e", Base64Url.EncodeToString(half.Exponent)),
        ];
    }));

    private static string KeyId(RSA key)
    {
        var half = key.ExportParameters(includePrivateParameters: false);
        return PublishedKeys.Thumbprint($$"""{"e":"{{Base64Url.EncodeToString(half.Exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(half.Modulus)}}"}""");
    }

    /// <summary>One key pair, opened. RSA objects serve one caller at a time, so idle ones are kept.</summary>
    private sealed class Pair(StoredKeyPair stored)
    {
        private readonly ConcurrentBag<RSA> _idle = [];

        internal RSAParameters Public()
        {
            using var key = Import();
            return key.ExportParameters(includePrivateParameters: false);
        }

        internal byte[]? Unwrap(byte[] wrapped)
        {
            var key = _idle.TryTake(out var idle) ? idle : Import();
            try
            {
                return key.Decrypt(wrapped, RSAEncryptionPadding.OaepSHA256);
            }
            catch (CryptographicException)
            {
                return null;
            }
            finally
            {
                _idle.Add(key);
            }
        }

        private RSA Import()
        {
            var key = RSA.Create();
            key.ImportPkcs8PrivateKey(stored.Pkcs8, out _);
            return key;
        }
    }
}
