using Hub.Sandbox.Storage;
using Microsoft.Data.Sqlite;

namespace Hub.Sandbox.Bank;

/// <summary>The tables of the bank: what it holds, and every idempotency key it has ever seen.</summary>
internal static class BankBooks
{
    internal static readonly SandboxTables Tables = new("""
        CREATE TABLE IF NOT EXISTS bank_operations(
          key TEXT PRIMARY KEY, kind TEXT NOT NULL, fingerprint BLOB NOT NULL, calls INTEGER NOT NULL, carried_out INTEGER NOT NULL,
          status INTEGER, answer TEXT, object TEXT) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS bank_objects(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, parent TEXT, document TEXT NOT NULL) STRICT;
        CREATE INDEX IF NOT EXISTS bank_objects_by_parent ON bank_objects(parent) WHERE parent IS NOT NULL;
        CREATE INDEX IF NOT EXISTS bank_operations_by_object ON bank_operations(object);
        CREATE INDEX IF NOT EXISTS bank_objects_by_kind ON bank_objects(kind, seq);
        """);

    internal static T? Find<T>(SandboxTransaction t, string kind, string id)
        where T : class =>
        t.First("SELECT document FROM bank_objects WHERE id = $0 AND kind = $1", r => SandboxJson.Read<T>(r.GetString(0)), id, kind);

    internal static void Add<T>(SandboxTransaction t, string kind, string id, string? parent, T entry) =>
        t.Execute("INSERT INTO bank_objects(id, kind, parent, document) VALUES($0, $1, $2, $3)", id, kind, parent, SandboxJson.Write(entry));

    internal static void Replace<T>(SandboxTransaction t, string id, T entry) =>
        t.Execute("UPDATE bank_objects SET document = $1 WHERE id = $0", id, SandboxJson.Write(entry));

    /// <summary>Counts the arrival of a key.</summary>
    internal static KeySeen Arrive(SandboxTransaction t, string key, string kind, byte[] fingerprint)
    {
        var seen = t.First(
            "SELECT fingerprint, calls, carried_out, status, answer FROM bank_operations WHERE key = $0",
            r => new KeySeen(((byte[])r[0]).AsSpan().SequenceEqual(fingerprint), r.GetInt32(1), r.GetInt32(2) == 1, r.IsDBNull(3) ? 0 : r.GetInt32(3), r.IsDBNull(4) ? null : r.GetString(4)),
            key);
        if (seen is null) t.Execute("INSERT INTO bank_operations(key, kind, fingerprint, calls, carried_out) VALUES($0, $1, $2, 1, 0)", key, kind, fingerprint);
        else t.Execute("UPDATE bank_operations SET calls = calls + 1 WHERE key = $0", key);
        return seen ?? new(true, 0, false, 0, null);
    }

    internal static void CarriedOut(SandboxTransaction t, string key, int status, string answer, string id) =>
        t.Execute("UPDATE bank_operations SET carried_out = 1, status = $1, answer = $2, object = $3 WHERE key = $0", key, status, answer, id);

    /// <summary>The operation of a key, or <c>null</c> when it was never carried out.</summary>
    internal static BankOperation? Operation(SandboxTransaction t, string key)
    {
        var (kind, id) = t.First("SELECT kind, object FROM bank_operations WHERE key = $0 AND carried_out = 1", r => Tuple.Create(r.GetString(0), r.GetString(1)), key) ?? Tuple.Create("", "");
        return kind.Length == 0 ? null : new(kind, Shown(t, kind, id)!);
    }

    /// <summary>An object as the API shows it.</summary>
    internal static object? Shown(SandboxTransaction t, string kind, string id) => kind switch
    {
        "authorization" => Find<AuthorizationEntry>(t, kind, id)?.Object,
        "capture" => Find<CaptureEntry>(t, kind, id)?.Object,
        "void" => Find<VoidEntry>(t, kind, id)?.Object,
        _ => Find<RefundEntry>(t, kind, id)?.Object,
    };

    /// <summary>The last authorizations, newest first, with all that happened to them and the keys that made it happen.</summary>
    /// <param name="t">The transaction.</param>
    /// <param name="limit">At most so many; also of the keys that were never carried out.</param>
    internal static BankBook Read(SandboxTransaction t, int limit)
    {
        var shown = t.All("SELECT document FROM bank_objects WHERE kind = 'authorization' ORDER BY seq DESC LIMIT $0", r => SandboxJson.Read<AuthorizationEntry>(r.GetString(0)), limit)
            .ConvertAll(entry => Shown(t, entry));
        var keys = shown.SelectMany(a => a.Ids).SelectMany(id => t.All($"SELECT {KeyColumns} FROM bank_operations WHERE object = $0", Key, id));
        var idle = t.All($"SELECT {KeyColumns} FROM bank_operations WHERE object IS NULL ORDER BY key LIMIT $0", Key, limit);
        return new(shown, [.. keys, .. idle]);
    }

    private const string KeyColumns = "key, kind, calls, carried_out, object";

    private static BankBookKey Key(SqliteDataReader r) => new(r.GetString(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3), r.IsDBNull(4) ? null : r.GetString(4));

    private static BankBookAuthorization Shown(SandboxTransaction t, AuthorizationEntry entry)
    {
        var captures = Children<CaptureEntry>(t, "capture", entry.Object.Id).ConvertAll(c => c.Object);
        return new(
            entry.Object, entry.Key, entry.Payee, entry.Last4, entry.Captured, entry.Voided, entry.At,
            captures,
            Children<VoidEntry>(t, "void", entry.Object.Id).ConvertAll(v => v.Object),
            [.. captures.SelectMany(c => Children<RefundEntry>(t, "refund", c.Id)).Select(r => r.Object)]);
    }

    private static List<T> Children<T>(SandboxTransaction t, string kind, string parent) =>
        t.All("SELECT document FROM bank_objects WHERE parent = $0 AND kind = $1 ORDER BY seq", r => SandboxJson.Read<T>(r.GetString(0)), parent, kind);
}

/// <summary>What the bank knew of a key when it arrived.</summary>
/// <param name="Same">Whether it came with the same request.</param>
/// <param name="Calls">How often it had come before.</param>
/// <param name="CarriedOut">Whether it had been carried out.</param>
/// <param name="Status">The status of the stored answer.</param>
/// <param name="Answer">The stored answer.</param>
internal sealed record KeySeen(bool Same, int Calls, bool CarriedOut, int Status, string? Answer);

/// <summary>GET /books.</summary>
internal sealed record BankBook(IReadOnlyList<BankBookAuthorization> Authorizations, IReadOnlyList<BankBookKey> Keys);

/// <summary>How often a key came, and how often it took effect: 0 or 1.</summary>
internal sealed record BankBookKey(string IdempotencyKey, string Kind, int Calls, int CarriedOut, string? Object);

/// <summary>An authorization with its captures, voids and refunds.</summary>
internal sealed record BankBookAuthorization(
    BankAuthorization Authorization, string IdempotencyKey, string Payee, string Last4, long Captured, bool Voided, DateTimeOffset At,
    IReadOnlyList<BankCapture> Captures, IReadOnlyList<BankVoid> Voids, IReadOnlyList<BankRefund> Refunds)
{
    /// <summary>The ids of everything in it.</summary>
    internal IEnumerable<string> Ids => [Authorization.Id, .. Captures.Select(c => c.Id), .. Voids.Select(v => v.Id), .. Refunds.Select(r => r.Id)];
}
