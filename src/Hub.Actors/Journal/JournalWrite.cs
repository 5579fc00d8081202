using Hub.Domain.Kernel;
using Hub.Domain.Ledger;

namespace Hub.Actors.Journal;

/// <summary>One thing to make durable. Many go into one transaction; each succeeds or conflicts by itself.</summary>
public abstract record JournalWrite
{
    /// <summary>The events of one command, with all that belongs to them. Answered by <see cref="WriteResult.Appended"/> or <see cref="WriteResult.Conflict"/>.</summary>
    /// <param name="Stream">The stream's key, <c>kind/key</c>.</param>
    /// <param name="StreamId">Its number where the caller knows it, else 0.</param>
    /// <param name="ExpectedVersion">The version the command was decided at; 0 for a new stream.</param>
    /// <param name="Events">At least one, in order.</param>
    /// <param name="CommandId">At most 200 characters.</param>
    /// <param name="CommandHash">SHA-256 of the command's payload, 32 bytes.</param>
    /// <param name="At">When the turn was taken.</param>
    /// <param name="Fired">The timer this command came from, whose row goes with it.</param>
    public sealed record Append(
        string Stream,
        long StreamId,
        long ExpectedVersion,
        IReadOnlyList<EventWrite> Events,
        string CommandId,
        byte[] CommandHash,
        DateTimeOffset At,
        TimerFired? Fired = null) : JournalWrite;

    /// <summary>Reserves a client's request. Answered by <see cref="WriteResult.Reserved"/>.</summary>
    /// <param name="Key">The request.</param>
    /// <param name="Fingerprint">Digest of what was asked.</param>
    /// <param name="CreatedId">What it would create.</param>
    /// <param name="At">Now.</param>
    /// <param name="AbandonedBefore">A reservation made earlier than this and still unanswered is taken over.</param>
    public sealed record ReserveRequest(
        RequestKey Key, string Fingerprint, string CreatedId, DateTimeOffset At, DateTimeOffset AbandonedBefore) : JournalWrite;

    /// <summary>Stores the answer of a reserved request, unless it has one.</summary>
    public sealed record CompleteRequest(RequestKey Key, byte[] Answer) : JournalWrite;

    /// <summary>Gives an unanswered reservation back.</summary>
    public sealed record ReleaseRequest(RequestKey Key) : JournalWrite;

    /// <summary>Deletes requests reserved before a time, at most <paramref name="Limit"/> of them.</summary>
    public sealed record PurgeRequests(DateTimeOffset Before, int Limit) : JournalWrite;

    /// <summary>Removes a timer's row, if it is still the one that was set at that version.</summary>
    public sealed record CompleteTimer(string Stream, TimerFired Timer) : JournalWrite;

    /// <summary>Stores how far a reader has come. A checkpoint never goes back.</summary>
    public sealed record SaveCheckpoints(string Reader, IReadOnlyList<Checkpoint> Checkpoints) : JournalWrite;

    /// <summary>Records that a reaction gave a stream up, from a version on.</summary>
    public sealed record Park(Parking Parked) : JournalWrite;

    /// <summary>Records that a parked stream has caught up, if it is still parked at that version.</summary>
    public sealed record Unpark(string Reaction, string Stream, long Version) : JournalWrite;
}

/// <summary>One event to append.</summary>
/// <param name="Body">The event itself; readers in this process get it without decoding.</param>
/// <param name="Type">Its name in the journal.</param>
/// <param name="Payload">UTF-8 JSON.</param>
/// <param name="Timers">The timers it sets and clears.</param>
/// <param name="Postings">Its balanced postings.</param>
public sealed record EventWrite(
    Event Body, string Type, byte[] Payload, IReadOnlyList<TimerChange> Timers, IReadOnlyList<PostingSet> Postings);

/// <summary>A timer that came due.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SetAt">The version of the event that set it; tells it from one set later under the same name.</param>
public sealed record TimerFired(string Name, long SetAt);

/// <summary>How far a reader has come in one partition of the feed.</summary>
/// <param name="Partition">0 to 15; 0 for readers that are not cut.</param>
/// <param name="Position">Everything up to here is finished.</param>
public sealed record Checkpoint(int Partition, long Position);

/// <summary>A stream that a reaction gave up after bounded retries.</summary>
/// <param name="Reaction">Which reaction.</param>
/// <param name="Stream">Which stream.</param>
/// <param name="Version">The first event that was not handled; later ones wait behind it.</param>
/// <param name="Position">Its position.</param>
/// <param name="Error">The type of the exception; its words may hold what must not be stored.</param>
/// <param name="At">Since when.</param>
public sealed record Parking(string Reaction, string Stream, long Version, long Position, string Error, DateTimeOffset At);

/// <summary>What became of one write.</summary>
public abstract record WriteResult
{
    /// <summary>Durable.</summary>
    /// <param name="StreamId">The stream's number.</param>
    /// <param name="FirstPosition">The position of the first event; the others follow without a gap.</param>
    public sealed record Appended(long StreamId, long FirstPosition) : WriteResult;

    /// <summary>The stream is at another version; nothing of this write was stored.</summary>
    /// <param name="ActualVersion">Where it is.</param>
    public sealed record Conflict(long ActualVersion) : WriteResult;

    /// <summary>What became of a reservation.</summary>
    public sealed record Reserved(Reservation Reservation) : WriteResult;

    /// <summary>Durable; there is nothing more to say.</summary>
    public sealed record Done : WriteResult
    {
        private Done()
        {
        }

        /// <summary>The one value.</summary>
        public static Done Value { get; } = new();
    }
}
