namespace Hub.Domain.Kernel;

/// <summary>An event in the journal cannot follow the state before it. A bug or damage: the actor is parked.</summary>
/// <param name="state">The state so far.</param>
/// <param name="happened">The event that does not fit.</param>
public sealed class CorruptJournalException(State state, Event happened)
    : Exception($"{happened.GetType().FullName} cannot follow {state.GetType().FullName}.");
