using Hub.Actors.Ports;
using Hub.Actors.Sqlite;

namespace Hub.Actors.Journal.Sqlite;

/// <summary>The journal's tables. A released version never changes; a new one is a step from the one before.</summary>
internal static class SqliteSchema
{
    /// <summary>What this build reads and writes.</summary>
    public const long Version = 2;

    // Streams have integer ids in order of birth: the unique index then grows at its right end and stays in cache (DESIGN 15).
    // Times are 100-nanosecond ticks of UTC, as .NET counts them.
    private const string Tables = """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE streams (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
        CREATE TABLE events (
            position INTEGER PRIMARY KEY,
            stream_id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            type TEXT NOT NULL,
            payload TEXT NOT NULL,
            command_id TEXT NOT NULL,
            command_hash BLOB NOT NULL,
            at INTEGER NOT NULL,
            opening INTEGER NOT NULL DEFAULT 0);
        CREATE UNIQUE INDEX events_by_stream ON events (stream_id, version);
        CREATE INDEX events_by_command ON events (stream_id, command_id);
        CREATE TABLE timers (
            stream_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            due INTEGER NOT NULL,
            set_version INTEGER NOT NULL,
            PRIMARY KEY (stream_id, name)) WITHOUT ROWID;
        CREATE INDEX timers_by_due ON timers (due);
        CREATE TABLE postings (
            id INTEGER PRIMARY KEY,
            position INTEGER NOT NULL,
            stream_id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            account TEXT NOT NULL,
            currency TEXT NOT NULL,
            minor INTEGER NOT NULL);
        CREATE INDEX postings_by_stream ON postings (stream_id, version);
        CREATE TABLE balances (
            account TEXT NOT NULL,
            currency TEXT NOT NULL,
            minor INTEGER NOT NULL,
            PRIMARY KEY (account, currency)) WITHOUT ROWID;
        CREATE TABLE requests (
            tenant TEXT NOT NULL,
            key TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            created_id TEXT NOT NULL,
            owner INTEGER NOT NULL,
            at INTEGER NOT NULL,
            answer BLOB,
            PRIMARY KEY (tenant, key)) WITHOUT ROWID;
        CREATE INDEX requests_by_age ON requests (at);
        CREATE TABLE checkpoints (
            reader TEXT NOT NULL,
            partition INTEGER NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (reader, partition)) WITHOUT ROWID;
        CREATE TABLE parked (
            reaction TEXT NOT NULL,
            stream TEXT NOT NULL,
            version INTEGER NOT NULL,
            position INTEGER NOT NULL,
            error TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (reaction, stream)) WITHOUT ROWID;
        """;

    // Each step leads from the version before it; a journal goes through all it lacks, in the transaction it is opened in.
    private static readonly string[] Steps =
    [
        "ALTER TABLE events ADD COLUMN opening INTEGER NOT NULL DEFAULT 0",
    ];

    /// <summary>Makes the tables where there are none and counts this opening.</summary>
    /// <returns>The journal's identity, and the number of this opening: the owner of the requests it reserves.</returns>
    /// <exception cref="InvalidOperationException">The file was written by a later version of the hub.</exception>
    public static (string Identity, long Opening) Prepare(SqliteDatabase writer, IRandomSource random)
    {
        writer.Execute("BEGIN IMMEDIATE");
        if (writer.Prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'").RunInt64() == 0)
        {
            Span<byte> identity = stackalloc byte[16];
            random.Fill(identity);
            writer.Execute(Tables);
            writer.Prepare("INSERT INTO meta VALUES ('schema', ?), ('identity', ?), ('openings', '0')")
                .Bind(1, Version).Bind(2, Convert.ToHexStringLower(identity)).Run();
        }

        Upgrade(writer);
        RefuseOther(writer);
        writer.Execute("UPDATE meta SET value = value + 1 WHERE name = 'openings'");
        var opening = writer.Prepare("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'openings'").RunInt64();
        writer.Execute("COMMIT");
        return (Identity(writer), opening);
    }

    /// <summary>The identity of a journal that is there.</summary>
    /// <exception cref="InvalidOperationException">Its tables are of another version.</exception>
    public static string IdentityOf(SqliteDatabase reader)
    {
        RefuseOther(reader);
        return Identity(reader);
    }

    private static void Upgrade(SqliteDatabase writer)
    {
        for (var found = VersionOf(writer); found is >= 1 and < Version; found++)
        {
            writer.Execute(Steps[found - 1]);
            writer.Prepare("UPDATE meta SET value = ? WHERE name = 'schema'").Bind(1, found + 1).Run();
        }
    }

    private static long VersionOf(SqliteDatabase database) =>
        database.Prepare("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'schema'").RunInt64();

    private static void RefuseOther(SqliteDatabase database)
    {
        var found = VersionOf(database);
        if (found != Version)
        {
            throw new InvalidOperationException($"The journal has schema version {found}; this build reads version {Version}.");
        }
    }

    private static string Identity(SqliteDatabase database) =>
        database.Prepare("SELECT value FROM meta WHERE name = 'identity'").RunFirst(row => row.Text(0)) ?? "";
}
