using Hub.Actors.Journal;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Feed;

/// <summary>
/// Takes one reaction along some partitions of the feed: events of one stream in order, different streams side by side. Its checkpoints
/// never pass an unfinished event, so that the next owner is given again what was under way.
/// </summary>
public sealed partial class ReactionRunner : IDisposable
{
    private readonly Lock _gate = new();
    private readonly IReaction _reaction;
    private readonly JournalFeed _feed;
    private readonly IJournalStore _store;
    private readonly GroupCommitter _committer;
    private readonly KindCatalog _kinds;
    private readonly TimeProvider _time;
    private readonly ReactionOptions _options;
    private readonly Action _moved;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _atWork;
    private readonly Dictionary<string, ReactionLane> _lanes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Parking> _parked = new(StringComparer.Ordinal);
    // By number; null where another process owns the partition.
    private readonly PartitionProgress?[] _partitions = new PartitionProgress?[StreamPartition.Count];
    private long _readUpTo;
    private int _backlog;
    private bool _full;

    /// <summary>A runner at the reaction's checkpoints; a reaction that is new starts at the first event ever.</summary>
    /// <param name="reaction">The reaction.</param>
    /// <param name="owned">The partitions, at least one.</param>
    /// <param name="parts">What every runner of an owner shares.</param>
    /// <param name="moved">Called whenever an event was finished or given up; must not block.</param>
    internal ReactionRunner(IReaction reaction, IReadOnlyList<int> owned, ReactionParts parts, Action moved)
    {
        (_reaction, _moved) = (reaction, moved);
        (_feed, _store, _committer, _kinds, _time, _options, _log) = parts;
        _atWork = new SemaphoreSlim(_options.SideBySide);
        var saved = _store.Checkpoints(reaction.Name).ToDictionary(one => one.Partition, one => one.Position);
        foreach (var partition in owned)
        {
            _partitions[partition] = new PartitionProgress(saved.GetValueOrDefault(partition));
        }

        _readUpTo = owned.Min(partition => saved.GetValueOrDefault(partition));
    }

    /// <summary>The reaction's name.</summary>
    public string Name => _reaction.Name;

    /// <summary>How many positions of the feed are not finished; parked streams do not count.</summary>
    public long Lag => Math.Max(0, _feed.Head - Lowest());

    /// <summary>The streams it has given up until their partition is owned anew.</summary>
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

    /// <summary>The last position it was given.</summary>
    internal long ReadUpTo
    {
        get
        {
            lock (_gate)
            {
                return _readUpTo;
            }
        }
    }

    /// <summary>Whether it can be given more: once full, it works half of it off first.</summary>
    internal bool HasRoom
    {
        get
        {
            lock (_gate)
            {
                return !_full;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _atWork.Dispose();

    /// <summary>Whether it cares for events of a kind of actor.</summary>
    internal bool Follows(string kind) => _reaction.Follows(kind);

    /// <summary>Takes the next events of the feed; what is not its own is passed over.</summary>
    /// <param name="entries">What follows <see cref="ReadUpTo"/>, in order, without a gap.</param>
    /// <param name="stop">Ends the work on them.</param>
    internal void Take(IReadOnlyList<FeedEntry> entries, CancellationToken stop)
    {
        lock (_gate)
        {
            for (var i = 0; i < entries.Count; i++)
            {
                var entry = entries[i];
                if (_reaction.Follows(entry.Kind) && _partitions[entry.Partition] is { } partition && entry.Position > partition.Restored)
                {
                    Dispatch(entry, partition, stop);
                }

                _readUpTo = entry.Position;
            }

            _full = _backlog >= _options.Backlog;
        }
    }

    /// <summary>The partitions that came further than the journal knows.</summary>
    internal IReadOnlyList<Checkpoint> Unsaved()
    {
        var moved = new List<Checkpoint>();
        lock (_gate)
        {
            for (var number = 0; number < _partitions.Length; number++)
            {
                if (_partitions[number] is { } partition && partition.Finished(_readUpTo) is var finished && finished > partition.Saved)
                {
                    moved.Add(new Checkpoint(number, finished));
                }
            }
        }

        return moved;
    }

    /// <summary>Notes what has become durable.</summary>
    internal void Saved(IReadOnlyList<Checkpoint> durable)
    {
        foreach (var (partition, position) in durable)
        {
            _partitions[partition]!.Saved = position;
        }
    }

    /// <summary>Everything up to here is finished or parked.</summary>
    internal long Lowest()
    {
        var lowest = long.MaxValue;
        lock (_gate)
        {
            foreach (var partition in _partitions)
            {
                lowest = Math.Min(lowest, partition?.Finished(_readUpTo) ?? lowest);
            }
        }

        return lowest;
    }

    /// <summary>Completes once nothing is being worked on.</summary>
    internal Task EndedAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_lanes.Values.Select(lane => lane.Worker).ToArray());
        }
    }

    // Holds the gate. A parked stream's later events wait behind the parking and need no step of their own.
    private void Dispatch(FeedEntry entry, PartitionProgress partition, CancellationToken stop)
    {
        if (_parked.ContainsKey(entry.Stream))
        {
            return;
        }

        var step = partition.Begin(entry.Position);
        _backlog++;
        if (_lanes.TryGetValue(entry.Stream, out var lane))
        {
            lane.Add(entry, step);
            return;
        }

        lane = new ReactionLane(entry.Stream);
        lane.Add(entry, step);
        Start(lane, stop);
    }

    private void Start(ReactionLane lane, CancellationToken stop)
    {
        _lanes.Add(lane.Stream, lane);
        lane.Worker = WorkAsync(lane, stop);
    }
}

/// <summary>What the runners of one owner share.</summary>
internal sealed record ReactionParts(
    JournalFeed Feed, IJournalStore Store, GroupCommitter Committer, KindCatalog Kinds, TimeProvider Time, ReactionOptions Options, ILogger<ReactionRunner> Log);

/// <summary>How a reaction is run.</summary>
/// <param name="SideBySide">How many streams are handled at the same moment.</param>
/// <param name="Backlog">About how many events may wait in memory before reading pauses.</param>
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
