namespace Hub.Actors.Journal;

/// <summary>
/// The port of a journal's adapter. It blocks: batching, waiting and the choice of a thread lie above it, in
/// <see cref="GroupCommitter"/>, so that the simulator owns them.
/// </summary>
public interface IJournalStore : IDisposable
{
    /// <summary>Names this journal for ever; a cache built from another one is worthless.</summary>
    string Identity { get; }

    /// <summary>The number of this opening of the journal: who writes through this store. No two openings share one.</summary>
    long Opening { get; }

    /// <summary>Makes a batch durable in one transaction. Called by one thread at a time.</summary>
    /// <returns>One result per write, in order. A write that conflicts fails alone.</returns>
    /// <exception cref="JournalUnavailableException">Nothing of the batch was stored; a later try may succeed.</exception>
    /// <exception cref="CommitUnknownException">Nobody knows whether it was stored.</exception>
    IReadOnlyList<WriteResult> Write(IReadOnlyList<JournalWrite> batch);

    /// <summary>Called by the writer between batches, when nobody waits for an answer: the place for checkpoints.</summary>
    void Maintain();

    /// <summary>Has somebody look for events that others appended, soon after they did. It carries no data, may come for nothing, and may be missed.</summary>
    /// <param name="look">Called on a thread of the store's, one call at a time, until the store is closed. May block.</param>
    void WhenOthersWrite(Action look)
    {
        // Nobody else writes to most journals.
    }

    /// <summary>The events of a stream after a version, in order; number 0 and no events when there is no such stream.</summary>
    StreamSlice ReadStream(string stream, long afterVersion);

    /// <summary>What a command appended to a stream, or <c>null</c>.</summary>
    StoredCommand? FindCommand(string stream, string commandId);

    /// <summary>The feed after a position, in order, at most <paramref name="limit"/> events.</summary>
    IReadOnlyList<StoredEvent> ReadFeed(long afterPosition, int limit);

    /// <summary>The last position; 0 when the journal is empty.</summary>
    long Head();

    /// <summary>The timers due at or before a time, the longest due first; those due together by stream and name.</summary>
    /// <param name="now">The time.</param>
    /// <param name="after">The last of the page before; <c>null</c> for the first page.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<StoredTimer> DueTimers(DateTimeOffset now, StoredTimer? after, int limit);

    /// <summary>One timer of a stream, or <c>null</c>.</summary>
    StoredTimer? FindTimer(string stream, string name);

    /// <summary>When the next timer comes due after a time; <c>null</c> when none is set.</summary>
    DateTimeOffset? NextTimer(DateTimeOffset after);

    /// <summary>How far a reader has come; partitions without a row are at 0.</summary>
    IReadOnlyList<Checkpoint> Checkpoints(string reader);

    /// <summary>The streams a reaction gave up, in order of the stream's key.</summary>
    IReadOnlyList<Parking> Parked(string reaction);

    /// <summary>Every account's balance per currency, in order of account and currency.</summary>
    IReadOnlyList<Balance> Balances();

    /// <summary>The postings of a stream, in order.</summary>
    IReadOnlyList<PostedLine> Postings(string stream);
}

/// <summary>One event as stored.</summary>
public sealed record StoredEvent(
    long Position, string Stream, long Version, string Type, ReadOnlyMemory<byte> Payload, string CommandId, DateTimeOffset At);

/// <summary>A stream's number and some of its events.</summary>
public sealed record StreamSlice(long StreamId, IReadOnlyList<StoredEvent> Events);

/// <summary>What one command appended.</summary>
/// <param name="FirstVersion">The version of its first event.</param>
/// <param name="LastVersion">The version of its last event.</param>
/// <param name="Hash">SHA-256 of the command's payload.</param>
/// <param name="Opening">Who appended it: <see cref="IJournalStore.Opening"/>; 0 where that was not recorded yet.</param>
public sealed record StoredCommand(long FirstVersion, long LastVersion, ReadOnlyMemory<byte> Hash, long Opening);

/// <summary>A timer as stored.</summary>
/// <param name="Stream">Whose it is.</param>
/// <param name="Timer">Its name and the version it was set at.</param>
/// <param name="Due">When it may fire.</param>
public sealed record StoredTimer(string Stream, TimerFired Timer, DateTimeOffset Due);

/// <summary>The connection was lost, or the device failed, at COMMIT: it may or may not have happened.</summary>
/// <remarks>Invariant 5: nobody is answered before it was re-read by command id.</remarks>
public sealed class CommitUnknownException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another process has this journal open for writing.</summary>
public sealed class JournalLockedException(string message, Exception? inner = null) : Exception(message, inner);
