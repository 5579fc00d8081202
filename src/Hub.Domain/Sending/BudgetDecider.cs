using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;

namespace Hub.Domain.Sending;

/// <summary>What was drawn from one budget in the hour it was last drawn from.</summary>
/// <param name="Hour">The full hour, UTC; <c>null</c> before the first draw.</param>
/// <param name="Parts">Message parts drawn in it.</param>
public sealed record BudgetState(DateTimeOffset? Hour, int Parts) : State
{
    /// <summary>Nobody watches a budget: one country's is drawn from for several merchants (invariant 22).</summary>
    [JsonIgnore]
    public override Subjects Subjects => Subjects.Nobody;
}

/// <summary>How many message parts may go out in an hour for one merchant, to one country, to one block of numbers.</summary>
/// <remarks>Against pumped traffic: who sends texts at our cost to numbers they earn on meets a bound however many customers they invent.</remarks>
public sealed class BudgetDecider : IDecider<BudgetCommand, BudgetEvent, BudgetState>
{
    /// <inheritdoc/>
    public static BudgetState Initial { get; } = new(null, 0);

    /// <inheritdoc/>
    public static Decision<BudgetEvent> Decide(BudgetCommand command, DateTimeOffset at, BudgetState state) => command switch
    {
        BudgetCommand.Draw c => Draw(c, at, state),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule for this command."),
    };

    /// <inheritdoc/>
    public static BudgetState Evolve(BudgetState state, BudgetEvent happened) => happened switch
    {
        BudgetEvent.Drawn e => new BudgetState(Later(HourOf(e.At), state.Hour), (IsOver(state, e.At) ? 0 : state.Parts) + e.Parts),
        _ => throw new CorruptJournalException(state, happened),
    };

    /// <inheritdoc/>
    public static IEnumerable<TimerChange> Timers(BudgetEvent happened) => [];

    /// <inheritdoc/>
    public static IEnumerable<PostingSet> Postings(BudgetEvent happened) => [];

    /// <inheritdoc/>
    public static BudgetCommand OnTimer(string name) => throw new ArgumentException($"Budgets set no timer '{name}'.", nameof(name));

    /// <summary>The full hour a time lies in, UTC.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static Decision<BudgetEvent> Draw(BudgetCommand.Draw c, DateTimeOffset at, BudgetState state)
    {
        if (c.Least < 1 || c.Wanted < c.Least || c.MostPerHour < 1) throw new ArgumentException("A draw is of at least one part, under a bound of at least one.", nameof(c));
        var left = c.MostPerHour - (IsOver(state, at) ? 0 : state.Parts);
        return left < c.Least ? RejectionCode.SendingCapped : new BudgetEvent.Drawn(Math.Min(c.Wanted, left), at);
    }

    // A clock that was set back goes on in the hour that had begun: else the bound would be given out twice.
    private static bool IsOver(BudgetState state, DateTimeOffset at) => state.Hour is not { } hour || HourOf(at) > hour;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other is { } known && known > one ? known : one;
}

/// <summary>How a budget is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BudgetCommand))]
[JsonSerializable(typeof(BudgetEvent))]
[JsonSerializable(typeof(BudgetState))]
public sealed partial class BudgetJson : JsonSerializerContext;
