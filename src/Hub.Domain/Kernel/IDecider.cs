using System.Text.Json.Serialization;

namespace Hub.Domain.Kernel;

/// <summary>Something a caller asks one actor to do. Closed families derive from it, one per kind of actor.</summary>
public abstract record Command;

/// <summary>Something that happened to one actor. Released shapes never change; a new shape is a new type.</summary>
public abstract record Event;

/// <summary>What one actor is now: the fold of its events. Immutable, with value equality.</summary>
public abstract record State
{
    /// <summary>Whom this state concerns: the topics that hear of its changes and the tenants that may see it.</summary>
    public abstract Subjects Subjects { get; }

    /// <summary>Where lists of its kind file it, such as <c>waiting</c>; <c>null</c> where its kind is in one list.</summary>
    [JsonIgnore]
    public virtual string? Shelf => null;
}

/// <summary>The rules of one kind of actor: pure, no clock, no I/O.</summary>
/// <typeparam name="TCommand">Every command of this kind.</typeparam>
/// <typeparam name="TEvent">Every event of this kind.</typeparam>
/// <typeparam name="TState">Its state.</typeparam>
public interface IDecider<TCommand, TEvent, TState>
    where TCommand : Command
    where TEvent : Event
    where TState : State
{
    /// <summary>The state before the first event.</summary>
    static abstract TState Initial { get; }

    /// <summary>Decides what a command leads to. Never throws for a business refusal.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="at">The time stamped inside the turn.</param>
    /// <param name="state">What the actor is now.</param>
    static abstract Decision<TEvent> Decide(TCommand command, DateTimeOffset at, TState state);

    /// <summary>Folds one event into the state.</summary>
    /// <exception cref="CorruptJournalException">The event cannot follow this state.</exception>
    static abstract TState Evolve(TState state, TEvent happened);

    /// <summary>The timers an event sets or clears; written in the same transaction as the event.</summary>
    static abstract IEnumerable<TimerChange> Timers(TEvent happened);

    /// <summary>The balanced postings of an event; empty when it moves no money.</summary>
    /// <remarks>Invariants 7 and 8: a money event has exactly one posting set.</remarks>
    static abstract IEnumerable<Ledger.PostingSet> Postings(TEvent happened);

    /// <summary>The command a due timer becomes.</summary>
    /// <param name="name">The name it was set under.</param>
    static abstract TCommand OnTimer(string name);
}
