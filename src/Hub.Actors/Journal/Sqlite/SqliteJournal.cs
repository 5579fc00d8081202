using Hub.Actors.Ports;
using Hub.Actors.Sqlite;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Journal.Sqlite;

/// <summary>The journal in one SQLite file, for one machine: write-ahead log, every commit synced, one writer.</summary>
/// <remarks>
/// SQLite 3.7.0 to 3.51.2 can lose a reset of the log when two connections write or checkpoint. So one connection does both,
/// a lock file keeps other processes out, and readers are opened read-only.
/// </remarks>
public sealed partial class SqliteJournal : IJournalStore
{
    private const string OutOfSpace = "The disk of the journal is full. Nothing was stored; try again with the same id once there is space.";

    private readonly DataFolderLock _lock;
    private readonly SqliteDatabase _writer;
    private readonly SqliteJournalReader _reader;
    private readonly SqliteAppender _appender;
    private readonly SqliteDesk _desk;
    private readonly SqliteJournalOptions _options;
    private readonly ILogger _log;
    private long _logBytes;
    private bool _full;

    private SqliteJournal(DataFolderLock held, SqliteDatabase writer, SqliteJournalReader reader, long opening, SqliteJournalOptions options, ILogger log)
    {
        (_lock, _writer, _reader, _options, _log) = (held, writer, reader, options, log);
        Opening = opening;
        _appender = new SqliteAppender(writer, opening);
        _desk = new SqliteDesk(writer, opening);
    }

    /// <inheritdoc/>
    public string Identity => _reader.Identity;

    /// <inheritdoc/>
    public long Opening { get; }

    /// <summary>Opens a journal for writing; makes it, and its folder, when there is none.</summary>
    /// <param name="options">Where, and what to do when the device fails.</param>
    /// <param name="random">Names a new journal.</param>
    /// <param name="log">Hears of the version, of a full disk and of damage.</param>
    /// <exception cref="JournalLockedException">Another process has it open.</exception>
    /// <exception cref="InvalidOperationException">It was written by another version of the hub.</exception>
    public static SqliteJournal Open(SqliteJournalOptions options, IRandomSource random, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Path))!);
        var held = DataFolderLock.Take(options.Path);
        SqliteDatabase? writer = null;
        try
        {
            writer = SqliteDatabase.OpenWriter(options.Path);
            writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
            var (identity, opening) = SqliteSchema.Prepare(writer, random);
            writer.Checkpoint();
            LogOpened(log, options.Path, SqliteDatabase.Version, identity, opening);
            return new SqliteJournal(held, writer, SqliteJournalReader.Open(options.Path), opening, options, log);
        }
        catch
        {
            writer?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<WriteResult> Write(IReadOnlyList<JournalWrite> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        try
        {
            _writer.Prepare("BEGIN IMMEDIATE").Run();
            var results = new WriteResult[batch.Count];
            for (var i = 0; i < results.Length; i++)
            {
                results[i] = Carry(batch[i]);
            }

            _writer.Prepare("COMMIT").Run();
            Committed(batch);
            return results;
        }
        catch (Exception failure)
        {
            throw Failed(failure);
        }
    }

    /// <inheritdoc/>
    public void Maintain()
    {
        if (_logBytes < _options.CheckpointBytes)
        {
            return;
        }

        try
        {
            // Readers in the way leave a rest; the next round takes it, no sooner than after another share.
            _writer.Checkpoint();
            _logBytes = 0;
        }
        catch (SqliteFailureException failure) when (failure.IsDiskFull || failure.IsPassing)
        {
            _logBytes = 0;
            LogCheckpointPutOff(_log, failure.Code);
        }
        catch (SqliteFailureException failure)
        {
            StopProcess(failure);
        }
    }

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
        // The writer closes last: the last connection empties the log, and only this one may.
        _reader.Dispose();
        _writer.Dispose();
        _lock.Dispose();
    }

    /// <summary>Sets the file's largest size, in pages of 4 KiB; beyond it SQLite answers as on a full disk.</summary>
    internal void LimitPages(int pages) => _writer.Execute($"PRAGMA max_page_count = {pages}");

    private WriteResult Carry(JournalWrite write)
    {
        switch (write)
        {
            case JournalWrite.Append append: return _appender.Append(append);
            case JournalWrite.ReserveRequest ask: return _desk.Reserve(ask);
            case JournalWrite.CompleteRequest done: _desk.Complete(done); break;
            case JournalWrite.ReleaseRequest given: _desk.Release(given.Key); break;
            case JournalWrite.PurgeRequests old: _desk.Purge(old); break;
            case JournalWrite.CompleteTimer fired: _appender.RemoveTimer(fired.Stream, fired.Timer); break;
            case JournalWrite.SaveCheckpoints save: _desk.Save(save); break;
            case JournalWrite.Park parked: _desk.Park(parked.Parked); break;
            case JournalWrite.Unpark caughtUp: _desk.Unpark(caughtUp); break;
            default: throw new ArgumentException($"{write.GetType().Name} is no write this journal knows.", nameof(write));
        }

        return WriteResult.Done.Value;
    }

    // An estimate: every commit rewrites a few pages of 4 KiB, and every event goes to the table and to two indexes.
    private void Committed(IReadOnlyList<JournalWrite> batch)
    {
        _logBytes += 16_384;
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch[i] is JournalWrite.Append append)
            {
                for (var n = 0; n < append.Events.Count; n++)
                {
                    _logBytes += append.Events[n].Payload.Length + 256;
                }
            }
        }

        if (_full)
        {
            _full = false;
            LogSpaceReturned(_log);
        }
    }

    private Exception Failed(Exception failure)
    {
        _appender.Forget();
        var damage = failure is SqliteFailureException { IsDamage: true };
        try
        {
            if (_writer.InTransaction)
            {
                _writer.Execute("ROLLBACK");
            }
        }
        catch (SqliteFailureException second)
        {
            (damage, failure) = (true, new AggregateException(failure, second));
        }

        switch (failure)
        {
            case var _ when damage:
                StopProcess(failure);
                return new CommitUnknownException("The journal's device failed; whether the last commit is durable is not known.", failure);
            case SqliteFailureException { IsDiskFull: true }:
                NoteFull();
                return new JournalUnavailableException(OutOfSpace, failure);
            case SqliteFailureException { IsPassing: true }:
                return new JournalUnavailableException("The journal could not be written just now; try again with the same id.", failure);
            default:
                return failure;
        }
    }

    private void NoteFull()
    {
        if (!_full)
        {
            _full = true;
            LogDiskFull(_log, _options.Path);
        }
    }

    private void StopProcess(Exception failure)
    {
        LogDamage(_log, failure, _options.Path);
        _options.FailFast($"The journal {_options.Path} failed: {failure.Message}");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Journal {Path} open: SQLite {Version}, identity {Identity}, opening {Opening}")]
    private static partial void LogOpened(ILogger log, string path, string version, string identity, long opening);

    [LoggerMessage(Level = LogLevel.Error, Message = "No space left for the journal {Path}: writes are refused until there is")]
    private static partial void LogDiskFull(ILogger log, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "The journal is written again")]
    private static partial void LogSpaceReturned(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A checkpoint was put off (SQLite {Code})")]
    private static partial void LogCheckpointPutOff(ILogger log, int code);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The device or file of the journal {Path} failed: the process stops")]
    private static partial void LogDamage(ILogger log, Exception failure, string path);
}

/// <summary>Where a SQLite journal lies and how it behaves.</summary>
/// <param name="Path">The file.</param>
/// <param name="FailFast">Ends the process at once; called with the reason when a sync failed or the file is damaged.</param>
/// <param name="CheckpointBytes">About how large the log grows before it is copied into the file, in bytes.</param>
public sealed record SqliteJournalOptions(string Path, Action<string> FailFast, long CheckpointBytes = 8 * 1024 * 1024);
