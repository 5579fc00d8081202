using Hub.Actors.Journal;
using Hub.Domain.Kernel;

namespace Hub.Actors;

/// <summary>The way to every actor. Behind it the in-process engine, or Orleans; the rules are the same.</summary>
public interface IActors
{
    /// <summary>Takes one turn of one actor.</summary>
    /// <param name="actor">Which actor; it need not exist yet.</param>
    /// <param name="command">Its id makes it take effect at most once (invariant 4).</param>
    /// <param name="cancel">Stops waiting. The turn itself may still take effect.</param>
    /// <exception cref="ActorParkedException">The actor's journal cannot be folded, or its rules threw.</exception>
    /// <exception cref="JournalUnavailableException">Nothing could be made durable; try again with the same id.</exception>
    Task<TurnOutcome> SendAsync(ActorId actor, Envelope command, CancellationToken cancel);

    /// <summary>The actor's state as of its last committed event; the initial state at version 0 when it has none.</summary>
    /// <param name="actor">Which actor.</param>
    /// <param name="atLeast">
    /// A version the caller knows of: what is older is not answered. Two processes may both believe to own an actor, and one of them
    /// has not heard of what the other appended (invariant 21).
    /// </param>
    /// <param name="cancel">Stops waiting.</param>
    Task<ActorReading> ReadAsync(ActorId actor, long atLeast, CancellationToken cancel);
}

/// <summary>Shorter ways to say what <see cref="IActors"/> is asked.</summary>
public static class ActorsExtensions
{
    /// <summary>The actor's state, for a caller that knows of no version.</summary>
    public static Task<ActorReading> ReadAsync(this IActors actors, ActorId actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actors);
        return actors.ReadAsync(actor, atLeast: 0, cancel);
    }
}

/// <summary>A command and its id.</summary>
/// <param name="Id">At most 200 characters; the same id with another payload is refused.</param>
/// <param name="Command">What is asked.</param>
/// <param name="Timer">The durable timer this command comes from; only the timers' runner sets it. The turn looks whether it still stands.</param>
/// <param name="Expected">The only version it is meant for; <c>null</c> for any. Looked at inside the turn, so that of two writers one is refused.</param>
public sealed record Envelope(string Id, Command Command, TimerFired? Timer = null, long? Expected = null)
{
    /// <summary>The longest command id, in characters.</summary>
    public const int MaxId = 200;
}

/// <summary>A state and the version it was read at.</summary>
public sealed record ActorReading(long Version, State State);

/// <summary>What a turn came to.</summary>
/// <param name="Version">The version the answer is about.</param>
/// <param name="State">The state at that version.</param>
public abstract record TurnOutcome(long Version, State State)
{
    /// <summary>Durable. The same answer comes back for the same command id.</summary>
    /// <param name="Version">The stream's version after this command.</param>
    /// <param name="State">The state right after this command.</param>
    /// <param name="Events">What this command appended; empty when it asked for what already held.</param>
    /// <param name="Repeated">Whether this command id had been carried out before.</param>
    public sealed record Committed(long Version, State State, EquatableArray<Event> Events, bool Repeated) : TurnOutcome(Version, State);

    /// <summary>Refused by the rules; nothing was appended.</summary>
    /// <param name="Code">Why.</param>
    /// <param name="Version">The version it was decided at.</param>
    /// <param name="State">The state it was decided against.</param>
    public sealed record Rejected(RejectionCode Code, long Version, State State) : TurnOutcome(Version, State);
}

/// <summary>An actor whose journal or rules failed; it takes no turns until the process is restarted or the bug is mended.</summary>
public sealed class ActorParkedException(ActorId actor, Exception inner) : Exception($"{actor} is parked: {inner?.Message}", inner);

/// <summary>The journal could not make the turn durable. Nothing is known to have happened; a retry with the same command id is safe.</summary>
/// <remarks>Another store of the hub's own may derive from it: a reaction waits for either, however long it takes, and gives no event up for it.</remarks>
public class JournalUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
