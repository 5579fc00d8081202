using Hub.Actors;
using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Actors.Journal.Sqlite;
using Hub.Actors.Local;
using Hub.Actors.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Bench.Turns;

/// <summary>A journal in a folder of its own, with its writer's thread; gone with the contender.</summary>
internal sealed class JournalBed : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-bench-");

    /// <summary>Opens an empty one.</summary>
    /// <param name="slower">How much longer each commit takes.</param>
    public JournalBed(TimeSpan slower = default)
    {
        var options = new SqliteJournalOptions(Path.Combine(_folder.FullName, "journal.db"), Environment.FailFast);
        Store = new CountedStore(SqliteJournal.Open(options, new SystemRandomSource(), NullLogger.Instance), slower);
    }

    public CountedStore Store { get; }

    public WriterThread Writer { get; } = new();

    public string Folder => _folder.FullName;

    /// <summary>An engine over this journal. Turns can be taken at once; the views follow once it is started.</summary>
    public HubEngine Engine(int maxResident = 250_000) => new(new EngineParts(
        Store, new KindCatalog([Tally.Kind]), TimeProvider.System, Writer,
        new EngineOptions { DataFolder = Folder, Actors = LocalActorsOptions.Default with { MaxResident = maxResident } },
        NullLoggerFactory.Instance));

    public void Dispose()
    {
        Writer.Dispose();
        Store.Dispose();
        _folder.Delete(recursive: true);
    }
}
