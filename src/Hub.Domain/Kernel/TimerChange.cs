namespace Hub.Domain.Kernel;

/// <summary>A durable timer of one actor, set or cleared by an event.</summary>
/// <remarks>Invariant 18: never early, after an outage too, once. Setting a name again replaces it.</remarks>
public abstract record TimerChange(string Name)
{
    /// <summary>Fires <see cref="IDecider{TCommand,TEvent,TState}.OnTimer"/> at or after <paramref name="Due"/>.</summary>
    public sealed record Set(string Name, DateTimeOffset Due) : TimerChange(Name);

    /// <summary>Removes the timer; nothing happens when there is none.</summary>
    public sealed record Clear(string Name) : TimerChange(Name);
}
