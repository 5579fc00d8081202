using Hub.Actors.Postgres;
using Npgsql;

namespace Hub.Actors.Journal.Postgres;

/// <summary>The one session that writes, opened anew when it was lost. Used by the writer alone, except for <see cref="Settle"/>.</summary>
/// <param name="options">Where.</param>
/// <param name="pool">Asks after a session that was lost.</param>
/// <param name="opening">Who writes.</param>
/// <param name="time">Tells how long it rested.</param>
internal sealed class PostgresSession(PostgresOptions options, NpgsqlDataSource pool, long opening, TimeProvider time) : IDisposable
{
    // A session that rested may be gone: asked first, it is replaced, and no commit is in doubt because of it. Costs a round trip when nothing is going on.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private NpgsqlConnection? _connection;
    private volatile Lost? _lost;
    private int _opened;
    private long _used;

    /// <summary>The server's process that serves this session; 0 when there is none.</summary>
    public int ProcessId { get; private set; }

    /// <summary>The session, connected.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached, or another hub writes this journal.</exception>
    public NpgsqlConnection Connect()
    {
        var rested = time.GetElapsedTime(_used);
        _used = time.GetTimestamp();
        if (_connection is { } open)
        {
            if (rested < Rest || Answers(open))
            {
                return open;
            }

            Drop();
        }

        Settle();
        var connection = new NpgsqlConnection(options.Single(Name(++_opened)));
        try
        {
            connection.Open();
            PostgresSchema.Claim(connection, opening, options.Alone);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        ProcessId = connection.ProcessID;
        return _connection = connection;
    }

    /// <summary>Drops a session in which nothing was under way.</summary>
    public void Drop()
    {
        _connection?.Dispose();
        (_connection, ProcessId) = (null, 0);
    }

    /// <summary>Drops a session whose last transaction may still be under way: nothing is read before it has ended.</summary>
    public void Abandon()
    {
        _lost = new Lost(ProcessId, Name(_opened));
        Drop();
    }

    /// <summary>
    /// Sees to it that the transaction of an abandoned session is decided, by ending the session. Without it a command that is read
    /// back as missing could still become durable after somebody was answered (invariant 5).
    /// </summary>
    /// <exception cref="NpgsqlException">The server cannot be asked.</exception>
    /// <exception cref="JournalUnavailableException">The session has not ended yet.</exception>
    public void Settle()
    {
        if (_lost is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_lost is not { } lost)
            {
                return;
            }

            using var asking = pool.OpenConnection();
            using var command = asking.CreateCommand();
            command.CommandText = $"""
                SELECT coalesce(bool_and(pg_terminate_backend(pid, {options.LockTimeout.TotalMilliseconds:0})), true) FROM pg_stat_activity
                WHERE pid = {lost.ProcessId} AND application_name = '{lost.Name}'
                """;
            if (command.ExecuteScalar() is not true)
            {
                throw new JournalUnavailableException("An earlier write to the journal has not ended yet; try again with the same id.");
            }

            _lost = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (_connection is { } open)
            {
                PostgresSchema.GiveUp(open);
            }
        }
        catch (NpgsqlException)
        {
            // The server gives up the locks of a session that is gone.
            ProcessId = 0;
        }

        Drop();
    }

    private static bool Answers(NpgsqlConnection rested)
    {
        try
        {
            return rested.Value<int>("SELECT 1") == 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private string Name(int opened) => $"omnihub writer {opening}.{opened}";

    private sealed record Lost(int ProcessId, string Name);
}
