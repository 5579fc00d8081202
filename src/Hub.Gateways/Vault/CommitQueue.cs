using System.Collections.Concurrent;

namespace Hub.Gateways.Vault;

/// <summary>Lets changes that wait at the same moment share one commit.</summary>
/// <remarks>Whoever gets the turn to write takes along everybody who waits. No thread of its own, so a simulator can run it.</remarks>
/// <typeparam name="TWriter">What a change works on.</typeparam>
/// <param name="commit">Runs a batch in one transaction and ends every change in it.</param>
internal sealed class CommitQueue<TWriter>(Action<IReadOnlyList<CommitQueue<TWriter>.Change>> commit)
{
    /// <summary>The most changes of one commit.</summary>
    private const int MaxBatch = 1024;

    private readonly ConcurrentQueue<Change> _waiting = new();
    private readonly Lock _writing = new();
    private int _scheduled;

    /// <summary>Waits on this thread until the change is durable.</summary>
    internal void Run(Action<TWriter> work)
    {
        var change = new Change(work);
        _waiting.Enqueue(change);
        lock (_writing)
        {
            while (!change.Done.IsCompleted)
            {
                CommitSome();
            }
        }

        change.Done.GetAwaiter().GetResult();
    }

    /// <summary>Waits, without a thread, until the change is durable.</summary>
    internal Task RunAsync(Action<TWriter> work, CancellationToken cancel)
    {
        var change = new Change(work);
        _waiting.Enqueue(change);
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            _ = CommitSoonAsync();
        }

        return change.Done.WaitAsync(cancel);
    }

    /// <summary>Runs something while nobody commits.</summary>
    internal void RunAlone(Action work)
    {
        lock (_writing)
        {
            work();
        }
    }

    private async Task CommitSoonAsync()
    {
        await Task.Yield();
        lock (_writing)
        {
            // Before taking what waits: whoever comes after this line schedules anew.
            Interlocked.Exchange(ref _scheduled, 0);
            while (!_waiting.IsEmpty)
            {
                CommitSome();
            }
        }
    }

    private void CommitSome()
    {
        var batch = new List<Change>();
        while (batch.Count < MaxBatch && _waiting.TryDequeue(out var change))
        {
            batch.Add(change);
        }

        try
        {
            commit(batch);
        }
        catch (Exception broken)
        {
            // Nobody may be left waiting; every one of them gets the exception.
            batch.ForEach(change => change.Fail(broken));
        }
    }

    /// <summary>One change and its end.</summary>
    internal sealed class Change(Action<TWriter> work)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Action<TWriter> Work => work;

        internal Task Done => _done.Task;

        internal void Succeed() => _done.TrySetResult();

        internal void Fail(Exception why) => _done.TrySetException(why);
    }
}
