namespace Hub.Simulation.Core;

/// <summary>The task scheduler of one process of the simulated world. When it dies, all it had ready is gone.</summary>
internal sealed class HomeScheduler(World world, string name, Func<TimeSpan>? slowness = null) : TaskScheduler
{
    private readonly List<Task> _held = [];
    private bool _still;

    /// <summary>Whether its process lives.</summary>
    public bool Alive { get; private set; } = true;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Ends the process.</summary>
    public void Die()
    {
        Alive = false;
        world.Drop(this);
    }

    /// <summary>Stands still for a while, as on a machine that was suspended, and then goes on where it was.</summary>
    public void StandStill(TimeSpan time)
    {
        _still = true;
        _held.AddRange(world.Drop(this));
        world.After(time, GoOn);
    }

    /// <summary>Starts something here.</summary>
    public Task<T> Start<T>(Func<Task<T>> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <inheritdoc cref="Start{T}"/>
    public Task Start(Func<Task> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <inheritdoc/>
    public override string ToString() => name;

    /// <summary>Runs one of its tasks.</summary>
    internal void Execute(Task task) => TryExecuteTask(task);

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        if (!Alive)
        {
            return;
        }

        if (slowness?.Invoke() is { Ticks: > 0 } delay)
        {
            world.After(delay, () => QueueNow(task));
            return;
        }

        QueueNow(task);
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        // As on the thread pool: what continues a task that ended here goes on at once, unless it asked not to.
        !taskWasPreviouslyQueued && Alive && !_still && Current == this && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private void QueueNow(Task task)
    {
        if (!Alive)
        {
            return;
        }

        if (_still)
        {
            _held.Add(task);
        }
        else
        {
            world.Ready(this, task);
        }
    }

    private void GoOn()
    {
        _still = false;
        _held.ForEach(QueueNow);
        _held.Clear();
    }
}
