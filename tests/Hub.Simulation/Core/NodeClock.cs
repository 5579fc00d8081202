namespace Hub.Simulation.Core;

/// <summary>A process's clock: the wall clock may be wrong and may jump; the monotonic one only goes on.</summary>
internal sealed class NodeClock(World world, HomeScheduler home) : TimeProvider
{
    /// <summary>How far the wall clock is off.</summary>
    public TimeSpan Error { get; set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => world.Time + Error;

    /// <inheritdoc/>
    public override long GetTimestamp() => world.Now.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new NodeTimer(world, home, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

/// <summary>A timer of a process. Its callback runs as a task there.</summary>
internal sealed class NodeTimer(World world, HomeScheduler home, TimerCallback callback, object? state) : ITimer
{
    private static readonly Action<object?> Call = timer => ((NodeTimer)timer!).Run();

    private TimeSpan _period;
    private bool _set;

    /// <summary>When it fires, in ticks of the world.</summary>
    public long At { get; set; }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        _set = dueTime != Timeout.InfiniteTimeSpan;
        if (_set)
        {
            world.Set(this, dueTime);
        }

        return true;
    }

    /// <summary>Whether it is still to fire at that time, and its process lives.</summary>
    public bool Stands(long at) => _set && At == at && home.Alive;

    /// <summary>It is time.</summary>
    public void Fire()
    {
        _set = false;
        if (_period > TimeSpan.Zero)
        {
            Change(_period, _period);
        }

        Task.Factory.StartNew(Call, this, CancellationToken.None, TaskCreationOptions.None, home);
    }

    /// <inheritdoc/>
    public void Dispose() => _set = false;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _set = false;
        return ValueTask.CompletedTask;
    }

    private void Run() => callback(state);
}
