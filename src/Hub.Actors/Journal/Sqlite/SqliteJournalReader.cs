using Hub.Actors.Sqlite;
using Hub.Domain.Ledger;
using Hub.Domain.Money;

namespace Hub.Actors.Journal.Sqlite;

/// <summary>What can be read of a journal, live or at rest, without touching it. Sub-commands use it beside a running hub.</summary>
public sealed class SqliteJournalReader : IDisposable
{
    private const string EventColumns = "e.position, s.key, e.version, e.type, e.payload, e.command_id, e.at";

    private readonly SqliteReaders _readers;

    private SqliteJournalReader(SqliteReaders readers, string identity) => (_readers, Identity) = (readers, identity);

    /// <inheritdoc cref="IJournalStore.Identity"/>
    public string Identity { get; }

    /// <summary>Opens a journal for reading only; takes no lock and cannot write.</summary>
    /// <param name="path">The journal's file; it must be there.</param>
    /// <exception cref="FileNotFoundException">There is no journal at this path.</exception>
    public static SqliteJournalReader Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no journal at {path}.", path);
        }

        var readers = new SqliteReaders(path);
        return new SqliteJournalReader(readers, readers.Read(SqliteSchema.IdentityOf));
    }

    /// <inheritdoc cref="IJournalStore.ReadStream"/>
    public StreamSlice ReadStream(string stream, long afterVersion) => _readers.Read(reader =>
    {
        var id = StreamId(reader, stream);
        return id == 0
            ? new StreamSlice(0, [])
            : new StreamSlice(id, reader
                .Prepare("SELECT position, version, type, payload, command_id, at FROM events WHERE stream_id = ? AND version > ? ORDER BY version")
                .Bind(1, id).Bind(2, afterVersion)
                .RunList(row => new StoredEvent(row.Int64(0), stream, row.Int64(1), row.Text(2), row.Bytes(3), row.Text(4), row.Time(5))));
    });

    /// <inheritdoc cref="IJournalStore.FindCommand"/>
    public StoredCommand? FindCommand(string stream, string commandId) => _readers.Read(reader => reader
        .Prepare("""
            SELECT min(e.version), max(e.version), e.command_hash, e.opening FROM streams s JOIN events e ON e.stream_id = s.id
            WHERE s.key = ? AND e.command_id = ? GROUP BY e.stream_id
            """)
        .Bind(1, stream).Bind(2, commandId)
        .RunFirst(row => new StoredCommand(row.Int64(0), row.Int64(1), row.Bytes(2), row.Int64(3))));

    /// <inheritdoc cref="IJournalStore.ReadFeed"/>
    public IReadOnlyList<StoredEvent> ReadFeed(long afterPosition, int limit) => _readers.Read(reader => reader
        .Prepare($"SELECT {EventColumns} FROM events e JOIN streams s ON s.id = e.stream_id WHERE e.position > ? ORDER BY e.position LIMIT ?")
        .Bind(1, afterPosition).Bind(2, limit).RunList(ReadEvent));

    /// <inheritdoc cref="IJournalStore.Head"/>
    public long Head() => _readers.Read(reader => reader.Prepare("SELECT max(position) FROM events").RunInt64());

    /// <inheritdoc cref="IJournalStore.DueTimers"/>
    public IReadOnlyList<StoredTimer> DueTimers(DateTimeOffset now, StoredTimer? after, int limit) => _readers.Read(reader => reader
        .Prepare("""
            SELECT s.key, t.name, t.set_version, t.due FROM timers t JOIN streams s ON s.id = t.stream_id
            WHERE t.due BETWEEN ? AND ? AND (t.due, s.key, t.name) > (?, ?, ?) ORDER BY t.due, s.key, t.name LIMIT ?
            """)
        .Bind(1, after?.Due ?? DateTimeOffset.MinValue).Bind(2, now)
        .Bind(3, after?.Due ?? DateTimeOffset.MinValue).Bind(4, after?.Stream ?? "").Bind(5, after?.Timer.Name ?? "")
        .Bind(6, limit).RunList(ReadTimer));

    /// <inheritdoc cref="IJournalStore.FindTimer"/>
    public StoredTimer? FindTimer(string stream, string name) => _readers.Read(reader => reader
        .Prepare("""
            SELECT s.key, t.name, t.set_version, t.due FROM streams s JOIN timers t ON t.stream_id = s.id
            WHERE s.key = ? AND t.name = ?
            """)
        .Bind(1, stream).Bind(2, name).RunFirst(ReadTimer));

    /// <inheritdoc cref="IJournalStore.NextTimer"/>
    public DateTimeOffset? NextTimer(DateTimeOffset after) => _readers.Read(reader =>
    {
        var due = reader.Prepare("SELECT min(due) FROM timers WHERE due > ?").Bind(1, after).RunInt64(-1);
        return due < 0 ? (DateTimeOffset?)null : new DateTimeOffset(due, TimeSpan.Zero);
    });

    /// <inheritdoc cref="IJournalStore.Checkpoints"/>
    public IReadOnlyList<Checkpoint> Checkpoints(string reader) => _readers.Read(database => database
        .Prepare("SELECT partition, position FROM checkpoints WHERE reader = ? ORDER BY partition")
        .Bind(1, reader).RunList(row => new Checkpoint(checked((int)row.Int64(0)), row.Int64(1))));

    /// <inheritdoc cref="IJournalStore.Parked"/>
    public IReadOnlyList<Parking> Parked(string reaction) => _readers.Read(reader => reader
        .Prepare("SELECT reaction, stream, version, position, error, at FROM parked WHERE reaction = ? ORDER BY stream")
        .Bind(1, reaction)
        .RunList(row => new Parking(row.Text(0), row.Text(1), row.Int64(2), row.Int64(3), row.Text(4), row.Time(5))));

    /// <inheritdoc cref="IJournalStore.Balances"/>
    public IReadOnlyList<Balance> Balances() => _readers.Read(reader => reader
        .Prepare("SELECT account, currency, minor FROM balances ORDER BY account, currency")
        .RunList(row => new Balance(new Account(row.Text(0)), new Amount(row.Int64(2), Currency.Parse(row.Text(1))))));

    /// <inheritdoc cref="IJournalStore.Postings"/>
    public IReadOnlyList<PostedLine> Postings(string stream) => _readers.Read(reader => reader
        .Prepare("""
            SELECT p.version, p.account, p.currency, p.minor FROM streams s JOIN postings p ON p.stream_id = s.id
            WHERE s.key = ? ORDER BY p.version, p.id
            """)
        .Bind(1, stream)
        .RunList(row => new PostedLine(stream, row.Int64(0), new Account(row.Text(1)), new Amount(row.Int64(3), Currency.Parse(row.Text(2))))));

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    private static long StreamId(SqliteDatabase reader, string key) =>
        reader.Prepare("SELECT id FROM streams WHERE key = ?").Bind(1, key).RunInt64();

    private static StoredEvent ReadEvent(SqliteStatement row) =>
        new(row.Int64(0), row.Text(1), row.Int64(2), row.Text(3), row.Bytes(4), row.Text(5), row.Time(6));

    private static StoredTimer ReadTimer(SqliteStatement row) =>
        new(row.Text(0), new TimerFired(row.Text(1), row.Int64(2)), row.Time(3));
}
