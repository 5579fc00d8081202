namespace Hub.Gateways.Vault;

/// <summary>One row of the vault. Everything but the body may be read by whoever holds the file.</summary>
/// <param name="Kind">What sort of thing it is, from <see cref="VaultKind"/>.</param>
/// <param name="Id">Unique within its kind; names nothing personal.</param>
/// <param name="Owner">The customer whose deletion takes it along; <c>null</c> for nobody.</param>
/// <param name="DataKey">The data key the body is sealed under; 0 where it is sealed otherwise or is empty.</param>
/// <param name="Body">Ciphertext, or nothing.</param>
/// <param name="ExpiresAt">From then on it counts as gone; <c>null</c> for never. Whole milliseconds are kept.</param>
public sealed record VaultRow(string Kind, string Id, string? Owner, long DataKey, byte[] Body, DateTimeOffset? ExpiresAt);

/// <summary>The kinds of rows. Bound into every row's seal, so they never change.</summary>
public static class VaultKind
{
    /// <summary>A data key, wrapped under the master key; the highest number is the current one.</summary>
    public const string DataKey = "data-key";

    /// <summary>A card number with its expiry and holder.</summary>
    public const string Card = "card";

    /// <summary>A bank account that e-checks are drawn on.</summary>
    public const string Account = "account";

    /// <summary>A security code.</summary>
    public const string SecurityCode = "security-code";

    /// <summary>A secret by its name.</summary>
    public const string Secret = "secret";

    /// <summary>A customer's key to the personal fields in the journal.</summary>
    public const string PersonKey = "person-key";

    /// <summary>The mark of an erased customer; no body.</summary>
    public const string ErasedPerson = "erased-person";

    /// <summary>The hub's own key, from which the keyring's keys are derived.</summary>
    public const string HubKey = "hub-key";

    /// <summary>An RSA key pair that customers encrypt cards for.</summary>
    public const string EncryptionKey = "encryption-key";

    /// <summary>A P-256 key pair that the hub signs with, or the public half of a retired one.</summary>
    public const string SigningKey = "signing-key";

    /// <summary>A use-once token that was used; no body.</summary>
    public const string UsedToken = "used-token";

    /// <summary>A key of ASP.NET Core's data protection.</summary>
    public const string DataProtection = "data-protection";
}

/// <summary>Where the vault's rows lie: SQLite beside the journal, or PostgreSQL. Knows nothing of keys or cards.</summary>
/// <remarks>Blocking by choice, like the journal's <c>WriteBatch</c>: batching sits above it and can be simulated.</remarks>
/// <exception cref="VaultUnavailableException">From every member, when rows cannot be read or made durable.</exception>
public interface IVaultStore : IDisposable
{
    /// <summary>One row as last committed, expired or not; <c>null</c> where there is none.</summary>
    VaultRow? Find(string kind, string id);

    /// <summary>Every row of a kind, by id.</summary>
    IReadOnlyList<VaultRow> List(string kind);

    /// <summary>Makes one change, all or nothing. Durable when it returns; changes of others may share the commit.</summary>
    /// <param name="change">Runs once, one at a time over the whole store and all its nodes. Its own exception undoes its own change and comes back from here.</param>
    void Write(Action<IVaultWriter> change);

    /// <summary>As <see cref="Write"/>, without holding the caller's thread meanwhile.</summary>
    /// <param name="change">As for <see cref="Write"/>.</param>
    /// <param name="cancel">Stops waiting; the change may still be made.</param>
    Task WriteAsync(Action<IVaultWriter> change, CancellationToken cancel);

    /// <summary>Works while no other node does so on the same rows: for what is made once, at the start. Changes of others go on meanwhile.</summary>
    /// <param name="work">Runs on this thread; may read and write the store.</param>
    void WhileAlone(Action work);

    /// <summary>Leaves nothing of deleted rows in the files.</summary>
    void Scrub();
}

/// <summary>The rows inside one change.</summary>
public interface IVaultWriter
{
    /// <summary>One row, with what this change did so far.</summary>
    VaultRow? Find(string kind, string id);

    /// <summary>The row of a kind with the highest id, with what this change did so far.</summary>
    VaultRow? Newest(string kind);

    /// <summary>Adds or replaces.</summary>
    void Put(VaultRow row);

    /// <summary>Deletes; nothing happens when there is none.</summary>
    void Delete(string kind, string id);

    /// <summary>Deletes every row of an owner.</summary>
    void DeleteOwnedBy(string owner);

    /// <summary>Deletes every row that expired at or before <paramref name="now"/>.</summary>
    void DeleteExpired(DateTimeOffset now);

    /// <summary>Rows in the order of kind and id, after the one named, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<VaultRow> Page(string afterKind, string afterId, int limit);
}
