using Hub.Actors.Journal;

namespace Hub.Actors.Audit.Stored;

/// <summary>A journal's rows as they lie, whichever database holds them, for whoever believes none of them.</summary>
/// <remarks>It only reads. A hub may be writing meanwhile.</remarks>
internal interface IStoredJournal : IDisposable
{
    /// <summary>Names the journal, and where it lies, for people.</summary>
    string Place { get; }

    /// <summary>Which journal.</summary>
    string Identity { get; }

    /// <summary>The last position; 0 when there is none.</summary>
    long Head();

    /// <summary>Events after a position, in order.</summary>
    IReadOnlyList<EventRow> Events(long after, int limit);

    /// <summary>Postings after one of them, in order of their numbers.</summary>
    IReadOnlyList<PostedRow> Postings(long after, int limit);

    /// <summary>Events stream by stream, after one of them and up to a position, in order of stream and version.</summary>
    IReadOnlyList<StreamRow> Streams(long stream, long version, long upTo, int limit);

    /// <summary>The table of balances, in order of account and currency.</summary>
    IReadOnlyList<(string Account, string Currency, long Minor)> Balances();

    /// <summary>The table of timers, in order of stream and name.</summary>
    IReadOnlyList<StoredTimer> Timers();

    /// <summary>How far the furthest reader has come; 0 when there is none.</summary>
    long FurthestCheckpoint();

    /// <summary>Reads several things as of one moment.</summary>
    T AsOfNow<T>(Func<T> read);

    /// <summary>Turns what goes wrong while reading into one line.</summary>
    /// <exception cref="JournalUnreadableException">It could not be read.</exception>
    T Guard<T>(Func<T> read);
}

/// <summary>An event's row.</summary>
/// <param name="Position">Its place in the feed.</param>
/// <param name="Stream">The key of its stream; <c>null</c> where that is gone.</param>
/// <param name="Version">Its place in the stream.</param>
/// <param name="Type">Its name.</param>
/// <param name="Payload">UTF-8 JSON.</param>
/// <param name="CommandId">Whose effect it is.</param>
/// <param name="At">100-nanosecond ticks of UTC.</param>
/// <param name="Hash">SHA-256 of the command.</param>
/// <param name="StreamId">The number of its stream.</param>
internal sealed record EventRow(
    long Position, string? Stream, long Version, string Type, byte[] Payload, string CommandId, long At, byte[] Hash, long StreamId);

/// <summary>A posting's row.</summary>
internal sealed record PostedRow(long Id, long Position, long StreamId, long Version, string Account, string Currency, long Minor);

/// <summary>An event's row, as a fold needs it.</summary>
internal sealed record StreamRow(long Stream, long Version, long Position, string Key, byte[] Payload);
