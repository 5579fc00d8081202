using Hub.Actors.Postgres;
using Hub.Domain.Ledger;
using Hub.Domain.Money;
using Npgsql;

namespace Hub.Actors.Journal.Postgres;

/// <summary>What can be read of the journal, through a pool. No replica is read: a decision needs what was committed last.</summary>
/// <param name="pool">Where the connections come from.</param>
/// <param name="settle">Called before every read: what may still become durable must be decided first.</param>
internal sealed class PostgresJournalReader(NpgsqlDataSource pool, Action settle)
{
    private const string EventColumns = "e.position, s.key, e.version, e.type, e.payload, e.command_id, e.at";

    // A server that was restarted leaves dead connections in the pool. The first one met empties it; the second try connects.
    private const int Tries = 2;

    /// <inheritdoc cref="IJournalStore.ReadStream"/>
    public StreamSlice ReadStream(string stream, long afterVersion)
    {
        // Two steps, so that the first tells a stream without events after a version from one that is not there.
        var id = First("SELECT id FROM streams WHERE key = $1", row => row.GetInt64(0), stream);
        return id == 0
            ? new StreamSlice(0, [])
            : new StreamSlice(id, List(
                "SELECT position, version, type, payload, command_id, at FROM events WHERE stream_id = $1 AND version > $2 ORDER BY version",
                row => new StoredEvent(row.GetInt64(0), stream, row.GetInt64(1), row.GetString(2), row.GetFieldValue<byte[]>(3), row.GetString(4), Time(row, 5)),
                id, afterVersion));
    }

    /// <inheritdoc cref="IJournalStore.FindCommand"/>
    public StoredCommand? FindCommand(string stream, string commandId) => First(
        """
        SELECT min(e.version), max(e.version), e.command_hash, e.opening FROM streams s JOIN events e ON e.stream_id = s.id
        WHERE s.key = $1 AND e.command_id = $2 GROUP BY e.command_hash, e.opening
        """,
        row => new StoredCommand(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), row.GetInt64(3)),
        stream, commandId);

    /// <inheritdoc cref="IJournalStore.ReadFeed"/>
    public IReadOnlyList<StoredEvent> ReadFeed(long afterPosition, int limit) => List(
        $"SELECT {EventColumns} FROM events e JOIN streams s ON s.id = e.stream_id WHERE e.position > $1 ORDER BY e.position LIMIT $2",
        row => new StoredEvent(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetFieldValue<byte[]>(4), row.GetString(5), Time(row, 6)),
        afterPosition, (long)limit);

    /// <inheritdoc cref="IJournalStore.Head"/>
    public long Head() => First("SELECT coalesce(max(position), 0) FROM events", row => row.GetInt64(0));

    /// <inheritdoc cref="IJournalStore.DueTimers"/>
    public IReadOnlyList<StoredTimer> DueTimers(DateTimeOffset now, StoredTimer? after, int limit) => List(
        """
        SELECT s.key, t.name, t.set_version, t.due FROM timers t JOIN streams s ON s.id = t.stream_id
        WHERE t.due BETWEEN $1 AND $2 AND (t.due, s.key, t.name) > ($1, $3, $4) ORDER BY t.due, s.key, t.name LIMIT $5
        """,
        ReadTimer, after?.Due.UtcTicks ?? 0, now.UtcTicks, after?.Stream ?? "", after?.Timer.Name ?? "", (long)limit);

    /// <inheritdoc cref="IJournalStore.FindTimer"/>
    public StoredTimer? FindTimer(string stream, string name) => First(
        "SELECT s.key, t.name, t.set_version, t.due FROM streams s JOIN timers t ON t.stream_id = s.id WHERE s.key = $1 AND t.name = $2",
        ReadTimer, stream, name);

    /// <inheritdoc cref="IJournalStore.NextTimer"/>
    public DateTimeOffset? NextTimer(DateTimeOffset after) => First(
        "SELECT min(due) FROM timers WHERE due > $1", row => row.IsDBNull(0) ? (DateTimeOffset?)null : Time(row, 0), after.UtcTicks);

    /// <inheritdoc cref="IJournalStore.Checkpoints"/>
    public IReadOnlyList<Checkpoint> Checkpoints(string reader) => List(
        "SELECT partition, position FROM checkpoints WHERE reader = $1 ORDER BY partition",
        row => new Checkpoint(row.GetInt32(0), row.GetInt64(1)), reader);

    /// <inheritdoc cref="IJournalStore.Parked"/>
    public IReadOnlyList<Parking> Parked(string reaction) => List(
        "SELECT reaction, stream, version, position, error, at FROM parked WHERE reaction = $1 ORDER BY stream",
        row => new Parking(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4), Time(row, 5)), reaction);

    /// <inheritdoc cref="IJournalStore.Balances"/>
    public IReadOnlyList<Balance> Balances() => List(
        "SELECT account, currency, minor FROM balances ORDER BY account, currency",
        row => new Balance(new Account(row.GetString(0)), new Amount(row.GetInt64(2), Currency.Parse(row.GetString(1)))));

    /// <inheritdoc cref="IJournalStore.Postings"/>
    public IReadOnlyList<PostedLine> Postings(string stream) => List(
        """
        SELECT p.version, p.account, p.currency, p.minor FROM streams s JOIN postings p ON p.stream_id = s.id
        WHERE s.key = $1 ORDER BY p.version, p.id
        """,
        row => new PostedLine(stream, row.GetInt64(0), new Account(row.GetString(1)), new Amount(row.GetInt64(3), Currency.Parse(row.GetString(2)))), stream);

    private static StoredTimer ReadTimer(NpgsqlDataReader row) =>
        new(row.GetString(0), new TimerFired(row.GetString(1), row.GetInt64(2)), Time(row, 3));

    private static DateTimeOffset Time(NpgsqlDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    private T? First<T>(string query, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        var rows = List(query, read, values);
        return rows.Count == 0 ? default : rows[0];
    }

    private List<T> List<T>(string query, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                settle();
                return Once(query, read, values);
            }
            catch (Exception failure) when (failure.IsLost() && tries < Tries)
            {
                pool.Clear();
            }
            catch (Exception failure) when (failure.IsOutage())
            {
                pool.Clear();
                throw PostgresFailures.Unavailable(failure);
            }
        }
    }

    private List<T> Once<T>(string query, Func<NpgsqlDataReader, T> read, object[] values)
    {
        using var connection = pool.OpenConnection();
        using var command = new NpgsqlCommand(query, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read())
        {
            found.Add(read(rows));
        }

        return found;
    }
}
