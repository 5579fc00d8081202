using System.Diagnostics.Metrics;
using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Bench.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Bench.Turns;

/// <summary>Durable turns, against the bare committer and against raw inserts.</summary>
internal static class TurnBench
{
    private const string Turns = "turns";
    private const string Views = "turns, views following";
    private const string Bare = "bare committer";
    private const string Raw = "raw inserts";
    private const string Slow = "turns, commits 2 ms slower";

    public static async Task<IReadOnlyList<Line>> RunAsync(Settings settings, IProgress<string> progress)
    {
        var lines = new List<Line>();
        foreach (var clients in (int[])[256, 1_024])
        {
            lines.AddRange(await CompareAsync(clients, settings, progress));
        }

        lines.Add(await PacedAsync(settings, progress));
        return lines;
    }

    private static async Task<IReadOnlyList<Line>> CompareAsync(int clients, Settings settings, IProgress<string> progress)
    {
        using var meters = new System.Diagnostics.Metrics.Meter("bench");
        using JournalBed turnBed = new(), viewBed = new(), bareBed = new(), slowBed = new(TimeSpan.FromMilliseconds(2));
        using HubEngine turns = turnBed.Engine(), views = viewBed.Engine(), slow = slowBed.Engine();
        using var raw = new RawInserts();
        var bare = new GroupCommitter(bareBed.Store, bareBed.Writer, (_, _) => { }, meters, NullLogger<GroupCommitter>.Instance);
        await views.StartAsync([], CancellationToken.None);
        var contest = new Contest()
            .Add(Turns, span => TurnLoad.TurnsAsync(turns, turnBed.Store, clients, span))
            .Add(Bare, span => TurnLoad.AppendsAsync(bare, bareBed.Store, clients, span))
            .Add(Raw, span => raw.RunAsync(clients, span))
            .Add(Views, async span =>
            {
                var sample = await TurnLoad.TurnsAsync(views, viewBed.Store, clients, span);
                await views.Views.CaughtUpAsync(views.Feed.Head, CancellationToken.None);
                return sample;
            });
        if (clients == 256)
        {
            contest.Add(Slow, span => TurnLoad.TurnsAsync(slow, slowBed.Store, clients, span));
        }

        var results = await contest.RunAsync(settings.Rounds, settings.Span, progress);
        await StopAsync(turns, views, slow);
        await bare.StopAsync();
        return Lines(clients, results);
    }

    private static List<Line> Lines(int clients, Contest.Results results)
    {
        var flight = $", {clients:N0} in flight";
        var lines = new List<Line>
        {
            new("durable turns" + flight, results.Words(Turns), $"bare committer {results.Words(Bare)}", results.Ratio(Turns, Bare), 0.6),
            new("durable turns" + flight, $"{Latency(results, Turns)}; {PerCommit(results, Turns):N0} a commit", $"raw inserts {results.Words(Raw)}", results.Ratio(Turns, Raw)),
            new("bare committer" + flight, $"{Latency(results, Bare)}; {PerCommit(results, Bare):N0} a commit", "raw inserts", results.Ratio(Bare, Raw)),
            new("processor time" + flight, $"turn {results.Median(Turns, one => one.CpuMicroseconds):N1} µs", $"bare committer {results.Median(Bare, one => one.CpuMicroseconds):N1} µs", results.CpuRatio(Bare, Turns)),
            new(Views + flight, results.Words(Views), "turns without views", results.Ratio(Views, Turns)),
        };
        if (clients == 256)
        {
            lines.Add(new(Slow + flight, $"{results.Words(Slow)}; {PerCommit(results, Slow):N0} a commit", "turns", results.Ratio(Slow, Turns), 0.6));
        }

        return lines;
    }

    private static async Task<Line> PacedAsync(Settings settings, IProgress<string> progress)
    {
        using var bed = new JournalBed();
        using var engine = bed.Engine();
        var contest = new Contest().Add(Turns, span => TurnLoad.PacedAsync(engine, bed.Store, 20_000, span));
        var results = await contest.RunAsync(settings.Rounds, settings.Span, progress);
        await StopAsync(engine);
        var p99 = results.Median(Turns, one => one.Latencies.Percentile(0.99).TotalMilliseconds);
        return new Line(
            "p99 of a durable turn, open loop at 20,000/s", $"{p99:N1} ms; p50 {results.Median(Turns, one => one.Latencies.Percentile(0.5).TotalMilliseconds):N1} ms", "ms", p99, 10, AtMost: true);
    }

    private static string Latency(Contest.Results results, string name) =>
        $"p50 {results.Median(name, one => one.Latencies.Percentile(0.5).TotalMilliseconds):N1} ms, p99 {results.Median(name, one => one.Latencies.Percentile(0.99).TotalMilliseconds):N1} ms";

    private static double PerCommit(Contest.Results results, string name) => results.Median(name, one => (double)one.Items / Math.Max(1, one.Commits));

    private static async Task StopAsync(params HubEngine[] engines)
    {
        foreach (var engine in engines)
        {
            await engine.StopAsync();
        }
    }
}
