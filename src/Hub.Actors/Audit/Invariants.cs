namespace Hub.Actors.Audit;

/// <summary>The numbered invariants of the hub, as far as a journal can show them.</summary>
/// <remarks>Which of them is held by what stands in <c>docs/guarantees.md</c>.</remarks>
public static class Invariants
{
    /// <summary>The highest number.</summary>
    public const int Last = 28;

    private static readonly Dictionary<int, string> Statements = new()
    {
        [1] = "Versions of a stream are 1..n, positions rise",
        [2] = "Every stream folds; a snapshot reads back as what was written",
        [4] = "A command id takes effect at most once in a stream",
        [6] = "0 ≤ refunded ≤ captured ≤ authorized, what is in flight counted; nothing after void or expiry; a late refund by two persons",
        [7] = "Postings sum to zero per currency, per entry and overall; balances are their sums",
        [8] = "Each money event has exactly one posting set, and it says what the event says",
        [9] = "Intent, then start, then outcome; one start per call number; a key never changes",
        [10] = "Each intent takes effect at most once, under a key the bank remembers; no hold and no late money is forgotten",
        [11] = "No other attempt while one is unknown, at no other bank either; only the bank or an operator with a note ends it",
        [12] = "What the bank has answered stays answered, however often it repeats itself",
        [13] = "An answer with another amount or currency is quarantined and not booked as asked",
        [14] = "At most one confirmation is accepted per attempt, for the amount that was granted",
        [15] = "Stale, wrong, superseded and over-limit answers move no money",
        [16] = "A confirmation ends once, whoever answers",
        [17] = "A notification ends once, acknowledged or failed with a case; nothing is sent after",
        [18] = "Timers fire when due, once, and not before",
        [20] = "A view equals its rebuild from the journal",
        [19] = "Topics are numbered without a gap, in the order of the journal",
        [21] = "Of two owners of one actor, one append wins",
        [22] = "Nothing crosses from one customer or merchant to another",
        [23] = "No card number in an event",
        [24] = "Per order, captured − refunded − returned ≤ the invoice, over all its payments, one open at a time",
        [25] = "No capture before a hold and a matched confirmation; without a hold no call before the match",
        [26] = "At rest nothing is pending or unknown without a case",
        [27] = "A notice that waits leaves in exactly one digest, and is told of by its mail, by one text or by itself",
        [28] = "A message stands in its conversation once, as its author may write it; one person at most has the conversation",
    };

    /// <summary>The numbers a journal can show something of, ascending.</summary>
    public static IReadOnlyList<int> Shown { get; } = [.. Statements.Keys.Order()];

    /// <summary>An invariant in one line.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A journal shows nothing of this number.</exception>
    public static string StatementOf(int invariant) =>
        Statements.TryGetValue(invariant, out var statement)
            ? statement
            : throw new ArgumentOutOfRangeException(nameof(invariant), invariant, "A journal shows nothing of this invariant.");
}
