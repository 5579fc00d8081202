namespace Hub.Bench.Load;

/// <summary>Measures several things in turns, A B C A B C …, so that a busy neighbour slows all of them alike.</summary>
internal sealed class Contest
{
    private readonly List<(string Name, Func<TimeSpan, Task<Sample>> Run)> _contenders = [];

    /// <summary>Enters something to measure.</summary>
    public Contest Add(string name, Func<TimeSpan, Task<Sample>> run)
    {
        _contenders.Add((name, run));
        return this;
    }

    /// <summary>Runs everything once to warm up, then in rounds.</summary>
    /// <param name="rounds">At least 1.</param>
    /// <param name="each">How long each one runs in a round.</param>
    /// <param name="progress">Hears of every run.</param>
    public async Task<Results> RunAsync(int rounds, TimeSpan each, IProgress<string> progress)
    {
        var samples = _contenders.ToDictionary(one => one.Name, _ => new List<Sample>());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (name, run) in _contenders)
            {
                progress.Report(round == 0 ? $"{name}: warming up" : $"{name}: round {round} of {rounds}");
                var sample = await run(round == 0 ? TimeSpan.FromSeconds(Math.Min(1, each.TotalSeconds)) : each);
                if (round > 0)
                {
                    samples[name].Add(sample);
                }
            }
        }

        return new Results(samples);
    }

    /// <summary>What every round of every contender came to.</summary>
    internal sealed class Results(IReadOnlyDictionary<string, List<Sample>> samples)
    {
        /// <summary>The median of something over the rounds.</summary>
        public double Median(string name, Func<Sample, double> of) => Middle(samples[name].Select(of));

        /// <summary>The median over the rounds of one contender's rate divided by another's in the same round.</summary>
        public double Ratio(string name, string against) =>
            Middle(samples[name].Zip(samples[against], (one, other) => one.PerSecond / other.PerSecond));

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
