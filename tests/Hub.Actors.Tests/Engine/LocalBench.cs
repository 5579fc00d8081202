using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Local;
using Hub.Actors.Ports;
using Hub.Actors.Tests.Feed;
using Hub.Actors.Tests.Journal;
using Hub.Actors.Tests.Journal.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Actors.Tests.Engine;

/// <summary>The in-process engine over a journal of the derived class's choice.</summary>
public abstract class LocalBench : IActorsBench, IAsyncLifetime
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private readonly WriterThread _writer = new();
    private readonly Folder _folder = new();
    private IJournalStore _store = null!;
    private HubEngine _engine = null!;

    public IActors Actors => _engine.Actors;

    public IJournalStore Rival { get; private set; } = null!;

    public IReadOnlyList<FaultyStore> Stores { get; private set; } = [];

    public FakeTime Time { get; } = new();

    public Recorder Seen { get; } = new("seen");

    public long Resident => ((LocalActors)_engine.Actors).Resident;

    public async ValueTask InitializeAsync()
    {
        (_store, var rival) = Open(_folder);
        Rival = new FaultyStore(rival);
        var faulty = new FaultyStore(_store);
        Stores = [faulty];
        var options = new EngineOptions { DataFolder = _folder.Root, KeepsViews = false, Actors = new LocalActorsOptions(Idle, 1_000) };
        _engine = new HubEngine(new EngineParts(faulty, new KindCatalog([Till.Kind]), Time, _writer, options, NullLoggerFactory.Instance));
        await _engine.StartAsync([Seen], CancellationToken.None);
    }

    public Task ForgetIdleAsync()
    {
        Time.Advance(Idle);
        ((LocalActors)_engine.Actors).Sweep();
        return Task.CompletedTask;
    }

    public async Task SettledAsync()
    {
        _engine.Feed.Look();
        await _engine.SettledAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.StopAsync();
        _engine.Dispose();
        Rival.Dispose();
        _store.Dispose();
        _writer.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the journal for the engine, and for a rival of it.</summary>
    protected abstract (IJournalStore Store, IJournalStore Rival) Open(Folder folder);
}

/// <summary>In-process, on SQLite: one opening only, so that the rival writes through the same.</summary>
public sealed class SqliteBench : LocalBench
{
    protected override (IJournalStore Store, IJournalStore Rival) Open(Folder folder)
    {
        var journal = folder.Open();
        return (journal, journal);
    }
}

/// <summary>In-process, on PostgreSQL.</summary>
public sealed class PostgresBench(PostgresServer server) : LocalBench
{
    protected override (IJournalStore Store, IJournalStore Rival) Open(Folder folder)
    {
        var options = new PostgresOptions(server.NewDatabase(), Alone: false);
        PostgresJournal Journal() => PostgresJournal.Open(options, new SystemRandomSource(), Time, NullLogger.Instance);
        return (Journal(), Journal());
    }
}
