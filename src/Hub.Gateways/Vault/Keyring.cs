using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Hub.Actors.Ports;

namespace Hub.Gateways.Vault;

/// <summary>A key for every purpose, derived from the hub's own key in the vault.</summary>
/// <remarks>HKDF-Expand of RFC 5869 with SHA-256. The hub's key is never replaced: what was compared under it is stored everywhere.</remarks>
internal sealed class Keyring : IKeyring
{
    private const string Only = "1";

    private readonly byte[] _hubKey;
    private readonly ConcurrentDictionary<string, byte[]> _keys = new(StringComparer.Ordinal);

    internal Keyring(SealedRows rows, IRandomSource random)
    {
        _hubKey = rows.Find(VaultKind.HubKey, Only) ?? Make(rows, random);
    }

    public byte[] Mac(string purpose, ReadOnlySpan<byte> data) =>
        HMACSHA256.HashData(
            _keys.GetOrAdd(purpose, name => HKDF.Expand(HashAlgorithmName.SHA256, _hubKey, SealBox.KeySize, Encoding.UTF8.GetBytes($"omnihub.keyring.1/{name}"))),
            data);

    // Of several nodes that come at once one makes it.
    private static byte[] Make(SealedRows rows, IRandomSource random)
    {
        byte[]? kept = null;
        rows.Store.Write(writer =>
        {
            kept = rows.Open(writer.Find(VaultKind.HubKey, Only), writer);
            if (kept is null)
            {
                kept = new byte[SealBox.KeySize];
                random.Fill(kept);
                rows.Put(writer, VaultKind.HubKey, Only, kept);
            }
        });
        return kept!;
    }
}
