namespace Hub.Bench.Load;

/// <summary>What one stretch of load came to.</summary>
/// <param name="Items">How many were finished.</param>
/// <param name="Elapsed">Over how long, on the wall.</param>
/// <param name="Cpu">Processor time of the whole process: the load itself is in it.</param>
/// <param name="Allocated">Bytes allocated by the whole process.</param>
/// <param name="Collections">Garbage collections of any generation.</param>
/// <param name="Commits">Durable commits; 0 where nobody counts them.</param>
/// <param name="Latencies">Each item's time from start to answer; empty where it was not taken.</param>
internal sealed record Sample(long Items, TimeSpan Elapsed, TimeSpan Cpu, long Allocated, int Collections, long Commits, Latencies Latencies)
{
    public double PerSecond => Items / Elapsed.TotalSeconds;

    public double CpuMicroseconds => Cpu.TotalMicroseconds / Math.Max(1, Items);

    public double BytesPerItem => (double)Allocated / Math.Max(1, Items);
}

/// <summary>A histogram of times, about 3 % wide per bucket, from 1 µs to an hour.</summary>
internal sealed class Latencies
{
    private const int Fine = 32;

    private readonly int[] _counts = new int[Fine * 33];

    /// <summary>Counts one time.</summary>
    public void Add(TimeSpan taken)
    {
        var micros = Math.Max(1, taken.TotalMicroseconds);
        var bucket = (int)(Math.Log2(micros) * Fine);
        _counts[Math.Min(bucket, _counts.Length - 1)]++;
    }

    /// <summary>Adds what another one counted.</summary>
    public void Add(Latencies other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>The time that this share of the items stayed below; 0 when there are none.</summary>
    /// <param name="share">0 to 1.</param>
    public TimeSpan Percentile(double share)
    {
        var left = _counts.Sum() * share;
        for (var i = 0; i < _counts.Length; i++)
        {
            left -= _counts[i];
            if (_counts[i] > 0 && left <= 0)
            {
                return TimeSpan.FromMicroseconds(Math.Pow(2, (i + 1.0) / Fine));
            }
        }

        return TimeSpan.Zero;
    }
}
