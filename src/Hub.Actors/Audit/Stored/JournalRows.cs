using System.Text.Json;
using Hub.Actors.Journal;
using Hub.Actors.Sqlite;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;
using Hub.Domain.Money;

namespace Hub.Actors.Audit.Stored;

/// <summary>An event that this build cannot read; its type name and payload do not fit.</summary>
internal sealed record UnreadableEvent : Event;

/// <summary>One row of the journal, decoded where it can be.</summary>
/// <param name="Event">The event with its postings.</param>
/// <param name="Type">Its name in the journal.</param>
/// <param name="Payload">UTF-8 JSON.</param>
internal sealed record JournalRow(RecordedEvent Event, string Type, byte[] Payload);

/// <summary>What stands beside the events, read together with the last of them.</summary>
internal sealed record JournalTables(IReadOnlyList<Balance> Balances, IReadOnlyList<StoredTimer> Timers, long FurthestCheckpoint);

/// <summary>Reads a journal's rows in order of position, postings with their events; each page in a short read of its own.</summary>
/// <remarks>
/// A read that stays open keeps the hub from checkpointing, so none does. Postings are numbered in the order of their events: one
/// walk beside the other finds those of every event without an index on the position.
/// </remarks>
internal sealed class JournalRows(KindCatalog kinds, Findings findings)
{
    /// <summary>Events read at once.</summary>
    internal const int Page = 2_048;

    private readonly Queue<PostedRow> _posted = new();
    private long _lastPosting;
    private bool _noMorePostings;

    /// <summary>The position of the last row read.</summary>
    internal long Position { get; private set; }

    /// <summary>The next rows; none at the end.</summary>
    internal IReadOnlyList<JournalRow> Read(SqliteDatabase reader)
    {
        var rows = reader
            .Prepare("""
                SELECT e.position, s.key, e.version, e.type, e.payload, e.command_id, e.at, e.command_hash, e.stream_id
                FROM events e LEFT JOIN streams s ON s.id = e.stream_id WHERE e.position > ? ORDER BY e.position LIMIT ?
                """)
            .Bind(1, Position).Bind(2, Page)
            .RunList(row => new EventRow(
                row.Int64(0), row.IsNull(1) ? null : row.Text(1), row.Int64(2), row.Text(3), row.Bytes(4), row.Text(5), row.Int64(6), row.Bytes(7), row.Int64(8)));
        _noMorePostings = false;
        return [.. rows.Select(row => Complete(reader, row)).OfType<JournalRow>()];
    }

    /// <summary>Postings that belong to no event.</summary>
    internal void End(SqliteDatabase reader)
    {
        _noMorePostings = false;
        while (NextPosting(reader) is { } stray)
        {
            _posted.Dequeue();
            ReportStray(stray);
        }
    }

    /// <summary>What stands beside the events.</summary>
    internal JournalTables Tables(SqliteDatabase reader) => new(
        [.. reader.Prepare("SELECT account, currency, minor FROM balances ORDER BY account, currency")
            .RunList(row => BalanceOf(row.Text(0), row.Text(1), row.Int64(2))).OfType<Balance>()],
        reader.Prepare("SELECT s.key, t.name, t.set_version, t.due FROM timers t JOIN streams s ON s.id = t.stream_id ORDER BY t.stream_id, t.name")
            .RunList(row => new StoredTimer(row.Text(0), new TimerFired(row.Text(1), row.Int64(2)), row.Time(3))),
        reader.Prepare("SELECT max(position) FROM checkpoints").RunInt64());

    private Balance? BalanceOf(string account, string currency, long minor)
    {
        if (Currency.TryParse(currency, out var known)) return new Balance(new Account(account), new Amount(minor, known));
        findings.Report(7, "", Position, $"the balance of {account} has no currency");
        return null;
    }

    private JournalRow? Complete(SqliteDatabase reader, EventRow row)
    {
        // Positions are given out one by one and a write that was undone gives them back: where one is missing, a row was removed.
        if (row.Position != Position + 1) findings.Report(1, "", row.Position, $"positions {Position + 1} to {row.Position - 1} are missing");
        Position = row.Position;
        var lines = PostingsOf(reader, row);
        if (row.Stream is null || row.Stream.IndexOf('/', StringComparison.Ordinal) <= 0)
        {
            findings.Report(1, "", row.Position, "the event belongs to no stream");
            return null;
        }

        if (row.At < 0 || row.At > DateTimeOffset.MaxValue.UtcTicks)
        {
            findings.Report(2, row.Stream, row.Position, "the event has no time");
            return null;
        }

        var recorded = new RecordedEvent(row.Position, ActorId.Parse(row.Stream), row.Version, row.CommandId, new DateTimeOffset(row.At, TimeSpan.Zero), Decode(row))
        {
            Postings = lines,
            CommandHash = row.Hash,
        };
        return new JournalRow(recorded, row.Type, row.Payload);
    }

    private Event Decode(EventRow row)
    {
        var kind = row.Stream![..row.Stream!.IndexOf('/', StringComparison.Ordinal)];
        if (!kinds.Knows(kind))
        {
            return new UnreadableEvent();
        }

        try
        {
            var happened = kinds[kind].ReadEvent(row.Payload);
            return kinds[kind].TypeName(happened, row.Payload) == row.Type ? happened : new UnreadableEvent();
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or FormatException or ArgumentException)
        {
            return new UnreadableEvent();
        }
    }

    private List<BookLine> PostingsOf(SqliteDatabase reader, EventRow row)
    {
        var lines = new List<BookLine>();
        while (NextPosting(reader) is { } posted && posted.Position <= row.Position)
        {
            _posted.Dequeue();
            if (posted.Position != row.Position || posted.StreamId != row.StreamId || posted.Version != row.Version)
            {
                ReportStray(posted);
            }
            else if (!Currency.TryParse(posted.Currency, out var currency))
            {
                findings.Report(8, row.Stream ?? "", row.Position, "a posting has no currency");
            }
            else
            {
                lines.Add(new BookLine(new Account(posted.Account), new Amount(posted.Minor, currency)));
            }
        }

        return lines;
    }

    private PostedRow? NextPosting(SqliteDatabase reader)
    {
        if (_posted.Count == 0 && !_noMorePostings)
        {
            var rows = reader.Prepare("SELECT id, position, stream_id, version, account, currency, minor FROM postings WHERE id > ? ORDER BY id LIMIT ?")
                .Bind(1, _lastPosting).Bind(2, Page)
                .RunList(row => new PostedRow(row.Int64(0), row.Int64(1), row.Int64(2), row.Int64(3), row.Text(4), row.Text(5), row.Int64(6)));
            rows.ForEach(_posted.Enqueue);
            _noMorePostings = rows.Count == 0;
            _lastPosting = rows.Count == 0 ? _lastPosting : rows[^1].Id;
        }

        return _posted.TryPeek(out var next) ? next : null;
    }

    private void ReportStray(PostedRow posted) =>
        findings.Report(8, "", posted.Position, $"{posted.Minor} {posted.Currency} on {posted.Account} are posted for no event");

    private sealed record EventRow(
        long Position, string? Stream, long Version, string Type, byte[] Payload, string CommandId, long At, byte[] Hash, long StreamId);

    private sealed record PostedRow(long Id, long Position, long StreamId, long Version, string Account, string Currency, long Minor);
}
