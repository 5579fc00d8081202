using Hub.Simulation.Core;

namespace Hub.Simulation.Node;

/// <summary>The processes of the hub: one, or two that share the journal. The dead are started again.</summary>
internal sealed class Cluster
{
    private static readonly TimeSpan[] Restarts = [TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(40), TimeSpan.FromHours(3)];
    private static readonly TimeSpan[] Stills = [TimeSpan.FromMilliseconds(700), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(40), TimeSpan.FromMinutes(7)];
    private static readonly TimeSpan[] Jumps =
        [TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromSeconds(-10), TimeSpan.FromSeconds(40), TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(-6)];

    private readonly Surroundings _around;
    private readonly World _world;
    private readonly string _folder;
    private readonly SimNode?[] _nodes;
    private readonly Ownership? _ownership;
    private long _nextTrouble = long.MaxValue;

    /// <summary>Makes the processes; views go to a folder.</summary>
    public Cluster(Surroundings around, string folder)
    {
        (_around, _world, _folder) = (around, around.World, folder);
        _nodes = new SimNode?[around.Mix.Nodes];
        _ownership = around.Mix.Shares ? new Ownership(_world, _nodes) : null;
        _world.NextPlan = NextPlan;
    }

    /// <summary>The processes that take requests.</summary>
    public IEnumerable<SimNode> Up => _nodes.OfType<SimNode>().Where(node => node.IsUp);

    /// <summary>Hears of every death.</summary>
    public Action OnDeath { get; set; } = () => { };

    /// <summary>Starts every process.</summary>
    public void Start()
    {
        for (var place = 0; place < _nodes.Length; place++)
        {
            StartAt(place);
        }

        PlanTrouble();
    }

    /// <summary>Sets every clock right, and lets nothing else go wrong.</summary>
    public void Calm()
    {
        foreach (var node in _nodes.OfType<SimNode>())
        {
            node.Clock.Error = TimeSpan.Zero;
        }
    }

    /// <summary>The world ends: no process outlives it.</summary>
    public void Bury()
    {
        foreach (var node in _nodes.OfType<SimNode>())
        {
            node.Died = _ => { };
            node.Die("the world ends");
            node.Engine.Dispose();
        }
    }

    /// <summary>Something befalls a process at this step, if it was planned.</summary>
    public void Step()
    {
        if (_world.Steps < _nextTrouble || !_world.Faulty)
        {
            return;
        }

        PlanTrouble();
        var place = _world.Choices.Next(Strand.Faults, _nodes.Length);
        if (_nodes[place] is { Alive: true } node)
        {
            Trouble(node, place);
        }
    }

    /// <summary>A request to any process; it may be lost on its way, or its answer.</summary>
    public async Task<Answer> CallAsync(Func<Front, Task<Answer>> request)
    {
        await Travel();
        List<SimNode> up = [.. Up];
        if (up.Count == 0)
        {
            return Answer.Broken;
        }

        var node = up.Count == 1 ? up[0] : up[_world.Choices.Next(Strand.Schedule, up.Count)];
        if (_world.Strikes(_around.Mix.Network / 5, "client: request lost"))
        {
            return Answer.Broken;
        }

        var answer = await node.CallAsync(request);
        await Travel();
        return _world.Strikes(_around.Mix.Network / 5, "client: answer lost") ? Answer.Broken : answer;
    }

    /// <summary>The same request under the same key until it is answered, or somebody loses patience.</summary>
    /// <returns>The answer, or <see cref="Answer.Broken"/>.</returns>
    public async Task<Answer> InsistAsync(Func<Front, Task<Answer>> request, int tries = 12)
    {
        var pause = TimeSpan.FromSeconds(1);
        for (var i = 0; i < tries; i++, pause *= 2)
        {
            var answer = await CallAsync(request);
            if (!answer.Passing)
            {
                return answer;
            }

            await Pause(pause);
        }

        return Answer.Broken;
    }

    /// <summary>Time passes, outside the hub.</summary>
    public Task Pause(TimeSpan time)
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.After(time, passed.SetResult);
        return passed.Task;
    }

    private Task Travel() => Pause(TimeSpan.FromMilliseconds(1 + _world.Choices.Next(Strand.Parties, 20)));

    private void StartAt(int place)
    {
        var error = _world.Strikes(_around.Mix.ClockJumps * 20, "a wrong clock at start") ? _world.Choices.Pick(Strand.Faults, Jumps) : TimeSpan.Zero;
        var node = new SimNode(_around, $"hub {place + 1}", error, Path.Combine(_folder, $"{place}")) { Died = _ => Buried(place), Started = () => _ownership?.Changed() };
        _nodes[place] = node;
        _world.Story?.Tell(_world.Now, node.Name, "starts");
        node.Start();
    }

    private void Buried(int place)
    {
        _nodes[place] = null;
        _ownership?.Changed();
        OnDeath();
        var after = _world.Faulty ? _world.Choices.Pick(Strand.Faults, Restarts) : Restarts[0];
        _world.After(after, () => StartAt(place));
    }

    private void Trouble(SimNode node, int place)
    {
        var mix = _around.Mix;
        var which = _world.Choices.Next(Strand.Faults, Math.Max(1, mix.DeathAnywhere + mix.ClockJumps + mix.Pauses));
        if (which < mix.DeathAnywhere)
        {
            _world.Counters.Add("death at any step");
            node.Die("is killed");
        }
        else if (which < mix.DeathAnywhere + mix.ClockJumps)
        {
            node.Clock.Error = _world.Choices.Pick(Strand.Faults, Jumps);
            _world.Counters.Add("a clock jumped");
            _world.Story?.Tell(_world.Now, node.Name, $"its clock is {node.Clock.Error} off now");
        }
        else if (which < mix.DeathAnywhere + mix.ClockJumps + mix.Pauses)
        {
            var time = _world.Choices.Pick(Strand.Faults, Stills);
            _world.Counters.Add("a process stood still");
            _world.Story?.Tell(_world.Now, node.Name, $"stands still for {time}");
            node.StandStill(time);
            _ownership?.Doubt(place, time);
        }
    }

    private void PlanTrouble()
    {
        var mix = _around.Mix;
        var rate = mix.DeathAnywhere + mix.ClockJumps + mix.Pauses;
        _nextTrouble = rate == 0 ? long.MaxValue : _world.Steps + (100_000 / rate) - _world.Choices.Next(Strand.Faults, 100_000 / rate);
    }

    private TimeSpan? NextPlan()
    {
        TimeSpan? next = null;
        foreach (var node in Up)
        {
            var wall = node.Clock.GetUtcNow();
            if (_around.Disk.Tables.NextTimer(wall) is { } due && (next is null || _world.Now + (due - wall) < next))
            {
                next = _world.Now + (due - wall);
            }
        }

        return next;
    }
}
