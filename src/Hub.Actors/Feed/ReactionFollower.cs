using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Feed;

/// <summary>
/// Follows the feed once for all reactions of some partitions, and makes their checkpoints durable together. Each reaction goes at its
/// own pace: one that is full, or new and far behind, holds no other up.
/// </summary>
internal sealed partial class ReactionFollower : IDisposable
{
    private const int ReadAtOnce = 512;

    private readonly ReactionParts _parts;
    private readonly PositionWaiters _awaited = new();
    private volatile TaskCompletionSource _moved = NewSignal();
    private readonly bool[] _owned = new bool[StreamPartition.Count];
    private bool _parkedTakenUp;

    /// <summary>A follower at the reactions' checkpoints.</summary>
    public ReactionFollower(IReadOnlyList<IReaction> reactions, IReadOnlyList<int> owned, ReactionParts parts)
    {
        _parts = parts;
        foreach (var partition in owned)
        {
            _owned[partition] = true;
        }

        Runners = [.. reactions.Select(reaction => new ReactionRunner(reaction, owned, parts, Moved))];
    }

    /// <summary>The reactions.</summary>
    public IReadOnlyList<ReactionRunner> Runners { get; }

    /// <summary>Follows the feed until told to stop, and the feed is woken; what is under way then is delivered again to the next owner.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var saving = SteadyLoop.RunAsync("checkpoints", SaveInAWhileAsync, _parts.Time, _parts.Log, stop);
        await SteadyLoop.RunAsync("reactions", FollowAsync, _parts.Time, _parts.Log, stop);
        await saving;
        foreach (var runner in Runners)
        {
            await runner.EndedAsync();
        }

        await SaveAtTheEndAsync();
    }

    /// <summary>Completes once everything up to a position is finished or parked.</summary>
    public Task CaughtUpAsync(long position, CancellationToken cancel)
    {
        var reached = _awaited.Add(position);
        _parts.Feed.Wake();
        Announce();
        return reached.HereAsync().WaitAsync(cancel);
    }

    /// <summary>Makes the checkpoints durable, if they moved.</summary>
    public async Task SaveAsync()
    {
        var writes = new List<(ReactionRunner Runner, IReadOnlyList<Checkpoint> Moved, Task<WriteResult> Durable)>();
        foreach (var runner in Runners)
        {
            if (runner.Unsaved() is { Count: > 0 } moved)
            {
                writes.Add((runner, moved, _parts.Committer.WriteAsync(new JournalWrite.SaveCheckpoints(runner.Name, moved))));
            }
        }

        foreach (var (runner, moved, durable) in writes)
        {
            await durable;
            runner.Saved(moved);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var runner in Runners)
        {
            runner.Dispose();
        }
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        if (!_parkedTakenUp)
        {
            foreach (var runner in Runners)
            {
                runner.RetryParked(stop);
            }

            _parkedTakenUp = true;
        }

        if (TakeWhatIsThere(stop))
        {
            Moved();
            return;
        }

        var waiting = _parts.Feed.WaitAsync(Seen(), Follows, stop);
        if (Runners.Any(runner => runner.HasRoom && runner.ReadUpTo < _parts.Feed.Head))
        {
            // Got room after it was passed over and before anybody waited.
            _parts.Feed.Wake();
        }

        await waiting;
    }

    private bool TakeWhatIsThere(CancellationToken stop)
    {
        var (took, from, entries) = (false, -1L, (IReadOnlyList<FeedEntry>)[]);
        foreach (var runner in Runners)
        {
            if (!runner.HasRoom)
            {
                continue;
            }

            // Most stand at the same place and share what was read.
            if (runner.ReadUpTo != from)
            {
                from = runner.ReadUpTo;
                entries = _parts.Feed.Read(from, ReadAtOnce);
            }

            if (entries.Count > 0)
            {
                runner.Take(entries, stop);
                took = true;
            }
        }

        return took;
    }

    // What every reaction with room has seen; where none has room, only a wake helps.
    private long Seen()
    {
        var seen = _parts.Feed.Head;
        foreach (var runner in Runners)
        {
            seen = runner.HasRoom ? Math.Min(seen, runner.ReadUpTo) : seen;
        }

        return seen;
    }

    // Where processes share the partitions each has several followers, and one event is for one of them.
    private bool Follows(FeedEntry entry)
    {
        if (!_owned[entry.Partition])
        {
            return false;
        }

        foreach (var runner in Runners)
        {
            if (runner.Follows(entry.Kind))
            {
                return true;
            }
        }

        return false;
    }

    private async Task SaveInAWhileAsync(CancellationToken stop)
    {
        await _moved.Task.HereAsync().WaitAsync(stop);
        await Task.Delay(_parts.Options.SaveEvery, _parts.Time, stop);
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
            LogNotSaved(_parts.Log, unwritten);
        }
    }

    private void Moved()
    {
        _moved.TrySetResult();
        Announce();
    }

    private void Announce()
    {
        if (!_awaited.IsEmpty)
        {
            _awaited.Announce(Runners.Count == 0 ? _parts.Feed.Head : Runners.Min(runner => runner.Lowest()));
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last checkpoints of the reactions were not stored; what they cover is delivered again")]
    private static partial void LogNotSaved(ILogger log, Exception unwritten);
}
