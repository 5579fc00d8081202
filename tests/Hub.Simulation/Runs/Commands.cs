using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hub.Simulation.Bugs;
using Hub.Simulation.Core;

namespace Hub.Simulation.Runs;

/// <summary>The commands, as a person uses them.</summary>
internal sealed class Commands(Arguments asked, TextWriter to)
{
    private const int PlantedWithin = 500;
    private const int ShrinkRuns = 400;

    private readonly string _folder = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"hub-simulation-{Environment.ProcessId}");

    private readonly Stopwatch _shown = Stopwatch.StartNew();

    private Setup Setup => new(asked.Journeys, asked.Bug, _folder);

    /// <summary>Where failures that were mended are kept.</summary>
    private static string Failures => Path.Combine(AppContext.BaseDirectory, "Failures");

    /// <summary>Does what is asked.</summary>
    /// <returns>The exit code: 0 when all is well.</returns>
    public int Run()
    {
        try
        {
            return asked switch
            {
                { Seed: { } seed } => Tell(Choices.FromSeed(seed), Setup),
                { Replay: { } path } => Replay(Failure.Read(path)),
                { Stored: true } => RunStored(),
                { Planted: true } => Enum.GetValues<PlantedBug>().Where(bug => bug != PlantedBug.None).Count(bug => !Finds(bug)),
                { Bug: not PlantedBug.None } => Finds(asked.Bug) ? 0 : 1,
                _ => RunSeeds(),
            };
        }
        finally
        {
            if (Directory.Exists(_folder))
            {
                Directory.Delete(_folder, recursive: true);
            }
        }
    }

    private int RunSeeds()
    {
        var before = Progress.Read(asked.Resume);
        var from = before?.Next ?? asked.From;
        var most = (asked.Seeds ?? (asked.Minutes is null ? 1_000 : long.MaxValue)) - (long)(from - asked.From);
        var campaign = new Campaign(Setup, from, most, asked.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null, asked.Threads);
        campaign.Told = () => Show(campaign, before?.Finished ?? 0);
        campaign.Run();
        new Progress(campaign.Next, (before?.Finished ?? 0) + campaign.Finished).Write(asked.Resume);
        to.WriteLine();
        if (campaign.Failed is { } failed)
        {
            return Explain(failed.Seed, failed.Outcome);
        }

        to.WriteLine($"{Number(campaign.Finished)} seeds of {asked.Journeys} journeys, each run twice, {Number((long)campaign.Pace)} a minute: every invariant held.");
        Figure("simulated seeds", campaign.Finished);
        ShowCounters(campaign.Counters);
        return 0;
    }

    private void Show(Campaign campaign, long before)
    {
        if (_shown.Elapsed < (Console.IsOutputRedirected ? TimeSpan.FromSeconds(15) : TimeSpan.FromMilliseconds(200)))
        {
            return;
        }

        _shown.Restart();

        var line = $"{Number(before + campaign.Finished)} seeds, {Number((long)campaign.Pace)} a minute, {Number(campaign.Counters.All.GetValueOrDefault("steps"))} steps";
        to.Write(Console.IsOutputRedirected ? $"{line}\n" : $"\r{line,-78}");
        new Progress(campaign.Next, before + campaign.Finished).Write(asked.Resume);
    }

    private void ShowCounters(Counters counters)
    {
        to.WriteLine("Seen:");
        foreach (var (what, number) in counters.All)
        {
            to.WriteLine($"{Number(number),14}  {what}");
            Figure($"simulated: {what}", number);
        }
    }

    // A seed is worth nothing once the code has changed: what is kept is the smallest list of choices that fails.
    private int Explain(ulong seed, Outcome outcome)
    {
        var broken = outcome.Broken!;
        to.WriteLine($"Seed {seed} broke {broken}");
        if (broken.Invariant == 0 && broken.What.StartsWith("the second run", StringComparison.Ordinal))
        {
            return 1;
        }

        var shrinker = new Shrinker(Setup, broken.Invariant, ShrinkRuns) { Told = (runs, left) => to.Write($"\rshrinking: {runs} runs, {left} choices left   ") };
        var small = shrinker.Shrink(outcome.Made);
        var path = Path.Combine(Path.GetTempPath(), $"simulation-{seed}.json");
        Failure.Of(broken, asked.Journeys, small).Write(path);
        to.WriteLine();
        Tell(Choices.Replay(small), Setup);
        to.WriteLine($"Replay: dotnet run --project tests/Hub.Simulation -c Release -- --replay {path}");
        return 1;
    }

    private int Replay(Failure failure) => Tell(Choices.Replay(failure.Unpacked()), Setup with { Journeys = failure.Journeys });

    private int Tell(Choices choices, Setup setup)
    {
        var outcome = Simulation.Run(choices, setup, tells: true);
        outcome.Story!.Write(to);
        to.WriteLine(outcome.Broken is null ? "Every invariant held." : $"Broken: {outcome.Broken}");
        return outcome.Broken is null ? 0 : 1;
    }

    private int RunStored()
    {
        var (failed, count) = (0, 0);
        foreach (var path in StoredFailures())
        {
            var failure = Failure.Read(path);
            var outcome = Simulation.Run(Choices.Replay(failure.Unpacked()), Setup with { Journeys = failure.Journeys });
            count++;
            if (outcome.Broken is not null)
            {
                failed++;
                to.WriteLine($"{Path.GetFileName(path)} fails again: {outcome.Broken}");
            }
        }

        to.WriteLine($"{count} stored failures replayed, {failed} failed.");
        Figure("stored failures replayed", count);
        return failed;
    }

    private static IEnumerable<string> StoredFailures() =>
        Directory.Exists(Failures) ? Directory.GetFiles(Failures, "*.json").Order(StringComparer.Ordinal) : [];

    private bool Finds(PlantedBug bug)
    {
        var campaign = new Campaign(Setup with { Bug = bug }, asked.From, asked.Seeds ?? PlantedWithin, null, asked.Threads);
        campaign.Run();
        to.WriteLine(campaign.Failed is { } found
            ? $"{bug}: found after {campaign.Finished} seeds ({found.Outcome.Broken})"
            : $"{bug}: NOT FOUND in {campaign.Finished} seeds");
        Figure($"planted bug {bug} found after seeds", campaign.Failed is null ? -1 : campaign.Finished);
        return campaign.Failed is not null;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // For whoever runs all of the tests and prints what they came to.
    private static void Figure(string what, long number)
    {
        if (Environment.GetEnvironmentVariable("HUB_FIGURES") is { Length: > 0 } path)
        {
            File.AppendAllText(path, $"{what}\t{number.ToString(CultureInfo.InvariantCulture)}\n");
        }
    }

    /// <summary>How far a long run has come.</summary>
    private sealed record Progress(ulong Next, long Finished)
    {
        public static Progress? Read(string? path) =>
            path is not null && File.Exists(path) ? JsonSerializer.Deserialize<Progress>(File.ReadAllText(path)) : null;

        public void Write(string? path)
        {
            if (path is not null)
            {
                File.WriteAllText(path, JsonSerializer.Serialize(this));
            }
        }
    }
}
