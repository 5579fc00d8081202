using Hub.Actors;
using Hub.Actors.Journal;
using Hub.Domain.Kernel;

namespace Hub.Grains.Wire;

/// <summary>An <see cref="Envelope"/> between silos. Immutable, so that a call within one silo copies nothing.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="Command">What is asked; written by its kind, see <see cref="DomainJson"/>.</param>
/// <param name="Timer">The name of the timer it comes from; <c>null</c> for none.</param>
/// <param name="TimerSetAt">The version that timer was set at; 0 without one.</param>
/// <param name="Expected">The only version it is meant for; <c>null</c> for any.</param>
[GenerateSerializer]
[Immutable]
[Alias("hub.turn_call")]
public sealed record TurnCall(
    [property: Id(0)] string Id,
    [property: Id(1)] Command Command,
    [property: Id(2)] string? Timer,
    [property: Id(3)] long TimerSetAt,
    [property: Id(4)] long? Expected)
{
    /// <summary>What is sent.</summary>
    internal static TurnCall From(Envelope command) =>
        new(command.Id, command.Command, command.Timer?.Name, command.Timer?.SetAt ?? 0, command.Expected);

    /// <summary>What was sent.</summary>
    internal Envelope ToEnvelope() => new(Id, Command, Timer is null ? null : new TimerFired(Timer, TimerSetAt), Expected);
}
