using Hub.Bench.Turns;

namespace Hub.Bench.Memory;

/// <summary>What an actor costs while nobody asks for it: mailbox, address, state and the ids of its commands.</summary>
internal static class MemoryBench
{
    private const int Actors = 100_000;
    private const int Turns = 2;

    // Measured for DESIGN 15: managed bytes of an idle Orleans grain.
    private const double Grain = 1_900;

    public static async Task<IReadOnlyList<Line>> RunAsync(Settings settings, IProgress<string> progress)
    {
        _ = settings;
        using var bed = new JournalBed();
        using var engine = bed.Engine(maxResident: Actors * 2);
        await WakeAsync(engine, 1_000);
        var before = Settle();
        for (var woken = 0; woken < Actors; woken += 1_000)
        {
            progress.Report($"{woken:N0} actors");
            await WakeAsync(engine, 1_000);
        }

        var each = (double)(Settle() - before) / Actors;
        await engine.StopAsync();
        return [new($"memory of an idle actor, {Actors:N0} resident", $"{each:N0} B managed", $"Orleans grain, {Grain:N0} B (DESIGN 15)", each / Grain, 0.4, AtMost: true)];
    }

    private static Task WakeAsync(Hub.Actors.Hosting.HubEngine engine, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
    {
        var key = Keys.NewKey();
        for (var i = 0; i < Turns; i++)
        {
            await TurnLoad.TurnAsync(engine.Actors, key);
        }
    }));

    private static long Settle()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
