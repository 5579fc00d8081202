using Hub.Actors.Feed;
using Hub.Domain.Kernel;

namespace Hub.Actors.Reactions;

/// <summary>How reactions speak to actors.</summary>
public static class ActorCalls
{
    /// <summary>The state of an actor, or <c>null</c> when it is not of the kind expected: not begun, say.</summary>
    public static async Task<TState?> FindAsync<TState>(this IActors actors, ActorId actor, CancellationToken cancel)
        where TState : State =>
        await actors.FindAsync<TState>(actor, atLeast: 0, cancel);

    /// <summary>The state of the actor an event is of, at that event or later; <c>null</c> when it is not of the kind expected.</summary>
    public static async Task<TState?> FindAsync<TState>(this IActors actors, FeedEvent cause, CancellationToken cancel)
        where TState : State
    {
        ArgumentNullException.ThrowIfNull(actors);
        ArgumentNullException.ThrowIfNull(cause);
        return await actors.FindAsync<TState>(cause.Actor, cause.Version, cancel);
    }

    /// <summary>The state of an actor at a version the caller knows of, or later; <c>null</c> when it is not of the kind expected.</summary>
    public static async Task<TState?> FindAsync<TState>(this IActors actors, ActorId actor, long atLeast, CancellationToken cancel)
        where TState : State
    {
        ArgumentNullException.ThrowIfNull(actors);
        return (await actors.ReadAsync(actor, atLeast, cancel)).State as TState;
    }

    /// <summary>The state of an actor as the journal has it now, whoever wrote last; for what tells people of things that have happened. Costs a look into the journal.</summary>
    public static Task<TState?> FindAnewAsync<TState>(this IActors actors, ActorId actor, CancellationToken cancel)
        where TState : State =>
        actors.FindAsync<TState>(actor, atLeast: long.MaxValue, cancel);

    /// <summary>Sends a command whose id derives from the event being handled, so that a repeat changes nothing.</summary>
    /// <param name="actors">The way to every actor.</param>
    /// <param name="reaction">Who sends it.</param>
    /// <param name="cause">The event being handled.</param>
    /// <param name="actor">To whom.</param>
    /// <param name="command">What.</param>
    /// <param name="step">Which of the commands that follow from this event.</param>
    /// <param name="reference">The outcome's own reference, so that a later, better answer still gets through.</param>
    /// <param name="cancel">Stops waiting.</param>
    public static Task<TurnOutcome> ReactAsync(
        this IActors actors,
        IReaction reaction,
        FeedEvent cause,
        ActorId actor,
        Command command,
        string step,
        string reference,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actors);
        ArgumentNullException.ThrowIfNull(reaction);
        ArgumentNullException.ThrowIfNull(cause);
        return actors.SendAsync(actor, new Envelope(cause.CommandId(reaction.Name, step, reference), command), cancel);
    }

    /// <summary>The id of something a reaction makes: the same each time the event is handled, unlike for any other event.</summary>
    /// <param name="cause">The event being handled.</param>
    /// <param name="prefix">Such as <c>ntf</c>.</param>
    /// <param name="step">One letter: which of the things that follow from this event.</param>
    public static string MadeId(this FeedEvent cause, string prefix, char step)
    {
        ArgumentNullException.ThrowIfNull(cause);
        var key = cause.Actor.Key;
        var suffix = key[(key.IndexOf('_', StringComparison.Ordinal) + 1)..];
        return $"{prefix}_{(suffix.Length > 26 ? suffix[..26] : suffix)}{step}{cause.Version}";
    }

    /// <summary>The id of one of several alike that a reaction makes of one event: it goes by what each is for, since a list may be another when the event is handled again.</summary>
    /// <param name="cause">The event being handled.</param>
    /// <param name="prefix">Such as <c>ntf</c>.</param>
    /// <param name="step">One letter: which kind of thing.</param>
    /// <param name="part">The id of a part of the event's actor that this one is for, such as <c>adr_…</c>, numbered or not.</param>
    public static string MadeId(this FeedEvent cause, string prefix, char step, string part)
    {
        ArgumentNullException.ThrowIfNull(cause);
        ArgumentNullException.ThrowIfNull(part);

        // What is made of it is parsed at its underscores.
        var suffix = part[(part.IndexOf('_', StringComparison.Ordinal) + 1)..].Replace('_', 'n');
        return $"{prefix}_{suffix}{step}{cause.Version}";
    }
}
