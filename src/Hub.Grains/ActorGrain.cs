using Hub.Actors;
using Hub.Actors.Turns;
using Hub.Grains.Snapshots;
using Hub.Grains.Wire;

namespace Hub.Grains;

/// <summary>What every kind of actor is as a grain: its memory between turns, and the same turn as in any engine.</summary>
/// <remarks>
/// Orleans sees to it that one turn runs at a time in one place; where it is mistaken, during a change of members, the journal's versions
/// are what holds (invariant 21). A load reads the journal in a call that blocks, on a thread of the pool, as it does in-process: grains
/// have no threads of their own that could run out before the pool does.
/// </remarks>
public abstract class ActorGrain : Grain, IActorGrain
{
    private readonly ActorKind _kind;
    private readonly GrainParts _parts;
    private ResidentActor _actor = null!;
    private GrainSnapshots? _snapshots;

    /// <summary>A grain of one kind of actor.</summary>
    protected ActorGrain(ActorKind kind, GrainParts parts) => (_kind, _parts) = (kind, parts);

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _actor = new ResidentActor(_kind[this.GetPrimaryKeyString()]);
        _parts.Enter();
        _snapshots = _parts.SnapshotsOf(GrainContext.GrainId);
        if (_snapshots is not null && await _snapshots.ReadAsync() is { } snapshot)
        {
            _actor.Offer(snapshot);
        }
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _parts.Leave();
        if (_snapshots is not null && _actor.IsLoaded)
        {
            await _snapshots.EndAsync(_parts.Turns.Snapshot(_actor));
        }
    }

    /// <inheritdoc/>
    public async Task<TurnAnswer> TakeAsync(TurnCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        await LoadedAsync();
        var outcome = await _parts.Turns.TakeAsync(_actor, call.ToEnvelope());
        KeepSnapshot(outcome);
        return TurnAnswer.From(outcome);
    }

    /// <inheritdoc/>
    public async Task<ReadAnswer> ReadAsync(long atLeast)
    {
        await LoadedAsync();
        var reading = _parts.Turns.Read(_actor, atLeast);
        return new ReadAnswer(reading.Version, reading.State);
    }

    private Task LoadedAsync() => _actor.IsLoaded ? Task.CompletedTask : _parts.LoadAsync(_actor);

    // Nobody waits for it: what was committed is in the journal.
    private void KeepSnapshot(TurnOutcome outcome)
    {
        if (outcome is TurnOutcome.Committed { Repeated: false } done && _snapshots is not null && _snapshots.IsWanted(done.Version))
        {
            _ = _snapshots.WriteAsync(_parts.Turns.Snapshot(_actor));
        }
    }
}
