using Hub.Actors;
using Hub.Actors.Audit;
using Hub.Actors.Audit.Stored;
using Hub.Actors.Hosting;
using Hub.Actors.Journal.Postgres;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

namespace Hub.Silo.Commands;

/// <summary>Holds every invariant that a journal can show against a journal, live or copied. It only reads; a hub may be running on it.</summary>
/// <remarks>Ends with 0: clean, 1: violations, 2: it could not be read.</remarks>
internal static class VerifyCommand
{
    private const int Clean = 0;
    private const int Violated = 1;
    private const int Unreadable = 2;
    private const int ShownPerInvariant = 10;

    private static readonly string[] Flags = ["--views", "--at-rest"];

    internal static int Run(string[] args)
    {
        try
        {
            var (file, database, options) = Read(args);
            var kinds = new KindCatalog(HubKinds.All);
            using var verifier = database is null ? JournalVerifier.Open(file, kinds) : JournalVerifier.Open(database, kinds);
            Console.WriteLine($"Verifying {verifier.Place}");
            var report = Watch(progress => verifier.Run(options, progress));
            Print(report, options);
            return report.Violations.Count == 0 ? Clean : Violated;
        }
        catch (Exception problem) when (problem is JournalUnreadableException or CommandException or SettingException)
        {
            Console.Error.WriteLine(problem.Message);
            return Unreadable;
        }
    }

    private static (string File, PostgresOptions? Database, VerifyOptions Options) Read(string[] args)
    {
        var settings = args.Except(Flags).ToArray();
        if (Unknown(settings) is { } unknown)
        {
            throw new CommandException($"'{unknown}' is nothing verify knows: verify [--Hub:Data=folder | --Hub:Journal=postgres --ConnectionStrings:Journal=… | --journal=file] [--views] [--at-rest]");
        }

        var configuration = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().AddCommandLine(settings).Build();
        var database = configuration["journal"] is null ? HubSettings.ReadJournal(configuration) : null;
        var folder = new EngineOptions { DataFolder = Path.GetFullPath(configuration["Hub:Data"] ?? "./data") };
        var journal = configuration["journal"] is { Length: > 0 } file ? Path.GetFullPath(file) : folder.JournalPath;
        var views = Path.Combine(Path.GetDirectoryName(journal)!, Path.GetFileName(folder.ViewsPath));
        if (!args.Contains("--views")) return (journal, database, new VerifyOptions(null, args.Contains("--at-rest")));
        return File.Exists(views)
            ? (journal, database, new VerifyOptions(views, args.Contains("--at-rest")))
            : throw new CommandException($"There are no views at {views}. Leave --views out, or start the hub once: it makes them anew.");
    }

    // A misspelt setting must not end in the verification of another journal. The hub's own settings may stand, as on its command line.
    private static string? Unknown(string[] settings)
    {
        for (var i = 0; i < settings.Length; i++)
        {
            var name = settings[i].Split('=', 2)[0];
            if (name is not ("--journal" or "--urls") && !(name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal))) return settings[i];
            if (name == settings[i] && ++i == settings.Length) return name;
        }

        return null;
    }

    private static VerifyReport Watch(Func<Action<VerifyProgress>, VerifyReport> verify)
    {
        if (Console.IsOutputRedirected)
        {
            return verify(new ProgressLines(Console.Out).Show);
        }

        return AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(bars =>
        {
            var tasks = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
            return verify(now =>
            {
                if (!tasks.TryGetValue(now.Doing, out var bar)) tasks[now.Doing] = bar = bars.AddTask($"Reading {now.Doing}");
                bar.MaxValue(Math.Max(1, now.Of)).Value(now.Of == 0 ? 1 : now.Done);
            });
        });
    }

    private static void Print(VerifyReport report, VerifyOptions options)
    {
        Console.WriteLine($"Journal {report.Identity}, {report.Events} events");
        Console.WriteLine();
        Console.WriteLine("  no.    looked at  violations");
        foreach (var line in report.Tally)
        {
            Console.WriteLine($"{line.Invariant,4} {line.Looked,13} {line.Found,11}  {line.Statement}");
            foreach (var violation in report.Violations.Where(v => v.Invariant == line.Invariant).Take(ShownPerInvariant))
            {
                Console.WriteLine($"       {(violation.Actor.Length == 0 ? "the journal" : violation.Actor)} at {violation.Position}: {violation.What}");
            }

            if (line.Found > ShownPerInvariant) Console.WriteLine($"       … and {line.Found - ShownPerInvariant} more");
        }

        Console.WriteLine();
        Console.WriteLine(report.Violations.Count == 0
            ? $"Clean{(options.AtRest ? ", and at rest" : "")}."
            : $"{report.Tally.Sum(t => t.Found)} violations. Keep a copy of the journal and its log as they are now before anything else is done.");
    }
}

/// <summary>Progress for a file or a pipe: one line each tenth.</summary>
internal sealed class ProgressLines(TextWriter output)
{
    private string _doing = "";
    private long _tenth;

    /// <summary>Writes a line when another tenth is done.</summary>
    internal void Show(VerifyProgress now)
    {
        if (now.Doing != _doing) (_doing, _tenth) = (now.Doing, -1);
        var tenth = now.Of == 0 ? 10 : now.Done * 10 / now.Of;
        if (tenth == _tenth) return;
        _tenth = tenth;
        output.WriteLine($"  {now.Doing}: {now.Done} of {now.Of} ({tenth * 10} %)");
    }
}
