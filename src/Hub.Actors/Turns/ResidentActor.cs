using Hub.Domain.Kernel;

namespace Hub.Actors.Turns;

/// <summary>What an engine keeps of one actor between turns. Only the holder of the actor's turn touches it.</summary>
/// <remarks>Kept lean: a million of these are idle at any time (DESIGN 15).</remarks>
public sealed class ResidentActor(ActorId actor)
{
    private CommandIds _seen;
    private ActorSnapshot? _offered;

    /// <summary>Which actor.</summary>
    public ActorId Actor { get; } = actor;

    /// <summary>Whether its state is in memory.</summary>
    public bool IsLoaded => State is not null;

    /// <summary>The fold of its events; <c>null</c> until it is loaded.</summary>
    internal State? State { get; private set; }

    /// <summary>The version of <see cref="State"/>.</summary>
    internal long Version { get; private set; }

    /// <summary>Its stream's number in the journal; 0 before the first event.</summary>
    internal long StreamId { get; private set; }

    /// <summary>Why it takes no turns any more; <c>null</c> while it does.</summary>
    internal Exception? Fault { get; private set; }

    /// <summary>Gives it something to begin its next load from; that is looked at once, and believed only where the journal agrees.</summary>
    public void Offer(ActorSnapshot snapshot) => _offered = snapshot;

    /// <summary>Takes what was offered: whatever comes of it, the next load reads every event.</summary>
    internal ActorSnapshot? TakeOffered()
    {
        var offered = _offered;
        _offered = null;
        return offered;
    }

    /// <summary>The ids of the commands so far.</summary>
    internal CommandIds Seen => _seen;

    /// <summary>The ids of the commands so far, for a snapshot.</summary>
    internal byte[] WriteCommandIds() => _seen.Write();

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
