using Hub.Actors.Tests.Journal.Postgres;

namespace Hub.EndToEnd.Support;

/// <summary>The hub of the executable in this process, with its journal in PostgreSQL, in a database of its own.</summary>
public sealed class PostgresHub : RunningHub
{
    private string _database = "";

    /// <inheritdoc/>
    internal override string? JournalFile => null;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Settings => Journal(_database);

    /// <summary>What tells a hub to keep its journal in a database.</summary>
    internal static IReadOnlyList<string> Journal(string database) => ["--Hub:Journal=postgres", $"--ConnectionStrings:Journal={database}"];

    /// <inheritdoc/>
    protected override async Task StartAsync()
    {
        var server = await TestContext.Current.GetFixture<PostgresServer>();
        _database = server!.NewDatabase();
        await base.StartAsync();
    }
}
