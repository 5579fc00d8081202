using Hub.Domain.Kernel;
using Hub.Domain.Ledger;

namespace Hub.Domain.Digests;

/// <summary>Collects what can wait, and lets it go once a day: each notice once, nothing when nothing waits.</summary>
/// <remarks>When a day's time is, is the customer's zone's to say: it comes with the notice, since this assembly knows no zones (decision 0020).</remarks>
public sealed class DigestDecider : IDecider<DigestCommand, DigestEvent, DigestState>
{
    /// <summary>The most notices of one digest: the last of them lets it go at once, so that no mail grows without end.</summary>
    public const int MaxItems = 50;

    /// <summary>How long what left is remembered, in days: longer than a send is tried.</summary>
    public const int KeptDays = 7;

    private const string DueTimer = "due";

    /// <inheritdoc/>
    public static DigestState Initial { get; } = new(null, null);

    /// <inheritdoc/>
    public static Decision<DigestEvent> Decide(DigestCommand command, DateTimeOffset at, DigestState state) => command switch
    {
        DigestCommand.Collect c => Collect(c, at, state),
        DigestCommand.TimerDue => state is { Due: { } due, Waiting.Count: > 0 } && at >= due ? FallDue(at, state) : Decision<DigestEvent>.Nothing,
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule for this command."),
    };

    /// <inheritdoc/>
    public static DigestState Evolve(DigestState state, DigestEvent happened) => happened switch
    {
        DigestEvent.Collected e => state with { Merchant = e.Merchant, Customer = e.Customer, Waiting = state.Waiting.Add(e.Item) },
        DigestEvent.Scheduled e => state with { Due = e.Due },
        DigestEvent.FellDue e => state with
        {
            Waiting = [],
            Due = null,
            Count = state.Count + 1,
            Left = state.Left.Where(b => b.At > e.Batch.At.AddDays(-KeptDays)).Append(e.Batch).ToEquatableArray(),
        },
        _ => throw new CorruptJournalException(state, happened),
    };

    /// <inheritdoc/>
    public static IEnumerable<TimerChange> Timers(DigestEvent happened) => happened switch
    {
        DigestEvent.Scheduled e => [new TimerChange.Set(DueTimer, e.Due)],
        DigestEvent.FellDue => [new TimerChange.Clear(DueTimer)],
        _ => [],
    };

    /// <inheritdoc/>
    public static IEnumerable<PostingSet> Postings(DigestEvent happened) => [];

    /// <inheritdoc/>
    public static DigestCommand OnTimer(string name) => new DigestCommand.TimerDue(name);

    private static Decision<DigestEvent> Collect(DigestCommand.Collect c, DateTimeOffset at, DigestState state)
    {
        if (state.Waiting.Any(i => i.Id == c.Item.Id) || state.Left.Any(b => b.Items.Any(i => i.Id == c.Item.Id))) return Decision<DigestEvent>.Nothing;
        List<DigestEvent> events = [new DigestEvent.Collected(c.Merchant, c.Customer, c.Item)];
        var after = Evolve(state, events[0]);
        if (after.Waiting.Count >= MaxItems) events.Add(FallDue(at, after));
        else if (state.Due is null) events.Add(new DigestEvent.Scheduled(c.Due));
        return events;
    }

    private static DigestEvent.FellDue FallDue(DateTimeOffset at, DigestState state) =>
        new(new DigestBatch($"{DigestState.KeyOf(state.Customer!)}_{state.Count + 1}", state.Waiting, at));
}
