using System.Diagnostics;

namespace Hub.Bench.Load;

/// <summary>Takes the time, the processor time and the allocations of a stretch of work.</summary>
internal sealed class Meter
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpu = Cpu();
    private readonly long _allocated = GC.GetTotalAllocatedBytes();
    private readonly int _collections = GC.CollectionCount(0);

    private Meter()
    {
    }

    /// <summary>Starts after a full collection, so that nobody pays for what came before.</summary>
    public static Meter Start()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return new Meter();
    }

    /// <summary>Ends.</summary>
    public Sample Stop(long items, long commits, Latencies latencies) => new(
        items, Stopwatch.GetElapsedTime(_start), Cpu() - _cpu, GC.GetTotalAllocatedBytes() - _allocated,
        GC.CollectionCount(0) - _collections, commits, latencies);

    private static TimeSpan Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
