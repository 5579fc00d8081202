using Hub.Actors.Journal;

namespace Hub.Actors.Feed;

/// <summary>
/// The journal in its global order. The last committed events are kept in memory, so that readers that keep up do not ask the
/// database; those that lag read it.
/// </summary>
public sealed class JournalFeed
{
    /// <summary>How many events are kept in memory. Longer, they would outlive the collector's young generations and cost more than they spare.</summary>
    public const int TailLength = 4_096;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly FeedEntry[] _tail = new FeedEntry[TailLength];
    private readonly IJournalStore _store;
    private readonly KindCatalog _kinds;
    private readonly TimeProvider _time;
    private readonly List<(Func<FeedEntry, bool> Follows, TaskCompletionSource Woken)> _waiters = [];
    private long _first;
    private long _last;

    /// <summary>A feed that begins where the journal stands.</summary>
    public JournalFeed(IJournalStore store, KindCatalog kinds, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        (_store, _kinds, _time) = (store, kinds, time);
        _last = store.Head();
        _first = _last + 1;
    }

    /// <summary>The last position known.</summary>
    public long Head => Volatile.Read(ref _last);

    /// <summary>Takes a batch that has just become durable. Called by the committer, in order of commit.</summary>
    public void Publish(IReadOnlyList<JournalWrite> writes, IReadOnlyList<WriteResult> results)
    {
        ArgumentNullException.ThrowIfNull(writes);
        ArgumentNullException.ThrowIfNull(results);
        var before = Head;
        List<TaskCompletionSource>? wake = null;
        lock (_gate)
        {
            for (var i = 0; i < writes.Count; i++)
            {
                if (writes[i] is JournalWrite.Append append && results[i] is WriteResult.Appended done)
                {
                    Keep(append, done.FirstPosition);
                }
            }

            for (var position = Math.Max(before + 1, _first); position <= _last && _waiters.Count > 0; position++)
            {
                wake = TakeFollowers(_tail[position % TailLength], wake);
            }
        }

        wake?.ForEach(waiter => waiter.SetResult());
    }

    /// <summary>The events after a position, in order, without a gap; empty when there are none yet.</summary>
    public IReadOnlyList<FeedEntry> Read(long after, int limit)
    {
        lock (_gate)
        {
            if (after >= _last)
            {
                return [];
            }

            if (after + 1 >= _first)
            {
                var entries = new FeedEntry[Math.Min(limit, _last - after)];
                for (var i = 0; i < entries.Length; i++)
                {
                    entries[i] = _tail[(after + 1 + i) % TailLength];
                }

                return entries;
            }
        }

        return [.. _store.ReadFeed(after, limit).Select(stored => new FeedEntry(_kinds, stored))];
    }

    /// <summary>Completes when there may be events after a position: at once for those that are followed, within a second for all others.</summary>
    /// <param name="after">The last position the reader has seen.</param>
    /// <param name="follows">What it cares for: any other event need not wake it.</param>
    /// <param name="cancel">Stops the reader.</param>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancel"/> was triggered, and whoever triggered it called <see cref="Wake"/>: the waiter is woken, not called off,
    /// so that a reader costs one continuation for what it follows and nothing while nothing happens.
    /// </exception>
    public async Task WaitAsync(long after, Func<FeedEntry, bool> follows, CancellationToken cancel)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (after < _last)
            {
                return;
            }

            _waiters.Add((follows, waiter));
        }

        // Only now: who is canceled after this finds the waiter to wake.
        if (!cancel.IsCancellationRequested)
        {
            await waiter.Task;
        }

        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Looks after a second for what nobody tells of: commits made elsewhere, or one whose outcome was unknown. Readers that were not woken
    /// for what they do not follow move on with it.
    /// </summary>
    public async Task LookAsync(CancellationToken stop)
    {
        var before = Head;
        await Task.Delay(LookEvery, _time, stop);
        Look(before);
    }

    /// <summary>Looks for what was committed elsewhere, and wakes whoever waits when there is something.</summary>
    public void Look() => Look(Head);

    /// <summary>Has everybody who waits look again.</summary>
    public void Wake()
    {
        List<TaskCompletionSource> wake;
        lock (_gate)
        {
            wake = [.. _waiters.Select(waiter => waiter.Woken)];
            _waiters.Clear();
        }

        wake.ForEach(waiter => waiter.SetResult());
    }

    private void Look(long before)
    {
        Refresh();
        if (Head != before)
        {
            Wake();
        }
    }

    // Holds the gate.
    private List<TaskCompletionSource>? TakeFollowers(FeedEntry entry, List<TaskCompletionSource>? taken)
    {
        for (var i = _waiters.Count - 1; i >= 0; i--)
        {
            if (_waiters[i].Follows(entry))
            {
                (taken ??= []).Add(_waiters[i].Woken);
                _waiters.RemoveAt(i);
            }
        }

        return taken;
    }

    private void Keep(JournalWrite.Append append, long position)
    {
        if (position != _last + 1)
        {
            // Something was committed that was not told here: the tail starts anew, readers fetch the gap from the store.
            _first = position;
        }

        for (var i = 0; i < append.Events.Count; i++)
        {
            _tail[(position + i) % TailLength] = new FeedEntry(_kinds, append, i, position + i);
        }

        Volatile.Write(ref _last, position + append.Events.Count - 1);
        _first = Math.Max(_first, _last - TailLength + 1);
    }

    private void Refresh()
    {
        var head = _store.Head();
        lock (_gate)
        {
            if (head <= _last)
            {
                return;
            }

            _first = head + 1;
            Volatile.Write(ref _last, head);
        }
    }
}
