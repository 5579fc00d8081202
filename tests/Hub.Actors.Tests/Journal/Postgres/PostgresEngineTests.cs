using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Actors.Tests.Journal.Postgres;

/// <summary>The engine over a journal in PostgreSQL, with a wire that can be cut and a clock that stands still.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresEngineTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Wire _wire;
    private readonly PostgresJournal _store;
    private readonly WriterThread _writer = new();
    private readonly HubEngine _engine;
    private readonly string _database;

    public PostgresEngineTests(PostgresServer server)
    {
        _database = server.NewDatabase();
        _wire = new Wire(new Npgsql.NpgsqlConnectionStringBuilder(_database).Port);
        _store = Open(new Npgsql.NpgsqlConnectionStringBuilder(_database) { Port = _wire.Port }.ConnectionString);
        var options = new EngineOptions { DataFolder = _folder.Root, KeepsViews = false };
        _engine = new HubEngine(new EngineParts(_store, new KindCatalog([Till.Kind]), new FakeTime(), _writer, options, NullLoggerFactory.Instance));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Invariant", "5")]
    public async Task A_turn_whose_session_was_ended_while_it_waited_is_read_back_and_taken_once()
    {
        Task<TurnOutcome> turn;
        using (Sessions.Hold(_database))
        {
            turn = DepositAsync("c1", 10);
            await Sessions.WaitingAsync(_database, $"omnihub writer {_store.Opening}.1", Cancel);
            await Sessions.EndAsync(_database, $"omnihub writer {_store.Opening}.1", Cancel);
        }

        var done = Assert.IsType<TurnOutcome.Committed>(await turn);
        Assert.Equal((1L, false), (done.Version, done.Repeated));
        Assert.Equal(1, _store.Head());
    }

    [Fact]
    [Trait("Invariant", "21")]
    public async Task A_turn_that_another_node_was_before_decides_again_on_what_that_one_wrote()
    {
        await DepositAsync("c1", 10);
        using (var other = Open(_database))
        {
            other.Write([JournalCompliance.Deposit("till/a", 1, "elsewhere", 5)]);
        }

        var done = Assert.IsType<TurnOutcome.Committed>(await DepositAsync("c2", 1));

        Assert.Equal(3, done.Version);
        Assert.Equal(["c1", "elsewhere", "c2"], _store.ReadFeed(0, 10).Select(one => one.CommandId));
    }

    [Fact]
    public async Task Who_waits_for_the_feed_is_woken_by_another_node_though_no_clock_moves()
    {
        var waiting = _engine.Feed.WaitAsync(0, _ => true, Cancel);
        using var other = Open(_database);

        other.Write([JournalCompliance.Deposit("till/b", 0, "elsewhere", 5)]);

        await waiting;
        Assert.Equal(["till/b"], _engine.Feed.Read(0, 10).Select(one => one.Stream));
    }

    public void Dispose()
    {
        _engine.Dispose();
        _store.Dispose();
        _writer.Dispose();
        _wire.Dispose();
        _folder.Dispose();
    }

    private static PostgresJournal Open(string database) =>
        PostgresJournal.Open(new PostgresOptions(database, Alone: false), new SystemRandomSource(), new FakeTime(), NullLogger.Instance);

    private Task<TurnOutcome> DepositAsync(string id, long minor) =>
        _engine.Actors.SendAsync(Till.Kind["a"], new Envelope(id, new TillCommand.Deposit(minor)), Cancel);
}
