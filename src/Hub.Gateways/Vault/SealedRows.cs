using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Hub.Actors.Ports;

namespace Hub.Gateways.Vault;

/// <summary>The vault's rows with their seals: everything under a data key, data keys under the master key.</summary>
internal sealed class SealedRows
{
    private readonly TimeProvider _time;
    private readonly IRandomSource _random;
    private byte[] _masterKey;
    private volatile ImmutableSortedDictionary<long, byte[]> _dataKeys = ImmutableSortedDictionary<long, byte[]>.Empty;

    /// <summary>Opens the data keys; makes the first one in an empty store.</summary>
    /// <exception cref="VaultConfigurationException">Another master key than the one this store was made with.</exception>
    internal SealedRows(IVaultStore store, byte[] masterKey, TimeProvider time, IRandomSource random)
    {
        Store = store;
        _masterKey = masterKey;
        _time = time;
        _random = random;
        foreach (var row in store.List(VaultKind.DataKey))
        {
            _dataKeys = _dataKeys.Add(Number(row), Unwrap(row));
        }

        if (_dataKeys.IsEmpty)
        {
            var (number, key) = NewDataKey();
            store.Write(writer => PutDataKey(writer, number, key, _masterKey));
            _dataKeys = _dataKeys.Add(number, key);
        }
    }

    /// <summary>The rows beneath.</summary>
    internal IVaultStore Store { get; }

    private long Current => _dataKeys.Keys.Last();

    /// <summary>Opens a row's body.</summary>
    /// <returns><c>null</c> where there is none, or it expired.</returns>
    internal byte[]? Find(string kind, string id) => Open(Store.Find(kind, id));

    /// <summary>Opens every row of a kind that has not expired, by id.</summary>
    internal IEnumerable<(string Id, byte[] Body)> List(string kind) =>
        Store.List(kind).Select(row => (row.Id, Body: Open(row))).Where(row => row.Body is not null).Select(row => (row.Id, row.Body!));

    /// <summary>Opens a row read within a change.</summary>
    /// <exception cref="InvalidDataException">The row was tampered with, or moved.</exception>
    internal byte[]? Open(VaultRow? row)
    {
        if (row is null || row.ExpiresAt <= _time.GetUtcNow())
        {
            return null;
        }

        try
        {
            return SealBox.Open(KeyOf(row), Place(row), row.Body);
        }
        catch (CryptographicException broken)
        {
            throw new InvalidDataException($"A row of kind {row.Kind} in the vault is not what the hub put there.", broken);
        }
    }

    /// <summary>Seals and puts, within a change: under the key that is current then, so that a rotation misses no row.</summary>
    internal void Put(IVaultWriter writer, string kind, string id, ReadOnlySpan<byte> plain, string? owner = null, DateTimeOffset? expiresAt = null) =>
        writer.Put(new VaultRow(kind, id, owner, Current, SealBox.Seal(_dataKeys[Current], SealBox.Place(kind, id, owner, expiresAt), plain, _random), expiresAt));

    /// <summary>Puts a mark: a row that says all it has to say by being there.</summary>
    internal static void Mark(IVaultWriter writer, string kind, string id, DateTimeOffset? expiresAt = null) =>
        writer.Put(new VaultRow(kind, id, null, 0, [], expiresAt));

    /// <summary>Moves every row under a new data key and forgets the old ones. Cut short, it leaves everything readable; the next run ends it.</summary>
    internal async Task RotateAsync(CancellationToken cancel)
    {
        var (number, key) = NewDataKey();
        await Store.WriteAsync(writer => PutDataKey(writer, number, key, _masterKey), cancel);
        // Not before it is durable: whatever were sealed under it could not be opened after a crash.
        _dataKeys = _dataKeys.Add(number, key);
        var (kind, id) = ("", "");
        for (var more = true; more;)
        {
            await Store.WriteAsync(
                writer =>
                {
                    var page = writer.Page(kind, id, 500);
                    foreach (var row in page)
                    {
                        Reseal(writer, row);
                    }

                    more = page.Count > 0;
                    (kind, id) = more ? (page[^1].Kind, page[^1].Id) : (kind, id);
                },
                cancel);
        }

        // Every later put is under the current key, so nothing is left that an older one opens. They stay in memory for
        // whoever read a row just before.
        var retired = _dataKeys.Keys.Where(old => old < number).ToArray();
        await Store.WriteAsync(writer => Array.ForEach(retired, old => writer.Delete(VaultKind.DataKey, Name(old))), cancel);
        Store.Scrub();
    }

    /// <summary>Wraps the data keys anew.</summary>
    /// <param name="masterKey">32 bytes; the old one opens nothing from then on.</param>
    internal void ChangeMasterKey(byte[] masterKey)
    {
        Store.Write(writer =>
        {
            foreach (var (number, key) in _dataKeys.Where(known => writer.Find(VaultKind.DataKey, Name(known.Key)) is not null))
            {
                PutDataKey(writer, number, key, masterKey);
            }
        });
        _masterKey = masterKey;
        Store.Scrub();
    }

    private void Reseal(IVaultWriter writer, VaultRow row)
    {
        if (row.DataKey == 0 || row.DataKey == Current)
        {
            return;
        }

        var plain = SealBox.Open(KeyOf(row), Place(row), row.Body);
        Put(writer, row.Kind, row.Id, plain, row.Owner, row.ExpiresAt);
        CryptographicOperations.ZeroMemory(plain);
    }

    private (long Number, byte[] Key) NewDataKey()
    {
        var key = new byte[SealBox.KeySize];
        _random.Fill(key);
        return (_dataKeys.IsEmpty ? 1 : Current + 1, key);
    }

    private void PutDataKey(IVaultWriter writer, long number, byte[] key, byte[] masterKey) =>
        writer.Put(new VaultRow(
            VaultKind.DataKey, Name(number), null, 0, SealBox.Seal(masterKey, SealBox.Place(VaultKind.DataKey, Name(number), null, null), key, _random), null));

    private byte[] Unwrap(VaultRow row)
    {
        try
        {
            return SealBox.Open(_masterKey, Place(row), row.Body);
        }
        catch (CryptographicException broken)
        {
            throw new VaultConfigurationException("The master key does not open this vault.", broken);
        }
    }

    private byte[] KeyOf(VaultRow row) =>
        _dataKeys.TryGetValue(row.DataKey, out var key) ? key : throw new CryptographicException("No such data key.");

    private static byte[] Place(VaultRow row) => SealBox.Place(row.Kind, row.Id, row.Owner, row.ExpiresAt);

    private static string Name(long number) => number.ToString("D10", CultureInfo.InvariantCulture);

    private static long Number(VaultRow row) => long.Parse(row.Id, CultureInfo.InvariantCulture);
}
