using System.Collections.Immutable;

namespace Hub.Actors.Hosting;

/// <summary>The partitions of this process, and the work on them.</summary>
internal sealed class OwnedPartitions : IPartitionOwner, IDisposable
{
    private readonly Lock _gate = new();
    private Func<IReadOnlyList<int>, PartitionWork>? _begin;
    private ImmutableArray<PartitionWork> _work = [];

    /// <summary>The work under way.</summary>
    public ImmutableArray<PartitionWork> Work
    {
        get
        {
            lock (_gate)
            {
                return _work;
            }
        }
    }

    /// <summary>Allows partitions to be owned.</summary>
    /// <param name="begin">Makes the work on some partitions.</param>
    public void Open(Func<IReadOnlyList<int>, PartitionWork> begin)
    {
        lock (_gate)
        {
            _begin = begin;
        }
    }

    /// <summary>Carries partitions that are not carried yet, all in one.</summary>
    public void Own(IReadOnlyList<int> partitions)
    {
        lock (_gate)
        {
            var begin = _begin ?? throw new InvalidOperationException("The engine owns no partitions before its start, nor once it stops.");
            var work = begin(partitions);
            _work = _work.Add(work);
            work.Start();
        }
    }

    /// <inheritdoc/>
    public void Own(int partition)
    {
        lock (_gate)
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
        PartitionWork? released;
        lock (_gate)
        {
            released = _work.FirstOrDefault(work => work.Partitions.Contains(partition));
            _work = released is null ? _work : _work.Remove(released);
        }

        if (released is not null)
        {
            await released.StopAsync();
            released.Dispose();
        }
    }

    /// <summary>Gives everything up, and takes on nothing more.</summary>
    public async Task CloseAsync()
    {
        lock (_gate)
        {
            _begin = null;
        }

        foreach (var ending in Work.Select(work => work.StopAsync()).ToArray())
        {
            await ending;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var work in Work)
        {
            work.Dispose();
        }
    }
}
