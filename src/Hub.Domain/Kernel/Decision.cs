namespace Hub.Domain.Kernel;

/// <summary>What a decider answers: events to append (perhaps none), or one refusal.</summary>
/// <typeparam name="TEvent">The events of this kind of actor.</typeparam>
public readonly struct Decision<TEvent>
    where TEvent : Event
{
    private readonly IReadOnlyList<TEvent>? _events;

    private Decision(IReadOnlyList<TEvent>? events, RejectionCode? rejection) => (_events, Rejection) = (events, rejection);

    /// <summary>Accepted, and nothing needs to change: what was asked already holds.</summary>
    public static Decision<TEvent> Nothing => default;

    /// <summary>The events to append, in order; empty when refused or when nothing changes.</summary>
    public IReadOnlyList<TEvent> Events => _events ?? [];

    /// <summary>Why the command was refused; <c>null</c> when it was accepted.</summary>
    public RejectionCode? Rejection { get; }

    /// <summary>Accepts with these events.</summary>
    public static Decision<TEvent> Accept(IReadOnlyList<TEvent> events) => new(events, null);

    /// <summary>Refuses with a code.</summary>
    public static Decision<TEvent> Reject(RejectionCode code) => new(null, code);

    /// <inheritdoc cref="Accept"/>
    public static implicit operator Decision<TEvent>(TEvent happened) => new([happened], null);

    /// <inheritdoc cref="Accept"/>
    public static implicit operator Decision<TEvent>(TEvent[] happened) => new(happened, null);

    /// <inheritdoc cref="Accept"/>
    public static implicit operator Decision<TEvent>(List<TEvent> happened) => new(happened, null);

    /// <inheritdoc cref="Reject"/>
    public static implicit operator Decision<TEvent>(RejectionCode code) => new(null, code);
}
