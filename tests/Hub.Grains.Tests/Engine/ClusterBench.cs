using Hub.Actors;
using Hub.Actors.Journal;
using Hub.Actors.Tests;
using Hub.Actors.Tests.Engine;
using Hub.Actors.Tests.Feed;
using Hub.Actors.Tests.Journal;
using Hub.Actors.Tests.Journal.Postgres;

namespace Hub.Grains.Tests.Engine;

/// <summary>Orleans with two silos, on PostgreSQL.</summary>
public sealed class ClusterBench(PostgresServer server) : IActorsBench, IAsyncLifetime
{
    private Cluster _cluster = null!;

    public IActors Actors => _cluster.Actors;

    public IJournalStore Rival => _cluster.Rival;

    public IReadOnlyList<FaultyStore> Stores => _cluster.Stores;

    public FakeTime Time => _cluster.Time;

    public Recorder Seen { get; } = new("seen");

    public long Resident => _cluster.Silos.Sum(silo => Cluster.Service<GrainParts>(silo).Resident);

    public async ValueTask InitializeAsync() => _cluster = await Cluster.StartAsync(server.NewDatabase(), 2, Seen);

    public async Task ForgetIdleAsync()
    {
        await _cluster.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

        // The owners of partitions were idle, too.
        await _cluster.WakeAsync();
    }

    public Task SettledAsync() => _cluster.SettledAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}

public sealed class ClusterActorsTests(ClusterBench bench) : ActorsBehaviour<ClusterBench>(bench);

public sealed class ClusterContestedActorsTests(ClusterBench bench) : ContestedActors<ClusterBench>(bench);
