using Npgsql;

namespace Hub.Actors.Postgres;

/// <summary>Short statements without parameters.</summary>
internal static class PostgresStatements
{
    /// <summary>Carries out a statement, or several.</summary>
    public static void Execute(this NpgsqlConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    /// <summary>The one value a statement answers.</summary>
    public static T Value<T>(this NpgsqlConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return (T)command.ExecuteScalar()!;
    }
}
