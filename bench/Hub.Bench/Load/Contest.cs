using System.Runtime;

namespace Hub.Bench.Load;

/// <summary>Measures several things in turns, A B C A B C …, so that a busy neighbour slows all of them alike.</summary>
internal sealed class Contest
{
    private const int MostWarmUps = 6;
    private const double Settled = 0.04;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private readonly List<(string Name, Func<TimeSpan, Task<Sample>> Run)> _contenders = [];

    /// <summary>Enters something to measure.</summary>
    public Contest Add(string name, Func<TimeSpan, Task<Sample>> run)
    {
        _contenders.Add((name, run));
        return this;
    }

    /// <summary>Warms everything up, then runs it in rounds.</summary>
    /// <param name="rounds">At least 1.</param>
    /// <param name="each">How long each one runs in a round.</param>
    /// <param name="progress">Hears of every run.</param>
    public async Task<Results> RunAsync(int rounds, TimeSpan each, IProgress<string> progress)
    {
        foreach (var (name, run) in _contenders)
        {
            await WarmAsync(name, run, progress);
        }

        var samples = _contenders.ToDictionary(one => one.Name, _ => new List<Sample>());
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var (name, run) in _contenders)
            {
                progress.Report($"{name}: round {round} of {rounds}");
                samples[name].Add(await run(each));
            }
        }

        return new Results(samples);
    }

    // A hub runs for weeks; what its first seconds cost, while methods are compiled and compiled again, says nothing about it.
    private static async Task WarmAsync(string name, Func<TimeSpan, Task<Sample>> run, IProgress<string> progress)
    {
        for (var i = 1; i <= MostWarmUps; i++)
        {
            progress.Report($"{name}: warming up, {i}");
            var before = JitInfo.GetCompilationTime();
            var sample = await run(WarmUp);
            if ((JitInfo.GetCompilationTime() - before) / sample.Cpu < Settled)
            {
                return;
            }
        }
    }

    /// <summary>What every round of every contender came to.</summary>
    internal sealed class Results(IReadOnlyDictionary<string, List<Sample>> samples)
    {
        /// <summary>The median of something over the rounds.</summary>
        public double Median(string name, Func<Sample, double> of) => Middle(samples[name].Select(of));

        /// <summary>The median over the rounds of one contender's rate divided by another's in the same round.</summary>
        public double Ratio(string name, string against) =>
            Middle(samples[name].Zip(samples[against], (one, other) => one.PerSecond / other.PerSecond));

        /// <summary>The same for processor time an item: what the ratio of rates comes down to where the processors are the bottleneck.</summary>
        public double CpuRatio(string name, string against) =>
            Middle(samples[name].Zip(samples[against], (one, other) => one.CpuMicroseconds / other.CpuMicroseconds));

        /// <summary>A rate with what it cost, in words.</summary>
        public string Words(string name) =>
            $"{Median(name, one => one.PerSecond):N0}/s, {Median(name, one => one.CpuMicroseconds):N1} µs CPU, {Median(name, one => one.BytesPerItem):N0} B";

        private static double Middle(IEnumerable<double> values)
        {
            var sorted = values.Order().ToArray();
            return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
        }
    }
}
