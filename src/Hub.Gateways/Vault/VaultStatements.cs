using Microsoft.Data.Sqlite;

namespace Hub.Gateways.Vault;

/// <summary>The vault's SQL over one connection, prepared once. One user at a time.</summary>
internal sealed class VaultStatements : IVaultWriter, IDisposable
{
    /// <summary>The one table.</summary>
    internal const string Schema = """
        CREATE TABLE vault_rows (
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            owner TEXT,
            data_key INTEGER NOT NULL,
            body BLOB NOT NULL,
            expires_at INTEGER,
            PRIMARY KEY (kind, id)
        ) WITHOUT ROWID;
        CREATE INDEX vault_rows_owner ON vault_rows (owner) WHERE owner IS NOT NULL;
        CREATE INDEX vault_rows_expires_at ON vault_rows (expires_at) WHERE expires_at IS NOT NULL;
        """;

    private const string Columns = "kind, id, owner, data_key, body, expires_at";

    private readonly SqliteCommand _find;
    private readonly SqliteCommand _list;
    private readonly SqliteCommand _newest;
    private readonly SqliteCommand _page;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _deleteOwned;
    private readonly SqliteCommand _deleteExpired;

    internal VaultStatements(SqliteConnection connection)
    {
        _find = Statement(connection, $"SELECT {Columns} FROM vault_rows WHERE kind = $kind AND id = $id", "$kind", "$id");
        _list = Statement(connection, $"SELECT {Columns} FROM vault_rows WHERE kind = $kind ORDER BY id", "$kind");
        _newest = Statement(connection, $"SELECT {Columns} FROM vault_rows WHERE kind = $kind ORDER BY id DESC LIMIT 1", "$kind");
        _page = Statement(connection, $"SELECT {Columns} FROM vault_rows WHERE (kind, id) > ($kind, $id) ORDER BY kind, id LIMIT $limit", "$kind", "$id", "$limit");
        _put = Statement(
            connection,
            $"INSERT INTO vault_rows ({Columns}) VALUES ($kind, $id, $owner, $dataKey, $body, $expiresAt) ON CONFLICT (kind, id) DO UPDATE SET owner = excluded.owner, data_key = excluded.data_key, body = excluded.body, expires_at = excluded.expires_at",
            "$kind", "$id", "$owner", "$dataKey", "$body", "$expiresAt");
        _delete = Statement(connection, "DELETE FROM vault_rows WHERE kind = $kind AND id = $id", "$kind", "$id");
        _deleteOwned = Statement(connection, "DELETE FROM vault_rows WHERE owner = $owner", "$owner");
        _deleteExpired = Statement(connection, "DELETE FROM vault_rows WHERE expires_at <= $now", "$now");
    }

    private SqliteCommand[] All => [_find, _list, _newest, _page, _put, _delete, _deleteOwned, _deleteExpired];

    /// <inheritdoc/>
    public VaultRow? Find(string kind, string id) => First(Bind(_find, kind, id));

    /// <inheritdoc/>
    public VaultRow? Newest(string kind) => First(Bind(_newest, kind));

    /// <inheritdoc/>
    public void Put(VaultRow row) =>
        Bind(_put, row.Kind, row.Id, row.Owner, row.DataKey, row.Body, row.ExpiresAt?.ToUnixTimeMilliseconds()).ExecuteNonQuery();

    /// <inheritdoc/>
    public void Delete(string kind, string id) => Bind(_delete, kind, id).ExecuteNonQuery();

    /// <inheritdoc/>
    public void DeleteOwnedBy(string owner) => Bind(_deleteOwned, owner).ExecuteNonQuery();

    /// <inheritdoc/>
    public void DeleteExpired(DateTimeOffset now) => Bind(_deleteExpired, now.ToUnixTimeMilliseconds()).ExecuteNonQuery();

    /// <inheritdoc/>
    public IReadOnlyList<VaultRow> Page(string afterKind, string afterId, int limit) => Rows(Bind(_page, afterKind, afterId, limit));

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(All, statement => statement.Dispose());

    internal IReadOnlyList<VaultRow> List(string kind) => Rows(Bind(_list, kind));

    /// <summary>Makes the statements part of a transaction.</summary>
    internal void Use(SqliteTransaction transaction) => Array.ForEach(All, statement => statement.Transaction = transaction);

    private static SqliteCommand Statement(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var statement = new SqliteCommand(sql, connection);
        foreach (var name in parameters)
        {
            statement.Parameters.Add(new SqliteParameter { ParameterName = name, Value = DBNull.Value });
        }

        return statement;
    }

    private static SqliteCommand Bind(SqliteCommand statement, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            statement.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return statement;
    }

    private static VaultRow? First(SqliteCommand bound)
    {
        using var reader = bound.ExecuteReader();
        return reader.Read() ? Row(reader) : null;
    }

    private static List<VaultRow> Rows(SqliteCommand bound)
    {
        var rows = new List<VaultRow>();
        using var reader = bound.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(Row(reader));
        }

        return rows;
    }

    private static VaultRow Row(SqliteDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        reader.IsDBNull(2) ? null : reader.GetString(2),
        reader.GetInt64(3),
        reader.GetFieldValue<byte[]>(4),
        reader.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5)));
}
