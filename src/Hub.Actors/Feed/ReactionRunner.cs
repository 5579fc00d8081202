using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Feed;

/// <summary>
/// Takes one reaction along the feed: events of one stream in order, different streams side by side. Its checkpoints never pass an
/// unfinished event, so that a restart delivers again what was under way.
/// </summary>
public sealed partial class ReactionRunner : IDisposable
{
    private const int ReadAtOnce = 512;

    private readonly Lock _gate = new();
    private readonly IReaction _reaction;
    private readonly JournalFeed _feed;
    private readonly IJournalStore _store;
    private readonly GroupCommitter _committer;
    private readonly KindCatalog _kinds;
    private readonly TimeProvider _time;
    private readonly ReactionOptions _options;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _atWork;
    private readonly SemaphoreSlim _room;
    private readonly Dictionary<string, ReactionLane> _lanes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Parking> _parked = new(StringComparer.Ordinal);
    private readonly PositionWaiters _awaited = new();
    private readonly PartitionProgress[] _partitions = new PartitionProgress[StreamPartition.Count];
    private volatile TaskCompletionSource _moved = NewSignal();
    private long _readUpTo;

    /// <summary>A runner at the reaction's checkpoints; a reaction that is new starts at the first event ever.</summary>
    public ReactionRunner(
        IReaction reaction, JournalFeed feed, IJournalStore store, GroupCommitter committer, KindCatalog kinds,
        TimeProvider time, ReactionOptions options, ILogger<ReactionRunner> log)
    {
        ArgumentNullException.ThrowIfNull(reaction);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        (_reaction, _feed, _store, _committer, _kinds, _time, _options, _log) = (reaction, feed, store, committer, kinds, time, options, log);
        _atWork = new SemaphoreSlim(options.SideBySide);
        _room = new SemaphoreSlim(options.Backlog);
        var saved = store.Checkpoints(reaction.Name).ToDictionary(one => one.Partition, one => one.Position);
        for (var partition = 0; partition < _partitions.Length; partition++)
        {
            _partitions[partition] = new PartitionProgress(saved.GetValueOrDefault(partition));
        }

        _readUpTo = _partitions.Min(partition => partition.Restored);
    }

    /// <summary>The reaction's name.</summary>
    public string Name => _reaction.Name;

    /// <summary>How many positions of the feed are not finished; parked streams do not count.</summary>
    public long Lag
    {
        get
        {
            lock (_gate)
            {
                return Math.Max(0, _feed.Head - Lowest());
            }
        }
    }

    /// <summary>The streams it has given up until the next start.</summary>
    public IReadOnlyList<Parking> Parked
    {
        get
        {
            lock (_gate)
            {
                return [.. _parked.Values];
            }
        }
    }

    /// <summary>Follows the feed until told to stop; what is under way then is delivered again at the next start.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await RetryParkedAsync(stop);
        var saving = SteadyLoop.RunAsync(Name, SaveInAWhileAsync, _time, _log, stop);
        await SteadyLoop.RunAsync(Name, FollowAsync, _time, _log, stop);
        await saving;
        await Task.WhenAll(Workers());
        await SaveAtTheEndAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _atWork.Dispose();
        _room.Dispose();
    }

    /// <summary>Completes once everything up to a position is finished or parked.</summary>
    public Task CaughtUpAsync(long position, CancellationToken cancel)
    {
        var reached = _awaited.Add(position);
        _feed.Wake();
        Announce();
        return reached.HereAsync().WaitAsync(cancel);
    }

    /// <summary>Makes the checkpoints durable, if they moved.</summary>
    internal async Task SaveAsync()
    {
        var moved = new List<Checkpoint>();
        lock (_gate)
        {
            for (var partition = 0; partition < _partitions.Length; partition++)
            {
                var finished = _partitions[partition].Finished(_readUpTo);
                if (finished > _partitions[partition].Saved)
                {
                    moved.Add(new Checkpoint(partition, finished));
                }
            }
        }

        if (moved.Count == 0)
        {
            return;
        }

        await _committer.WriteAsync(new JournalWrite.SaveCheckpoints(Name, moved));
        foreach (var (partition, position) in moved)
        {
            _partitions[partition].Saved = position;
        }
    }

    private async Task SaveInAWhileAsync(CancellationToken stop)
    {
        await _moved.Task.HereAsync().WaitAsync(stop);
        await Task.Delay(_options.SaveEvery, _time, stop);
        _moved = NewSignal();
        try
        {
            await SaveAsync();
        }
        catch
        {
            _moved.TrySetResult();
            throw;
        }
    }

    private async Task SaveAtTheEndAsync()
    {
        try
        {
            await SaveAsync();
        }
        catch (Exception unwritten) when (unwritten is JournalUnavailableException or CommitUnknownException)
        {
            LogNotSaved(_log, unwritten, Name);
        }
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        var entries = _feed.Read(_readUpTo, ReadAtOnce);
        if (entries.Count == 0)
        {
            await _feed.WaitAsync(_readUpTo, _reaction.Follows, stop);
            return;
        }

        foreach (var entry in entries)
        {
            var partition = _partitions[entry.Partition];
            var cares = entry.Position > partition.Restored && _reaction.Follows(entry.Kind);
            if (cares)
            {
                await _room.WaitAsync(stop);
            }

            lock (_gate)
            {
                if (cares && !TryDispatch(entry, partition, stop))
                {
                    _room.Release();
                }

                _readUpTo = entry.Position;
            }
        }

        Moved();
    }

    // Holds the gate. A parked stream's later events wait behind the parking and need no step of their own.
    private bool TryDispatch(FeedEntry entry, PartitionProgress partition, CancellationToken stop)
    {
        if (_parked.ContainsKey(entry.Stream))
        {
            return false;
        }

        var step = partition.Begin(entry.Position);
        if (_lanes.TryGetValue(entry.Stream, out var lane))
        {
            lane.Add(entry, step);
            return true;
        }

        lane = new ReactionLane(entry.Stream);
        lane.Add(entry, step);
        Start(lane, stop);
        return true;
    }

    private void Start(ReactionLane lane, CancellationToken stop)
    {
        _lanes.Add(lane.Stream, lane);
        lane.Worker = WorkAsync(lane, stop);
    }

    private Task[] Workers()
    {
        lock (_gate)
        {
            return [.. _lanes.Values.Select(lane => lane.Worker)];
        }
    }

    // Holds the gate.
    private long Lowest()
    {
        var lowest = long.MaxValue;
        foreach (var partition in _partitions)
        {
            lowest = Math.Min(lowest, partition.Finished(_readUpTo));
        }

        return lowest;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Moved()
    {
        _moved.TrySetResult();
        Announce();
    }

    private void Announce()
    {
        if (_awaited.IsEmpty)
        {
            return;
        }

        long lowest;
        lock (_gate)
        {
            lowest = Lowest();
        }

        _awaited.Announce(lowest);
    }
}

/// <summary>How a reaction is run.</summary>
/// <param name="SideBySide">How many streams are handled at the same moment.</param>
/// <param name="Backlog">How many events may wait in memory before reading pauses.</param>
/// <param name="Tries">How often an event is tried before its stream is parked.</param>
/// <param name="FirstPause">The pause after the first failure; it doubles from there.</param>
/// <param name="LongestPause">The longest pause.</param>
/// <param name="SaveEvery">How often checkpoints are made durable, at most.</param>
public sealed record ReactionOptions(
    int SideBySide, int Backlog, int Tries, TimeSpan FirstPause, TimeSpan LongestPause, TimeSpan SaveEvery)
{
    /// <summary>256 side by side, 10,000 waiting, 8 tries over about half a minute.</summary>
    public static ReactionOptions Default { get; } =
        new(256, 10_000, 8, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(200));
}
