using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Hub.Actors.Journal.Postgres;

/// <summary>One statement that calls several functions with arrays: one message to the server, so that it never waits for the rest of it under its lock.</summary>
internal sealed class PostgresCall
{
    private readonly StringBuilder _calls = new();
    private readonly NpgsqlBatchCommand _command = new();

    /// <summary>The statement, answering these columns.</summary>
    public NpgsqlBatchCommand Selecting(string columns)
    {
        _command.CommandText = $"SELECT {columns} FROM {_calls}";
        return _command;
    }

    /// <summary>Begins a call.</summary>
    /// <param name="function">Which function.</param>
    /// <param name="name">What its answer is called in the statement.</param>
    /// <param name="arguments">Its arguments, in order.</param>
    public void Add(string function, string name, params ReadOnlySpan<NpgsqlParameter> arguments)
    {
        _calls.Append(_calls.Length == 0 ? "" : ", ").Append(function).Append('(');
        for (var i = 0; i < arguments.Length; i++)
        {
            _command.Parameters.Add(arguments[i]);
            _calls.Append(i == 0 ? "$" : ", $").Append(CultureInfo.InvariantCulture, $"{_command.Parameters.Count}");
        }

        _calls.Append(") AS ").Append(name);
    }

    public static NpgsqlParameter Of(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Of(List<long> values) => Array(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of(List<long?> values) => Array(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of(List<int> values) => Array(values, NpgsqlDbType.Integer);

    public static NpgsqlParameter Of(List<string> values) => Array(values, NpgsqlDbType.Text);

    public static NpgsqlParameter Of(List<byte[]> values) => Array(values, NpgsqlDbType.Bytea);

    private static NpgsqlParameter<List<T>> Array<T>(List<T> values, NpgsqlDbType element) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };
}
