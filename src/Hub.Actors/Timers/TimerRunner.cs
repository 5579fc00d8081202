using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Timers;

/// <summary>Turns due timers into commands. The rows are durable, so an outage only makes them late (invariant 18).</summary>
/// <remarks>The turn looks again whether the timer stands and is due, and takes its row away; this only wakes it.</remarks>
public sealed partial class TimerRunner(
    IJournalStore store, IActors actors, KindCatalog kinds, TimeProvider time, ILogger<TimerRunner> log) : IDisposable
{
    private const int SideBySide = 64;
    private const int ReadAtOnce = 1_024;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    // A delay counts whole milliseconds and may end a fraction too soon.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
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
        await SteadyLoop.RunAsync("timers", StepAsync, time, log, stop);
        for (var i = 0; i < SideBySide; i++)
        {
            await _atWork.WaitAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _atWork.Dispose();

    private async Task StepAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        Task sooner;
        lock (_gate)
        {
            _sooner = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _wakeAt = now + Look;
            sooner = _sooner.Task;
        }

        var due = store.DueTimers(now, ReadAtOnce + Waiting());
        foreach (var timer in due.Where(TryBegin))
        {
            await _atWork.WaitAsync(stop);
            _ = FireAsync(timer);
        }

        var wait = store.NextTimer(now) is { } next && next - now < Look ? next - now : Look;
        wait = wait > Shortest ? wait : Shortest;
        lock (_gate)
        {
            _wakeAt = now + wait;
        }

        await sooner.GivenAsync(wait, time, stop);
    }

    private async Task FireAsync(StoredTimer timer)
    {
        await Task.Yield();
        try
        {
            var actor = ActorId.Parse(timer.Stream);
            var command = new Envelope($"timer:{timer.Timer.Name}:{timer.Timer.SetAt}", kinds[actor.Kind].OnTimer(timer.Timer.Name), timer.Timer);
            await actors.SendAsync(actor, command, CancellationToken.None);
            lock (_gate)
            {
                _attempts.Remove(timer);
            }
        }
        catch (Exception failure)
        {
            LogFailed(log, failure, timer.Stream, timer.Timer.Name);
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
                if (change is TimerChange.Set set && set.Due < _wakeAt)
                {
                    Wake();
                }
            }
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            _sooner.TrySetResult();
        }
    }

    private int Waiting()
    {
        lock (_gate)
        {
            return _attempts.Count;
        }
    }

    private bool TryBegin(StoredTimer timer)
    {
        lock (_gate)
        {
            var known = _attempts.GetValueOrDefault(timer);
            if (known is { UnderWay: true } || (known is not null && time.GetElapsedTime(known.FailedAt) < known.Pause))
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
            _attempts[timer] = new Attempt(UnderWay: false, time.GetTimestamp(), pause < LongestPause ? pause : LongestPause);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Timer {Timer} of {Stream} could not be delivered; it is tried again")]
    private static partial void LogFailed(ILogger log, Exception failure, string stream, string timer);

    private sealed record Attempt(bool UnderWay, long FailedAt, TimeSpan Pause);
}
