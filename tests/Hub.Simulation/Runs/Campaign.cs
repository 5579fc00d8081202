using System.Diagnostics;
using Hub.Simulation.Core;

namespace Hub.Simulation.Runs;

/// <summary>Many seeds, each run twice, on as many threads as are given; ends at the first failure.</summary>
internal sealed class Campaign(Setup setup, ulong first, long most, TimeSpan? atMost, int threads)
{
    private readonly Lock _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _taken;

    /// <summary>Everything counted so far.</summary>
    public Counters Counters { get; } = new();

    /// <summary>How many seeds are finished.</summary>
    public long Finished { get; private set; }

    /// <summary>Every seed below this one is finished.</summary>
    public ulong Next => first + (ulong)Finished;

    /// <summary>The seed that failed, and how; <c>null</c> while none has.</summary>
    public (ulong Seed, Outcome Outcome)? Failed { get; private set; }

    /// <summary>Seeds a minute so far.</summary>
    public double Pace => Finished / _clock.Elapsed.TotalMinutes;

    /// <summary>Hears of every finished seed.</summary>
    public Action Told { get; set; } = () => { };

    /// <summary>Runs them.</summary>
    public void Run()
    {
        List<Thread> workers = [.. Enumerable.Range(0, threads).Select(number => new Thread(() => Work(number), 16 * 1024 * 1024))];
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
    }

    private void Work(int number)
    {
        var own = setup with { Folder = Path.Combine(setup.Folder, $"{number}") };
        while (Take() is { } seed)
        {
            var outcome = RunTwice(seed, own);
            lock (_gate)
            {
                Finished++;
                Counters.Add(outcome.Counters);
                Counters.Add("steps", outcome.Steps);
                if (outcome.Broken is not null && (Failed is null || seed < Failed.Value.Seed))
                {
                    Failed = (seed, outcome);
                }

                Told();
            }
        }
    }

    private ulong? Take()
    {
        lock (_gate)
        {
            return Failed is not null || _taken >= most || _clock.Elapsed > atMost ? null : first + (ulong)_taken++;
        }
    }

    private static Outcome RunTwice(ulong seed, Setup setup)
    {
        var outcome = Simulation.Run(Choices.FromSeed(seed), setup);
        var again = Simulation.Run(Choices.FromSeed(seed), setup);
        return outcome.Trace == again.Trace && outcome.Steps == again.Steps
            ? outcome
            : outcome with { Broken = new Violation(0, $"the second run took another way: {outcome.Steps} and {again.Steps} steps") };
    }
}
