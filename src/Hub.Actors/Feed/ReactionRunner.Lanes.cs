using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Feed;

// The other half of the runner: what happens to the events of one stream.
public sealed partial class ReactionRunner
{
    private enum Handled
    {
        Finished,
        GivenUp,
        Stopped,
    }

    private async Task WorkAsync(ReactionLane lane, CancellationToken stop)
    {
        await Task.Yield();
        while (Current(lane) is { } item)
        {
            switch (await HandleAsync(item.Entry, stop))
            {
                case Handled.Stopped:
                    return;
                case Handled.GivenUp:
                    Abandon(lane);
                    break;
                default:
                    await FinishAsync(lane, stop);
                    break;
            }

            _moved();
        }
    }

    private ReactionLane.Item? Current(ReactionLane lane)
    {
        lock (_gate)
        {
            var item = lane.Peek();
            if (item is null)
            {
                _lanes.Remove(lane.Stream);
            }

            return item;
        }
    }

    private async Task<Handled> HandleAsync(FeedEntry entry, CancellationToken stop)
    {
        var pause = _options.FirstPause;
        var failures = 0;
        while (true)
        {
            try
            {
                await TryAsync(entry, stop);
                return Handled.Finished;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return Handled.Stopped;
            }
            catch (Exception failure)
            {
                // An unavailable journal is our own outage and ends by itself; nothing could be parked in it anyway.
                failures += failure is JournalUnavailableException ? 0 : 1;
                LogFailed(_log, failure, Name, entry.Stream, entry.Version, failures);
                if (failures >= _options.Tries && await TryParkAsync(entry, failure))
                {
                    return Handled.GivenUp;
                }
            }

            if (!await PauseAsync(pause, stop))
            {
                return Handled.Stopped;
            }

            pause = pause * 2 < _options.LongestPause ? pause * 2 : _options.LongestPause;
        }
    }

    private async Task TryAsync(FeedEntry entry, CancellationToken stop)
    {
        await _atWork.WaitAsync(stop);
        try
        {
            await _reaction.HandleAsync(entry.Happened, stop);
        }
        finally
        {
            _atWork.Release();
        }
    }

    private async Task<bool> PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, _time, stop);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    // Durable before the event counts as finished: the checkpoint may pass it only then.
    private async Task<bool> TryParkAsync(FeedEntry entry, Exception failure)
    {
        var parked = new Parking(Name, entry.Stream, entry.Version, entry.Position, failure.GetType().FullName ?? "", _time.GetUtcNow());
        try
        {
            await _committer.WriteAsync(new JournalWrite.Park(parked));
        }
        catch (Exception unwritten)
        {
            // Whatever it was: a lane that ended here would keep its stream's later events for ever.
            LogNotParked(_log, unwritten, Name, entry.Stream);
            return false;
        }

        LogParked(_log, failure, Name, entry.Stream, entry.Version);
        lock (_gate)
        {
            _parked[entry.Stream] = parked;
        }

        return true;
    }

    private void Abandon(ReactionLane lane)
    {
        lock (_gate)
        {
            while (lane.Peek() is not null)
            {
                Finish(lane.Take());
            }
        }
    }

    private async Task FinishAsync(ReactionLane lane, CancellationToken stop)
    {
        bool caughtUp;
        lock (_gate)
        {
            caughtUp = lane.Peek()!.Step is null && --lane.Replaying == 0;
            Finish(lane.Take());
        }

        if (caughtUp)
        {
            await UnparkAsync(lane.Parked!, stop);
        }
    }

    // Holds the gate.
    private void Finish(ReactionLane.Item item)
    {
        if (item.Step is { } step)
        {
            step.Done = true;
            _backlog--;
            if (_full && _backlog <= _options.Backlog / 2)
            {
                _full = false;
                _feed.Wake();
            }
        }
    }

    /// <summary>
    /// Takes up what an earlier owner had given up: from the parked event to the checkpoint; the feed brings the rest. May be called again
    /// when the journal was away in the middle of it.
    /// </summary>
    internal void RetryParked(CancellationToken stop)
    {
        foreach (var parked in _store.Parked(Name))
        {
            if (_partitions[StreamPartition.Of(parked.Stream)] is not { Restored: var checkpoint })
            {
                continue;
            }

            var lane = new ReactionLane(parked.Stream) { Parked = parked };
            foreach (var stored in _store.ReadStream(parked.Stream, parked.Version - 1).Events.Where(stored => stored.Position <= checkpoint))
            {
                lane.Add(new FeedEntry(_kinds, stored), step: null);
                lane.Replaying++;
            }

            lock (_gate)
            {
                // With nothing to replay, somebody parked it beyond our checkpoint: the feed brings it, and the row waits for a later owner.
                if (lane.Replaying > 0 && !_lanes.ContainsKey(lane.Stream))
                {
                    Start(lane, stop);
                }
            }
        }
    }

    // Only the parking that was taken up: another owner may have parked a later event meanwhile.
    private async Task UnparkAsync(Parking parked, CancellationToken stop)
    {
        try
        {
            await _committer.WriteAsync(new JournalWrite.Unpark(Name, parked.Stream, parked.Version)).HereAsync().WaitAsync(stop);
            LogCaughtUp(_log, Name, parked.Stream);
        }
        catch (Exception unwritten)
        {
            // Whatever it was, the lane lives on. The row stays: the next owner handles these events once more, and the commands' ids make that harmless.
            LogNotUnparked(_log, unwritten, Name, parked.Stream);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reaction {Reaction} failed on {Stream} version {Version} ({Failures} times)")]
    private static partial void LogFailed(ILogger log, Exception failure, string reaction, string stream, long version, int failures);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reaction {Reaction} gives {Stream} up from version {Version}, until its partition is owned anew")]
    private static partial void LogParked(ILogger log, Exception failure, string reaction, string stream, long version);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reaction {Reaction} could not record that it gives {Stream} up; it tries on")]
    private static partial void LogNotParked(ILogger log, Exception unwritten, string reaction, string stream);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reaction {Reaction} caught up on {Stream}")]
    private static partial void LogCaughtUp(ILogger log, string reaction, string stream);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reaction {Reaction} caught up on {Stream}, but could not record it")]
    private static partial void LogNotUnparked(ILogger log, Exception unwritten, string reaction, string stream);
}
