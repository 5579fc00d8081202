using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Edge.Errors;
using Hub.Domain.Kernel;

namespace Hub.Api.Edge;

/// <summary>A state the caller may see, and its version.</summary>
public sealed record Seen<TState>(TState State, long Version)
    where TState : State;

/// <summary>How endpoints reach actors: what the caller may not see does not exist (invariant 22).</summary>
public static class ActorAccess
{
    private const int LongestId = 80;

    /// <summary>Reads an actor for a caller.</summary>
    /// <exception cref="ProblemException">404: there is none, or it is not the caller's.</exception>
    public static async Task<Seen<TState>> SeeAsync<TState>(this IActors actors, ActorKind kind, string id, Caller caller, CancellationToken cancel)
        where TState : State
    {
        ArgumentNullException.ThrowIfNull(actors);
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(caller);
        if (string.IsNullOrEmpty(id) || id.Length > LongestId) throw Problems.NotFound().AsException();
        var reading = await actors.ReadAsync(kind[id], cancel);
        return reading.State is TState state && caller.MaySee(state.Subjects)
            ? new Seen<TState>(state, reading.Version)
            : throw Problems.NotFound().AsException();
    }

    /// <summary>Takes one turn.</summary>
    /// <exception cref="ProblemException">The rules refused; what is answered is decided, and final for its key.</exception>
    public static Task<Taken<TState>> TakeAsync<TState>(this IActors actors, ActorId actor, string commandId, Command command, CancellationToken cancel)
        where TState : State => actors.TakeAsync<TState>(actor, new Envelope(commandId, command), cancel);

    /// <inheritdoc cref="TakeAsync{TState}(IActors, ActorId, string, Command, CancellationToken)"/>
    public static async Task<Taken<TState>> TakeAsync<TState>(this IActors actors, ActorId actor, Envelope command, CancellationToken cancel)
        where TState : State
    {
        ArgumentNullException.ThrowIfNull(actors);
        var outcome = await actors.SendAsync(actor, command, cancel);
        return outcome switch
        {
            TurnOutcome.Committed done => new Taken<TState>((TState)done.State, done.Version, done.Events),
            TurnOutcome.Rejected { State: Hub.Domain.Payments.Payment payment, Code: var code } => throw Views.PaymentProblems.Of(code, payment).AsException(),
            TurnOutcome.Rejected no => throw Problems.From(no.Code).AsException(),
            _ => throw new ArgumentOutOfRangeException(nameof(command), outcome.GetType().Name, "No such outcome."),
        };
    }
}

/// <summary>What a committed turn came to.</summary>
/// <param name="State">The state right after it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Events">What it appended.</param>
public sealed record Taken<TState>(TState State, long Version, EquatableArray<Event> Events)
    where TState : State;
