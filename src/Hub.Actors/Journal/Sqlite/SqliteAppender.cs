using Hub.Actors.Sqlite;
using Hub.Domain.Kernel;

namespace Hub.Actors.Journal.Sqlite;

/// <summary>Carries out appends inside the writer's transaction: events, timers, postings and balances.</summary>
/// <param name="writer">The writer's connection, inside its transaction.</param>
/// <param name="opening">The number of this opening of the journal: who appends now.</param>
internal sealed class SqliteAppender(SqliteDatabase writer, long opening)
{
    private const int HeadsKept = 65_536;

    // Nobody else writes, so what was appended here need not be looked up. Emptied when full and when a transaction is undone.
    private readonly Dictionary<long, long> _heads = [];

    private readonly SqliteStatement _insertEvent = writer.Prepare(
        "INSERT INTO events (stream_id, version, type, payload, command_id, command_hash, at, opening) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");

    /// <summary>Appends, or tells where the stream is. Every check comes before the first insert: a conflict leaves no trace.</summary>
    public WriteResult Append(JournalWrite.Append append)
    {
        var (stream, head) = Locate(append);
        if (head != append.ExpectedVersion)
        {
            return new WriteResult.Conflict(head);
        }

        if (append.Fired is { } fired)
        {
            RemoveTimer(stream, fired);
        }

        var first = 0L;
        for (var i = 0; i < append.Events.Count; i++)
        {
            var version = head + i + 1;
            var position = InsertEvent(append, stream, version, append.Events[i]);
            first = i == 0 ? position : first;
            ApplyTimers(stream, version, append.Events[i].Timers);
            Post(stream, version, position, append.Events[i]);
        }

        Remember(stream, head + append.Events.Count);
        return new WriteResult.Appended(stream, first);
    }

    /// <summary>The transaction was undone: what was remembered of it is not true.</summary>
    public void Forget() => _heads.Clear();

    /// <summary>Removes a timer's row if it is the one that was set at that version.</summary>
    public void RemoveTimer(string stream, TimerFired timer) => RemoveTimer(FindStream(stream), timer);

    private (long Stream, long Head) Locate(JournalWrite.Append append)
    {
        var stream = append.StreamId != 0 ? append.StreamId : FindStream(append.Stream);
        if (stream != 0)
        {
            return (stream, Head(stream));
        }

        if (append.ExpectedVersion != 0)
        {
            return (0, 0);
        }

        writer.Prepare("INSERT INTO streams (key) VALUES (?)").Bind(1, append.Stream).Run();
        return (writer.LastInsertId, 0);
    }

    private long Head(long stream) => _heads.TryGetValue(stream, out var head)
        ? head
        : writer.Prepare("SELECT max(version) FROM events WHERE stream_id = ?").Bind(1, stream).RunInt64();

    private void Remember(long stream, long head)
    {
        if (_heads.Count >= HeadsKept)
        {
            _heads.Clear();
        }

        _heads[stream] = head;
    }

    private long FindStream(string key) => writer.Prepare("SELECT id FROM streams WHERE key = ?").Bind(1, key).RunInt64();

    private long InsertEvent(JournalWrite.Append append, long stream, long version, EventWrite happened)
    {
        _insertEvent
            .Bind(1, stream).Bind(2, version).Bind(3, happened.Type).BindUtf8(4, happened.Payload)
            .Bind(5, append.CommandId).BindBlob(6, append.CommandHash).Bind(7, append.At).Bind(8, opening).Run();
        return writer.LastInsertId;
    }

    private void ApplyTimers(long stream, long version, IReadOnlyList<TimerChange> changes)
    {
        foreach (var change in changes)
        {
            if (change is TimerChange.Set set)
            {
                writer.Prepare("INSERT INTO timers VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET due = excluded.due, set_version = excluded.set_version")
                    .Bind(1, stream).Bind(2, set.Name).Bind(3, set.Due).Bind(4, version).Run();
            }
            else
            {
                writer.Prepare("DELETE FROM timers WHERE stream_id = ? AND name = ?").Bind(1, stream).Bind(2, change.Name).Run();
            }
        }
    }

    private void RemoveTimer(long stream, TimerFired timer) =>
        writer.Prepare("DELETE FROM timers WHERE stream_id = ? AND name = ? AND set_version = ?")
            .Bind(1, stream).Bind(2, timer.Name).Bind(3, timer.SetAt).Run();

    private void Post(long stream, long version, long position, EventWrite happened)
    {
        foreach (var set in happened.Postings)
        {
            foreach (var posting in set.Postings)
            {
                writer.Prepare("INSERT INTO postings (position, stream_id, version, account, currency, minor) VALUES (?, ?, ?, ?, ?, ?)")
                    .Bind(1, position).Bind(2, stream).Bind(3, version)
                    .Bind(4, posting.Account.Name).Bind(5, set.Currency.Code).Bind(6, posting.Minor).Run();
                writer.Prepare("INSERT INTO balances VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET minor = minor + excluded.minor")
                    .Bind(1, posting.Account.Name).Bind(2, set.Currency.Code).Bind(3, posting.Minor).Run();
            }
        }
    }
}
