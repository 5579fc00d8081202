namespace Hub.Actors.Hosting;

/// <summary>The partitions of this process, and the work on them.</summary>
internal sealed class OwnedPartitions : IPartitionOwner, IDisposable
{
    // Held while partitions change hands. Whoever only looks takes no lock: the writer of the journal does with every commit.
    private readonly Lock _changing = new();
    private readonly List<(PartitionWork Work, Task Ended)> _ending = [];
    private Func<IReadOnlyList<int>, PartitionWork>? _begin;
    private volatile PartitionWork[] _work = [];

    /// <summary>The work under way.</summary>
    public IReadOnlyList<PartitionWork> Work => _work;

    /// <summary>Allows partitions to be owned.</summary>
    /// <param name="begin">Makes the work on some partitions.</param>
    public void Open(Func<IReadOnlyList<int>, PartitionWork> begin)
    {
        lock (_changing)
        {
            _begin = begin;
        }
    }

    /// <summary>Carries partitions that are not carried yet, all in one.</summary>
    public void Own(IReadOnlyList<int> partitions)
    {
        lock (_changing)
        {
            var begin = _begin ?? throw new InvalidOperationException("The engine owns no partitions before its start, nor once it stops.");
            var work = begin(partitions);
            _work = [.. _work, work];
            work.Start();
        }
    }

    /// <inheritdoc/>
    public void Own(int partition)
    {
        lock (_changing)
        {
            if (!_work.Any(work => work.Partitions.Contains(partition)))
            {
                Own([partition]);
            }
        }
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(int partition)
    {
        Task[] ended;
        lock (_changing)
        {
            foreach (var released in _work.Where(work => work.Partitions.Contains(partition)).ToArray())
            {
                _work = [.. _work.Where(work => work != released)];
                _ending.RemoveAll(one => one.Ended.IsCompleted);
                _ending.Add((released, EndAsync(released)));
            }

            // Also what somebody else has begun to give up: who comes after must not begin before it has ended.
            ended = [.. _ending.Where(one => one.Work.Partitions.Contains(partition)).Select(one => one.Ended)];
        }

        foreach (var one in ended)
        {
            await one;
        }
    }

    /// <summary>Gives everything up, and takes on nothing more.</summary>
    public async Task CloseAsync()
    {
        Task[] ended;
        lock (_changing)
        {
            _begin = null;
            _ending.AddRange(_work.Select(work => (work, EndAsync(work))));
            _work = [];
            ended = [.. _ending.Select(one => one.Ended)];
        }

        foreach (var one in ended)
        {
            await one;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var work in _work)
        {
            work.Dispose();
        }
    }

    private static async Task EndAsync(PartitionWork work)
    {
        // Not under the lock of whoever gives it up: what hears of the end runs right there.
        await Task.Yield();
        try
        {
            await work.StopAsync();
        }
        finally
        {
            work.Dispose();
        }
    }
}
