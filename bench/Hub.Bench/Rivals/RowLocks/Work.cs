using Npgsql;

namespace Hub.Bench.Rivals.RowLocks;

/// <summary>One transaction. Rows that it decides on are read FOR UPDATE; what was not committed is rolled back.</summary>
internal sealed class Work : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private Work(NpgsqlConnection connection, NpgsqlTransaction transaction) => (_connection, _transaction) = (connection, transaction);

    public static async Task<Work> BeginAsync(NpgsqlDataSource database)
    {
        var connection = await database.OpenConnectionAsync();
        return new Work(connection, await connection.BeginTransactionAsync());
    }

    /// <summary>Reads outside a transaction.</summary>
    /// <returns>The first row; <c>null</c> when there is none.</returns>
    public static async Task<object[]?> ReadAsync(NpgsqlDataSource database, string statement, params object[] values)
    {
        await using var command = database.CreateCommand(statement);
        return await FirstAsync(command, values);
    }

    /// <summary>Changes rows.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ChangeAsync(string statement, params object[] values)
    {
        await using var command = new NpgsqlCommand(statement, _connection, _transaction);
        Bind(command, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Sends several statements in one round trip.</summary>
    public async Task ChangeAllAsync(params (string Statement, object[] Values)[] changes)
    {
        await using var batch = new NpgsqlBatch(_connection, _transaction);
        foreach (var (statement, values) in changes)
        {
            var command = new NpgsqlBatchCommand(statement);
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>The first row; <c>null</c> when there is none.</summary>
    public async Task<object[]?> RowAsync(string statement, params object[] values)
    {
        await using var command = new NpgsqlCommand(statement, _connection, _transaction);
        return await FirstAsync(command, values);
    }

    /// <summary>Durable when it returns.</summary>
    public Task CommitAsync() => _transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static async Task<object[]?> FirstAsync(NpgsqlCommand command, object[] values)
    {
        Bind(command, values);
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync()) return null;
        var row = new object[reader.FieldCount];
        reader.GetValues(row);
        return row;
    }

    private static void Bind(NpgsqlCommand command, object[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
    }
}
