using Hub.Actors.Journal;
using Hub.Actors.Journal.Sqlite;
using Hub.Actors.Sqlite;

namespace Hub.Actors.Audit.Stored;

/// <summary>A journal's rows in a SQLite file, live or copied.</summary>
/// <remarks>
/// It opens the file for reading only, so it can neither write nor checkpoint. A read that stays open keeps the hub from
/// checkpointing, so each page is a short read of its own, and only <see cref="AsOfNow"/> holds one for several.
/// </remarks>
internal sealed class SqliteStoredJournal : IStoredJournal
{
    private readonly SqliteReaders _readers;
    private SqliteDatabase? _held;

    private SqliteStoredJournal(string path, SqliteReaders readers, string identity) => (Place, _readers, Identity) = (path, readers, identity);

    public string Place { get; }

    public string Identity { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="JournalUnreadableException">There is none, or it is none of this hub's.</exception>
    internal static SqliteStoredJournal Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new JournalUnreadableException($"There is no journal at {path}. Name the hub's folder with --Hub:Data=… or a journal with --journal=….");
        }

        var readers = new SqliteReaders(path);
        try
        {
            return new SqliteStoredJournal(path, readers, Guard(path, () => readers.Read(SqliteSchema.IdentityOf)));
        }
        catch (InvalidOperationException other)
        {
            readers.Dispose();
            throw new JournalUnreadableException($"{path}: {other.Message} Verify it with the hub that wrote it.", other);
        }
        catch
        {
            readers.Dispose();
            throw;
        }
    }

    /// <summary>Turns what goes wrong with a SQLite file into one line.</summary>
    /// <exception cref="JournalUnreadableException">It could not be read.</exception>
    internal static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteFailureException failure) when (failure.IsDamage)
        {
            throw new JournalUnreadableException($"{path} is damaged or no SQLite file ({failure.Code}). Verify a copy from before, or restore a backup.", failure);
        }
        catch (SqliteFailureException failure) when (failure.IsPassing)
        {
            throw new JournalUnreadableException($"{path} cannot be opened just now ({failure.Code}). The user needs to read it and to write in its folder; or verify a copy of it.", failure);
        }
        catch (SqliteFailureException failure)
        {
            throw new JournalUnreadableException($"{path} is no journal of OmniHub. Name the hub's folder with --Hub:Data=… or a journal with --journal=….", failure);
        }
    }

    public T Guard<T>(Func<T> read) => Guard(Place, read);

    public long Head() => Read(reader => reader.Prepare("SELECT max(position) FROM events").RunInt64());

    public IReadOnlyList<EventRow> Events(long after, int limit) => Read(reader => reader
        .Prepare("""
            SELECT e.position, s.key, e.version, e.type, e.payload, e.command_id, e.at, e.command_hash, e.stream_id
            FROM events e LEFT JOIN streams s ON s.id = e.stream_id WHERE e.position > ? ORDER BY e.position LIMIT ?
            """)
        .Bind(1, after).Bind(2, limit)
        .RunList(row => new EventRow(
            row.Int64(0), row.IsNull(1) ? null : row.Text(1), row.Int64(2), row.Text(3), row.Bytes(4), row.Text(5), row.Int64(6), row.Bytes(7), row.Int64(8))));

    public IReadOnlyList<PostedRow> Postings(long after, int limit) => Read(reader => reader
        .Prepare("SELECT id, position, stream_id, version, account, currency, minor FROM postings WHERE id > ? ORDER BY id LIMIT ?")
        .Bind(1, after).Bind(2, limit)
        .RunList(row => new PostedRow(row.Int64(0), row.Int64(1), row.Int64(2), row.Int64(3), row.Text(4), row.Text(5), row.Int64(6))));

    public IReadOnlyList<StreamRow> Streams(long stream, long version, long upTo, int limit) => Read(reader => reader
        .Prepare("""
            SELECT e.stream_id, e.version, e.position, s.key, e.payload FROM events e JOIN streams s ON s.id = e.stream_id
            WHERE (e.stream_id, e.version) > (?, ?) AND e.position <= ? ORDER BY e.stream_id, e.version LIMIT ?
            """)
        .Bind(1, stream).Bind(2, version).Bind(3, upTo).Bind(4, limit)
        .RunList(row => new StreamRow(row.Int64(0), row.Int64(1), row.Int64(2), row.Text(3), row.Bytes(4))));

    public IReadOnlyList<(string Account, string Currency, long Minor)> Balances() => Read(reader => reader
        .Prepare("SELECT account, currency, minor FROM balances ORDER BY account, currency")
        .RunList(row => (row.Text(0), row.Text(1), row.Int64(2))));

    public IReadOnlyList<StoredTimer> Timers() => Read(reader => reader
        .Prepare("SELECT s.key, t.name, t.set_version, t.due FROM timers t JOIN streams s ON s.id = t.stream_id ORDER BY t.stream_id, t.name")
        .RunList(row => new StoredTimer(row.Text(0), new TimerFired(row.Text(1), row.Int64(2)), row.Time(3))));

    public long FurthestCheckpoint() => Read(reader => reader.Prepare("SELECT max(position) FROM checkpoints").RunInt64());

    public T AsOfNow<T>(Func<T> read) => _readers.Read(reader =>
    {
        reader.Execute("BEGIN");
        _held = reader;
        try
        {
            return read();
        }
        finally
        {
            _held = null;
            reader.Execute("COMMIT");
        }
    });

    public void Dispose() => _readers.Dispose();

    private T Read<T>(Func<SqliteDatabase, T> read) => _held is { } held ? read(held) : _readers.Read(read);
}
