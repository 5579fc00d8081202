using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hub.Gateways.Vault;

/// <summary>RSA-3072 key pairs as sealed rows; the one that was never retired is current.</summary>
internal sealed class EncryptionKeys : IEncryptionKeys
{
    private const int KeySize = 3072;

    /// <summary>A message lives ten minutes; the rest is for clocks that disagree and pages left open.</summary>
    private static readonly TimeSpan RetiredLife = TimeSpan.FromHours(1);

    /// <summary>How long the published key is believed without asking whether another node has rotated it. A retired one stays readable far longer.</summary>
    internal static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    // There are two or three; each rotation within an hour leaves one more.
    private const int MostPairs = 1_000;

    private readonly SealedRows _rows;
    private readonly TimeProvider _time;
    private readonly Lock _changing = new();
    private readonly Func<RSA> _make;
    private volatile State _state;

    /// <summary>Opens the key pairs; makes the first one where there is none. Of several nodes that come at once one keeps its own.</summary>
    /// <param name="rows">Where they lie.</param>
    /// <param name="time">Retires them.</param>
    /// <param name="make">Makes a key pair; <c>null</c> for RSA-3072, which takes about a second of a core.</param>
    internal EncryptionKeys(SealedRows rows, TimeProvider time, Func<RSA>? make)
    {
        _rows = rows;
        _time = time;
        _make = make ?? (() => RSA.Create(KeySize));
        _state = Load(null);
        if (_state.Pairs.IsEmpty)
        {
            Add(replace: false);
        }
    }

    public string PublicJwks => Fresh().Jwks;

    public bool Knows(string keyId) => Find(keyId) is not null;

    public byte[]? Unwrap(string keyId, byte[] wrapped) => Find(keyId)?.Unwrap(wrapped);

    public void Rotate() => Add(replace: true);

    public void RemoveRetired()
    {
        lock (_changing)
        {
            var before = _time.GetUtcNow() - RetiredLife;
            _rows.Store.Write(writer =>
            {
                foreach (var (keyId, pair) in Stored(writer).Where(kept => kept.Pair.RetiredAt < before))
                {
                    writer.Delete(VaultKind.EncryptionKey, keyId);
                }
            });
            _state = Load(_state);
        }
    }

    private void Add(bool replace)
    {
        lock (_changing)
        {
            // Made outside the change: it takes a second, and the whole vault would wait. A pair is not made before it is exported.
            using var fresh = _make();
            var (freshId, pkcs8) = (KeyId(fresh), fresh.ExportPkcs8PrivateKey());
            var now = _time.GetUtcNow();
            _rows.Store.Write(writer =>
            {
                var stored = Stored(writer);
                if (!replace && stored.Count > 0) return;
                foreach (var (keyId, pair) in stored.Where(kept => kept.Pair.RetiredAt is null))
                {
                    Put(writer, keyId, pair with { RetiredAt = now });
                }

                Put(writer, freshId, new StoredKeyPair(pkcs8, now, null));
            });
            _state = Load(_state);
        }
    }

    // A key that is not known was made by another node, or by whoever wrote the message. One row tells.
    private Pair? Find(string keyId)
    {
        if (_state.Pairs.TryGetValue(keyId, out var known)) return known;
        if (_rows.Store.Find(VaultKind.EncryptionKey, keyId) is null) return null;
        return Reload().Pairs.GetValueOrDefault(keyId);
    }

    private State Fresh()
    {
        var state = _state;
        return _time.GetElapsedTime(state.ReadAt) < Memory ? state : Reload();
    }

    private State Reload()
    {
        lock (_changing)
        {
            return _state = Load(_state);
        }
    }

    private void Put(IVaultWriter writer, string keyId, StoredKeyPair pair) =>
        _rows.Put(writer, VaultKind.EncryptionKey, keyId, JsonSerializer.SerializeToUtf8Bytes(pair, VaultJson.Default.StoredKeyPair));

    private List<(string KeyId, StoredKeyPair Pair)> Stored(IVaultWriter writer) =>
        [.. writer.Page(VaultKind.EncryptionKey, "", MostPairs).TakeWhile(row => row.Kind == VaultKind.EncryptionKey)
            .Select(row => (row.Id, Read(_rows.Open(row, writer)!)))];

    private static StoredKeyPair Read(byte[] body) =>
        JsonSerializer.Deserialize(body, VaultJson.Default.StoredKeyPair) ?? throw new InvalidDataException("An empty key pair.");

    // Timed before it is read: what changes meanwhile is asked for again in time.
    private State Load(State? before)
    {
        var readAt = _time.GetTimestamp();
        var stored = _rows.List(VaultKind.EncryptionKey).ToImmutableSortedDictionary(row => row.Id, row => Read(row.Body), StringComparer.Ordinal);
        if (before is not null && stored.Count == before.Pairs.Count
            && stored.All(row => before.Pairs.TryGetValue(row.Key, out var known) && known.Stored.RetiredAt == row.Value.RetiredAt))
        {
            return before with { ReadAt = readAt };
        }

        var pairs = stored.ToImmutableSortedDictionary(row => row.Key, row => new Pair(row.Value), StringComparer.Ordinal);
        return new State(pairs, Jwks(pairs.Where(pair => pair.Value.Stored.RetiredAt is null)), readAt);
    }

    private static string Jwks(IEnumerable<KeyValuePair<string, Pair>> pairs)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var (keyId, pair) in pairs)
            {
                var half = pair.Public();
                json.WriteStartObject();
                json.WriteString("kty", "RSA");
                json.WriteString("use", "enc");
                json.WriteString("alg", "RSA-OAEP-256");
                json.WriteString("kid", keyId);
                json.WriteString("n", Base64Url.EncodeToString(half.Modulus));
                json.WriteString("e", Base64Url.EncodeToString(half.Exponent));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <remarks>Source: RFC 7638, the thumbprint of a JWK.</remarks>
    private static string KeyId(RSA key)
    {
        var half = key.ExportParameters(includePrivateParameters: false);
        var canonical = $$"""{"e":"{{Base64Url.EncodeToString(half.Exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(half.Modulus)}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    private sealed record State(ImmutableSortedDictionary<string, Pair> Pairs, string Jwks, long ReadAt);

    /// <summary>One key pair, opened. RSA objects serve one caller at a time, so idle ones are kept.</summary>
    private sealed class Pair(StoredKeyPair stored)
    {
        private readonly ConcurrentBag<RSA> _idle = [];

        internal StoredKeyPair Stored => stored;

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
