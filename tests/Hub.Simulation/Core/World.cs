namespace Hub.Simulation.Core;

/// <summary>One simulated world: its time, everything that is ready to run, and what happens later. One thread.</summary>
internal sealed class World
{
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(70);

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<(HomeScheduler Home, Task Task)> _ready = [];
    private readonly PriorityQueue<Action, (long At, long Order)> _outside = new();
    private readonly PriorityQueue<NodeTimer, (long At, long Order)> _inside = new();
    private volatile string? _foreign;
    private long _order;
    private long _now;
    private long _lastProgress;

    /// <summary>A world that makes these choices.</summary>
    /// <param name="choices">Where every choice comes from.</param>
    /// <param name="tells">Whether its story is kept.</param>
    public World(Choices choices, bool tells)
    {
        Choices = choices;
        Story = tells ? new Story() : null;
        Home = new HomeScheduler(this, "world");
    }

    /// <summary>Where every choice comes from.</summary>
    public Choices Choices { get; }

    /// <summary>What was counted.</summary>
    public Counters Counters { get; } = new();

    /// <summary>What happened, told for people; <c>null</c> when nobody listens.</summary>
    public Story? Story { get; }

    /// <summary>Where people and parties outside the hub act: it never dies.</summary>
    public HomeScheduler Home { get; }

    /// <summary>When the world began, by a right clock.</summary>
    public static DateTimeOffset Beginning { get; } = new(2026, 3, 28, 22, 0, 0, TimeSpan.Zero);

    /// <summary>What a right clock shows.</summary>
    public DateTimeOffset Time => Beginning + Now;

    /// <summary>How long the world has lasted.</summary>
    public TimeSpan Now => new(_now);

    /// <summary>What broke a rule; the world ends there.</summary>
    public Violation? Broken { get; private set; }

    /// <summary>How many steps were taken.</summary>
    public long Steps { get; private set; }

    /// <summary>A digest of everything that happened in its order.</summary>
    public ulong Trace { get; private set; } = 14_695_981_039_346_656_037;

    /// <summary>When the hub itself has planned to do something next; time may pass at one bound until then.</summary>
    public Func<TimeSpan?> NextPlan { get; set; } = () => null;

    /// <summary>Looks at the world after each step.</summary>
    public Action AfterStep { get; set; } = () => { };

    /// <summary>Whether faults still happen.</summary>
    public bool Faulty { get; set; }

    /// <summary>A fault happens now, so often in a thousand, while faults happen at all.</summary>
    public bool Strikes(int perMille, string counter)
    {
        if (!Faulty || !Choices.Chance(Strand.Faults, perMille))
        {
            return false;
        }

        Counters.Add(counter);
        return true;
    }

    /// <summary>Something outside the hub happens after a while.</summary>
    public void After(TimeSpan delay, Action happens) => _outside.Enqueue(happens, (_now + delay.Ticks, _order++));

    /// <summary>A rule was broken.</summary>
    public void Break(int invariant, string what)
    {
        Broken ??= new Violation(invariant, what);
        Story?.Tell(Now, "invariant", $"{invariant} IS BROKEN: {what}");
    }

    /// <summary>Something of weight happened: a commit, a call, somebody's act. Time does not leap right after it.</summary>
    public void Progress() => _lastProgress = _now;

    /// <summary>Makes something part of the trace.</summary>
    public void Mark(ulong value)
    {
        unchecked
        {
            Trace = (Trace ^ value) * 1_099_511_628_211;
        }
    }

    /// <inheritdoc cref="Mark(ulong)"/>
    public void Mark(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            var trace = Trace;
            foreach (var one in bytes)
            {
                trace = (trace ^ one) * 1_099_511_628_211;
            }

            Trace = trace;
        }
    }

    /// <summary>Runs until nothing is left to happen, a rule is broken, or an end is reached.</summary>
    /// <param name="ended">Whether this phase is over.</param>
    /// <param name="steps">How many steps it may take.</param>
    /// <returns>Whether it ended by itself.</returns>
    public bool Run(Func<bool> ended, long steps)
    {
        for (var last = Steps + steps; Steps < last; Steps++)
        {
            if (_foreign is { } trace)
            {
                throw new InvalidOperationException($"A task was queued from another thread: something left the simulated scheduler.\n{trace}");
            }

            if (Broken is not null || ended())
            {
                return true;
            }

            if (_ready.Count > 0)
            {
                RunOne();
                AfterStep();
            }
            else if (!PassTime())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Queues a task of a scheduler.</summary>
    public void Ready(HomeScheduler home, Task task)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _foreign ??= Environment.StackTrace;
            return;
        }

        _ready.Add((home, task));
    }

    /// <summary>Sets a timer of a node.</summary>
    public void Set(NodeTimer timer, TimeSpan delay) => _inside.Enqueue(timer, (timer.At = _now + delay.Ticks, _order++));

    /// <summary>Takes away what a scheduler had ready.</summary>
    public List<Task> Drop(HomeScheduler home)
    {
        List<Task> dropped = [.. _ready.Where(ready => ready.Home == home).Select(ready => ready.Task)];
        _ready.RemoveAll(ready => ready.Home == home);
        return dropped;
    }

    private void RunOne()
    {
        var index = _ready.Count == 1 ? 0 : Choices.Next(Strand.Schedule, _ready.Count);
        var (home, task) = _ready[index];
        _ready.RemoveAt(index);
        Mark((ulong)index + ((ulong)_ready.Count << 16));
        home.Execute(task);
    }

    private bool PassTime()
    {
        while (_inside.TryPeek(out var timer, out var at) && !timer.Stands(at.At))
        {
            _inside.Dequeue();
        }

        var inside = _inside.TryPeek(out _, out var first) ? first.At : long.MaxValue;
        var outside = _outside.TryPeek(out _, out first) ? first.At : long.MaxValue;
        var next = Math.Min(inside, outside);
        if (next > _now)
        {
            if (next == long.MaxValue || !Leap(ref next, outside))
            {
                return false;
            }

            _now = next;
        }

        if (outside <= _now && outside <= inside)
        {
            Progress();
            _outside.Dequeue()();
            AfterStep();
        }
        else if (inside <= _now)
        {
            _inside.Dequeue().Fire();
        }

        return true;
    }

    // A hub that only looks whether there is anything to do is let sleep until there is: its timers then come late, as on a machine
    // that was suspended. When nothing is planned anywhere, it gets a while to finish what it tries again by itself; then all is over.
    private bool Leap(ref long next, long outside)
    {
        if (next - _lastProgress <= Busy.Ticks)
        {
            return true;
        }

        var plan = NextPlan()?.Ticks ?? long.MaxValue;
        var target = Math.Min(outside, plan);
        if (target == long.MaxValue)
        {
            return next - _lastProgress <= Quiet.Ticks;
        }

        next = Math.Max(next, target);
        return true;
    }
}

/// <summary>A rule that did not hold.</summary>
/// <param name="Invariant">Its number in the design.</param>
/// <param name="What">What was seen.</param>
internal sealed record Violation(int Invariant, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"invariant {Invariant}: {What}";
}
