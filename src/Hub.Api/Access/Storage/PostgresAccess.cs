using System.Data.Common;
using Hub.Actors.Journal.Postgres;
using Hub.Actors.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hub.Api.Access.Storage;

/// <summary>Credentials and staff in PostgreSQL, shared by every node.</summary>
/// <remarks>
/// Each write is a transaction of its own; the server makes those that come at once durable together. A statement that finds a row
/// changed meanwhile by another node looks at it anew, so that conditions in it hold over all nodes.
/// </remarks>
public sealed class PostgresAccess : AccessDatabase
{
    private const string Schema = "hub_access";
    private const string Channel = "hub_access";

    private static readonly IReadOnlyList<string> Steps = [PostgresSteps.Read(typeof(PostgresAccess).Assembly, "access-0001")];

    private readonly PostgresTables _tables;
    private readonly Subscribers<PostgresAccess> _told = new();
    private readonly Lazy<IDisposable> _listener;

    private PostgresAccess(PostgresTables tables, TimeProvider time, ILogger log)
    {
        _tables = tables;
        _listener = new Lazy<IDisposable>(() => tables.Listen("listening for changes of who may call", Channel, () => _told.Tell(this), time, log));
    }

    /// <summary>Opens the tables; makes them where there are none.</summary>
    /// <param name="options">Which database.</param>
    /// <param name="time">Paces what is tried again.</param>
    /// <param name="log">Hears of outages.</param>
    /// <exception cref="DatabaseRefusedException">The database cannot hold them, or a later build wrote them.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached.</exception>
    public static PostgresAccess Open(PostgresOptions options, TimeProvider time, ILogger log) =>
        new(PostgresTables.Open(options, Schema, Steps, "who may call"), time, log);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        if (_listener.IsValueCreated) _listener.Value.Dispose();
        _tables.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    internal override T Read<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        try
        {
            return _tables.Read(connection =>
            {
                using var command = AccessWriter.Command(connection, sql, parameters);
                using var rows = command.ExecuteReader();
                return read(rows);
            });
        }
        catch (Exception failure) when (failure.IsOutage())
        {
            throw new AccessUnavailableException("Who may call could not be read just now; try again.", failure);
        }
    }

    /// <inheritdoc/>
    internal override async Task<T> WriteAsync<T>(Func<AccessWriter, T> work)
    {
        await Task.Yield();
        try
        {
            return Write(work, again: true);
        }
        catch (Exception failure) when (failure.IsOutage())
        {
            throw new AccessUnavailableException("Who may call could not be made durable just now; try again.", failure);
        }
    }

    /// <inheritdoc/>
    internal override void WhenTold(Action look)
    {
        // Until the end of the database; nobody stops before it.
        _told.Add(_ => look());
        _ = _listener.Value;
    }

    // A session of the pool may have died while it rested. Until the commit is sent nothing is durable, so the work may be done again.
    private T Write<T>(Func<AccessWriter, T> work, bool again)
    {
        var committing = false;
        try
        {
            using var connection = _tables.Connect();
            using var transaction = connection.BeginTransaction();
            var result = work(new AccessWriter(connection, $"NOTIFY {Channel}"));
            committing = true;
            transaction.Commit();
            return result;
        }
        catch (Exception failure) when (failure.IsLost())
        {
            _tables.Clear();
            if (committing || !again) throw;
        }

        return Write(work, again: false);
    }
}
