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
        catch (Exception unwritten) when (unwritten is JournalUnavailableException or CommitUnknownException)
        {
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
            await UnparkAsync(lane.Stream, stop);
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

    /// <summary>Takes up what an earlier run had given up: from the parked event to the checkpoint; the feed brings the rest.</summary>
    internal async Task RetryParkedAsync(CancellationToken stop)
    {
        foreach (var parked in _store.Parked(Name))
        {
            if (_partitions[StreamPartition.Of(parked.Stream)] is not { Restored: var checkpoint })
            {
                continue;
            }

            var lane = new ReactionLane(parked.Stream);
            foreach (var stored in _store.ReadStream(parked.Stream, parked.Version - 1).Events.Where(stored => stored.Position <= checkpoint))
            {
                lane.Add(new FeedEntry(_kinds, stored), step: null);
                lane.Replaying++;
            }

            if (lane.Replaying == 0)
            {
                await UnparkAsync(parked.Stream, stop);
                continue;
            }

            lock (_gate)
            {
                Start(lane, stop);
            }
        }
    }

    private async Task UnparkAsync(string stream, CancellationToken stop)
    {
        try
        {
            await _committer.WriteAsync(new JournalWrite.Unpark(Name, stream)).HereAsync().WaitAsync(stop);
            LogCaughtUp(_log, Name, stream);
        }
        catch (Exception unwritten) when (unwritten is JournalUnavailableException or CommitUnknownException or OperationCanceledException)
        {
            // The row stays: the next start handles these events once more, and the commands' ids make that harmless.
            LogNotUnparked(_log, unwritten, Name, stream);
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
