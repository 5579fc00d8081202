using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Data.Common;
using System.Text;
using Hub.Actors.Ports;
using Hub.Domain.Kernel;

namespace Hub.Api.Access.Storage;

/// <summary>Credentials in the database, with a short memory of those in use, so that the hot path needs no SQL.</summary>
/// <remarks>
/// A secret is looked up by its keyed digest: what an attacker can vary never meets a stored byte, so comparing needs no care
/// about _time. A revocation here takes effect at once; one made on another node, as soon as this one is told, which is at once too,
/// and when that goes astray as soon as the memory fades after <see cref="Memory"/>.
/// </remarks>
public sealed class StoredCredentials : ICredentials
{
    /// <summary>How long a credential that was read is believed without being told otherwise.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private const int MostRemembered = 100_000;
    private const string Columns = "id, kind, merchant, customer, payment, staff, scopes, created_at, expires_at";
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(1);

    private readonly AccessDatabase _database;
    private readonly IKeyring _keyring;
    private readonly IRandomSource _random;
    private readonly IdSource _ids;
    private readonly TimeProvider _time;
    private readonly CredentialPrefixes _prefixes;
    private readonly ConcurrentDictionary<string, Remembered> _byDigest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Remembered> _byId = new(StringComparer.Ordinal);
    private readonly Lock _remembering = new();
    private readonly Subscribers<IReadOnlyList<string>> _revoked = new();
    private long _forgotten;

    /// <summary>Serves from a database, and hears of what other nodes revoke.</summary>
    public StoredCredentials(AccessDatabase database, IKeyring keyring, IRandomSource random, IdSource ids, TimeProvider time, CredentialPrefixes prefixes)
    {
        (_database, _keyring, _random, _ids, _time, _prefixes) = (database, keyring, random, ids, time, prefixes);
        database.WhenTold(() =>
        {
            Forget([]);
            _revoked.Tell([]);
        });
    }

    /// <inheritdoc/>
    public async Task<IssuedCredential> IssueAsync(NewCredential credential, CancellationToken cancel)
    {
        var secret = NewSecret(credential.Kind);
        return new IssuedCredential(secret, await _database.WriteAsync(writer => Insert(writer, secret, credential)).WaitAsync(cancel));
    }

    /// <inheritdoc/>
    public async Task<Credential> SeedAsync(string secret, NewCredential credential, CancellationToken cancel)
    {
        if (Find(secret) is { } known) return known;
        return await _database.WriteAsync(writer =>
        {
            // What ended makes room; what another node has seeded a moment ago stays.
            writer.Execute(
                "DELETE FROM credentials WHERE digest = @digest AND (revoked_at IS NOT NULL OR expires_at <= @now)",
                ("@digest", Digest(secret)),
                ("@now", _time.GetUtcNow().ToUnixTimeMilliseconds()));
            Insert(writer, secret, credential);
            return writer.Query(
                $"SELECT {Columns} FROM credentials WHERE digest = @digest",
                rows => rows.Read() ? ReadRow(rows) : throw new InvalidDataException("A credential was seeded and is not there."),
                ("@digest", Digest(secret)));
        }).WaitAsync(cancel);
    }

    /// <inheritdoc/>
    public Credential? Find(string secret)
    {
        if (string.IsNullOrEmpty(secret) || secret.Length > 200) return null;
        var digest = Digest(secret);
        return Recall(_byDigest, Convert.ToHexString(digest), "digest = @value", digest);
    }

    /// <inheritdoc/>
    public bool IsActive(string credentialId) => Recall(_byId, credentialId, "id = @value", credentialId) is not null;

    /// <inheritdoc/>
    public async Task<bool> RevokeAsync(string credentialId, string? merchant, CancellationToken cancel)
    {
        const string Theirs = "id = @value AND (CAST(@merchant AS TEXT) IS NULL OR merchant = @merchant)";
        var revoked = await RevokeWhereAsync(Theirs, credentialId, ("@merchant", merchant)).WaitAsync(cancel);
        return revoked > 0 || _database.Read($"SELECT 1 FROM credentials WHERE {Theirs}", rows => rows.Read(), ("@value", credentialId), ("@merchant", merchant));
    }

    /// <inheritdoc/>
    public Task RevokeCustomerAsync(string customer, CancellationToken cancel) => RevokeWhereAsync("customer = @value", customer).WaitAsync(cancel);

    /// <inheritdoc/>
    public Task RevokeStaffAsync(string email, CancellationToken cancel) => RevokeWhereAsync("staff = @value", email).WaitAsync(cancel);

    /// <inheritdoc/>
    public Task<int> PurgeAsync(CancellationToken cancel)
    {
        var before = (_time.GetUtcNow() - KeptAfterEnd).ToUnixTimeMilliseconds();
        return _database.WriteAsync("DELETE FROM credentials WHERE expires_at <= @before OR revoked_at <= @before", ("@before", before)).WaitAsync(cancel);
    }

    /// <inheritdoc/>
    public IDisposable OnRevoked(Action<IReadOnlyList<string>> revoked) => _revoked.Add(revoked);

    private string NewSecret(CredentialKind kind)
    {
        Span<byte> noise = stackalloc byte[32];
        _random.Fill(noise);
        return _prefixes.Of(kind) + Base64Url.EncodeToString(noise);
    }

    private Credential Insert(AccessWriter writer, string secret, NewCredential made)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
        var credential = new Credential(
            _ids.New("crd"), made.Kind, made.Merchant, made.Customer, made.Payment, made.Staff, made.Scopes, now, now + made.Life);
        writer.Execute(
            $"""
            INSERT INTO credentials (digest, {Columns})
            VALUES (@digest, @id, @kind, @merchant, @customer, @payment, @staff, @scopes, @created, @expires) ON CONFLICT (digest) DO NOTHING
            """,
            ("@digest", Digest(secret)),
            ("@id", credential.Id),
            ("@kind", credential.Kind.ToString()),
            ("@merchant", credential.Merchant),
            ("@customer", credential.Customer),
            ("@payment", credential.Payment),
            ("@staff", credential.Staff),
            ("@scopes", string.Join(' ', credential.Scopes)),
            ("@created", now.ToUnixTimeMilliseconds()),
            ("@expires", credential.ExpiresAt?.ToUnixTimeMilliseconds()));
        return credential;
    }

    private Credential? Recall(ConcurrentDictionary<string, Remembered> memory, string key, string where, object value)
    {
        if (!memory.TryGetValue(key, out var known) || _time.GetElapsedTime(known.ReadAt) >= Memory) known = Load(memory, key, where, value);
        return known?.Credential is { } found && (found.ExpiresAt is not { } end || _time.GetUtcNow() < end) ? found : null;
    }

    // Counted and timed before it is read: what is revoked meanwhile, here or on another node, is not remembered.
    private Remembered? Load(ConcurrentDictionary<string, Remembered> memory, string key, string where, object value)
    {
        var (before, readAt) = (Interlocked.Read(ref _forgotten), _time.GetTimestamp());
        var found = _database.Read(
            $"SELECT {Columns} FROM credentials WHERE {where} AND revoked_at IS NULL",
            rows => rows.Read() ? ReadRow(rows) : null,
            ("@value", value));
        if (found is null)
        {
            memory.TryRemove(key, out _);
            return null;
        }

        var read = new Remembered(found, readAt);
        lock (_remembering)
        {
            if (before != _forgotten) return read;
            if (memory.Count >= MostRemembered) memory.Clear();
            return memory[key] = read;
        }
    }

    private async Task<int> RevokeWhereAsync(string where, string value, params (string Name, object? Value)[] more)
    {
        var revoked = await _database.WriteAsync(writer => Revoke(writer, where, [("@at", _time.GetUtcNow().ToUnixTimeMilliseconds()), ("@value", value), .. more]));
        if (revoked.Count == 0) return 0;
        Forget(revoked);
        _revoked.Tell(revoked.ConvertAll(row => row.Id));
        return revoked.Count;
    }

    // All of it where it is not known whom it concerns.
    private void Forget(List<(string Id, string Digest)> revoked)
    {
        lock (_remembering)
        {
            _forgotten++;
            if (revoked.Count == 0)
            {
                _byId.Clear();
                _byDigest.Clear();
            }

            foreach (var (id, digest) in revoked)
            {
                _byId.TryRemove(id, out _);
                _byDigest.TryRemove(digest, out _);
            }
        }
    }

    private static List<(string Id, string Digest)> Revoke(AccessWriter writer, string where, (string Name, object? Value)[] parameters)
    {
        var revoked = writer.Query(
            $"UPDATE credentials SET revoked_at = @at WHERE revoked_at IS NULL AND {where} RETURNING id, digest",
            rows =>
            {
                var ended = new List<(string Id, string Digest)>();
                while (rows.Read())
                {
                    ended.Add((rows.GetString(0), Convert.ToHexString(rows.GetFieldValue<byte[]>(1))));
                }

                return ended;
            },
            parameters);
        if (revoked.Count > 0) writer.TellOthers();
        return revoked;
    }

    private static Credential ReadRow(DbDataReader row) => new(
        row.GetString(0),
        Enum.Parse<CredentialKind>(row.GetString(1)),
        TextOrNull(row, 2),
        TextOrNull(row, 3),
        TextOrNull(row, 4),
        TextOrNull(row, 5),
        row.GetString(6).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToEquatableArray(),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        row.IsDBNull(8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)));

    private static string? TextOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private byte[] Digest(string secret) => _keyring.Mac(KeyPurpose.Credential, Encoding.UTF8.GetBytes(secret));

    private sealed record Remembered(Credential Credential, long ReadAt);
}

/// <summary>How secrets begin, so that people and scanners recognise them.</summary>
/// <param name="ApiKey"><c>sk_test_</c> in the sandbox, <c>sk_live_</c> otherwise.</param>
public sealed record CredentialPrefixes(string ApiKey = "sk_test_")
{
    /// <summary>Every API key begins so.</summary>
    public const string AnyApiKey = "sk_";

    /// <summary>Every customer session begins so.</summary>
    public const string Session = "cst_";

    /// <summary>Every staff session begins so.</summary>
    public const string StaffSession = "sst_";

    internal string Of(CredentialKind kind) => kind switch
    {
        CredentialKind.ApiKey => ApiKey,
        CredentialKind.Session => Session,
        CredentialKind.StaffSession => StaffSession,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
