namespace Hub.Actors.Feed;

/// <summary>Those who wait until a reader of the feed has reached a position.</summary>
internal sealed class PositionWaiters
{
    private readonly Lock _gate = new();
    private readonly List<(long Position, TaskCompletionSource Reached)> _waiting = [];

    /// <summary>Whether nobody waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count == 0;
            }
        }
    }

    /// <summary>Waits. The caller then announces where the reader is, so that no step in between is missed.</summary>
    public Task Add(long position)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((position, reached));
        }

        return reached.Task;
    }

    /// <summary>Lets go whoever waits for this position or an earlier one.</summary>
    public void Announce(long position)
    {
        lock (_gate)
        {
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].Position <= position)
                {
                    _waiting[i].Reached.SetResult();
                    _waiting.RemoveAt(i);
                }
            }
        }
    }
}
