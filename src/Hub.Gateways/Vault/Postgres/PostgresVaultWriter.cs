using Npgsql;
using NpgsqlTypes;

namespace Hub.Gateways.Vault.Postgres;

/// <summary>The rows inside the changes of one transaction. What they write is sent in one statement, with the next question or at the end.</summary>
/// <remarks>
/// Every message is one statement: Npgsql writes the second one of a batch on a thread of the pool, and those may all be waiting for
/// this very transaction.
/// </remarks>
/// <param name="connection">A session in a transaction that holds the vault's lock.</param>
internal sealed class PostgresVaultWriter(NpgsqlConnection connection) : IVaultWriter
{
    private readonly Dictionary<string, VaultRow?> _newest = new(StringComparer.Ordinal);
    private readonly List<(Work Work, VaultRow Row)> _unsent = [];
    private int _begun;
    private bool _saved;

    private enum Work
    {
        Put = 1,
        Delete = 2,
        DeleteOwned = 3,
        DeleteExpired = 4,
    }

    /// <summary>Begins a change that can be undone by itself.</summary>
    internal void Begin() => (_begun, _saved) = (_unsent.Count, false);

    /// <summary>Undoes the change.</summary>
    internal void Undo()
    {
        _newest.Clear();
        _unsent.RemoveRange(_begun, _unsent.Count - _begun);
        if (_saved) Execute("ROLLBACK TO SAVEPOINT one");
    }

    /// <summary>Sends what is left to be sent.</summary>
    internal void End() => Send(_unsent.Count);

    /// <inheritdoc/>
    public VaultRow? Find(string kind, string id) => Ask(VaultSql.Find, kind, id) is [var row, ..] ? row : null;

    /// <inheritdoc/>
    public VaultRow? Newest(string kind)
    {
        // Nobody else writes meanwhile, so it stays what it is until a change of this transaction touches the kind.
        if (!_newest.TryGetValue(kind, out var row))
        {
            row = Ask(VaultSql.Newest, kind) is [var last, ..] ? last : null;
            _newest[kind] = row;
        }

        return row;
    }

    /// <inheritdoc/>
    public IReadOnlyList<VaultRow> Page(string afterKind, string afterId, int limit) => Ask(VaultSql.Page, afterKind, afterId, (long)limit);

    /// <inheritdoc/>
    public void Put(VaultRow row)
    {
        _newest.Remove(row.Kind);
        _unsent.Add((Work.Put, row));
    }

    /// <inheritdoc/>
    public void Delete(string kind, string id)
    {
        _newest.Remove(kind);
        _unsent.Add((Work.Delete, Blank with { Kind = kind, Id = id }));
    }

    /// <inheritdoc/>
    public void DeleteOwnedBy(string owner)
    {
        _newest.Clear();
        _unsent.Add((Work.DeleteOwned, Blank with { Owner = owner }));
    }

    /// <inheritdoc/>
    public void DeleteExpired(DateTimeOffset now)
    {
        _newest.Clear();
        _unsent.Add((Work.DeleteExpired, Blank with { ExpiresAt = now }));
    }

    private static VaultRow Blank { get; } = new("", "", null, 0, [], null);

    private List<VaultRow> Ask(string sql, params ReadOnlySpan<object> values)
    {
        SendForQuestion();
        using var command = VaultSql.Command(connection, sql, values);
        using var answer = command.ExecuteReader();
        return VaultSql.Rows(answer);
    }

    // A question sees what was written before it. What this change itself wrote can be undone only at the server from there on: few
    // changes ask after writing.
    private void SendForQuestion()
    {
        Send(_begun);
        if (_unsent.Count == 0) return;
        if (!_saved)
        {
            Execute("SAVEPOINT one");
            _saved = true;
        }

        Send(_unsent.Count);
    }

    private void Send(int count)
    {
        if (count == 0) return;
        var sent = _unsent.GetRange(0, count);
        _unsent.RemoveRange(0, count);
        _begun = 0;
        using var command = new NpgsqlCommand("SELECT change_rows($1, $2, $3, $4, $5, $6, $7)", connection);
        void Column<T>(NpgsqlDbType type, Func<(Work Work, VaultRow Row), T> value) =>
            command.Parameters.Add(new NpgsqlParameter { Value = sent.ConvertAll(one => value(one)), NpgsqlDbType = NpgsqlDbType.Array | type });
        Column(NpgsqlDbType.Integer, one => (int)one.Work);
        Column(NpgsqlDbType.Text, one => one.Row.Kind);
        Column(NpgsqlDbType.Text, one => one.Row.Id);
        Column(NpgsqlDbType.Text, one => one.Row.Owner);
        Column(NpgsqlDbType.Bigint, one => one.Row.DataKey);
        Column(NpgsqlDbType.Bytea, one => one.Row.Body);
        Column(NpgsqlDbType.Bigint, one => one.Row.ExpiresAt?.ToUnixTimeMilliseconds());
        command.ExecuteNonQuery();
    }

    private void Execute(string statement)
    {
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }
}

/// <summary>The vault's questions.</summary>
internal static class VaultSql
{
    private const string Columns = "kind, id, owner, data_key, body, expires_at";

    internal const string Find = $"SELECT {Columns} FROM vault_rows WHERE kind = $1 AND id = $2";
    internal const string List = $"SELECT {Columns} FROM vault_rows WHERE kind = $1 ORDER BY id";
    internal const string Newest = $"SELECT {Columns} FROM vault_rows WHERE kind = $1 ORDER BY id DESC LIMIT 1";
    internal const string Page = $"SELECT {Columns} FROM vault_rows WHERE (kind, id) > ($1, $2) ORDER BY kind, id LIMIT $3";

    internal static NpgsqlCommand Command(NpgsqlConnection connection, string sql, ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    internal static List<VaultRow> Rows(NpgsqlDataReader reader)
    {
        var rows = new List<VaultRow>();
        while (reader.Read())
        {
            rows.Add(new VaultRow(
                reader.GetString(0),
                reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.GetInt64(3),
                reader.GetFieldValue<byte[]>(4),
                reader.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5))));
        }

        return rows;
    }
}
