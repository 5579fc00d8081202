namespace Hub.Sandbox.Clock;

/// <summary>A clock that can be frozen and moved on; timers follow it.</summary>
/// <remarks>
/// Only <see cref="GetUtcNow"/> and timers obey: <see cref="TimeProvider.GetTimestamp"/> stays the real monotonic clock, so that durations in
/// metrics stay true. Each timer waits on one real timer, which is set anew when time is moved; nothing polls.
/// Timers that a move makes due fire on the thread that moves, in order of their due time, then of their making.
/// </remarks>
public sealed class SandboxClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _real;
    private readonly HashSet<ClockTimer> _timers = [];
    private TimeSpan _offset;
    private DateTimeOffset? _frozenAt;
    private long _births;

    /// <summary>A clock that shows the real time until it is told otherwise.</summary>
    /// <param name="real">What drives it; the system's unless a test says otherwise.</param>
    public SandboxClock(TimeProvider? real = null) => _real = real ?? System;

    /// <summary>Raised after every freeze, move or reset, outside any lock.</summary>
    public event EventHandler? Changed;

    /// <summary>Whether it stands still.</summary>
    public bool IsFrozen
    {
        get
        {
            lock (_gate) return _frozenAt is not null;
        }
    }

    /// <summary>How far ahead of the real time it is at this moment.</summary>
    public TimeSpan Offset
    {
        get
        {
            lock (_gate) return Now() - _real.GetUtcNow();
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return Now();
    }

    /// <summary>Stands still from now on. Does nothing when it already does.</summary>
    public void Freeze() => Change(() => _frozenAt ??= Now());

    /// <summary>Runs on from where it stood. Does nothing when it runs.</summary>
    public void Unfreeze() => Change(() =>
    {
        if (_frozenAt is { } at) _offset = at - _real.GetUtcNow();
        _frozenAt = null;
    });

    /// <summary>Moves on, whether it runs or stands.</summary>
    /// <param name="by">Zero or more; at most ten years. Time that has been seen never comes back, except by <see cref="Reset"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Backwards, or too far.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(by, TimeSpan.FromDays(3653));
        Change(() =>
        {
            if (_frozenAt is { } at) _frozenAt = at + by;
            else _offset += by;
        });
    }

    /// <summary>Shows the real time again, and runs.</summary>
    public void Reset() => Change(() =>
    {
        _frozenAt = null;
        _offset = TimeSpan.Zero;
    });

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        lock (_gate)
        {
            var timer = new ClockTimer(this, callback, state, _births++);
            timer.Change(dueTime, period);
            return timer;
        }
    }

    private DateTimeOffset Now() => _frozenAt ?? _real.GetUtcNow() + _offset;

    private void Change(Action change)
    {
        List<ClockTimer> due;
        lock (_gate)
        {
            change();
            due = TakeDue();
            foreach (var timer in _timers) timer.Arm();
        }

        foreach (var timer in due) timer.Fire();
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>What is due now, in order; each is given its next time or rests.</summary>
    private List<ClockTimer> TakeDue()
    {
        var now = Now();
        List<ClockTimer> due = [.. _timers.Where(t => t.Due <= now).OrderBy(t => t.Due).ThenBy(t => t.Birth)];
        foreach (var timer in due) timer.Step(now);
        return due;
    }

    private sealed class ClockTimer(SandboxClock clock, TimerCallback callback, object? state, long birth) : ITimer
    {
        /// <summary>The longest that a real timer can be set for.</summary>
        private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 2);

        private ITimer? _wait;
        private TimeSpan _period;
        private bool _disposed;

        internal long Birth { get; } = birth;

        internal DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                if (_disposed) return false;
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.Now() + dueTime;
                if (Due is null) clock._timers.Remove(this);
                else clock._timers.Add(this);
                Arm();
                return true;
            }
        }

        /// <summary>Sets the real timer for what is left; none while the clock stands still and something is left.</summary>
        internal void Arm()
        {
            var left = Due - clock.Now();
            if (left is null || (clock._frozenAt is not null && left > TimeSpan.Zero))
            {
                _wait?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return;
            }

            _wait ??= clock._real.CreateTimer(static t => ((ClockTimer)t!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            var wait = left.Value < TimeSpan.Zero ? TimeSpan.Zero : left.Value > Longest ? Longest : left.Value;
            _wait.Change(wait, Timeout.InfiniteTimeSpan);
        }

        internal void Step(DateTimeOffset now)
        {
            Due = _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? null : now + _period;
            if (Due is null) clock._timers.Remove(this);
        }

        internal void Fire() => callback(state);

        private void Wake()
        {
            lock (clock._gate)
            {
                if (_disposed || Due is null) return;
                var now = clock.Now();
                // A real timer may be early by a tick, and one may wake just as the clock was frozen.
                if (Due > now)
                {
                    Arm();
                    return;
                }

                Step(now);
                Arm();
            }

            Fire();
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                _disposed = true;
                Due = null;
                clock._timers.Remove(this);
                _wait?.Dispose();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
