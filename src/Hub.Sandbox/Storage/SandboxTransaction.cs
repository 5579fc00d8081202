using Microsoft.Data.Sqlite;

namespace Hub.Sandbox.Storage;

/// <summary>What a piece of work sees of the database: statements, prepared once and kept.</summary>
/// <remarks>Not thread-safe; parameters are <c>$0</c>, <c>$1</c> and so on.</remarks>
internal sealed class SandboxTransaction(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    internal int Execute(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteNonQuery();

    /// <summary>The first row, or <c>null</c>.</summary>
    internal T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        using var rows = Bound(sql, values).ExecuteReader();
        return rows.Read() ? read(rows) : null;
    }

    /// <summary>The first column of the first row as a number; 0 when there is no row.</summary>
    internal long Number(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteScalar() as long? ?? 0;

    /// <summary>Every row.</summary>
    internal List<T> All<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var rows = Bound(sql, values).ExecuteReader();
        var all = new List<T>();
        while (rows.Read()) all.Add(read(rows));
        return all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
    }

    private SqliteCommand Bound(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = connection.CreateCommand();
            statement.CommandText = sql;
            for (var i = 0; i < values.Length; i++) statement.Parameters.Add(new SqliteParameter($"${i}", null));
            _statements.Add(sql, statement);
        }

        for (var i = 0; i < values.Length; i++) statement.Parameters[i].Value = values[i] ?? DBNull.Value;
        return statement;
    }
}
