using Hub.Bench;
using Hub.Bench.Http;
using Hub.Bench.Journeys;
using Hub.Bench.Live;
using Hub.Bench.Memory;
using Hub.Bench.Rivals;
using Hub.Bench.Turns;
using Spectre.Console;

// The watchers of `live` run in a process of their own, which is this program again.
if (args is [Audience.Word, ..])
{
    return await Audience.BeAsync(args);
}

Settings settings;
try
{
    settings = Settings.Read(args);
}
catch (FormatException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}

(string Name, Func<Settings, IProgress<string>, Task<IReadOnlyList<Line>>> RunAsync)[] parts =
[
    ("turns", TurnBench.RunAsync),
    ("journal", GrowthBench.RunAsync),
    ("http", HttpBench.RunAsync),
    ("journeys", JourneyBench.RunAsync),
    ("rivals", RivalBench.RunAsync),
    ("memory", MemoryBench.RunAsync),
    ("live", LiveBench.RunAsync),
];
var lines = new List<Line>();
foreach (var (name, runAsync) in parts.Where(part => settings.Wants(part.Name)))
{
    if (AnsiConsole.Profile.Capabilities.Interactive)
    {
        await AnsiConsole.Status().StartAsync(name, async status =>
            lines.AddRange(await runAsync(settings, new Words(words => status.Status($"{name}: {words}".EscapeMarkup())))));
    }
    else
    {
        // Into a file or a pipe: the table alone.
        lines.AddRange(await runAsync(settings, new Words(_ => { })));
    }
}

Report.Print(AnsiConsole.Console, lines);
return 0;

/// <summary>Progress in words, shown at once and in order.</summary>
internal sealed class Words(Action<string> show) : IProgress<string>
{
    public void Report(string value) => show(value);
}
