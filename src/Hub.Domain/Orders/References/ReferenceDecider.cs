using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;

namespace Hub.Domain.Orders.References;

/// <summary>What a merchant's order reference can be asked.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Claim), "claim")]
public abstract record ReferenceCommand : Command
{
    /// <summary>Takes the reference for one order.</summary>
    public sealed record Claim(string Order) : ReferenceCommand;
}

/// <summary>What can have happened to a reference.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Claimed), "reference.claimed")]
public abstract record ReferenceEvent : Event
{
    /// <summary>Taken.</summary>
    public sealed record Claimed(string Order) : ReferenceEvent;
}

/// <summary>Whose reference it is.</summary>
/// <param name="Order">The order that took it; <c>null</c> while it is free.</param>
public sealed record ReferenceState(string? Order) : State
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => Subjects.Nobody;
}

/// <summary>A merchant's order reference, one actor each: the first order that claims it keeps it for good.</summary>
public sealed class ReferenceDecider : IDecider<ReferenceCommand, ReferenceEvent, ReferenceState>
{
    /// <inheritdoc/>
    public static ReferenceState Initial { get; } = new((string?)null);

    /// <inheritdoc/>
    public static Decision<ReferenceEvent> Decide(ReferenceCommand command, DateTimeOffset at, ReferenceState state) => command switch
    {
        ReferenceCommand.Claim c when state.Order is null => new ReferenceEvent.Claimed(c.Order),
        ReferenceCommand.Claim c when state.Order == c.Order => Decision<ReferenceEvent>.Nothing,
        _ => RejectionCode.OrderReferenceTaken,
    };

    /// <inheritdoc/>
    public static ReferenceState Evolve(ReferenceState state, ReferenceEvent happened) => happened switch
    {
        ReferenceEvent.Claimed e when state.Order is null => new ReferenceState(e.Order),
        _ => throw new CorruptJournalException(state, happened),
    };

    /// <inheritdoc/>
    public static IEnumerable<TimerChange> Timers(ReferenceEvent happened) => [];

    /// <inheritdoc/>
    public static IEnumerable<PostingSet> Postings(ReferenceEvent happened) => [];

    /// <inheritdoc/>
    public static ReferenceCommand OnTimer(string name) => throw new ArgumentException($"References set no timer '{name}'.", nameof(name));
}

/// <summary>How references are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReferenceCommand))]
[JsonSerializable(typeof(ReferenceEvent))]
[JsonSerializable(typeof(ReferenceState))]
public sealed partial class ReferenceJson : JsonSerializerContext;
