using Hub.Domain.Kernel;

namespace Hub.Actors.Turns;

/// <summary>What an engine keeps of one actor between turns. Only the holder of the actor's turn touches it.</summary>
/// <remarks>Kept lean: a million of these are idle at any time (DESIGN 15).</remarks>
public sealed class ResidentActor(ActorId actor)
{
    private CommandIds _seen;

    /// <summary>Which actor.</summary>
    public ActorId Actor { get; } = actor;

    /// <summary>The fold of its events; <c>null</c> until it is loaded.</summary>
    internal State? State { get; private set; }

    /// <summary>The version of <see cref="State"/>.</summary>
    internal long Version { get; private set; }

    /// <summary>Its stream's number in the journal; 0 before the first event.</summary>
    internal long StreamId { get; private set; }

    /// <summary>Why it takes no turns any more; <c>null</c> while it does.</summary>
    internal Exception? Fault { get; private set; }

    /// <summary>Whether a command id may be in the stream.</summary>
    internal bool MayHaveSeen(string commandId) => _seen.MayContain(commandId);

    /// <summary>Takes what was read from the journal.</summary>
    internal void Loaded(long streamId, long version, State state, CommandIds seen) =>
        (StreamId, Version, State, _seen) = (streamId, version, state, seen);

    /// <summary>Takes what one command made durable.</summary>
    internal void Advance(long streamId, long version, State state, string commandId)
    {
        (StreamId, Version, State) = (streamId, version, state);
        _seen.Add(commandId);
    }

    /// <summary>Drops what is in memory, so that the next turn reads the journal.</summary>
    internal void Forget() => (State, Version, _seen) = (null, 0, default);

    /// <summary>Takes no turns any more.</summary>
    internal void Park(Exception fault)
    {
        Fault = fault;
        Forget();
    }
}
