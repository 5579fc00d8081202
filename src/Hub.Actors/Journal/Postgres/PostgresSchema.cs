using System.Reflection;
using Hub.Actors.Ports;
using Npgsql;

namespace Hub.Actors.Journal.Postgres;

/// <summary>The journal's tables and functions. They lie in a schema of their own; a released step never changes.</summary>
/// <remarks>
/// During a rolling upgrade the nodes of the version before run on: a step adds, and a function that must change gets another name.
/// </remarks>
internal static class PostgresSchema
{
    /// <summary>The schema everything lies in.</summary>
    public const string Name = "hub";

    // PostgreSQL's functions of two numbers take locks of a room of their own: this one is of openings that live.
    private const int Living = 20_296;
    private const int AloneRoom = 20_297;

    /// <summary>Every step this build knows, in order. A journal goes through all it lacks, in the transaction it is opened in.</summary>
    public static IReadOnlyList<string> Steps { get; } = [Step("0001-tables"), Step("0002-append"), Step("0003-desk")];

    /// <summary>Makes what is missing and counts this opening, one process after the other.</summary>
    /// <exception cref="JournalRefusedException">This database cannot hold a journal, or one of a later version lies in it.</exception>
    public static (string Identity, long Opening) Prepare(NpgsqlConnection connection, IRandomSource random, IReadOnlyList<string> steps)
    {
        RefuseUnfit(connection);
        using var transaction = connection.BeginTransaction();
        connection.Execute("SET LOCAL lock_timeout = '60s'; SELECT pg_advisory_xact_lock(22356844140328290)");
        if (connection.Value<bool>($"SELECT to_regnamespace('{Name}') IS NULL"))
        {
            connection.Execute($"CREATE SCHEMA {Name}");
        }

        connection.Execute("CREATE TABLE IF NOT EXISTS schema_versions (version integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())");
        Upgrade(connection, steps);
        Span<byte> identity = stackalloc byte[16];
        random.Fill(identity);
        connection.Execute($"INSERT INTO meta VALUES ('identity', '{Convert.ToHexStringLower(identity)}'), ('openings', '0') ON CONFLICT DO NOTHING");
        var opening = connection.Value<long>("UPDATE meta SET value = (value::bigint + 1)::text WHERE name = 'openings' RETURNING value::bigint");
        var name = connection.Value<string>("SELECT value FROM meta WHERE name = 'identity'");
        transaction.Commit();
        return (name, opening);
    }

    /// <summary>Shows the other nodes that an opening lives, for as long as this session does.</summary>
    /// <exception cref="PostgresException">Somebody else writes this journal, and one of the two wants to be alone: 55P03.</exception>
    public static void Claim(NpgsqlConnection connection, long opening, bool alone) => connection.Execute(
        $"SELECT pg_advisory_lock{(alone ? "" : "_shared")}({AloneRoom}, 0), pg_advisory_lock_shared({Living}, {opening})");

    /// <summary>Tells the other nodes that an opening is over before its session is gone.</summary>
    public static void GiveUp(NpgsqlConnection connection) => connection.Execute("SELECT pg_advisory_unlock_all()");

    private static void Upgrade(NpgsqlConnection connection, IReadOnlyList<string> steps)
    {
        var found = connection.Value<int>("SELECT coalesce(max(version), 0) FROM schema_versions");
        if (found > steps.Count)
        {
            throw new JournalRefusedException($"The journal has schema version {found}; this build reads up to version {steps.Count}. Start a later build of the hub.");
        }

        for (var version = found + 1; version <= steps.Count; version++)
        {
            connection.Execute(steps[version - 1]);
            connection.Execute($"INSERT INTO schema_versions (version) VALUES ({version})");
        }
    }

    private static void RefuseUnfit(NpgsqlConnection connection)
    {
        Refuse(connection.PostgreSqlVersion.Major < 14, $"it is PostgreSQL {connection.PostgreSqlVersion}; 14 is the least");
        Refuse(connection.Value<string>("SHOW server_encoding") != "UTF8", "its encoding is not UTF8; make it with ENCODING 'UTF8'");
        Refuse(connection.Value<string>("SHOW fsync") != "on", "fsync is off: what it acknowledged would be lost with the power; set fsync=on");
        Refuse(connection.Value<string>("SHOW full_page_writes") != "on", "full_page_writes is off: a loss of power would damage it; set full_page_writes=on");
        Refuse(connection.Value<bool>("SELECT pg_is_in_recovery()"), "it is a replica; name the primary");
    }

    private static void Refuse(bool unfit, string why)
    {
        if (unfit)
        {
            throw new JournalRefusedException($"The database cannot hold the journal: {why}.");
        }
    }

    private static string Step(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.sql")
            ?? throw new InvalidOperationException($"The step {name} is not in this assembly.");
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }
}

/// <summary>Short statements without parameters.</summary>
internal static class PostgresStatements
{
    /// <summary>Carries out a statement, or several.</summary>
    public static void Execute(this NpgsqlConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    /// <summary>The one value a statement answers.</summary>
    public static T Value<T>(this NpgsqlConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return (T)command.ExecuteScalar()!;
    }
}
