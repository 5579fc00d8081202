using System.Reflection;
using Npgsql;

namespace Hub.Actors.Postgres;

/// <summary>Brings the tables of one part of the hub up to this build. They lie in a schema of their own; a released step never changes.</summary>
/// <remarks>
/// During a rolling upgrade the nodes of the version before run on: a step adds, and a function that must change gets another name.
/// </remarks>
public static class PostgresSteps
{
    /// <summary>A step's text, out of an assembly's resource of that name.</summary>
    /// <exception cref="InvalidOperationException">There is none: a bug of the build.</exception>
    public static string Read(Assembly assembly, string name)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        using var stream = assembly.GetManifestResourceStream($"{name}.sql")
            ?? throw new InvalidOperationException($"The step {name} is not in this assembly.");
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }

    /// <summary>Refuses a database that would lose or damage what it acknowledged.</summary>
    /// <param name="connection">Any session of it.</param>
    /// <param name="what">What was to lie in it, such as <c>the journal</c>.</param>
    /// <exception cref="DatabaseRefusedException">It is unfit: why, and what to do.</exception>
    internal static void RefuseUnfit(NpgsqlConnection connection, string what)
    {
        Refuse(connection.PostgreSqlVersion.Major < 14, $"it is PostgreSQL {connection.PostgreSqlVersion}; 14 is the least");
        Refuse(connection.Value<string>("SHOW server_encoding") != "UTF8", "its encoding is not UTF8; make it with ENCODING 'UTF8'");
        Refuse(connection.Value<string>("SHOW fsync") != "on", "fsync is off: what it acknowledged would be lost with the power; set fsync=on");
        Refuse(connection.Value<string>("SHOW full_page_writes") != "on", "full_page_writes is off: a loss of power would damage it; set full_page_writes=on");
        Refuse(connection.Value<bool>("SELECT pg_is_in_recovery()"), "it is a replica; name the primary");

        void Refuse(bool unfit, string why)
        {
            if (unfit) throw new DatabaseRefusedException($"The database cannot hold {what}: {why}.");
        }
    }

    /// <summary>Makes the schema where it is missing and carries out every step it lacks, in the caller's transaction and under the caller's lock.</summary>
    /// <param name="connection">A session whose search path is the schema.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="steps">Every step this build knows, in order.</param>
    /// <param name="what">What lies in it, such as <c>the journal</c>.</param>
    /// <exception cref="DatabaseRefusedException">A later build wrote it.</exception>
    internal static void Upgrade(NpgsqlConnection connection, string schema, IReadOnlyList<string> steps, string what)
    {
        if (connection.Value<bool>($"SELECT to_regnamespace('{schema}') IS NULL"))
        {
            connection.Execute($"CREATE SCHEMA {schema}");
        }

        connection.Execute("CREATE TABLE IF NOT EXISTS schema_versions (version integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())");
        var found = connection.Value<int>("SELECT coalesce(max(version), 0) FROM schema_versions");
        if (found > steps.Count)
        {
            throw new DatabaseRefusedException(
                $"{char.ToUpperInvariant(what[0])}{what[1..]} has schema version {found}; this build reads up to version {steps.Count}. Start a later build of the hub.");
        }

        for (var version = found + 1; version <= steps.Count; version++)
        {
            connection.Execute(steps[version - 1]);
            connection.Execute($"INSERT INTO schema_versions (version) VALUES ({version})");
        }
    }
}

/// <summary>The database is there and cannot hold what was to lie in it: which setting of it, and what to do.</summary>
public sealed class DatabaseRefusedException(string message) : Exception(message);

/// <summary>A database could not be reached at the start: which, and why.</summary>
public sealed class DatabaseUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
