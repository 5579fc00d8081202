using System.Diagnostics;

namespace Hub.Bench.Load;

/// <summary>Clients that each send the next item once the last one is answered.</summary>
internal static class ClosedLoop
{
    /// <summary>Runs them for a while.</summary>
    /// <param name="clients">How many items are in flight at any time.</param>
    /// <param name="span">For how long; items under way at the end are finished and counted.</param>
    /// <param name="client">Makes a client: a function that carries out its next item.</param>
    /// <param name="commits">Reads a counter of durable commits; <c>null</c> where there is none.</param>
    public static async Task<Sample> RunAsync(int clients, TimeSpan span, Func<int, Func<Task>> client, Func<long>? commits = null)
    {
        var items = Enumerable.Range(0, clients).Select(client).ToArray();
        var before = commits?.Invoke() ?? 0;
        var meter = Meter.Start();
        var until = Stopwatch.GetTimestamp() + (long)(span.TotalSeconds * Stopwatch.Frequency);
        var loops = await Task.WhenAll(items.Select(next => Task.Run(() => LoopAsync(next, until))));
        var latencies = new Latencies();
        foreach (var (_, own) in loops)
        {
            latencies.Add(own);
        }

        return meter.Stop(loops.Sum(loop => loop.Items), (commits?.Invoke() ?? 0) - before, latencies);
    }

    private static async Task<(long Items, Latencies Latencies)> LoopAsync(Func<Task> next, long until)
    {
        var (count, latencies) = (0L, new Latencies());
        for (var start = Stopwatch.GetTimestamp(); start < until; start = Stopwatch.GetTimestamp())
        {
            await next();
            latencies.Add(Stopwatch.GetElapsedTime(start));
            count++;
        }

        return (count, latencies);
    }
}
