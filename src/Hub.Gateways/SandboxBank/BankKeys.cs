using System.Buffers.Text;
using System.Security.Cryptography;

namespace Hub.Gateways.SandboxBank;

/// <summary>A bank's public keys: what it says of money counts only under one of them.</summary>
/// <remarks>ECDSA P-256 with SHA-256, 64 bytes in base64url. Two keys may be valid at once, while the bank replaces one.</remarks>
internal sealed class BankKeys
{
    private readonly List<byte[]> _keys = [];

    /// <summary>Reads the keys.</summary>
    /// <param name="pems">SubjectPublicKeyInfo in PEM; none for a bank that signs nothing.</param>
    /// <exception cref="ArgumentException">One is no public key on P-256: a wrong setting.</exception>
    internal BankKeys(IEnumerable<string> pems)
    {
        foreach (var pem in pems)
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            if (key.KeySize != 256) throw new ArgumentException("A bank's key is on the curve P-256.", nameof(pems));
            _keys.Add(key.ExportSubjectPublicKeyInfo());
        }
    }

    /// <summary>Whether the bank signs what it says of money.</summary>
    internal bool Promised => _keys.Count > 0;

    /// <summary>Whether the holder of one of the keys signed a statement. Nothing else decides whether a bank's words about money are the bank's.</summary>
    /// <param name="said">What the bank said, in the hub's own words of what was asked.</param>
    /// <param name="signature">In base64url; anything else is no signature.</param>
    internal bool Signed(TransferStatement said, string? signature)
    {
        var statement = said.ToBytes();
        var bytes = new byte[64];
        if (signature is not { Length: 86 } || !Base64Url.IsValid(signature) || !Base64Url.TryDecodeFromChars(signature, bytes, out var length) || length != 64) return false;
        return _keys.Exists(spki =>
        {
            // A key object serves one thread at a time; made anew it serves as many as come.
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(spki, out _);
            return key.VerifyData(statement, bytes, HashAlgorithmName.SHA256);
        });
    }
}
