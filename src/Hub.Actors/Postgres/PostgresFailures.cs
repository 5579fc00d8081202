using Npgsql;

namespace Hub.Actors.Postgres;

/// <summary>What a failure says about the work that failed.</summary>
public static class PostgresFailures
{
    /// <summary>Whether the server undid the transaction and said so. A lost session, or one that was ended, says nothing.</summary>
    /// <remarks>A session that is being ended may have committed before it says that it is: FATAL proves nothing.</remarks>
    public static bool IsRefused(this Exception failure) => failure is PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>Whether the same work may succeed later: a wait that took too long, a server without space or memory, one that is a replica now.</summary>
    /// <remarks>Source: PostgreSQL, appendix A. Class 40 rolled back, 53 resources, 55 state, 57 operator, 58 system; 25006 read-only.</remarks>
    public static bool IsPassing(this Exception failure) =>
        failure is PostgresException { SqlState: ['4', '0', ..] or ['5', '3' or '5' or '7' or '8', ..] or "25006" };

    /// <summary>Whether the way to the server, or the server, failed.</summary>
    public static bool IsLost(this Exception failure) => failure is NpgsqlException or IOException or TimeoutException && !failure.IsRefused();

    /// <summary>Whether it is nobody's doing and ends by itself: told as "try again".</summary>
    public static bool IsOutage(this Exception failure) => failure.IsLost() || failure.IsPassing();

    /// <summary>For a read, or a write that never began.</summary>
    internal static JournalUnavailableException Unavailable(Exception failure) =>
        new("The journal's database could not be reached just now; try again with the same id.", failure);
}
