using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Ports;
using Hub.Actors.Tests;
using Hub.Actors.Tests.Journal;
using Hub.Grains.Hosting;
using Hub.Grains.Partitions;
using Hub.Grains.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Hub.Grains.Tests.Engine;

/// <summary>A cluster of real silos in this process, over one journal in PostgreSQL, and a client of its own outside of them.</summary>
public sealed class Cluster : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-grains-").FullName;
    private readonly PostgresOptions _database;
    private readonly IReadOnlyList<IReaction> _reactions;
    private readonly InProcessTestCluster _cluster;
    private InProcessSiloHandle? _dead;

    private Cluster(string database, short silos, IReadOnlyList<IReaction> reactions)
    {
        (_database, _reactions) = (new PostgresOptions(database, Alone: false), reactions);
        Rival = Open();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSiloHost((silo, host) => AddEngine(host.Services, silo.SiloName));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddHubGrains().UseInMemoryReminderService().AddMemoryGrainStorage(GrainSnapshots.Storage);
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10));
            silo.Configure<ClusterMembershipOptions>(Quicken);
        });
        builder.ConfigureClientHost(host =>
        {
            host.Services.AddSingleton(new KindCatalog([Till.Kind, .. HubKinds.All]));
            host.Services.AddGrainActors(Ways);
        });
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10)));
        _cluster = builder.Build();
    }

    /// <summary>The way in from outside: every call crosses the wire.</summary>
    public IActors Actors => new OrleansActors(_cluster.Client, Ways, () => 0);

    public IGrainFactory Grains => _cluster.Client;

    public FakeTime Time { get; } = new();

    public IJournalStore Rival { get; }

    /// <summary>The silos that live.</summary>
    public IReadOnlyList<InProcessSiloHandle> Silos => [.. _cluster.Silos.Where(silo => silo != _dead)];

    public IReadOnlyList<FaultyStore> Stores => [.. Silos.Select(Store)];

    private static IReadOnlyDictionary<string, GrainWay> Ways { get; } =
        new Dictionary<string, GrainWay>(HubGrains.Ways) { ["till"] = (grains, key) => grains.GetGrain<ITillGrain>(key) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Cluster> StartAsync(string database, short silos, params IReaction[] reactions)
    {
        var cluster = new Cluster(database, silos, reactions);
        await cluster._cluster.DeployAsync();
        await cluster.WakeAsync();
        return cluster;
    }

    /// <summary>The journal as one silo sees it.</summary>
    public static FaultyStore Store(InProcessSiloHandle silo) => (FaultyStore)Service<IJournalStore>(silo);

    public static T Service<T>(InProcessSiloHandle silo)
        where T : notnull => silo.SiloHost.Services.GetRequiredService<T>();

    /// <summary>The partitions one silo owns.</summary>
    internal static IReadOnlyList<int> Owned(InProcessSiloHandle silo) => Service<PartitionSites>(silo).Here;

    /// <summary>Wakes every partition and completes once each has an owner, and the right one.</summary>
    public async Task WakeAsync()
    {
        while (Silos.Sum(silo => Owned(silo).Count) != StreamPartition.Count || Silos.Any(silo => Owned(silo).Any(one => !Service<PartitionSites>(silo).IsHome(one))))
        {
            Cancel.ThrowIfCancellationRequested();
            await Service<PartitionWaker>(Silos[0]).WakeAllAsync();
        }
    }

    /// <summary>Completes once all reactions of all silos have handled everything so far. The clock goes on meanwhile: some of them pause before they try again.</summary>
    public async Task SettledAsync()
    {
        long head;
        do
        {
            head = Rival.Head();
            var settled = Task.WhenAll(Silos.Select(Service<HubEngine>).Select(SettledAsync));
            while (!settled.IsCompleted)
            {
                Time.Advance(TimeSpan.FromMilliseconds(250));
                await Task.WhenAny(settled, Grains.GetGrain<IManagementGrain>(0).GetTotalActivationCount());
            }

            await settled;
        }
        while (Rival.Head() != head);
    }

    public Task<InProcessSiloHandle> JoinAsync() => _cluster.StartAdditionalSiloAsync();

    public Task DeactivateAsync(GrainId grain) => _cluster.DeactivateAsync(grain);

    public Task StopAsync(InProcessSiloHandle silo) => _cluster.StopSiloAsync(silo);

    /// <summary>Kills a silo: from now on it writes nothing, says nothing, and hands nothing over.</summary>
    public async Task KillAsync(InProcessSiloHandle silo)
    {
        Store(silo).Before = _ => throw new CommitUnknownException("This silo is dead.");
        _dead = silo;

        // Its host may complain, in one way or another, that it was given no time to stop: it was not meant to have any.
        await Record.ExceptionAsync(() => _cluster.KillSiloAsync(silo));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Rival.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Task SettledAsync(HubEngine engine)
    {
        engine.Feed.Look();
        return engine.SettledAsync(Cancel);
    }

    // A silo that does not answer is out after two or three seconds, not half a minute: nobody here pauses for a collection that long.
    private static void Quicken(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 2;
        options.NumVotesForDeathDeclaration = 1;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
        options.DefunctSiloCleanupPeriod = null;
    }

    private void AddEngine(IServiceCollection services, string silo)
    {
        services.AddSingleton<TimeProvider>(Time);
        foreach (var reaction in _reactions)
        {
            services.AddSingleton(reaction);
        }

        services.AddGrainActors(Ways);
        services.AddHubEngine(
            new EngineOptions { DataFolder = Path.Combine(_folder, silo), KeepsViews = false, OwnsEverything = false },
            [Till.Kind, .. HubKinds.All]);
        services.AddSingleton<IJournalStore>(_ => new FaultyStore(Open()));
    }

    private PostgresJournal Open() => PostgresJournal.Open(_database, new SystemRandomSource(), Time, NullLogger.Instance);
}
