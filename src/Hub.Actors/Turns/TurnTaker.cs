using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Hub.Actors.Journal;
using Hub.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Turns;

/// <summary>Takes turns: load, recognise a repeat, decide, append, reply. Every engine runs this one.</summary>
/// <remarks>
/// The caller sees to it that an actor takes one turn at a time in this process; the journal sees to it across processes
/// (invariant 21). Holds no state of its own. The states of its methods are pooled: there are as many as turns in flight.
/// </remarks>
public sealed partial class TurnTaker(
    KindCatalog kinds, IJournalStore store, GroupCommitter committer, TimeProvider time, Meter meters, ILogger<TurnTaker> log)
{
    private const int MaxTries = 8;

    private readonly JournalReplay _replay = new(store);
    private readonly Counter<long> _turns = meters.CreateCounter<long>("hub.turns", "{turn}", "Turns made durable");
    private readonly Counter<long> _parked = meters.CreateCounter<long>("hub.actors.parked", "{actor}", "Actors that stopped taking turns");

    private enum Attempt
    {
        Durable,
        Conflict,
        Unknown,
    }

    /// <summary>Takes one turn.</summary>
    /// <inheritdoc cref="IActors.SendAsync" path="/exception"/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TurnOutcome> TakeAsync(ResidentActor actor, Envelope command)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(command.Id.Length, Envelope.MaxId, nameof(command));
        RefuseParked(actor);
        var kind = kinds[actor.Actor.Kind];
        var hash = SHA256.HashData(kind.WriteCommand(command.Command));
        var inDoubt = false;
        for (var tries = 1; tries <= MaxTries; tries++)
        {
            _replay.Load(actor, kind);
            if (_replay.Recorded(actor, kind, command.Id, hash, inDoubt) is { } answered)
            {
                return answered;
            }

            if (command.Timer is { } timer && !MayFire(actor, timer))
            {
                return new TurnOutcome.Committed(actor.Version, actor.State!, [], Repeated: false);
            }

            if (command.Expected is { } expected && expected != actor.Version)
            {
                return new TurnOutcome.Rejected(RejectionCode.VersionMismatch, actor.Version, actor.State!);
            }

            var (outcome, append) = Decide(actor, kind, command, hash);
            if (append is null)
            {
                if (_replay.IsBehind(actor))
                {
                    actor.Forget();
                    continue;
                }

                await CompleteTimerAsync(actor, command);
                return outcome;
            }

            var attempt = await AppendAsync(actor, append, outcome);
            if (attempt == Attempt.Durable)
            {
                return outcome;
            }

            inDoubt |= attempt == Attempt.Unknown;
        }

        throw new JournalUnavailableException($"{actor.Actor} was changed by others {MaxTries} times in a row; try again with the same id.");
    }

    /// <summary>The actor's state as of its last committed event. The caller holds its turn.</summary>
    /// <param name="actor">Which actor.</param>
    /// <param name="atLeast">A version the caller knows of; where what is in memory is older, the journal is read on from there.</param>
    /// <inheritdoc cref="IActors.ReadAsync" path="/exception"/>
    public ActorReading Read(ResidentActor actor, long atLeast)
    {
        ArgumentNullException.ThrowIfNull(actor);
        RefuseParked(actor);
        _replay.Load(actor, kinds[actor.Actor.Kind]);
        if (actor.Version < atLeast)
        {
            _replay.CatchUp(actor, kinds[actor.Actor.Kind]);
        }

        return new ActorReading(actor.Version, actor.State!);
    }

    /// <summary>What the actor is now, to begin from the next time it is loaded; <c>null</c> while there is nothing to keep. The caller holds its turn.</summary>
    public ActorSnapshot? Snapshot(ResidentActor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Fault is null ? _replay.Snapshot(actor, kinds[actor.Actor.Kind]) : null;
    }

    private static void RefuseParked(ResidentActor actor)
    {
        if (actor.Fault is { } fault)
        {
            throw new ActorParkedException(actor.Actor, fault);
        }
    }

    // Invariant 18. The row is looked up inside the turn: what was set again or cleared since has no effect any more, and neither
    // has a clock that was put back.
    private bool MayFire(ResidentActor actor, TimerFired timer) =>
        store.FindTimer(actor.Actor.ToString(), timer.Name) is { } standing
        && standing.Timer == timer
        && standing.Due <= time.GetUtcNow();

    /// <summary>Decides and folds. The fold comes before the append, so that an event that cannot be folded never becomes durable.</summary>
    private (TurnOutcome Outcome, JournalWrite.Append? Append) Decide(ResidentActor actor, ActorKind kind, Envelope command, byte[] hash)
    {
        try
        {
            var (at, state, version) = (time.GetUtcNow(), actor.State!, actor.Version);
            var (events, rejection) = kind.Decide(command.Command, at, state);
            if (rejection is { } code)
            {
                return (new TurnOutcome.Rejected(code, version, state), null);
            }

            if (events.Count == 0)
            {
                return (new TurnOutcome.Committed(version, state, [], Repeated: false), null);
            }

            var writes = new EventWrite[events.Count];
            for (var i = 0; i < writes.Length; i++)
            {
                state = kind.Evolve(state, events[i]);
                writes[i] = Write(kind, events[i]);
            }

            return (
                new TurnOutcome.Committed(version + writes.Length, state, events.ToEquatableArray(), Repeated: false),
                new JournalWrite.Append(actor.Actor.ToString(), actor.StreamId, version, writes, command.Id, hash, at, command.Timer));
        }
        catch (Exception fault)
        {
            LogParked(log, fault, actor.Actor);
            _parked.Add(1);
            actor.Park(fault);
            throw new ActorParkedException(actor.Actor, fault);
        }
    }

    private static EventWrite Write(ActorKind kind, Event happened)
    {
        var payload = kind.WriteEvent(happened);
        return new EventWrite(happened, kind.TypeName(happened, payload), payload, [.. kind.Timers(happened)], [.. kind.Postings(happened)]);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Attempt> AppendAsync(ResidentActor actor, JournalWrite.Append append, TurnOutcome outcome)
    {
        try
        {
            if (await committer.WriteAsync(append) is not WriteResult.Appended durable)
            {
                LogConflict(log, actor.Actor, append.ExpectedVersion);
                actor.Forget();
                return Attempt.Conflict;
            }

            var done = (TurnOutcome.Committed)outcome;
            actor.Advance(durable.StreamId, done.Version, done.State, append.CommandId);
            _turns.Add(1);
            return Attempt.Durable;
        }
        catch (CommitUnknownException unknown)
        {
            LogUnknown(log, unknown, actor.Actor);
            actor.Forget();
            return Attempt.Unknown;
        }
    }

    // A timer that led to no event has had its effect all the same.
    private async Task CompleteTimerAsync(ResidentActor actor, Envelope command)
    {
        if (command.Timer is { } timer)
        {
            await committer.WriteAsync(new JournalWrite.CompleteTimer(actor.Actor.ToString(), timer));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Actor} was changed by another owner since version {Version}; deciding again")]
    private static partial void LogConflict(ILogger log, ActorId actor, long version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A commit of {Actor} is unknown; reading it back")]
    private static partial void LogUnknown(ILogger log, Exception unknown, ActorId actor);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Actor} is parked: its rules threw")]
    private static partial void LogParked(ILogger log, Exception fault, ActorId actor);
}
