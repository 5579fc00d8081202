namespace Hub.Simulation.Core;

/// <summary>How often each thing happened; every fault must be seen to rise over a run of many seeds.</summary>
internal sealed class Counters
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Everything counted, in order of name.</summary>
    public IReadOnlyDictionary<string, long> All => _counts;

    /// <summary>Counts one.</summary>
    public void Add(string what, long number = 1) => _counts[what] = _counts.GetValueOrDefault(what) + number;

    /// <summary>Adds what another run counted.</summary>
    public void Add(Counters other)
    {
        foreach (var (what, number) in other.All)
        {
            Add(what, number);
        }
    }
}
