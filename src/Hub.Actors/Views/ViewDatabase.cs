using Hub.Actors.Sqlite;
using Hub.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Views;

/// <summary>The views' file: states and topic logs, with the position they stand for. Worth nothing: it can always be made again.</summary>
internal sealed partial class ViewDatabase : IDisposable
{
    /// <summary>The first shape that files states on shelves.</summary>
    public const long FirstWithShelves = 2;

    private const long Schema = FirstWithShelves;

    // No sync: after a crash of the machine the file may be broken, and is then made again.
    private const string Pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY";

    private const string Tables = """
        CREATE TABLE meta (schema INTEGER NOT NULL, journal TEXT NOT NULL, position INTEGER NOT NULL);
        CREATE TABLE states (
            born INTEGER PRIMARY KEY,
            actor TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            version INTEGER NOT NULL,
            merchant TEXT,
            customer TEXT,
            "order" TEXT,
            payment TEXT,
            shelf TEXT,
            state TEXT NOT NULL);
        CREATE INDEX states_by_kind ON states (kind, born);
        CREATE INDEX states_by_merchant ON states (merchant, kind, born);
        CREATE INDEX states_by_customer ON states (customer, kind, born);
        CREATE INDEX states_by_order ON states ("order", kind, born);
        CREATE INDEX states_by_payment ON states (payment, kind, born);
        CREATE INDEX states_by_shelf ON states (merchant, kind, shelf, born) WHERE shelf IS NOT NULL;
        CREATE TABLE topic_log (
            topic TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (topic, sequence)) WITHOUT ROWID;
        """;

    private readonly SqliteDatabase _writer;
    private readonly SqliteReaders _readers;

    private ViewDatabase(SqliteDatabase writer, SqliteReaders readers, long position) =>
        (_writer, _readers, Position) = (writer, readers, position);

    /// <summary>Everything up to here is in it.</summary>
    public long Position { get; private set; }

    /// <summary>Opens the file; deletes it first when it is broken, of another shape, of another journal, or ahead of it.</summary>
    public static ViewDatabase Open(string path, string journal, long head, ILogger log)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (File.Exists(path))
        {
            try
            {
                if (TryOpen(path, journal, head) is { } fitting)
                {
                    return fitting;
                }

                LogOther(log, path);
            }
            catch (SqliteFailureException broken)
            {
                LogBroken(log, broken, path);
            }
        }

        return Create(path, journal);
    }

    /// <summary>Deletes the file and makes an empty one.</summary>
    public static ViewDatabase Create(string path, string journal)
    {
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
        {
            File.Delete(file);
        }

        var writer = SqliteDatabase.OpenWriter(path);
        writer.Execute(Pragmas);
        writer.Execute("BEGIN;" + Tables);
        writer.Prepare("INSERT INTO meta VALUES (?, ?, 0)").Bind(1, Schema).Bind(2, journal).Run();
        writer.Execute("COMMIT");
        return new ViewDatabase(writer, new SqliteReaders(path), 0);
    }

    /// <summary>Reads beside the writer.</summary>
    public T Read<T>(Func<SqliteDatabase, T> read) => _readers.Read(read);

    /// <summary>One actor's row, as the writer sees it.</summary>
    public StoredView? Find(string actor) => _writer
        .Prepare("SELECT born, version, state FROM states WHERE actor = ?").Bind(1, actor)
        .RunFirst(row => new StoredView(row.Int64(0), row.Int64(1), row.Bytes(2)));

    /// <summary>The last sequence of a topic, as the writer sees it.</summary>
    public long Head(string topic) => HeadOf(_writer, topic);

    /// <summary>The last sequence of a topic.</summary>
    public static long HeadOf(SqliteDatabase database, string topic) =>
        database.Prepare("SELECT max(sequence) FROM topic_log WHERE topic = ?").Bind(1, topic).RunInt64();

    /// <summary>Stores a batch with its position, in one transaction (invariant 19).</summary>
    public void Save(long position, IEnumerable<ViewWrite> states, IEnumerable<TopicEntry> entries)
    {
        try
        {
            _writer.Execute("BEGIN IMMEDIATE");
            foreach (var state in states)
            {
                Save(state);
            }

            foreach (var entry in entries)
            {
                _writer.Prepare("INSERT INTO topic_log VALUES (?, ?, ?)")
                    .Bind(1, entry.Topic).Bind(2, entry.Sequence).Bind(3, entry.Event.Position).Run();
            }

            _writer.Prepare("UPDATE meta SET position = ?").Bind(1, position).Run();
            _writer.Execute("COMMIT");
            Position = position;
        }
        catch
        {
            if (_writer.InTransaction)
            {
                _writer.Execute("ROLLBACK");
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _readers.Dispose();
        _writer.Dispose();
    }

    private static ViewDatabase? TryOpen(string path, string journal, long head)
    {
        var writer = SqliteDatabase.OpenWriter(path);
        try
        {
            writer.Execute(Pragmas);
            var meta = writer.Prepare("SELECT schema, journal, position FROM meta")
                .RunFirst(row => (Schema: row.Int64(0), Journal: row.Text(1), Position: row.Int64(2)));
            if (meta.Schema == Schema && meta.Journal == journal && meta.Position <= head)
            {
                var opened = new ViewDatabase(writer, new SqliteReaders(path), meta.Position);
                writer = null;
                return opened;
            }

            return null;
        }
        finally
        {
            writer?.Dispose();
        }
    }

    private void Save(ViewWrite view) => _writer
        .Prepare("""
            INSERT INTO states VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (born) DO UPDATE SET version = excluded.version,
                merchant = excluded.merchant, customer = excluded.customer, "order" = excluded."order",
                payment = excluded.payment, shelf = excluded.shelf, state = excluded.state
            """)
        .Bind(1, view.Born).Bind(2, view.Actor.ToString()).Bind(3, view.Actor.Kind).Bind(4, view.Version)
        .Bind(5, view.Subjects.Merchant).Bind(6, view.Subjects.Customer).Bind(7, view.Subjects.Order)
        .Bind(8, view.Subjects.Payment).Bind(9, view.Shelf).BindUtf8(10, view.State).Run();

    [LoggerMessage(Level = LogLevel.Information, Message = "The views in {Path} belong to another journal or build; they are made again")]
    private static partial void LogOther(ILogger log, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The views in {Path} are broken; they are made again")]
    private static partial void LogBroken(ILogger log, Exception broken, string path);
}

/// <summary>One actor's row as stored.</summary>
internal sealed record StoredView(long Born, long Version, byte[] State);

/// <summary>One actor's row to store.</summary>
internal sealed record ViewWrite(long Born, ActorId Actor, long Version, Subjects Subjects, string? Shelf, byte[] State);
