using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;
using Hub.Actors.Ports;
using Hub.Domain.Kernel;
using Microsoft.Data.Sqlite;

namespace Hub.Api.Access.Storage;

/// <summary>Credentials in <c>access.db</c>, with a short memory of those in use, so that the hot path needs no SQL.</summary>
/// <remarks>
/// A secret is looked up by its keyed digest: what an attacker can vary never meets a stored byte, so comparing needs no care
/// about time. A revocation here takes effect at once; one made by another process, when the memory fades after
/// <see cref="Memory"/>.
/// </remarks>
public sealed class SqliteCredentials(AccessDatabase database, IKeyring keyring, IRandomSource random, IdSource ids, TimeProvider time, CredentialPrefixes prefixes)
    : ICredentials
{
    /// <summary>How long a credential that was read is believed.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private const int MostRemembered = 100_000;
    private const string Columns = "id, kind, merchant, customer, payment, staff, scopes, created_at, expires_at";
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, Remembered> _byDigest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Remembered> _byId = new(StringComparer.Ordinal);
    private readonly Lock _loading = new();
    private readonly Subscribers<IReadOnlyList<string>> _revoked = new();

    /// <inheritdoc/>
    public async Task<IssuedCredential> IssueAsync(NewCredential credential, CancellationToken cancel)
    {
        var secret = NewSecret(credential.Kind);
        return new IssuedCredential(secret, await StoreAsync(secret, credential).WaitAsync(cancel));
    }

    /// <inheritdoc/>
    public async Task<Credential> SeedAsync(string secret, NewCredential credential, CancellationToken cancel)
    {
        if (Find(secret) is { } known) return known;
        await database.WriteAsync("DELETE FROM credentials WHERE digest = $digest", ("$digest", Digest(secret))).WaitAsync(cancel);
        return await StoreAsync(secret, credential).WaitAsync(cancel);
    }

    /// <inheritdoc/>
    public Credential? Find(string secret)
    {
        if (string.IsNullOrEmpty(secret) || secret.Length > 200) return null;
        var digest = Digest(secret);
        return Recall(_byDigest, Convert.ToHexString(digest), "digest = $value", digest);
    }

    /// <inheritdoc/>
    public bool IsActive(string credentialId) => Recall(_byId, credentialId, "id = $value", credentialId) is not null;

    /// <inheritdoc/>
    public async Task<bool> RevokeAsync(string credentialId, string? merchant, CancellationToken cancel)
    {
        var revoked = await RevokeWhereAsync("id = $value AND ($merchant IS NULL OR merchant = $merchant)", credentialId, merchant).WaitAsync(cancel);
        return revoked.Count > 0 || database.Read(
            "SELECT 1 FROM credentials WHERE id = $value AND ($merchant IS NULL OR merchant = $merchant)",
            rows => rows.Read(),
            ("$value", credentialId),
            ("$merchant", merchant));
    }

    /// <inheritdoc/>
    public Task RevokeCustomerAsync(string customer, CancellationToken cancel) => RevokeWhereAsync("customer = $value", customer).WaitAsync(cancel);

    /// <inheritdoc/>
    public Task RevokeStaffAsync(string email, CancellationToken cancel) => RevokeWhereAsync("staff = $value", email).WaitAsync(cancel);

    /// <inheritdoc/>
    public Task<int> PurgeAsync(CancellationToken cancel)
    {
        var before = (time.GetUtcNow() - KeptAfterEnd).ToUnixTimeMilliseconds();
        return database.WriteAsync("DELETE FROM credentials WHERE expires_at <= $before OR revoked_at <= $before", ("$before", before)).WaitAsync(cancel);
    }

    /// <inheritdoc/>
    public IDisposable OnRevoked(Action<IReadOnlyList<string>> revoked) => _revoked.Add(revoked);

    private string NewSecret(CredentialKind kind)
    {
        Span<byte> noise = stackalloc byte[32];
        random.Fill(noise);
        return prefixes.Of(kind) + Base64Url.EncodeToString(noise);
    }

    private async Task<Credential> StoreAsync(string secret, NewCredential made)
    {
        var digest = Digest(secret);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var credential = new Credential(
            ids.New("crd"), made.Kind, made.Merchant, made.Customer, made.Payment, made.Staff, made.Scopes, now, now + made.Life);
        await database.WriteAsync(
            $"INSERT INTO credentials (digest, {Columns}) VALUES ($digest, $id, $kind, $merchant, $customer, $payment, $staff, $scopes, $created, $expires)",
            ("$digest", digest),
            ("$id", credential.Id),
            ("$kind", credential.Kind.ToString()),
            ("$merchant", credential.Merchant),
            ("$customer", credential.Customer),
            ("$payment", credential.Payment),
            ("$staff", credential.Staff),
            ("$scopes", string.Join(' ', credential.Scopes)),
            ("$created", now.ToUnixTimeMilliseconds()),
            ("$expires", credential.ExpiresAt?.ToUnixTimeMilliseconds()));
        return credential;
    }

    private Credential? Recall(ConcurrentDictionary<string, Remembered> memory, string key, string where, object value)
    {
        var now = time.GetUtcNow();
        if (!memory.TryGetValue(key, out var known) || now - known.At >= Memory) known = Load(memory, key, where, value, now);
        return known?.Credential is { } found && (found.ExpiresAt is not { } end || now < end) ? found : null;
    }

    // Under the lock that revocations forget under: a row read before a revocation is never remembered after it.
    private Remembered? Load(ConcurrentDictionary<string, Remembered> memory, string key, string where, object value, DateTimeOffset now)
    {
        lock (_loading)
        {
            var found = database.Read(
                $"SELECT {Columns} FROM credentials WHERE {where} AND revoked_at IS NULL",
                rows => rows.Read() ? ReadRow(rows) : null,
                ("$value", value));
            if (found is null)
            {
                memory.TryRemove(key, out _);
                return null;
            }

            if (memory.Count >= MostRemembered) memory.Clear();
            return memory[key] = new Remembered(found, now);
        }
    }

    private async Task<IReadOnlyList<string>> RevokeWhereAsync(string where, string value, string? merchant = null)
    {
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        var revoked = await database.WriteAsync(connection => Revoke(connection, where, value, merchant, at));
        if (revoked.Count == 0) return [];
        lock (_loading)
        {
            foreach (var id in revoked.Select(row => row.Id))
            {
                _byId.TryRemove(id, out _);
            }

            foreach (var digest in revoked.Select(row => row.Digest))
            {
                _byDigest.TryRemove(digest, out _);
            }
        }

        var gone = revoked.ConvertAll(row => row.Id);
        _revoked.Tell(gone);
        return gone;
    }

    private static List<(string Id, string Digest)> Revoke(SqliteConnection connection, string where, string value, string? merchant, long at)
    {
        using var command = AccessDatabase.Command(
            connection,
            $"UPDATE credentials SET revoked_at = $at WHERE revoked_at IS NULL AND {where} RETURNING id, digest",
            ("$at", at),
            ("$value", value),
            ("$merchant", merchant));
        using var rows = command.ExecuteReader();
        var revoked = new List<(string Id, string Digest)>();
        while (rows.Read())
        {
            revoked.Add((rows.GetString(0), Convert.ToHexString(rows.GetFieldValue<byte[]>(1))));
        }

        return revoked;
    }

    private static Credential ReadRow(SqliteDataReader row) => new(
        row.GetString(0),
        Enum.Parse<CredentialKind>(row.GetString(1)),
        TextOrNull(row, 2),
        TextOrNull(row, 3),
        TextOrNull(row, 4),
        TextOrNull(row, 5),
        row.GetString(6).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToEquatableArray(),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        row.IsDBNull(8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)));

    private static string? TextOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private byte[] Digest(string secret) => keyring.Mac(KeyPurpose.Credential, Encoding.UTF8.GetBytes(secret));

    private sealed record Remembered(Credential Credential, DateTimeOffset At);
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
