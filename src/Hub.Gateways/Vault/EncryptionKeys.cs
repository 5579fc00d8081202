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

    private readonly SealedRows _rows;
    private readonly TimeProvider _time;
    private readonly Lock _changing = new();
    private readonly Func<RSA> _make;
    private volatile State _state;

    /// <summary>Opens the key pairs; makes the first one where there is none.</summary>
    /// <param name="rows">Where they lie.</param>
    /// <param name="time">Retires them.</param>
    /// <param name="make">Makes a key pair; <c>null</c> for RSA-3072, which takes about a second of a core.</param>
    internal EncryptionKeys(SealedRows rows, TimeProvider time, Func<RSA>? make)
    {
        _rows = rows;
        _time = time;
        _make = make ?? (() => RSA.Create(KeySize));
        _state = Load();
        if (_state.Pairs.IsEmpty)
        {
            Rotate();
        }
    }

    public string PublicJwks => _state.Jwks;

    public bool Knows(string keyId) => _state.Pairs.ContainsKey(keyId);

    public byte[]? Unwrap(string keyId, byte[] wrapped) => _state.Pairs.GetValueOrDefault(keyId)?.Unwrap(wrapped);

    public void Rotate()
    {
        lock (_changing)
        {
            using var fresh = _make();
            var now = _time.GetUtcNow();
            _rows.Store.Write(writer =>
            {
                foreach (var (keyId, pair) in _state.Pairs)
                {
                    Put(writer, keyId, pair.Stored with { RetiredAt = pair.Stored.RetiredAt ?? now });
                }

                Put(writer, KeyId(fresh), new StoredKeyPair(fresh.ExportPkcs8PrivateKey(), now, null));
            });
            _state = Load();
        }
    }

    public void RemoveRetired()
    {
        lock (_changing)
        {
            var before = _time.GetUtcNow() - RetiredLife;
            _rows.Store.Write(writer =>
            {
                foreach (var (keyId, _) in _state.Pairs.Where(pair => pair.Value.Stored.RetiredAt < before))
                {
                    writer.Delete(VaultKind.EncryptionKey, keyId);
                }
            });
            _state = Load();
        }
    }

    private void Put(IVaultWriter writer, string keyId, StoredKeyPair pair) =>
        _rows.Put(writer, VaultKind.EncryptionKey, keyId, JsonSerializer.SerializeToUtf8Bytes(pair, VaultJson.Default.StoredKeyPair));

    private State Load()
    {
        var pairs = _rows.List(VaultKind.EncryptionKey).ToImmutableSortedDictionary(
            row => row.Id,
            row => new Pair(JsonSerializer.Deserialize(row.Body, VaultJson.Default.StoredKeyPair) ?? throw new InvalidDataException("An empty key pair.")),
            StringComparer.Ordinal);
        return new State(pairs, Jwks(pairs.Where(pair => pair.Value.Stored.RetiredAt is null)));
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

    private sealed record State(ImmutableSortedDictionary<string, Pair> Pairs, string Jwks);

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
