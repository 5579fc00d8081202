using Hub.Domain.Kernel;

namespace Hub.Domain.Tests.Testing;

/// <summary>One actor under test: what it is, and every timer it has set. Given/when/then over plain functions.</summary>
public sealed record Run<TDecider, TCommand, TEvent, TState>(TState State, EquatableArray<TEvent> History)
    where TDecider : IDecider<TCommand, TEvent, TState>
    where TCommand : Command
    where TEvent : Event
    where TState : State
{
    /// <summary>An actor to which these things happened.</summary>
    public static Run<TDecider, TCommand, TEvent, TState> Given(params IReadOnlyList<TEvent> happened) =>
        new Run<TDecider, TCommand, TEvent, TState>(TDecider.Initial, []).Fold(happened);

    /// <summary>Asks for something.</summary>
    public Turn<TDecider, TCommand, TEvent, TState> When(TCommand command, DateTimeOffset at) => new(this, command, TDecider.Decide(command, at, State));

    /// <summary>Asks for something that must be accepted, and goes on from there.</summary>
    public Run<TDecider, TCommand, TEvent, TState> Do(TCommand command, DateTimeOffset at) => When(command, at).ThenAccepted();

    /// <summary>The timers that are set, by name.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Timers
    {
        get
        {
            var timers = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            foreach (var change in History.SelectMany(TDecider.Timers))
            {
                if (change is TimerChange.Set set) timers[set.Name] = set.Due;
                else timers.Remove(change.Name);
            }

            return timers;
        }
    }

    internal Run<TDecider, TCommand, TEvent, TState> Fold(IReadOnlyList<TEvent> happened) =>
        new(happened.Aggregate(State, TDecider.Evolve), History.Concat(happened).ToEquatableArray());
}

/// <summary>What a command came to.</summary>
public sealed record Turn<TDecider, TCommand, TEvent, TState>(Run<TDecider, TCommand, TEvent, TState> Before, TCommand Command, Decision<TEvent> Decision)
    where TDecider : IDecider<TCommand, TEvent, TState>
    where TCommand : Command
    where TEvent : Event
    where TState : State
{
    /// <summary>Exactly these events, and the state can follow them.</summary>
    public Run<TDecider, TCommand, TEvent, TState> Then(params IReadOnlyList<TEvent> expected)
    {
        Assert.Null(Decision.Rejection);
        Assert.Equal(expected, Decision.Events);
        return Before.Fold(Decision.Events);
    }

    /// <summary>Accepted, with at least these types of events, in this order and no others.</summary>
    public Run<TDecider, TCommand, TEvent, TState> ThenTypes(params IReadOnlyList<Type> expected)
    {
        Assert.Null(Decision.Rejection);
        Assert.Equal(expected.Select(t => t.Name), Decision.Events.Select(e => e.GetType().Name));
        return Before.Fold(Decision.Events);
    }

    /// <summary>Accepted, whatever happened.</summary>
    public Run<TDecider, TCommand, TEvent, TState> ThenAccepted()
    {
        Assert.True(Decision.Rejection is null, $"{Command} was refused: {Decision.Rejection}");
        return Before.Fold(Decision.Events);
    }

    /// <summary>Accepted, and nothing changed.</summary>
    public Run<TDecider, TCommand, TEvent, TState> ThenNothing()
    {
        Assert.Null(Decision.Rejection);
        Assert.Empty(Decision.Events);
        return Before;
    }

    /// <summary>Refused with this code; nothing changed.</summary>
    public Run<TDecider, TCommand, TEvent, TState> ThenRejected(RejectionCode code)
    {
        Assert.Equal(code, Decision.Rejection);
        Assert.Empty(Decision.Events);
        return Before;
    }
}
