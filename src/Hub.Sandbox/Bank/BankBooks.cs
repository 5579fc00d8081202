using Hub.Sandbox.Storage;
using Microsoft.Data.Sqlite;

namespace Hub.Sandbox.Bank;

/// <summary>An entry in a bank's books.</summary>
internal interface IBankEntry
{
    /// <summary>As the API shows it.</summary>
    IBankObject Shown { get; }
}

/// <summary>The tables of one bank: what it holds, and every idempotency key it has ever seen.</summary>
/// <param name="bank">Whose; the tables are named after it.</param>
/// <param name="kinds">How an entry of each kind is read back.</param>
internal sealed class BankBooks(BankIdentity bank, IReadOnlyDictionary<string, Func<string, IBankEntry>> kinds)
{
    private const string KeyColumns = "key, kind, calls, carried_out, object";

    private readonly string _objects = $"{bank.Books}_objects";
    private readonly string _operations = $"{bank.Books}_operations";

    /// <summary>The statements that make them.</summary>
    internal static SandboxTables Tables(BankIdentity bank) => new($"""
        CREATE TABLE IF NOT EXISTS {bank.Books}_operations(
          key TEXT PRIMARY KEY, kind TEXT NOT NULL, fingerprint BLOB NOT NULL, calls INTEGER NOT NULL, carried_out INTEGER NOT NULL,
          status INTEGER, answer TEXT, object TEXT) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS {bank.Books}_objects(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, parent TEXT, document TEXT NOT NULL) STRICT;
        CREATE INDEX IF NOT EXISTS {bank.Books}_objects_by_parent ON {bank.Books}_objects(parent) WHERE parent IS NOT NULL;
        CREATE INDEX IF NOT EXISTS {bank.Books}_operations_by_object ON {bank.Books}_operations(object);
        CREATE INDEX IF NOT EXISTS {bank.Books}_objects_by_kind ON {bank.Books}_objects(kind, seq);
        """);

    internal T? Find<T>(SandboxTransaction t, string kind, string id)
        where T : class, IBankEntry =>
        t.First($"SELECT document FROM {_objects} WHERE id = $0 AND kind = $1", r => SandboxJson.Read<T>(r.GetString(0)), id, kind);

    internal void Add<T>(SandboxTransaction t, string kind, string? parent, T entry)
        where T : class, IBankEntry =>
        t.Execute($"INSERT INTO {_objects}(id, kind, parent, document) VALUES($0, $1, $2, $3)", entry.Shown.Id, kind, parent, SandboxJson.Write(entry));

    internal void Replace<T>(SandboxTransaction t, T entry)
        where T : class, IBankEntry =>
        t.Execute($"UPDATE {_objects} SET document = $1 WHERE id = $0", entry.Shown.Id, SandboxJson.Write(entry));

    /// <summary>Counts the arrival of a key.</summary>
    internal KeySeen Arrive(SandboxTransaction t, string key, string kind, byte[] fingerprint)
    {
        var seen = t.First(
            $"SELECT fingerprint, calls, carried_out, status, answer FROM {_operations} WHERE key = $0",
            r => new KeySeen(((byte[])r[0]).AsSpan().SequenceEqual(fingerprint), r.GetInt32(1), r.GetInt32(2) == 1, r.IsDBNull(3) ? 0 : r.GetInt32(3), r.IsDBNull(4) ? null : r.GetString(4)),
            key);
        if (seen is null) t.Execute($"INSERT INTO {_operations}(key, kind, fingerprint, calls, carried_out) VALUES($0, $1, $2, 1, 0)", key, kind, fingerprint);
        else t.Execute($"UPDATE {_operations} SET calls = calls + 1 WHERE key = $0", key);
        return seen ?? new(true, 0, false, 0, null);
    }

    internal void CarriedOut(SandboxTransaction t, string key, int status, string answer, string id) =>
        t.Execute($"UPDATE {_operations} SET carried_out = 1, status = $1, answer = $2, object = $3 WHERE key = $0", key, status, answer, id);

    /// <summary>The operation of a key, or <c>null</c> when it was never carried out.</summary>
    internal BankOperation? Operation(SandboxTransaction t, string key) =>
        t.First(
            $"SELECT o.kind, b.kind, b.document FROM {_operations} o JOIN {_objects} b ON b.id = o.object WHERE o.key = $0 AND o.carried_out = 1",
            r => new BankOperation(r.GetString(0), Read(r.GetString(1), r.GetString(2)).Shown),
            key);

    /// <summary>An object as the API shows it.</summary>
    internal IBankObject? Shown(SandboxTransaction t, string kind, string id) =>
        t.First($"SELECT document FROM {_objects} WHERE id = $0 AND kind = $1", r => Read(kind, r.GetString(0)), id, kind)?.Shown;

    /// <summary>The last entries of a kind, newest first.</summary>
    internal List<T> Last<T>(SandboxTransaction t, string kind, int limit)
        where T : class, IBankEntry =>
        t.All($"SELECT document FROM {_objects} WHERE kind = $1 ORDER BY seq DESC LIMIT $0", r => SandboxJson.Read<T>(r.GetString(0)), limit, kind);

    /// <summary>What was made of an entry, oldest first.</summary>
    internal List<T> Children<T>(SandboxTransaction t, string kind, string parent)
        where T : class, IBankEntry =>
        t.All($"SELECT document FROM {_objects} WHERE parent = $0 AND kind = $1 ORDER BY seq", r => SandboxJson.Read<T>(r.GetString(0)), parent, kind);

    /// <summary>The keys that made some objects, and those that were never carried out.</summary>
    /// <param name="t">The transaction.</param>
    /// <param name="ids">The objects.</param>
    /// <param name="limit">At most so many of those never carried out.</param>
    internal IReadOnlyList<BankBookKey> Keys(SandboxTransaction t, IEnumerable<string> ids, int limit) =>
    [
        .. ids.SelectMany(id => t.All($"SELECT {KeyColumns} FROM {_operations} WHERE object = $0", Key, id)),
        .. t.All($"SELECT {KeyColumns} FROM {_operations} WHERE object IS NULL ORDER BY key LIMIT $0", Key, limit),
    ];

    private IBankEntry Read(string kind, string document) => kinds[kind](document);

    private static BankBookKey Key(SqliteDataReader r) => new(r.GetString(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3), r.IsDBNull(4) ? null : r.GetString(4));
}

/// <summary>What the bank knew of a key when it arrived.</summary>
/// <param name="Same">Whether it came with the same request.</param>
/// <param name="Calls">How often it had come before.</param>
/// <param name="CarriedOut">Whether it had been carried out.</param>
/// <param name="Status">The status of the stored answer.</param>
/// <param name="Answer">The stored answer.</param>
internal sealed record KeySeen(bool Same, int Calls, bool CarriedOut, int Status, string? Answer);

/// <summary>How often a key came, and how often it took effect: 0 or 1.</summary>
internal sealed record BankBookKey(string IdempotencyKey, string Kind, int Calls, int CarriedOut, string? Object);
