using Hub.Sandbox.Storage;
using Microsoft.Data.Sqlite;

namespace Hub.Sandbox.Phones;

/// <summary>The tables of the phone network: messages, opt-outs, what was read, what was refused once.</summary>
internal static class PhoneBook
{
    private const string Columns = "seq, sid, inbound, sender, receiver, body, at, status, error_code, callback, discard";

    internal static readonly SandboxTables Tables = new("""
        CREATE TABLE IF NOT EXISTS phone_messages(
          seq INTEGER PRIMARY KEY, sid TEXT NOT NULL UNIQUE, inbound INTEGER NOT NULL, phone TEXT NOT NULL, sender TEXT NOT NULL, receiver TEXT NOT NULL,
          body TEXT NOT NULL, at INTEGER NOT NULL, status TEXT NOT NULL, error_code INTEGER, callback TEXT, discard INTEGER NOT NULL) STRICT;
        CREATE INDEX IF NOT EXISTS phone_messages_by_phone ON phone_messages(phone, seq);
        CREATE TABLE IF NOT EXISTS phone_stops(sender TEXT NOT NULL, phone TEXT NOT NULL, PRIMARY KEY(sender, phone)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS phone_read(phone TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS phone_refused(hash BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
        """);

    internal static void Add(SandboxTransaction t, PhoneMessage m) => t.Execute(
        "INSERT INTO phone_messages(sid, inbound, phone, sender, receiver, body, at, status, error_code, callback, discard) VALUES($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        m.Sid, m.Inbound ? 1 : 0, m.Phone, m.From, m.To, m.Body, m.At.ToUnixTimeMilliseconds(), m.Status, m.ErrorCode, m.StatusCallback, m.Discard ? 1 : 0);

    internal static PhoneMessage? Find(SandboxTransaction t, string sid) =>
        t.First($"SELECT {Columns} FROM phone_messages WHERE sid = $0", Message, sid);

    internal static void SetStatus(SandboxTransaction t, string sid, string status, int? error) =>
        t.Execute("UPDATE phone_messages SET status = $1, error_code = $2 WHERE sid = $0", sid, status, error);

    /// <summary>Newest first, as the network's list shows them; <c>null</c> leaves a side open.</summary>
    internal static List<PhoneMessage> Newest(SandboxTransaction t, string? from, string? to, int limit) => t.All(
        $"SELECT {Columns} FROM phone_messages WHERE ($0 IS NULL OR receiver = $0) AND ($1 IS NULL OR sender = $1) ORDER BY seq DESC LIMIT $2",
        Message, to, from, limit);

    /// <summary>One phone's conversation, oldest first; the last <paramref name="limit"/> of it.</summary>
    internal static List<PhoneMessage> Conversation(SandboxTransaction t, string phone, int limit) => t.All(
        $"SELECT {Columns} FROM (SELECT * FROM phone_messages WHERE phone = $0 ORDER BY seq DESC LIMIT $1) ORDER BY seq", Message, phone, limit);

    internal static List<PhoneSummary> Phones(SandboxTransaction t, int limit) => t.All(
        """
        SELECT m.phone, SUM(m.inbound = 0 AND m.status <> 'undelivered' AND m.seq > COALESCE(r.seq, 0)), MAX(m.at), MAX(m.seq)
        FROM phone_messages m LEFT JOIN phone_read r ON r.phone = m.phone GROUP BY m.phone ORDER BY 4 DESC LIMIT $0
        """,
        r => new PhoneSummary(r.GetString(0), r.GetInt32(1), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(2))), limit);

    internal static void MarkRead(SandboxTransaction t, string phone) => t.Execute(
        "INSERT INTO phone_read(phone, seq) SELECT $0, COALESCE(MAX(seq), 0) FROM phone_messages WHERE phone = $0 ON CONFLICT(phone) DO UPDATE SET seq = excluded.seq", phone);

    /// <summary>Whether a person wrote to a sender since a moment.</summary>
    internal static bool HasWritten(SandboxTransaction t, string from, string to, DateTimeOffset since) =>
        t.Number("SELECT COUNT(*) FROM phone_messages WHERE inbound = 1 AND sender = $0 AND receiver = $1 AND at > $2", from, to, since.ToUnixTimeMilliseconds()) > 0;

    /// <summary>What arrived by WhatsApp at a phone and was not read yet, oldest first.</summary>
    internal static List<PhoneMessage> Unread(SandboxTransaction t, string phone) => t.All(
        $"SELECT {Columns} FROM phone_messages WHERE phone = $0 AND inbound = 0 AND status = 'delivered' AND receiver = $1 ORDER BY seq", Message, phone, WhatsApp.Prefix + phone);

    internal static bool IsStopped(SandboxTransaction t, string sender, string phone) =>
        t.Number("SELECT COUNT(*) FROM phone_stops WHERE sender = $0 AND phone = $1", sender, phone) > 0;

    internal static void Stop(SandboxTransaction t, string sender, string phone) => t.Execute("INSERT OR IGNORE INTO phone_stops VALUES($0, $1)", sender, phone);

    internal static void Start(SandboxTransaction t, string sender, string phone) => t.Execute("DELETE FROM phone_stops WHERE sender = $0 AND phone = $1", sender, phone);

    /// <summary>Whether this is the first time that a text meets a busy number.</summary>
    internal static bool RefusedOnce(SandboxTransaction t, byte[] hash) => t.Execute("INSERT OR IGNORE INTO phone_refused VALUES($0)", hash) == 1;

    private static PhoneMessage Message(SqliteDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetInt32(2) == 1, r.GetString(3), r.GetString(4), r.GetString(5), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(6)),
        r.GetString(7), r.IsDBNull(8) ? null : r.GetInt32(8), r.IsDBNull(9) ? null : r.GetString(9), r.GetInt32(10) == 1);
}

/// <summary>A phone in the list.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Unread">Messages to it that nobody has looked at.</param>
/// <param name="LastAt">When the last message came or went.</param>
internal sealed record PhoneSummary(string Number, int Unread, DateTimeOffset LastAt);
