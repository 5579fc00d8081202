using Npgsql;

namespace Hub.Gateways.Vault.Postgres;

/// <summary>The rows inside the changes of one transaction. What a change writes travels with its next question, or with the end: few round trips.</summary>
/// <param name="connection">A session in a transaction that holds the vault's lock.</param>
internal sealed class PostgresVaultWriter(NpgsqlConnection connection) : IVaultWriter
{
    private readonly List<NpgsqlBatchCommand> _unsent = [];
    private readonly Dictionary<string, VaultRow?> _newest = new(StringComparer.Ordinal);
    private int _begun;
    private bool _sent;

    /// <summary>Begins a change that can be undone by itself.</summary>
    internal void Begin()
    {
        (_begun, _sent) = (_unsent.Count, false);
        Later("SAVEPOINT one");
    }

    /// <summary>Keeps the change.</summary>
    internal void Keep() => Later("RELEASE SAVEPOINT one");

    /// <summary>Undoes the change.</summary>
    internal void Undo()
    {
        _newest.Clear();
        if (!_sent)
        {
            _unsent.RemoveRange(_begun, _unsent.Count - _begun);
            return;
        }

        // All that was not sent came after the last question of this very change.
        _unsent.Clear();
        Later("ROLLBACK TO SAVEPOINT one");
        Keep();
    }

    /// <summary>Makes every kept change durable.</summary>
    internal void Commit()
    {
        Later("COMMIT");
        using var batch = Batch();
        batch.ExecuteNonQuery();
    }

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
        Later(VaultSql.Put, row.Kind, row.Id, VaultSql.Text(row.Owner), row.DataKey, row.Body, VaultSql.Time(row.ExpiresAt));
    }

    /// <inheritdoc/>
    public void Delete(string kind, string id)
    {
        _newest.Remove(kind);
        Later(VaultSql.Delete, kind, id);
    }

    /// <inheritdoc/>
    public void DeleteOwnedBy(string owner)
    {
        _newest.Clear();
        Later(VaultSql.DeleteOwned, owner);
    }

    /// <inheritdoc/>
    public void DeleteExpired(DateTimeOffset now)
    {
        _newest.Clear();
        Later(VaultSql.DeleteExpired, now.ToUnixTimeMilliseconds());
    }

    private void Later(string sql, params ReadOnlySpan<object> values) => _unsent.Add(VaultSql.Command(sql, values));

    private List<VaultRow> Ask(string sql, params ReadOnlySpan<object> values)
    {
        Later(sql, values);
        using var batch = Batch();
        using var answers = batch.ExecuteReader();
        // What only writes answers no rows and is passed over: the first rows are those of the question.
        return VaultSql.Rows(answers);
    }

    private NpgsqlBatch Batch()
    {
        var batch = new NpgsqlBatch(connection);
        _unsent.ForEach(batch.BatchCommands.Add);
        _unsent.Clear();
        _sent = true;
        return batch;
    }
}

/// <summary>The vault's SQL.</summary>
internal static class VaultSql
{
    private const string Columns = "kind, id, owner, data_key, body, expires_at";

    internal const string Find = $"SELECT {Columns} FROM vault_rows WHERE kind = $1 AND id = $2";
    internal const string List = $"SELECT {Columns} FROM vault_rows WHERE kind = $1 ORDER BY id";
    internal const string Newest = $"SELECT {Columns} FROM vault_rows WHERE kind = $1 ORDER BY id DESC LIMIT 1";
    internal const string Page = $"SELECT {Columns} FROM vault_rows WHERE (kind, id) > ($1, $2) ORDER BY kind, id LIMIT $3";
    internal const string Put =
        $"INSERT INTO vault_rows ({Columns}) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kind, id) DO UPDATE SET owner = excluded.owner, data_key = excluded.data_key, body = excluded.body, expires_at = excluded.expires_at";
    internal const string Delete = "DELETE FROM vault_rows WHERE kind = $1 AND id = $2";
    internal const string DeleteOwned = "DELETE FROM vault_rows WHERE owner = $1";
    internal const string DeleteExpired = "DELETE FROM vault_rows WHERE expires_at <= $1";

    internal static NpgsqlBatchCommand Command(string sql, ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        }

        return command;
    }

    internal static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };

    internal static NpgsqlParameter Time(DateTimeOffset? value) =>
        new() { Value = (object?)value?.ToUnixTimeMilliseconds() ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint };

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
