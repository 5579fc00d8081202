using Hub.Actors.Journal;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Postgres;
using Npgsql;

namespace Hub.Actors.Audit.Stored;

/// <summary>A journal's rows in PostgreSQL, all as of one moment: that of the first read.</summary>
/// <remarks>
/// One transaction, repeatable and read-only, so that it takes no lock that a hub waits for and sees nothing half done. The server
/// keeps old rows as long as it is open, so one that stands still for ten minutes is ended.
/// </remarks>
internal sealed class PostgresStoredJournal : IStoredJournal
{
    private readonly NpgsqlConnection _session;
    private NpgsqlTransaction? _snapshot;

    private PostgresStoredJournal(string place, NpgsqlConnection session, string identity) => (Place, _session, Identity) = (place, session, identity);

    public string Place { get; }

    public string Identity { get; }

    /// <summary>Opens a database.</summary>
    /// <exception cref="JournalUnreadableException">There is no journal in it, or it cannot be read.</exception>
    internal static PostgresStoredJournal Open(PostgresOptions options)
    {
        var session = new NpgsqlConnection(options.Single("omnihub verify"));
        try
        {
            var identity = Guard(options.Place, () => Begin(session));
            return new PostgresStoredJournal(options.Place, session, identity);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public T Guard<T>(Func<T> read) => Guard(Place, read);

    public long Head() => List("SELECT coalesce(max(position), 0) FROM events", row => row.GetInt64(0))[0];

    public IReadOnlyList<EventRow> Events(long after, int limit) => List(
        """
        SELECT e.position, s.key, e.version, e.type, e.payload, e.command_id, e.at, e.command_hash, e.stream_id
        FROM events e LEFT JOIN streams s ON s.id = e.stream_id WHERE e.position > $1 ORDER BY e.position LIMIT $2
        """,
        row => new EventRow(
            row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetFieldValue<byte[]>(4),
            row.GetString(5), row.GetInt64(6), row.GetFieldValue<byte[]>(7), row.GetInt64(8)),
        after, limit);

    public IReadOnlyList<PostedRow> Postings(long after, int limit) => List(
        "SELECT id, position, stream_id, version, account, currency, minor FROM postings WHERE id > $1 ORDER BY id LIMIT $2",
        row => new PostedRow(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetInt64(6)),
        after, limit);

    public IReadOnlyList<StreamRow> Streams(long stream, long version, long upTo, int limit) => List(
        """
        SELECT e.stream_id, e.version, e.position, s.key, e.payload FROM events e JOIN streams s ON s.id = e.stream_id
        WHERE (e.stream_id, e.version) > ($1, $2) AND e.position <= $3 ORDER BY e.stream_id, e.version LIMIT $4
        """,
        row => new StreamRow(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), row.GetFieldValue<byte[]>(4)),
        stream, version, upTo, limit);

    public IReadOnlyList<(string Account, string Currency, long Minor)> Balances() => List(
        "SELECT account, currency, minor FROM balances ORDER BY account, currency",
        row => (row.GetString(0), row.GetString(1), row.GetInt64(2)));

    public IReadOnlyList<StoredTimer> Timers() => List(
        "SELECT s.key, t.name, t.set_version, t.due FROM timers t JOIN streams s ON s.id = t.stream_id ORDER BY t.stream_id, t.name",
        row => new StoredTimer(row.GetString(0), new TimerFired(row.GetString(1), row.GetInt64(2)), new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero)));

    public long FurthestCheckpoint() => List("SELECT coalesce(max(position), 0) FROM checkpoints", row => row.GetInt64(0))[0];

    public T AsOfNow<T>(Func<T> read) => read();

    public void Dispose()
    {
        _snapshot?.Dispose();
        _session.Dispose();
    }

    private static string Begin(NpgsqlConnection session)
    {
        session.Open();
        session.Execute("SET idle_in_transaction_session_timeout = '10min'");
        var version = session.Value<int>("SELECT max(version) FROM schema_versions");
        return version > PostgresSchema.Steps.Count
            ? throw new JournalUnreadableException($"The journal has schema version {version}; this build reads up to version {PostgresSchema.Steps.Count}. Verify it with the hub that wrote it.")
            : session.Value<string>("SELECT value FROM meta WHERE name = 'identity'");
    }

    private static T Guard<T>(string place, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (PostgresException none) when (none.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new JournalUnreadableException($"There is no journal in {place}. Name its database with ConnectionStrings:Journal, or a file with --journal=….", none);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw new JournalUnreadableException($"The journal in {place} cannot be read: {failure.GetBaseException().Message.TrimEnd('.')}.", failure);
        }
    }

    private List<T> List<T>(string query, Func<NpgsqlDataReader, T> read, params ReadOnlySpan<long> values)
    {
        _snapshot ??= BeginSnapshot();
        using var command = new NpgsqlCommand(query, _session, _snapshot);
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

    private NpgsqlTransaction BeginSnapshot()
    {
        var transaction = _session.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        _session.Execute("SET TRANSACTION READ ONLY");
        return transaction;
    }
}
