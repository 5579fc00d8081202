using Hub.Actors.Journal.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hub.Actors.Postgres;

/// <summary>What the nodes share besides the journal: the tables of one part of the hub, in a schema of their own.</summary>
/// <remarks>Made and brought up to this build by whichever node comes first, under a lock that the others wait for.</remarks>
public sealed class PostgresTables : IDisposable
{
    // PostgreSQL's functions of two numbers take locks of a room of their own. The journal's are 20296 and 20297.
    private const int Upgrading = 20_298;
    private const int Alone = 20_299;

    // A server that was restarted leaves dead connections in the pool. The first one met empties it; the second try connects.
    private const int Tries = 2;

    // Of each part and node, where the connection string allows more: a server takes a hundred sessions unless told otherwise.
    private const int MostSessions = 16;

    private readonly PostgresOptions _options;
    private readonly string _schema;
    private readonly NpgsqlDataSource _pool;

    private PostgresTables(PostgresOptions options, string schema) =>
        (_options, _schema, _pool) = (options, schema, NpgsqlDataSource.Create(options.Pooled(schema, MostSessions)));

    /// <summary>Host and database, for logs and errors.</summary>
    public string Place => _options.Place;

    /// <summary>Opens the tables, made and upgraded.</summary>
    /// <param name="options">Which database.</param>
    /// <param name="schema">Where in it; part of statements, so never a setting.</param>
    /// <param name="steps">Every step this build knows, in order.</param>
    /// <param name="what">What lies in them, such as <c>the vault</c>.</param>
    /// <exception cref="DatabaseRefusedException">The database cannot hold them, or a later build wrote them.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached.</exception>
    public static PostgresTables Open(PostgresOptions options, string schema, IReadOnlyList<string> steps, string what)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            using var first = new NpgsqlConnection(options.Single("omnihub start", schema));
            first.Open();
            PostgresSteps.RefuseUnfit(first, what);
            using var transaction = first.BeginTransaction();
            first.Execute($"SET LOCAL lock_timeout = '25s'; SELECT pg_advisory_xact_lock({Upgrading}, hashtext('{schema}'))");
            PostgresSteps.Upgrade(first, schema, steps, what);
            transaction.Commit();
            return new PostgresTables(options, schema);
        }
        catch (PostgresException refused) when (refused.IsRefused() && !refused.IsPassing())
        {
            // Words of the server, which speak of databases and roles, never of a password.
            throw new DatabaseRefusedException($"{options.Place} cannot hold {what}: {refused.MessageText}.");
        }
        catch (Exception failure) when (failure.IsOutage())
        {
            throw new DatabaseUnavailableException($"The database {options.Place} of {what} cannot be reached: {failure.GetBaseException().Message.TrimEnd('.')}.", failure);
        }
    }

    /// <summary>A session of the pool; dispose gives it back.</summary>
    public NpgsqlConnection Connect() => _pool.OpenConnection();

    /// <summary>A session that is kept, with the schema as its search path.</summary>
    /// <param name="name">What the database calls it; at most 63 characters.</param>
    public NpgsqlConnection OpenSession(string name)
    {
        var connection = new NpgsqlConnection(_options.Single(name, _schema));
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Reads in a session of the pool; once more when the session turned out to be dead.</summary>
    public T Read<T>(Func<NpgsqlConnection, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var connection = _pool.OpenConnection();
                return read(connection);
            }
            catch (Exception failure) when (failure.IsLost() && tries < Tries)
            {
                _pool.Clear();
            }
        }
    }

    /// <summary>Forgets the idle sessions: one of them was dead.</summary>
    public void Clear() => _pool.Clear();

    /// <summary>Works while no other node does the same; waits for it up to 25 seconds. Not meant for what goes on all the time.</summary>
    public void WhileAlone(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var session = OpenSession("omnihub start");
        session.Execute("SET lock_timeout = '25s'");
        session.Execute($"SELECT pg_advisory_lock({Alone}, hashtext('{_schema}'))");
        work();
        // The lock ends with the session.
    }

    /// <summary>Hears whenever a channel is notified, by this node or another; also once at the beginning and after every outage.</summary>
    /// <param name="what">What for, for the log.</param>
    /// <param name="channel">Part of a statement, so never a setting.</param>
    /// <param name="look">Called on a thread of the pool, one call at a time. May block.</param>
    /// <param name="time">Paces what is tried again.</param>
    /// <param name="log">Hears of outages.</param>
    /// <returns>Dispose to stop; waits for a call that is under way.</returns>
    public IDisposable Listen(string what, string channel, Action look, TimeProvider time, ILogger log)
    {
        var listener = new PostgresListener(what, channel, () => new NpgsqlConnection(_options.Single("omnihub listener", _schema)), () => 0, time, log);
        listener.Start(look);
        return listener;
    }

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();
}
