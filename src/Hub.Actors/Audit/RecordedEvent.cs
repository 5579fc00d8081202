using Hub.Actors.Journal;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;
using Hub.Domain.Money;

namespace Hub.Actors.Audit;

/// <summary>One event as a journal recorded it, with what was recorded beside it. What a caller cannot tell is left out and not audited.</summary>
/// <param name="Position">Its place in the global order, from 1.</param>
/// <param name="Actor">Whose event it is.</param>
/// <param name="Version">Its version in that stream, from 1.</param>
/// <param name="CommandId">The command that led to it.</param>
/// <param name="At">When the turn was taken; the same for every event of one turn.</param>
/// <param name="Body">What happened.</param>
public sealed record RecordedEvent(long Position, ActorId Actor, long Version, string CommandId, DateTimeOffset At, Event Body)
{
    /// <summary>The lines posted with it; <c>null</c> when not known.</summary>
    public IReadOnlyList<BookLine>? Postings { get; init; }

    /// <summary>The timers it set and cleared; <c>null</c> when not known.</summary>
    public IReadOnlyList<TimerChange>? Timers { get; init; }

    /// <summary>The timer that its command came from; <c>null</c> when it came from none, or when only the command's id tells.</summary>
    public TimerFired? Fired { get; init; }

    /// <summary>Whether it is the first of its append; <c>null</c> when not known.</summary>
    public bool? IsFirst { get; init; }

    /// <summary>SHA-256 of the command's payload; empty when not known.</summary>
    public ReadOnlyMemory<byte> CommandHash { get; init; }

    /// <summary>One event of an append that was stored.</summary>
    /// <param name="append">The append.</param>
    /// <param name="index">Which of its events, from 0.</param>
    /// <param name="firstPosition">The position of its first event.</param>
    public static RecordedEvent Of(JournalWrite.Append append, int index, long firstPosition)
    {
        ArgumentNullException.ThrowIfNull(append);
        var written = append.Events[index];
        return new RecordedEvent(firstPosition + index, ActorId.Parse(append.Stream), append.ExpectedVersion + index + 1, append.CommandId, append.At, written.Body)
        {
            Postings = BookLine.Of(written.Postings),
            Timers = written.Timers,
            Fired = append.Fired,
            IsFirst = index == 0,
            CommandHash = append.CommandHash,
        };
    }
}

/// <summary>One posted line: debit positive, credit negative.</summary>
public readonly record struct BookLine(Account Account, Amount Amount)
{
    /// <summary>The lines of posting sets, in order.</summary>
    public static IReadOnlyList<BookLine> Of(IReadOnlyList<PostingSet> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        if (sets.Count == 0)
        {
            return [];
        }

        var lines = new List<BookLine>();
        foreach (var set in sets)
        {
            foreach (var posting in set.Postings)
            {
                lines.Add(new BookLine(posting.Account, new Amount(posting.Minor, set.Currency)));
            }
        }

        return lines;
    }
}
