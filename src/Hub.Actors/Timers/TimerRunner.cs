using Hub.Actors.Feed;
using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Timers;

/// <summary>Turns the due timers of some partitions into commands. The rows are durable, so an outage only makes them late (invariant 18).</summary>
/// <remarks>The turn looks again whether the timer stands and is due, and takes its row away; this only wakes it.</remarks>
internal sealed partial class TimerRunner(IReadOnlyList<int> partitions, TimerParts parts) : IDisposable
{
    private const int SideBySide = 64;
    private const int ReadAtOnce = 1_024;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    // A delay counts whole milliseconds and may end a fraction too soon.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time = parts.Time;
    private readonly SemaphoreSlim _atWork = new(SideBySide);
    private readonly Dictionary<StoredTimer, Attempt> _attempts = [];
    private TaskCompletionSource _sooner = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _wakeAt = DateTimeOffset.MaxValue;

    /// <summary>Hears of durable writes: one of them may set a timer that is due before the runner would wake.</summary>
    public void Notice(IReadOnlyList<JournalWrite> writes)
    {
        ArgumentNullException.ThrowIfNull(writes);
        for (var i = 0; i < writes.Count; i++)
        {
            if (writes[i] is JournalWrite.Append append)
            {
                Notice(append);
            }
        }
    }

    /// <summary>Fires timers until told to stop; then waits for the commands under way.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await SteadyLoop.RunAsync("timers", StepAsync, _time, parts.Log, stop);
        for (var i = 0; i < SideBySide; i++)
        {
            await _atWork.WaitAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _atWork.Dispose();

    private async Task StepAsync(CancellationToken stop)
    {
        var now = _time.GetUtcNow();
        Task sooner;
        lock (_gate)
        {
            _sooner = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _wakeAt = now + Look;
            sooner = _sooner.Task;
        }

        await FireDueAsync(now, stop);
        var wait = parts.Store.NextTimer(now) is { } next && next - now < Look ? next - now : Look;
        wait = wait > Shortest ? wait : Shortest;
        lock (_gate)
        {
            _wakeAt = now + wait;
        }

        await sooner.GivenAsync(wait, _time, stop);
    }

    // Page by page: those of other owners, and those that wait after a failure, are passed over and never hide what comes behind them.
    private async Task FireDueAsync(DateTimeOffset now, CancellationToken stop)
    {
        IReadOnlyList<StoredTimer> due = [];
        do
        {
            due = parts.Store.DueTimers(now, due.Count == 0 ? null : due[^1], ReadAtOnce);
            foreach (var timer in due.Where(timer => Owns(timer.Stream) && TryBegin(timer)))
            {
                await _atWork.WaitAsync(stop);
                _ = FireAsync(timer);
            }
        }
        while (due.Count == ReadAtOnce);
    }

    private async Task FireAsync(StoredTimer timer)
    {
        await Task.Yield();
        try
        {
            var actor = ActorId.Parse(timer.Stream);
            var command = new Envelope($"timer:{timer.Timer.Name}:{timer.Timer.SetAt}", parts.Kinds[actor.Kind].OnTimer(timer.Timer.Name), timer.Timer);
            await parts.Actors.SendAsync(actor, command, CancellationToken.None);
            lock (_gate)
            {
                _attempts.Remove(timer);
            }
        }
        catch (Exception failure)
        {
            LogFailed(parts.Log, failure, timer.Stream, timer.Timer.Name);
            PutOff(timer);
        }
        finally
        {
            _atWork.Release();
        }
    }

    private void Notice(JournalWrite.Append append)
    {
        for (var i = 0; i < append.Events.Count; i++)
        {
            foreach (var change in append.Events[i].Timers)
            {
                if (change is TimerChange.Set set && set.Due < _wakeAt && Owns(append.Stream))
                {
                    Wake();
                }
            }
        }
    }

    private bool Owns(string stream) => partitions.Contains(StreamPartition.Of(stream));

    private void Wake()
    {
        lock (_gate)
        {
            _sooner.TrySetResult();
        }
    }

    private bool TryBegin(StoredTimer timer)
    {
        lock (_gate)
        {
            var known = _attempts.GetValueOrDefault(timer);
            if (known is { UnderWay: true } || (known is not null && _time.GetElapsedTime(known.FailedAt) < known.Pause))
            {
                return false;
            }

            _attempts[timer] = new Attempt(UnderWay: true, 0, known?.Pause ?? TimeSpan.Zero);
            return true;
        }
    }

    private void PutOff(StoredTimer timer)
    {
        lock (_gate)
        {
            var pause = _attempts[timer].Pause * 2;
            pause = pause == TimeSpan.Zero ? Look : pause;
            _attempts[timer] = new Attempt(UnderWay: false, _time.GetTimestamp(), pause < LongestPause ? pause : LongestPause);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Timer {Timer} of {Stream} could not be delivered; it is tried again")]
    private static partial void LogFailed(ILogger log, Exception failure, string stream, string timer);

    private sealed record Attempt(bool UnderWay, long FailedAt, TimeSpan Pause);
}

/// <summary>What the timers of every partition share.</summary>
internal sealed record TimerParts(IJournalStore Store, IActors Actors, KindCatalog Kinds, TimeProvider Time, ILogger<TimerRunner> Log);
