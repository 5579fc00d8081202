using System.Diagnostics.Metrics;
using Hub.Actors.Feed;
using Hub.Actors.Journal;
using Hub.Actors.Local;
using Hub.Actors.Timers;
using Hub.Actors.Turns;
using Hub.Actors.Views;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Hosting;

/// <summary>The engine of one process, put together: journal, turns, feed, views, reactions and timers.</summary>
/// <remarks>Knows no container and no thread: the executable, the tests and the simulator build it alike.</remarks>
public sealed partial class HubEngine : IDisposable
{
    private readonly EngineParts _parts;
    private readonly GroupCommitter _committer;
    private readonly IActorHost _actors;
    private readonly Requests _requests;
    private readonly OwnedPartitions _partitions = new();
    private readonly SqliteViews? _views;
    private readonly Meter _meter;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopOutside = new();
    private readonly CancellationTokenSource _stopViews = new();
    private Task _outside = Task.CompletedTask;
    private Task _inside = Task.CompletedTask;

    /// <summary>Puts the engine together; nothing runs yet, but turns can be taken.</summary>
    public HubEngine(EngineParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = parts;
        _log = parts.Logs.CreateLogger<HubEngine>();
        _meter = new Meter("OmniHub.Actors");
        Feed = new JournalFeed(parts.Store, parts.Kinds, parts.Time);
        parts.Store.WhenOthersWrite(Feed.Look);
        _committer = new GroupCommitter(parts.Store, parts.Writer, Committed, _meter, parts.Logs.CreateLogger<GroupCommitter>());
        Turns = new TurnTaker(parts.Kinds, parts.Store, _committer, parts.Time, _meter, parts.Logs.CreateLogger<TurnTaker>());
        _actors = parts.Host?.Invoke(Turns) ?? new LocalActors(Turns, parts.Time, parts.Options.Actors);
        _requests = new Requests(_committer, parts.Time);
        _views = !parts.Options.KeepsViews ? null : new SqliteViews(parts.Options.ViewsPath, parts.Store, Feed, parts.Kinds, parts.Time, parts.Logs.CreateLogger<SqliteViews>());
        Books = new JournalBooks(parts.Store);
        _meter.CreateObservableGauge("hub.reactions.lag", Lags, "{event}", "Events of the feed that a reaction has not finished");
        _meter.CreateObservableGauge("hub.actors.resident", () => _actors.Resident, "{actor}", "Actors in memory");
    }

    /// <summary>The way to every actor.</summary>
    public IActors Actors => _actors;

    /// <summary>Takes the turns of the actors that live in this process.</summary>
    public TurnTaker Turns { get; }

    /// <summary>Which partitions of the feed this process carries.</summary>
    public IPartitionOwner Partitions => _partitions;

    /// <summary>Idempotent requests.</summary>
    public IRequests Requests => _requests;

    /// <summary>What can be listed and watched.</summary>
    /// <exception cref="InvalidOperationException">This process keeps no views: <see cref="EngineOptions.KeepsViews"/>.</exception>
    public IViews Views => _views ?? throw new InvalidOperationException("This process keeps no views.");

    /// <summary>Whether this process keeps views.</summary>
    public bool KeepsViews => _views is not null;

    /// <summary>The books.</summary>
    public IBooks Books { get; }

    /// <summary>The journal in its order.</summary>
    public JournalFeed Feed { get; }

    /// <summary>How each reaction stands, once per set of partitions that is carried here; empty before the start.</summary>
    public IReadOnlyList<ReactionRunner> Reactions => [.. _partitions.Work.SelectMany(work => work.Reactions.Runners)];

    /// <summary>Whether it has started and does not stop yet.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Starts what runs by itself: views first, then reactions and timers. Completes once the views show what the journal held.</summary>
    public async Task StartAsync(IEnumerable<IReaction> reactions, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reactions);
        var (time, log) = (_parts.Time, _parts.Logs.CreateLogger<ReactionRunner>());
        var looking = SteadyLoop.RunAsync("feed", Feed.LookAsync, time, log, _stopViews.Token);
        _inside = looking;
        if (_views is not null)
        {
            _inside = Task.WhenAll(looking, _views.RunAsync(_stopViews.Token));
            await _views.CaughtUpAsync(Feed.Head, cancel);
        }

        IReadOnlyList<IReaction> all = [.. reactions];
        var shared = new ReactionParts(Feed, _parts.Store, _committer, _parts.Kinds, time, _parts.Options.Reactions, log);
        var timers = new TimerParts(_parts.Store, _actors, _parts.Kinds, time, _parts.Logs.CreateLogger<TimerRunner>());
        _partitions.Open(partitions => new PartitionWork(partitions, all, shared, timers));
        if (_parts.Options.OwnsEverything)
        {
            _partitions.Own([.. Enumerable.Range(0, StreamPartition.Count)]);
        }

        var stop = _stopOutside.Token;
        _outside = Task.WhenAll(
            SteadyLoop.RunAsync("actors", _actors.RunAsync, time, log, stop),
            SteadyLoop.RunAsync("old requests", _requests.PurgeAsync, time, log, stop));
        IsRunning = true;
        LogStarted(_log, Feed.Head, all.Count);
    }

    /// <summary>Makes durable how far the reactions have come, without waiting for the time to do so.</summary>
    internal async Task SaveAsync()
    {
        foreach (var work in _partitions.Work)
        {
            await work.Reactions.SaveAsync();
        }
    }

    /// <summary>Completes once the views and every reaction have finished everything up to now, and what followed from it.</summary>
    public async Task SettledAsync(CancellationToken cancel)
    {
        long seen;
        do
        {
            seen = Feed.Head;
            if (_views is not null)
            {
                await _views.CaughtUpAsync(seen, cancel);
            }

            foreach (var work in _partitions.Work)
            {
                await work.Reactions.CaughtUpAsync(seen, cancel);
            }
        }
        while (Feed.Head != seen);
    }

    /// <summary>Stops in the order in which work comes in: timers and reactions, actors, committer, views.</summary>
    public async Task StopAsync()
    {
        IsRunning = false;
        await _partitions.CloseAsync();
        _stopOutside.CancelHere();
        await _outside;
        await _actors.StopAsync();
        await _committer.StopAsync();
        _stopViews.CancelHere();
        Feed.Wake();
        await _inside;
        LogStopped(_log, Feed.Head);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _partitions.Dispose();
        _views?.Dispose();
        _meter.Dispose();
        _stopOutside.Dispose();
        _stopViews.Dispose();
    }

    private void Committed(IReadOnlyList<JournalWrite> writes, IReadOnlyList<WriteResult> results)
    {
        Feed.Publish(writes, results);
        foreach (var work in _partitions.Work)
        {
            work.Timers.Notice(writes);
        }
    }

    private IEnumerable<Measurement<long>> Lags() => Reactions.GroupBy(runner => runner.Name, StringComparer.Ordinal)
        .Select(reaction => new Measurement<long>(reaction.Max(runner => runner.Lag), new KeyValuePair<string, object?>("reaction", reaction.Key)));

    [LoggerMessage(Level = LogLevel.Information, Message = "Engine started at position {Head} with {Reactions} reactions")]
    private static partial void LogStarted(ILogger log, long head, int reactions);

    [LoggerMessage(Level = LogLevel.Information, Message = "Engine stopped at position {Head}")]
    private static partial void LogStopped(ILogger log, long head);
}

/// <summary>What an engine is made of.</summary>
/// <param name="Store">The journal; stays the caller's to dispose, after the engine.</param>
/// <param name="Kinds">Every kind of actor.</param>
/// <param name="Time">The clock.</param>
/// <param name="Writer">Where the journal's blocking writes run.</param>
/// <param name="Options">How it is set up.</param>
/// <param name="Logs">Where it logs.</param>
public sealed record EngineParts(
    IJournalStore Store, KindCatalog Kinds, TimeProvider Time, TaskScheduler Writer, EngineOptions Options, ILoggerFactory Logs)
{
    /// <summary>Where the actors live, over the turns of this process; <c>null</c> for the memory of this process.</summary>
    public Func<TurnTaker, IActorHost>? Host { get; init; }
}
