using System.Text.Json.Serialization;
using Hub.Actors;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;

namespace Hub.Bench.Turns;

/// <summary>The smallest actor worth measuring: one command, one event of about 300 bytes, as DESIGN 15 measures it.</summary>
public sealed class Tally : IDecider<TallyCommand, TallyEvent, TallyState>
{
    /// <summary>About as many as a payment has.</summary>
    public const int EventsPerStream = 8;

    public static ActorKind Kind { get; } = new ActorKind<Tally, TallyCommand, TallyEvent, TallyState>(
        "tally", TallyJson.Default.TallyCommand, TallyJson.Default.TallyEvent, TallyJson.Default.TallyState);

    public static TallyState Initial { get; } = new(0, 0);

    public static Decision<TallyEvent> Decide(TallyCommand command, DateTimeOffset at, TallyState state) => command switch
    {
        TallyCommand.Count c when c.Minor <= 0 => RejectionCode.AmountNotPositive,
        TallyCommand.Count c => new TallyEvent.Counted(c.Minor, c.Customer, c.Merchant, c.Order, c.Words, at),
        _ => RejectionCode.IllegalState,
    };

    public static TallyState Evolve(TallyState state, TallyEvent happened) => happened is TallyEvent.Counted e
        ? new TallyState(state.Minor + e.Minor, state.Times + 1)
        : throw new CorruptJournalException(state, happened);

    public static IEnumerable<TimerChange> Timers(TallyEvent happened) => [];

    public static IEnumerable<PostingSet> Postings(TallyEvent happened) => [];

    public static TallyCommand OnTimer(string name) => throw new ArgumentException($"There is no timer '{name}'.", nameof(name));
}

[JsonDerivedType(typeof(Count), "count")]
public abstract record TallyCommand : Command
{
    public sealed record Count(long Minor, string Customer, string Merchant, string Order, string Words) : TallyCommand;
}

[JsonDerivedType(typeof(Counted), "counted")]
public abstract record TallyEvent : Event
{
    public sealed record Counted(long Minor, string Customer, string Merchant, string Order, string Words, DateTimeOffset At) : TallyEvent;
}

public sealed record TallyState(long Minor, int Times) : State
{
    [JsonIgnore]
    public override Subjects Subjects => Subjects.Nobody;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TallyCommand))]
[JsonSerializable(typeof(TallyEvent))]
[JsonSerializable(typeof(TallyState))]
internal sealed partial class TallyJson : JsonSerializerContext;
