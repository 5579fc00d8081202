using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Journal;

/// <summary>
/// Group commit: what many actors want to write at the same moment goes into one transaction. It takes what is waiting and never
/// waits for more.
/// </summary>
/// <remarks>Runs as one task at a time on the given scheduler: a thread of its own in production, the simulator's in a simulation.</remarks>
public sealed partial class GroupCommitter
{
    /// <summary>A few thousand writes fill a commit; more would only make the first ones wait.</summary>
    public const int MaxBatch = 4_096;

    private readonly Lock _gate = new();
    private readonly IJournalStore _store;
    private readonly TaskScheduler _scheduler;
    private readonly Action<IReadOnlyList<JournalWrite>, IReadOnlyList<WriteResult>> _committed;
    private readonly ILogger _log;
    private readonly Histogram<int> _sizes;
    private readonly List<JournalWrite> _batch = new(MaxBatch);
    private List<Pending> _waiting = [];
    private List<Pending> _taken = [];
    private Task _running = Task.CompletedTask;
    private bool _busy;
    private bool _stopped;

    /// <summary>Makes a committer over a store.</summary>
    /// <param name="store">The adapter; nobody else writes to it.</param>
    /// <param name="scheduler">Where the blocking writes run.</param>
    /// <param name="committed">Hears of every durable batch before the writers do, in order; must not throw.</param>
    /// <param name="meters">Where the batch sizes are counted.</param>
    /// <param name="log">Hears of failures.</param>
    public GroupCommitter(
        IJournalStore store,
        TaskScheduler scheduler,
        Action<IReadOnlyList<JournalWrite>, IReadOnlyList<WriteResult>> committed,
        Meter meters,
        ILogger<GroupCommitter> log)
    {
        ArgumentNullException.ThrowIfNull(meters);
        (_store, _scheduler, _committed, _log) = (store, scheduler, committed, log);
        _sizes = meters.CreateHistogram<int>("hub.journal.batch.size", "{write}", "Writes per durable commit");
    }

    /// <summary>Makes one write durable.</summary>
    /// <exception cref="JournalUnavailableException">It was not stored.</exception>
    /// <exception cref="CommitUnknownException">Whether it was stored is not known.</exception>
    public Task<WriteResult> WriteAsync(JournalWrite write)
    {
        var pending = new Pending(write);
        lock (_gate)
        {
            if (_stopped)
            {
                return Task.FromException<WriteResult>(new JournalUnavailableException("The hub is stopping; try again with the same id."));
            }

            _waiting.Add(pending);
            if (!_busy)
            {
                _busy = true;
                _running = Task.Factory.StartNew(Drain, CancellationToken.None, TaskCreationOptions.None, _scheduler);
            }
        }

        return pending.Task;
    }

    /// <summary>Refuses new writes and completes once the waiting ones are durable.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopped = true;
            return _running;
        }
    }

    private void Drain()
    {
        while (Take())
        {
            for (var start = 0; start < _taken.Count; start += MaxBatch)
            {
                Commit(start, Math.Min(MaxBatch, _taken.Count - start));
            }

            _taken.Clear();
            _store.Maintain();
        }
    }

    private bool Take()
    {
        lock (_gate)
        {
            _busy = _waiting.Count > 0;
            (_waiting, _taken) = (_taken, _waiting);
            return _busy;
        }
    }

    private void Commit(int start, int count)
    {
        _batch.Clear();
        for (var i = 0; i < count; i++)
        {
            _batch.Add(_taken[start + i].Write);
        }

        if (TryWrite(start, count) is { } results)
        {
            _sizes.Record(count);
            _committed(_batch, results);
            for (var i = 0; i < count; i++)
            {
                _taken[start + i].SetResult(results[i]);
            }
        }
    }

    /// <returns><c>null</c> when the writes were answered with their failure already.</returns>
    private IReadOnlyList<WriteResult>? TryWrite(int start, int count)
    {
        try
        {
            return _store.Write(_batch);
        }
        catch (Exception failure) when (failure is JournalUnavailableException or CommitUnknownException || count == 1)
        {
            LogFailed(_log, failure, count);
            for (var i = 0; i < count; i++)
            {
                _taken[start + i].SetException(failure);
            }
        }
        catch (Exception failure)
        {
            // One write broke a rule of the store. Alone, each shows whether it is the one, and the others are not lost with it.
            LogSplit(_log, failure, count);
            for (var i = 0; i < count; i++)
            {
                Commit(start + i, 1);
            }
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A commit of {Count} writes failed")]
    private static partial void LogFailed(ILogger log, Exception failure, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "A commit of {Count} writes was refused; each is tried alone")]
    private static partial void LogSplit(ILogger log, Exception failure, int count);

    // Continuations run elsewhere: the writer must not carry out turns.
    private sealed class Pending(JournalWrite write) : TaskCompletionSource<WriteResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public JournalWrite Write { get; } = write;
    }
}
