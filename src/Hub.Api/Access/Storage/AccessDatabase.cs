using System.Data.Common;

namespace Hub.Api.Access.Storage;

/// <summary>Who may call: credentials and staff, in tables of the same names and columns wherever they lie.</summary>
/// <remarks>
/// One set of statements serves every database: parameters are named with an <c>@</c>, an absent value may need a <c>CAST</c> to have
/// a type. Everything else in the process sees a write only once it is durable.
/// </remarks>
/// <exception cref="AccessUnavailableException">From every member, when it cannot be read or made durable; a later try may succeed.</exception>
public abstract class AccessDatabase : IAsyncDisposable
{
    /// <summary>Reads. Sees what was committed before.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="read">Called with the result; must not keep it, and may be called again after an outage.</param>
    /// <param name="parameters">Names with their <c>@</c>.</param>
    internal abstract T Read<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] parameters);

    /// <summary>Writes; completes once durable.</summary>
    /// <param name="work">Runs inside a transaction, perhaps a second time after the first was undone; what it returns is handed on after the commit.</param>
    internal abstract Task<T> WriteAsync<T>(Func<AccessWriter, T> work);

    /// <summary>Writes one statement and tells how many rows it changed.</summary>
    internal Task<int> WriteAsync(string sql, params (string Name, object? Value)[] parameters) => WriteAsync(writer => writer.Execute(sql, parameters));

    /// <summary>Has somebody look anew whenever a write of whichever node has told the others (<see cref="AccessWriter.TellOthers"/>).</summary>
    /// <param name="look">May be called for nothing, on any thread, one call at a time.</param>
    internal abstract void WhenTold(Action look);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>The statements inside one write.</summary>
/// <param name="connection">In a transaction.</param>
/// <param name="tellOthers">A statement that wakes the other nodes once the write is durable; empty where there are none.</param>
internal sealed class AccessWriter(DbConnection connection, string tellOthers)
{
    /// <summary>Carries out a statement and tells how many rows it changed.</summary>
    internal int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Carries out a statement and reads what it answers.</summary>
    internal T Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        using var rows = command.ExecuteReader();
        return read(rows);
    }

    /// <summary>Tells every node that something they may remember has changed.</summary>
    internal void TellOthers()
    {
        if (tellOthers.Length > 0) Execute(tellOthers);
    }

    internal static DbCommand Command(DbConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

/// <summary>Credentials and staff could not be read, or a change of them could not be made durable; a later try may succeed.</summary>
public sealed class AccessUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
