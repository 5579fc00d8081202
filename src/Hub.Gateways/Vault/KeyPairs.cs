using System.Collections.Immutable;
using System.Text.Json;

namespace Hub.Gateways.Vault;

/// <summary>What sets the key pairs of one use apart.</summary>
/// <typeparam name="TPair">A key pair, opened.</typeparam>
/// <param name="Kind">From <see cref="VaultKind"/>.</param>
/// <param name="RetiredLife">How long a retired pair is kept.</param>
/// <param name="Make">Makes a pair: its id, and its private half as PKCS #8.</param>
/// <param name="Open">Opens what is stored.</param>
/// <param name="Retire">What is kept of a pair once it is retired.</param>
/// <param name="Publish">Writes the public halves as a JWK set.</param>
internal sealed record KeyPairUse<TPair>(
    string Kind,
    TimeSpan RetiredLife,
    Func<(string KeyId, byte[] Pkcs8)> Make,
    Func<string, StoredKeyPair, TPair> Open,
    Func<StoredKeyPair, StoredKeyPair> Retire,
    Func<IReadOnlyList<KeyPair<TPair>>, string> Publish);

/// <summary>A key pair with its row.</summary>
internal sealed record KeyPair<TPair>(string KeyId, StoredKeyPair Stored, TPair Opened);

/// <summary>Key pairs of one use as sealed rows, shared by all nodes; the one that was never retired is current.</summary>
internal sealed class KeyPairs<TPair>
{
    private const int PageSize = 500;

    private readonly SealedRows _rows;
    private readonly TimeProvider _time;
    private readonly KeyPairUse<TPair> _use;
    private readonly Lock _changing = new();
    private volatile State _state;

    /// <summary>Opens the key pairs; makes the first one where there is none. Of several nodes that come at once one keeps its own.</summary>
    internal KeyPairs(SealedRows rows, TimeProvider time, KeyPairUse<TPair> use)
    {
        (_rows, _time, _use) = (rows, time, use);
        _state = Load(null);
        if (_state.Pairs.IsEmpty) Add(replace: false);
    }

    /// <summary>The public halves as a JWK set, believed for <see cref="PublishedKeys.Memory"/>.</summary>
    internal string PublicJwks => Fresh().Jwks;

    /// <summary>The pair that is used for what is new, believed for as long.</summary>
    internal KeyPair<TPair> Current => Fresh().Pairs.Values.First(pair => pair.Stored.RetiredAt is null);

    /// <summary>A pair, current or retired; <c>null</c> where there is none.</summary>
    /// <remarks>A key that is not known was made by another node, or by whoever wrote the message. One row tells.</remarks>
    internal KeyPair<TPair>? Find(string keyId)
    {
        if (_state.Pairs.TryGetValue(keyId, out var known)) return known;
        if (_rows.Store.Find(_use.Kind, keyId) is null) return null;
        return Reload().Pairs.GetValueOrDefault(keyId);
    }

    /// <summary>Makes a new current pair and retires the one before it.</summary>
    internal void Rotate() => Add(replace: true);

    /// <summary>Deletes the pairs whose retired life is over.</summary>
    internal void RemoveRetired()
    {
        lock (_changing)
        {
            var before = _time.GetUtcNow() - _use.RetiredLife;
            _rows.Store.Write(writer =>
            {
                foreach (var (keyId, _) in Stored(writer).Where(kept => kept.Pair.RetiredAt < before))
                {
                    writer.Delete(_use.Kind, keyId);
                }
            });
            _state = Load(_state);
        }
    }

    private void Add(bool replace)
    {
        lock (_changing)
        {
            // Made outside the change: an RSA key takes a second, and the whole vault would wait. A pair is not made before it is exported.
            var (freshId, pkcs8) = _use.Make();
            var now = _time.GetUtcNow();
            _rows.Store.Write(writer =>
            {
                var stored = Stored(writer);
                if (!replace && stored.Count > 0) return;
                foreach (var (keyId, pair) in stored.Where(kept => kept.Pair.RetiredAt is null))
                {
                    Put(writer, keyId, _use.Retire(pair) with { RetiredAt = now });
                }

                Put(writer, freshId, new StoredKeyPair(pkcs8, now, null));
            });
            _state = Load(_state);
        }
    }

    private State Fresh()
    {
        var state = _state;
        return _time.GetElapsedTime(state.ReadAt) < PublishedKeys.Memory ? state : Reload();
    }

    private State Reload()
    {
        lock (_changing)
        {
            return _state = Load(_state);
        }
    }

    private void Put(IVaultWriter writer, string keyId, StoredKeyPair pair) =>
        _rows.Put(writer, _use.Kind, keyId, JsonSerializer.SerializeToUtf8Bytes(pair, VaultJson.Default.StoredKeyPair));

    // There are two or three that can be opened, and of signing keys as many public halves as there were rotations in their life.
    private List<(string KeyId, StoredKeyPair Pair)> Stored(IVaultWriter writer)
    {
        List<(string KeyId, StoredKeyPair Pair)> all = [];
        for (var after = ""; ;)
        {
            var page = writer.Page(_use.Kind, after, PageSize).TakeWhile(row => row.Kind == _use.Kind).ToList();
            all.AddRange(page.Select(row => (row.Id, Read(_rows.Open(row, writer)!))));
            if (page.Count < PageSize) return all;
            after = page[^1].Id;
        }
    }

    private static StoredKeyPair Read(byte[] body) =>
        JsonSerializer.Deserialize(body, VaultJson.Default.StoredKeyPair) ?? throw new InvalidDataException("An empty key pair.");

    // Timed before it is read: what changes meanwhile is asked for again in time.
    private State Load(State? before)
    {
        var readAt = _time.GetTimestamp();
        var stored = _rows.List(_use.Kind).ToImmutableSortedDictionary(row => row.Id, row => Read(row.Body), StringComparer.Ordinal);
        if (before is not null && stored.Count == before.Pairs.Count
            && stored.All(row => before.Pairs.TryGetValue(row.Key, out var known) && known.Stored.RetiredAt == row.Value.RetiredAt))
        {
            return before with { ReadAt = readAt };
        }

        var pairs = stored.ToImmutableSortedDictionary(
            row => row.Key, row => new KeyPair<TPair>(row.Key, row.Value, _use.Open(row.Key, row.Value)), StringComparer.Ordinal);
        return new State(pairs, _use.Publish([.. pairs.Values]), readAt);
    }

    private sealed record State(ImmutableSortedDictionary<string, KeyPair<TPair>> Pairs, string Jwks, long ReadAt);
}
