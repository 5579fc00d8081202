using System.Text.Json;
using Hub.Actors.Journal;
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

/// <summary>Reads a journal's rows in order of position, postings with their events.</summary>
/// <remarks>
/// Postings are numbered in the order of their events: one walk beside the other finds those of every event without an index on the
/// position.
/// </remarks>
internal sealed class JournalRows(IStoredJournal journal, KindCatalog kinds, Findings findings)
{
    /// <summary>Events read at once.</summary>
    internal const int Page = 2_048;

    private readonly Queue<PostedRow> _posted = new();
    private long _lastPosting;
    private bool _noMorePostings;

    /// <summary>The position of the last row read.</summary>
    internal long Position { get; private set; }

    /// <summary>The next rows; none at the end.</summary>
    internal IReadOnlyList<JournalRow> Read()
    {
        var rows = journal.Events(Position, Page);
        _noMorePostings = false;
        return [.. rows.Select(Complete).OfType<JournalRow>()];
    }

    /// <summary>Postings that belong to no event.</summary>
    internal void End()
    {
        _noMorePostings = false;
        while (NextPosting() is { } stray)
        {
            _posted.Dequeue();
            ReportStray(stray);
        }
    }

    /// <summary>What stands beside the events.</summary>
    internal JournalTables Tables() => new(
        [.. journal.Balances().Select(row => BalanceOf(row.Account, row.Currency, row.Minor)).OfType<Balance>()], journal.Timers(), journal.FurthestCheckpoint());

    private Balance? BalanceOf(string account, string currency, long minor)
    {
        if (Currency.TryParse(currency, out var known)) return new Balance(new Account(account), new Amount(minor, known));
        findings.Report(7, "", Position, $"the balance of {account} has no currency");
        return null;
    }

    private JournalRow? Complete(EventRow row)
    {
        // Positions are given out one by one and a write that was undone gives them back: where one is missing, a row was removed.
        if (row.Position != Position + 1) findings.Report(1, "", row.Position, $"positions {Position + 1} to {row.Position - 1} are missing");
        Position = row.Position;
        var lines = PostingsOf(row);
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

    private List<BookLine> PostingsOf(EventRow row)
    {
        var lines = new List<BookLine>();
        while (NextPosting() is { } posted && posted.Position <= row.Position)
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

    private PostedRow? NextPosting()
    {
        if (_posted.Count == 0 && !_noMorePostings)
        {
            var rows = journal.Postings(_lastPosting, Page);
            foreach (var row in rows)
            {
                _posted.Enqueue(row);
            }

            _noMorePostings = rows.Count == 0;
            _lastPosting = rows.Count == 0 ? _lastPosting : rows[^1].Id;
        }

        return _posted.TryPeek(out var next) ? next : null;
    }

    private void ReportStray(PostedRow posted) =>
        findings.Report(8, "", posted.Position, $"{posted.Minor} {posted.Currency} on {posted.Account} are posted for no event");
}
