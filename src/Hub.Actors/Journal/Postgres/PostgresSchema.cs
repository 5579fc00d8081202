using System.Reflection;
using Hub.Actors.Ports;
using Hub.Actors.Postgres;
using Npgsql;

namespace Hub.Actors.Journal.Postgres;

/// <summary>The journal's tables and functions, and the locks that show who writes it.</summary>
internal static class PostgresSchema
{
    /// <summary>The schema everything lies in.</summary>
    public const string Name = "hub";

    private const string What = "the journal";

    // PostgreSQL's functions of two numbers take locks of a room of their own: this one is of openings that live.
    private const int Living = 20_296;
    private const int AloneRoom = 20_297;

    /// <summary>Every step this build knows, in order. A journal goes through all it lacks, in the transaction it is opened in.</summary>
    public static IReadOnlyList<string> Steps { get; } = [Step("0001-tables"), Step("0002-append"), Step("0003-desk"), Step("0004-unpark")];

    /// <summary>Makes what is missing and counts this opening, one process after the other.</summary>
    /// <exception cref="DatabaseRefusedException">This database cannot hold a journal, or one of a later version lies in it.</exception>
    public static (string Identity, long Opening) Prepare(NpgsqlConnection connection, IRandomSource random, IReadOnlyList<string> steps)
    {
        PostgresSteps.RefuseUnfit(connection, What);
        using var transaction = connection.BeginTransaction();
        connection.Execute("SET LOCAL lock_timeout = '60s'; SELECT pg_advisory_xact_lock(22356844140328290)");
        PostgresSteps.Upgrade(connection, Name, steps, What);
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

    private static string Step(string name) => PostgresSteps.Read(Assembly.GetExecutingAssembly(), name);
}
