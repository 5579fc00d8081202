using Hub.Actors.Tests.Journal.Postgres;

namespace Hub.EndToEnd.Support;

/// <summary>The hub of the executable in this process, with journal, vault and access in PostgreSQL, in a database of its own.</summary>
public sealed class PostgresHub : RunningHub
{
    private string _database = "";

    /// <summary>The folder of what stays on the node.</summary>
    internal string Data => Folder;

    /// <summary>How another process reaches the same stores.</summary>
    internal IReadOnlyList<string> Stores => Journal(_database);

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Settings => Stores;

    /// <summary>What tells a hub to keep its journal, and with it vault and access, in a database.</summary>
    internal static IReadOnlyList<string> Journal(string database) => ["--Hub:Journal=postgres", $"--ConnectionStrings:Journal={database}"];

    /// <inheritdoc/>
    protected override async Task StartAsync()
    {
        _database = (await TestContext.Current.GetFixture<PostgresServer>())!.NewDatabase();
        await base.StartAsync();
    }
}
