using Hub.Actors;
using Hub.Domain.Kernel;

namespace Hub.Grains.Wire;

/// <summary>A <see cref="TurnOutcome"/> between silos. Immutable, so that an answer within one silo is not copied.</summary>
/// <param name="Rejection">The number of the refusal; <c>null</c> for what was committed.</param>
/// <param name="Version">The stream's version after the command, or the one it was refused at.</param>
/// <param name="State">The state after the command, or the one it was refused against.</param>
/// <param name="Events">What the command appended.</param>
/// <param name="Repeated">Whether the command had been carried out before.</param>
[GenerateSerializer]
[Immutable]
[Alias("hub.turn_answer")]
public sealed record TurnAnswer(
    [property: Id(0)] int? Rejection,
    [property: Id(1)] long Version,
    [property: Id(2)] State State,
    [property: Id(3)] Event[] Events,
    [property: Id(4)] bool Repeated)
{
    /// <summary>What is answered.</summary>
    /// <exception cref="ArgumentException">An outcome this build does not know: a bug.</exception>
    internal static TurnAnswer From(TurnOutcome outcome) => outcome switch
    {
        TurnOutcome.Committed done => new TurnAnswer(null, done.Version, done.State, [.. done.Events], done.Repeated),
        TurnOutcome.Rejected no => new TurnAnswer((int)no.Code, no.Version, no.State, [], Repeated: false),
        _ => throw new ArgumentException($"{outcome.GetType().FullName} has no form between silos.", nameof(outcome)),
    };

    /// <summary>What was answered.</summary>
    internal TurnOutcome ToOutcome() => Rejection is { } code
        ? new TurnOutcome.Rejected((RejectionCode)code, Version, State)
        : new TurnOutcome.Committed(Version, State, Events.ToEquatableArray(), Repeated);
}

/// <summary>An <see cref="ActorReading"/> between silos.</summary>
/// <param name="Version">The version it was read at.</param>
/// <param name="State">The state.</param>
[GenerateSerializer]
[Immutable]
[Alias("hub.read_answer")]
public sealed record ReadAnswer([property: Id(0)] long Version, [property: Id(1)] State State);
