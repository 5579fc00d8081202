using Hub.Actors.Journal;
using Hub.Bench.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Bench.Turns;

/// <summary>Whether appending stays quick as the journal grows: a large journal against one with a tenth of its events.</summary>
internal static class GrowthBench
{
    private const int Clients = 256;
    private const string Large = "large";
    private const string Small = "small";

    public static async Task<IReadOnlyList<Line>> RunAsync(Settings settings, IProgress<string> progress)
    {
        using var meters = new System.Diagnostics.Metrics.Meter("bench");
        using JournalBed large = new(), small = new();
        Fill(large, settings.Events, progress);
        Fill(small, settings.Events / 10, progress);
        GroupCommitter inLarge = Committer(large), inSmall = Committer(small);
        var results = await new Contest()
            .Add(Large, span => TurnLoad.AppendsAsync(inLarge, large.Store, Clients, span))
            .Add(Small, span => TurnLoad.AppendsAsync(inSmall, small.Store, Clients, span))
            .RunAsync(settings.Rounds, settings.Span, progress);
        await inLarge.StopAsync();
        await inSmall.StopAsync();
        return
        [
            new($"append at {settings.Events:N0} stored events", results.Words(Large), $"at {settings.Events / 10:N0}: {results.Words(Small)}", results.Ratio(Large, Small), 0.8),
        ];

        GroupCommitter Committer(JournalBed bed) => new(bed.Store, bed.Writer, (_, _) => { }, meters, NullLogger<GroupCommitter>.Instance);
    }

    private static void Fill(JournalBed bed, int events, IProgress<string> progress)
    {
        var write = TurnLoad.Event;
        var hash = new byte[32];
        var batch = new List<JournalWrite>(GroupCommitter.MaxBatch);
        for (var written = 0; written < events; written += Tally.EventsPerStream)
        {
            batch.Add(new JournalWrite.Append(
                "tally/" + Keys.NewKey(), 0, 0, Enumerable.Repeat(write, Tally.EventsPerStream).ToArray(), Keys.NewCommand(), hash, DateTimeOffset.UnixEpoch));
            if (batch.Count == GroupCommitter.MaxBatch / Tally.EventsPerStream || written + Tally.EventsPerStream >= events)
            {
                bed.Store.Write(batch);
                bed.Store.Maintain();
                batch.Clear();
                progress.Report($"{written:N0} of {events:N0} events stored");
            }
        }
    }
}
