using Hub.Actors.Ports;
using Hub.Actors.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hub.Actors.Journal.Postgres;

/// <summary>The journal in a PostgreSQL database, for one node or for many.</summary>
/// <remarks>
/// A batch is one statement outside any transaction block: the server takes its lock only after it has the whole of it, commits by
/// itself, and never waits for a client in between. A node that stands still stalls nobody.
/// </remarks>
public sealed partial class PostgresJournal : IJournalStore
{
    private readonly NpgsqlDataSource _pool;
    private readonly PostgresSession _writer;
    private readonly PostgresJournalReader _reader;
    private readonly PostgresListener _listener;
    private readonly PostgresStatistics _statistics;
    private readonly ILogger _log;

    private PostgresJournal(PostgresOptions options, string identity, long opening, TimeProvider time, ILogger log)
    {
        (Identity, Opening, _log) = (identity, opening, log);
        _pool = NpgsqlDataSource.Create(options.Pooled());
        _writer = new PostgresSession(options, _pool, opening, time);
        _reader = new PostgresJournalReader(_pool, _writer.Settle);
        _listener = new PostgresListener(
            "listening for other nodes", "hub_journal", () => new NpgsqlConnection(options.Single("omnihub listener")), () => _writer.ProcessId, time, log);
        _statistics = new PostgresStatistics(log);
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public long Opening { get; }

    /// <summary>Opens a journal; makes it in a database that has none, and brings one of an earlier version up to this one.</summary>
    /// <param name="options">Where, and whether alone.</param>
    /// <param name="random">Names a new journal.</param>
    /// <param name="time">Paces what is tried again.</param>
    /// <param name="log">Hears of the opening and of outages.</param>
    /// <exception cref="JournalUnavailableException">The database cannot be reached.</exception>
    /// <exception cref="DatabaseRefusedException">The database cannot hold a journal, or holds one of a later version.</exception>
    /// <exception cref="JournalLockedException">Another hub writes it, and one of the two wants to be alone.</exception>
    public static PostgresJournal Open(PostgresOptions options, IRandomSource random, TimeProvider time, ILogger log) =>
        Open(options, PostgresSchema.Steps, random, time, log);

    /// <inheritdoc/>
    public IReadOnlyList<WriteResult> Write(IReadOnlyList<JournalWrite> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var segments = PostgresSegment.Cut(batch);
        using var command = new NpgsqlBatch(Connect());
        segments.ForEach(segment => command.BatchCommands.Add(segment.Statement(Opening)));
        var results = Carry(command, segments);
        _statistics.Count(batch.Count);
        return results;
    }

    /// <inheritdoc/>
    public void Maintain() => _statistics.Renew(_writer);

    /// <inheritdoc/>
    public void WhenOthersWrite(Action look) => _listener.Start(look);

    /// <inheritdoc/>
    public StreamSlice ReadStream(string stream, long afterVersion) => _reader.ReadStream(stream, afterVersion);

    /// <inheritdoc/>
    public StoredCommand? FindCommand(string stream, string commandId) => _reader.FindCommand(stream, commandId);

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> ReadFeed(long afterPosition, int limit) => _reader.ReadFeed(afterPosition, limit);

    /// <inheritdoc/>
    public long Head() => _reader.Head();

    /// <inheritdoc/>
    public IReadOnlyList<StoredTimer> DueTimers(DateTimeOffset now, StoredTimer? after, int limit) => _reader.DueTimers(now, after, limit);

    /// <inheritdoc/>
    public StoredTimer? FindTimer(string stream, string name) => _reader.FindTimer(stream, name);

    /// <inheritdoc/>
    public DateTimeOffset? NextTimer(DateTimeOffset after) => _reader.NextTimer(after);

    /// <inheritdoc/>
    public IReadOnlyList<Checkpoint> Checkpoints(string reader) => _reader.Checkpoints(reader);

    /// <inheritdoc/>
    public IReadOnlyList<Parking> Parked(string reaction) => _reader.Parked(reaction);

    /// <inheritdoc/>
    public IReadOnlyList<Balance> Balances() => _reader.Balances();

    /// <inheritdoc/>
    public IReadOnlyList<PostedLine> Postings(string stream) => _reader.Postings(stream);

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _writer.Dispose();
        _pool.Dispose();
    }

    /// <summary>Opens with other steps than this build's.</summary>
    internal static PostgresJournal Open(PostgresOptions options, IReadOnlyList<string> steps, IRandomSource random, TimeProvider time, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(options);
        PostgresJournal? journal = null;
        try
        {
            using var first = new NpgsqlConnection(options.Single("omnihub start"));
            first.Open();
            var (identity, opening) = PostgresSchema.Prepare(first, random, steps);
            journal = new PostgresJournal(options, identity, opening, time, log);
            journal._writer.Connect();
            LogOpened(log, options.Place, first.PostgreSqlVersion, identity, opening);
            return journal;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            journal?.Dispose();
            throw Explain(failure, options);
        }
    }

    // Words of the server, which speak of databases and roles, never of a password.
    private static Exception Explain(Exception failure, PostgresOptions options) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => new JournalLockedException(
            $"The journal in {options.Place} is open in another process. One hub writes a journal, unless all share it: stop the other one, or name another database.", failure),
        PostgresException { InvariantSeverity: "ERROR" } refused when !refused.IsPassing() => new DatabaseRefusedException($"The journal cannot be opened in {options.Place}: {refused.MessageText}."),
        _ => new JournalUnavailableException($"The journal's database {options.Place} cannot be reached: {failure.GetBaseException().Message.TrimEnd('.')}.", failure),
    };

    private NpgsqlConnection Connect()
    {
        try
        {
            return _writer.Connect();
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            throw PostgresFailures.Unavailable(failure);
        }
    }

    private List<WriteResult> Carry(NpgsqlBatch command, List<PostgresSegment> segments)
    {
        var sent = false;
        try
        {
            using var rows = command.ExecuteReader();
            sent = true;
            var results = new List<WriteResult>();
            foreach (var segment in segments)
            {
                rows.Read();
                segment.Read(rows, results);
                // Past the last one it reads the server's word that the transaction ended: until then nothing is durable.
                rows.NextResult();
            }

            return results;
        }
        catch (PostgresException refused) when (refused.IsRefused())
        {
            // Npgsql 10.0.0 loses count of what it prepared by itself when a statement fails: the session is not used again.
            _writer.Drop();
            throw refused.IsPassing() ? NotNow(refused) : refused;
        }
        catch (Exception unsendable) when (!sent && unsendable is (ArgumentException or InvalidCastException or OverflowException))
        {
            // A value that cannot be put into a message: the server never saw the end of the statement.
            _writer.Drop();
            throw;
        }
        catch (Exception failure)
        {
            throw InDoubt(failure);
        }
    }

    private static JournalUnavailableException NotNow(PostgresException refused) =>
        new("The journal could not be written just now; try again with the same id.", refused);

    private CommitUnknownException InDoubt(Exception failure)
    {
        _writer.Abandon();
        try
        {
            _writer.Settle();
        }
        catch (Exception still) when (still is NpgsqlException or TimeoutException or JournalUnavailableException)
        {
            LogUndecided(_log, still);
        }

        return new CommitUnknownException("The connection to the journal's database was lost; whether the last commit is durable is not known.", failure);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Journal {Place} open: PostgreSQL {Version}, identity {Identity}, opening {Opening}")]
    private static partial void LogOpened(ILogger log, string place, Version version, string identity, long opening);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A lost session of the journal has not ended yet; nothing is read before it has")]
    private static partial void LogUndecided(ILogger log, Exception still);
}
