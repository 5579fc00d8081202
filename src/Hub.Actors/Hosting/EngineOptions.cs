using Hub.Actors.Feed;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Local;

namespace Hub.Actors.Hosting;

/// <summary>How the engine of one process is set up.</summary>
public sealed record EngineOptions
{
    /// <summary>The folder of the journal and of its views; made when it is not there. <c>Hub:Data</c>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The database of the journal; <c>null</c> for a SQLite file in the data folder. <c>Hub:Journal</c>.</summary>
    public PostgresOptions? Postgres { get; init; }

    /// <summary>Whether this process keeps views; one that lists and shows nothing needs none.</summary>
    public bool KeepsViews { get; init; } = true;

    /// <summary>Whether this process carries every partition of the feed from its start on; in a cluster they are given to it one by one.</summary>
    public bool OwnsEverything { get; init; } = true;

    /// <summary>When idle actors leave memory.</summary>
    public LocalActorsOptions Actors { get; init; } = LocalActorsOptions.Default;

    /// <summary>How reactions are run.</summary>
    public ReactionOptions Reactions { get; init; } = ReactionOptions.Default;

    /// <summary>Ends the process when the journal's device failed: what it then says of durability is worth nothing.</summary>
    public Action<string> FailFast { get; init; } = Environment.FailFast;

    /// <summary>The journal's file, where it is SQLite.</summary>
    public string JournalPath => Path.Combine(DataFolder, "journal.db");

    /// <summary>The file of the views: a cache, deleted and rebuilt at will.</summary>
    public string ViewsPath => Path.Combine(DataFolder, "views.db");
}
