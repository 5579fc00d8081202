using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;

namespace Hub.Actors;

/// <summary>One kind of actor, as the engine sees it: its rules and the shapes of its events and states.</summary>
public abstract class ActorKind
{
    private readonly ConcurrentDictionary<Type, string> _typeNames = new();

    private protected ActorKind(string name) => Name = name;

    /// <summary>Such as <c>payment</c>; the first part of <see cref="ActorId"/>.</summary>
    public string Name { get; }

    /// <summary>The state before the first event.</summary>
    public abstract State Initial { get; }

    /// <summary>The base of its commands.</summary>
    public abstract Type CommandFamily { get; }

    /// <summary>The base of its events.</summary>
    public abstract Type EventFamily { get; }

    /// <summary>The base of its states.</summary>
    public abstract Type StateFamily { get; }

    /// <summary>The address of one actor of this kind.</summary>
    public ActorId this[string key] => new(Name, key);

    /// <inheritdoc cref="IDecider{TCommand,TEvent,TState}.Decide"/>
    public abstract (IReadOnlyList<Event> Events, RejectionCode? Rejection) Decide(Command command, DateTimeOffset at, State state);

    /// <inheritdoc cref="IDecider{TCommand,TEvent,TState}.Evolve"/>
    public abstract State Evolve(State state, Event happened);

    /// <inheritdoc cref="IDecider{TCommand,TEvent,TState}.Timers"/>
    public abstract IEnumerable<TimerChange> Timers(Event happened);

    /// <inheritdoc cref="IDecider{TCommand,TEvent,TState}.Postings"/>
    public abstract IEnumerable<PostingSet> Postings(Event happened);

    /// <inheritdoc cref="IDecider{TCommand,TEvent,TState}.OnTimer"/>
    public abstract Command OnTimer(string name);

    /// <summary>The event as UTF-8 JSON, with its type name in <c>$type</c>.</summary>
    public abstract byte[] WriteEvent(Event happened);

    /// <summary>The name of an event's shape in the journal: the <c>$type</c> its payload begins with.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="payload">What <see cref="WriteEvent"/> made of it.</param>
    /// <exception cref="JsonException">The payload does not begin with <c>$type</c>: the shapes lack <c>[JsonDerivedType]</c> names.</exception>
    public string TypeName(Event happened, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (!_typeNames.TryGetValue(happened.GetType(), out var name))
        {
            var reader = new Utf8JsonReader(payload);
            reader.Read();
            if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("$type"u8) || !reader.Read())
            {
                throw new JsonException($"{happened.GetType().FullName} is written without a $type.");
            }

            _typeNames[happened.GetType()] = name = reader.GetString()!;
        }

        return name;
    }

    /// <summary>Reads what <see cref="WriteEvent"/> wrote.</summary>
    /// <exception cref="JsonException">A type this build does not know, or a broken payload.</exception>
    public abstract Event ReadEvent(ReadOnlySpan<byte> payload);

    /// <summary>The command as UTF-8 JSON; what the command's hash is taken over.</summary>
    public abstract byte[] WriteCommand(Command command);

    /// <summary>Reads what <see cref="WriteCommand"/> wrote.</summary>
    public abstract Command ReadCommand(ReadOnlySpan<byte> payload);

    /// <summary>The state as UTF-8 JSON, for snapshots.</summary>
    public abstract byte[] WriteState(State state);

    /// <summary>Reads what <see cref="WriteState"/> wrote.</summary>
    public abstract State ReadState(ReadOnlySpan<byte> payload);
}

/// <summary>A kind of actor over its decider.</summary>
/// <typeparam name="TDecider">The rules.</typeparam>
/// <typeparam name="TCommand">The base of its commands.</typeparam>
/// <typeparam name="TEvent">The base of its events.</typeparam>
/// <typeparam name="TState">The base of its states.</typeparam>
/// <param name="name">Such as <c>payment</c>.</param>
/// <param name="commands">Written and read through the base type.</param>
/// <param name="events">Written and read through the base type.</param>
/// <param name="states">Written and read through the base type.</param>
public sealed class ActorKind<TDecider, TCommand, TEvent, TState>(
    string name,
    JsonTypeInfo<TCommand> commands,
    JsonTypeInfo<TEvent> events,
    JsonTypeInfo<TState> states) : ActorKind(name)
    where TDecider : IDecider<TCommand, TEvent, TState>
    where TCommand : Command
    where TEvent : Event
    where TState : State
{
    /// <inheritdoc/>
    public override State Initial => TDecider.Initial;

    /// <inheritdoc/>
    public override Type CommandFamily => typeof(TCommand);

    /// <inheritdoc/>
    public override Type EventFamily => typeof(TEvent);

    /// <inheritdoc/>
    public override Type StateFamily => typeof(TState);

    /// <inheritdoc/>
    public override (IReadOnlyList<Event> Events, RejectionCode? Rejection) Decide(Command command, DateTimeOffset at, State state)
    {
        var decision = TDecider.Decide((TCommand)command, at, (TState)state);
        return (decision.Events, decision.Rejection);
    }

    /// <inheritdoc/>
    public override State Evolve(State state, Event happened) => TDecider.Evolve((TState)state, (TEvent)happened);

    /// <inheritdoc/>
    public override IEnumerable<TimerChange> Timers(Event happened) => TDecider.Timers((TEvent)happened);

    /// <inheritdoc/>
    public override IEnumerable<PostingSet> Postings(Event happened) => TDecider.Postings((TEvent)happened);

    /// <inheritdoc/>
    public override Command OnTimer(string name) => TDecider.OnTimer(name);

    /// <inheritdoc/>
    public override byte[] WriteEvent(Event happened) => JsonSerializer.SerializeToUtf8Bytes((TEvent)happened, events);

    /// <inheritdoc/>
    public override Event ReadEvent(ReadOnlySpan<byte> payload) => Read(payload, events);

    /// <inheritdoc/>
    public override byte[] WriteCommand(Command command) => JsonSerializer.SerializeToUtf8Bytes((TCommand)command, commands);

    /// <inheritdoc/>
    public override Command ReadCommand(ReadOnlySpan<byte> payload) => Read(payload, commands);

    /// <inheritdoc/>
    public override byte[] WriteState(State state) => JsonSerializer.SerializeToUtf8Bytes((TState)state, states);

    /// <inheritdoc/>
    public override State ReadState(ReadOnlySpan<byte> payload) => Read(payload, states);

    private static T Read<T>(ReadOnlySpan<byte> payload, JsonTypeInfo<T> shape) =>
        JsonSerializer.Deserialize(payload, shape) ?? throw new JsonException("null");
}
