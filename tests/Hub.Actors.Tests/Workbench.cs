using Hub.Actors.Feed;
using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Actors.Journal.Sqlite;
using Hub.Actors.Local;
using Hub.Actors.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Actors.Tests;

/// <summary>A folder of its own, gone with the test.</summary>
public sealed class Folder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("hub-actors-").FullName;

    public string Journal => System.IO.Path.Combine(Root, "journal.db");

    public SqliteJournal Open(Action<string>? failFast = null) =>
        SqliteJournal.Open(new SqliteJournalOptions(Journal, failFast ?? (why => throw new InvalidOperationException(why))), new SystemRandomSource(), NullLogger.Instance);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>An engine over a journal in a folder of its own, with a clock that moves only by hand.</summary>
public sealed class Workbench : IAsyncDisposable
{
    private readonly Folder _folder;
    private readonly bool _ownsFolder;
    private readonly WriterThread _writer = new();
    private readonly SqliteJournal _journal;
    private bool _stopped;

    public Workbench(
        Folder? folder = null, Func<IJournalStore, IJournalStore>? wrap = null, FakeTime? time = null,
        ReactionOptions? reactions = null, LocalActorsOptions? actors = null, bool ownsEverything = true)
    {
        (_folder, _ownsFolder, Time) = (folder ?? new Folder(), folder is null, time ?? new FakeTime());
        _journal = _folder.Open();
        Store = wrap is null ? _journal : wrap(_journal);
        var options = new EngineOptions
        {
            DataFolder = _folder.Root,
            OwnsEverything = ownsEverything,
            Reactions = reactions ?? ReactionOptions.Default,
            Actors = actors ?? LocalActorsOptions.Default,
        };
        Engine = new HubEngine(new EngineParts(Store, new KindCatalog([Till.Kind]), Time, _writer, options, NullLoggerFactory.Instance));
    }

    public FakeTime Time { get; }

    public IJournalStore Store { get; }

    public HubEngine Engine { get; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task<TurnOutcome> SendAsync(string till, string id, TillCommand command) =>
        Engine.Actors.SendAsync(Till.Kind[till], new Envelope(id, command), Cancel);

    public async Task<TillState> StateAsync(string till) => (TillState)(await Engine.Actors.ReadAsync(Till.Kind[till], Cancel)).State;

    /// <summary>Starts views, timers and these reactions.</summary>
    public async Task<Workbench> StartAsync(params IReaction[] reactions)
    {
        await Engine.StartAsync(reactions, Cancel);
        return this;
    }

    /// <summary>Stops in order, as a service does.</summary>
    public async Task StopAsync()
    {
        if (!_stopped)
        {
            _stopped = true;
            await Engine.StopAsync();
            Engine.Dispose();
            Store.Dispose();
            _journal.Dispose();
            _writer.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_ownsFolder)
        {
            _folder.Dispose();
        }
    }
}
