using System.Buffers.Text;
using System.Security.Cryptography;

namespace Hub.Gateways.Vault;

/// <summary>P-256 key pairs; the current one signs, and every one is published for as long as what it signed may be checked.</summary>
internal sealed class SigningKeys : ISigningKeys
{
    /// <summary>Ten years that books are kept for, and the year they belong to; with their leap days.</summary>
    internal static readonly TimeSpan RetiredLife = TimeSpan.FromDays((11 * 365) + 3);

    private readonly KeyPairs<Pair> _pairs;

    /// <summary>Opens the key pairs; makes the first one where there is none, in about a millisecond.</summary>
    internal SigningKeys(SealedRows rows, TimeProvider time) =>
        _pairs = new KeyPairs<Pair>(rows, time, new KeyPairUse<Pair>(VaultKind.SigningKey, RetiredLife, Make, (_, stored) => new Pair(stored), Retire, Publish));

    public string PublicJwks => _pairs.PublicJwks;

    public SignedBytes Sign(Func<string, byte[]> toSign)
    {
        var current = _pairs.Current;
        var bytes = toSign(current.KeyId);
        return new SignedBytes(bytes, current.Opened.Sign(bytes));
    }

    public void Rotate() => _pairs.Rotate();

    public void RemoveRetired() => _pairs.RemoveRetired();

    private static (string KeyId, byte[] Pkcs8) Make()
    {
        using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (x, y) = Point(fresh);
        return (PublishedKeys.Thumbprint($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}"""), fresh.ExportPkcs8PrivateKey());
    }

    // Whoever opens the vault later can then sign nothing that looks as if it were from before.
    private static StoredKeyPair Retire(StoredKeyPair pair)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pair.Pkcs8, out _);
        return pair with { Pkcs8 = null, PublicHalf = key.ExportSubjectPublicKeyInfo() };
    }

    private static string Publish(IReadOnlyList<KeyPair<Pair>> pairs) => PublishedKeys.Set(pairs
        .OrderByDescending(pair => pair.Stored.RetiredAt ?? DateTimeOffset.MaxValue).ThenBy(pair => pair.KeyId, StringComparer.Ordinal)
        .Select(pair =>
        {
            using var key = pair.Opened.Import();
            var (x, y) = Point(key);
            return (IEnumerable<(string, string)>)[("kty", "EC"), ("crv", "P-256"), ("alg", "ES256"), ("use", "sig"), ("kid", pair.KeyId), ("x", x), ("y", y)];
        }));

    private static (string X, string Y) Point(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    /// <summary>One key pair, or the public half of one. A key object serves one caller at a time and costs little to make.</summary>
    private sealed class Pair(StoredKeyPair stored)
    {
        internal byte[] Sign(byte[] data)
        {
            using var key = Import();
            return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        internal ECDsa Import()
        {
            var key = ECDsa.Create();
            if (stored.Pkcs8 is { } whole) key.ImportPkcs8PrivateKey(whole, out _);
            else key.ImportSubjectPublicKeyInfo(stored.PublicHalf, out _);
            return key;
        }
    }
}
