using Hub.Actors.Hosting;
using Hub.Actors.Turns;
using Hub.Grains.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Hub.Grains;

/// <summary>What the grains of one silo share.</summary>
public sealed class GrainParts : IDisposable
{
    // A load blocks its thread. Orleans' own work waits for the same pool: thousands of actors that wake at once, after a silo was lost,
    // must not hold all of it, or the next silo is taken for dead.
    private const int LoadsAtOnce = 16;

    private readonly SemaphoreSlim _loads = new(LoadsAtOnce);
    private readonly IGrainStorage? _storage;
    private readonly ILogger _log;
    private long _resident;

    /// <summary>The parts of a silo whose engine is <paramref name="engine"/>.</summary>
    public GrainParts(HubEngine engine, IServiceProvider services, ILoggerFactory logs)
    {
        ArgumentNullException.ThrowIfNull(engine);
        (Turns, _log) = (engine.Turns, logs.CreateLogger<GrainSnapshots>());
        _storage = services.GetKeyedService<IGrainStorage>(GrainSnapshots.Storage);
    }

    /// <summary>Takes the turns of this process.</summary>
    public TurnTaker Turns { get; }

    /// <summary>How many actors are in this process's memory.</summary>
    internal long Resident => Volatile.Read(ref _resident);

    /// <summary>Brings an actor into memory, as one of few at a time.</summary>
    /// <inheritdoc cref="Hub.Actors.IActors.ReadAsync" path="/exception"/>
    internal async Task LoadAsync(ResidentActor actor)
    {
        await _loads.WaitAsync();
        try
        {
            Turns.Read(actor, atLeast: 0);
        }
        finally
        {
            _loads.Release();
        }
    }

    /// <summary>One more.</summary>
    internal void Enter() => Interlocked.Increment(ref _resident);

    /// <summary>One less.</summary>
    internal void Leave() => Interlocked.Decrement(ref _resident);

    /// <inheritdoc/>
    public void Dispose() => _loads.Dispose();

    /// <summary>The snapshots of one grain; <c>null</c> in a silo that keeps none.</summary>
    internal GrainSnapshots? SnapshotsOf(GrainId grain) => _storage is null ? null : new GrainSnapshots(_storage, grain, _log);
}
