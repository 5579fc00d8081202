using Npgsql;

namespace Hub.Actors.Tests.Journal.Postgres;

/// <summary>What an operator, or an outage, does to the sessions of a database.</summary>
internal static class Sessions
{
    /// <summary>Holds the lock of all writers, idle in a transaction, until disposed.</summary>
    public static IDisposable Hold(string database)
    {
        var connection = Open(database);
        Execute(connection, "BEGIN; SELECT pg_advisory_xact_lock(22356844140328290)");
        return connection;
    }

    /// <summary>Ends the sessions of a name, and waits until they are gone.</summary>
    public static async Task EndAsync(string database, string name, CancellationToken cancel)
    {
        await using var connection = Open(database);
        var ended = (long)Execute(connection, $"SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = '{name}' AND datname = current_database()")!;
        Assert.True(ended > 0, $"There is no session {name}.");
        while (Count(connection, name) > 0)
        {
            cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>How many sessions of a name there are.</summary>
    public static long Count(string database, string name)
    {
        using var connection = Open(database);
        return Count(connection, name);
    }

    /// <summary>Waits until a session of a name waits for a lock.</summary>
    public static async Task WaitingAsync(string database, string name, CancellationToken cancel)
    {
        await using var connection = Open(database);
        while ((long)Execute(connection, $"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}' AND wait_event_type = 'Lock' AND datname = current_database()")! == 0)
        {
            cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static long Count(NpgsqlConnection connection, string name) =>
        (long)Execute(connection, $"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}' AND datname = current_database()")!;

    private static NpgsqlConnection Open(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static object? Execute(NpgsqlConnection connection, string statement)
    {
        using var command = new NpgsqlCommand(statement, connection);
        return command.ExecuteScalar();
    }
}
