using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Hub.Actors.Ports;

namespace Hub.Gateways.Vault;

/// <summary>The vault's rows with their seals: everything under a data key, data keys under the master key.</summary>
internal sealed class SealedRows
{
    // There is one, and two while a rotation goes on; each rotation that was cut short leaves one more.
    private const int MostDataKeys = 1_000;

    private readonly TimeProvider _time;
    private readonly IRandomSource _random;
    private byte[] _masterKey;
    private ImmutableDictionary<long, byte[]> _dataKeys = ImmutableDictionary<long, byte[]>.Empty;

    /// <summary>Opens the data keys; makes the first one in an empty store. Of several nodes that come at once one makes it.</summary>
    /// <exception cref="VaultConfigurationException">Another master key than the one this store was made with.</exception>
    internal SealedRows(IVaultStore store, byte[] masterKey, TimeProvider time, IRandomSource random)
    {
        Store = store;
        _masterKey = masterKey;
        _time = time;
        _random = random;
        Load();
        if (_dataKeys.IsEmpty)
        {
            store.Write(writer => _ = writer.Newest(VaultKind.DataKey) ?? AddDataKey(writer, 1));
            Load();
        }
    }

    /// <summary>The rows beneath.</summary>
    internal IVaultStore Store { get; }

    /// <summary>Opens a row's body.</summary>
    /// <returns><c>null</c> where there is none, or it expired.</returns>
    internal byte[]? Find(string kind, string id) => Open(Store.Find(kind, id));

    /// <summary>Opens every row of a kind that has not expired, by id.</summary>
    internal IEnumerable<(string Id, byte[] Body)> List(string kind) =>
        Store.List(kind).Select(row => (row.Id, Body: Open(row))).Where(row => row.Body is not null).Select(row => (row.Id, row.Body!));

    /// <summary>Opens a row.</summary>
    /// <param name="row">As read; <c>null</c> stays <c>null</c>.</param>
    /// <param name="writer">The change it was read within, if it was.</param>
    /// <exception cref="InvalidDataException">The row was tampered with, or moved.</exception>
    internal byte[]? Open(VaultRow? row, IVaultWriter? writer = null)
    {
        if (row is null || row.ExpiresAt <= _time.GetUtcNow())
        {
            return null;
        }

        try
        {
            return SealBox.Open(KeyOf(row, writer), Place(row), row.Body);
        }
        catch (CryptographicException broken)
        {
            throw new InvalidDataException($"A row of kind {row.Kind} in the vault is not what the hub put there.", broken);
        }
    }

    /// <summary>Seals and puts, within a change: under the key that is current then, whichever node made it, so that a rotation misses no row.</summary>
    internal void Put(IVaultWriter writer, string kind, string id, ReadOnlySpan<byte> plain, string? owner = null, DateTimeOffset? expiresAt = null)
    {
        var (number, key) = Current(writer);
        writer.Put(new VaultRow(kind, id, owner, number, SealBox.Seal(key, SealBox.Place(kind, id, owner, expiresAt), plain, _random), expiresAt));
    }

    /// <summary>Puts a mark: a row that says all it has to say by being there.</summary>
    internal static void Mark(IVaultWriter writer, string kind, string id, DateTimeOffset? expiresAt = null) =>
        writer.Put(new VaultRow(kind, id, null, 0, [], expiresAt));

    /// <summary>Moves every row under a new data key and forgets the old ones. Cut short, it leaves everything readable; the next run ends it.</summary>
    internal async Task RotateAsync(CancellationToken cancel)
    {
        var number = 0L;
        await Store.WriteAsync(writer => number = Number(AddDataKey(writer, Number(writer.Newest(VaultKind.DataKey)!) + 1)), cancel);
        Load();
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

        // Every later put is under this key or a newer one, so nothing is left that an older one opens. They stay in memory for
        // whoever read a row just before.
        await Store.WriteAsync(
            writer =>
            {
                foreach (var old in DataKeys(writer).Where(row => Number(row) < number))
                {
                    writer.Delete(old.Kind, old.Id);
                }
            },
            cancel);
        Store.Scrub();
    }

    /// <summary>Wraps the data keys anew.</summary>
    /// <param name="masterKey">32 bytes; the old one opens nothing from then on.</param>
    internal void ChangeMasterKey(byte[] masterKey)
    {
        Store.Write(writer =>
        {
            foreach (var row in DataKeys(writer))
            {
                writer.Put(Wrap(Number(row), Unwrap(row), masterKey));
            }
        });
        _masterKey = masterKey;
        Store.Scrub();
    }

    private void Reseal(IVaultWriter writer, VaultRow row)
    {
        if (row.DataKey == 0 || row.DataKey == Current(writer).Number)
        {
            return;
        }

        var plain = SealBox.Open(KeyOf(row, writer), Place(row), row.Body);
        Put(writer, row.Kind, row.Id, plain, row.Owner, row.ExpiresAt);
        CryptographicOperations.ZeroMemory(plain);
    }

    // Asked of the store with every put: what another node has retired meanwhile opens nothing after its next start. Not remembered
    // from here: a change that is undone would leave a key in memory that was never made.
    private (long Number, byte[] Key) Current(IVaultWriter writer)
    {
        var row = writer.Newest(VaultKind.DataKey) ?? throw new InvalidDataException("The vault has lost its data keys.");
        return (Number(row), _dataKeys.GetValueOrDefault(Number(row)) ?? Unwrap(row));
    }

    private VaultRow AddDataKey(IVaultWriter writer, long number)
    {
        var key = new byte[SealBox.KeySize];
        _random.Fill(key);
        var row = Wrap(number, key, _masterKey);
        writer.Put(row);
        return row;
    }

    private static List<VaultRow> DataKeys(IVaultWriter writer) =>
        [.. writer.Page(VaultKind.DataKey, "", MostDataKeys).TakeWhile(row => row.Kind == VaultKind.DataKey)];

    private void Load()
    {
        foreach (var row in Store.List(VaultKind.DataKey).Where(row => !_dataKeys.ContainsKey(Number(row))))
        {
            var key = Unwrap(row);
            ImmutableInterlocked.TryAdd(ref _dataKeys, Number(row), key);
        }
    }

    private VaultRow Wrap(long number, byte[] key, byte[] masterKey) =>
        new(VaultKind.DataKey, Name(number), null, 0, SealBox.Seal(masterKey, SealBox.Place(VaultKind.DataKey, Name(number), null, null), key, _random), null);

    private byte[] Unwrap(VaultRow row)
    {
        try
        {
            return SealBox.Open(_masterKey, Place(row), row.Body);
        }
        catch (CryptographicException broken)
        {
            throw new VaultConfigurationException("The master key does not open this vault: start every node with the one it was made with (Hub:MasterKey or Hub:MasterKeyFile).", broken);
        }
    }

    private byte[] KeyOf(VaultRow row, IVaultWriter? writer)
    {
        if (_dataKeys.TryGetValue(row.DataKey, out var known)) return known;

        // Another node made it, or this very change.
        if (writer?.Find(VaultKind.DataKey, Name(row.DataKey)) is { } made) return Unwrap(made);
        Load();
        return _dataKeys.TryGetValue(row.DataKey, out var loaded) ? loaded : throw new CryptographicException("No such data key.");
    }

    private static byte[] Place(VaultRow row) => SealBox.Place(row.Kind, row.Id, row.Owner, row.ExpiresAt);

    private static string Name(long number) => number.ToString("D10", CultureInfo.InvariantCulture);

    private static long Number(VaultRow row) => long.Parse(row.Id, CultureInfo.InvariantCulture);
}
