using SQLitePCL;

namespace Hub.Actors.Sqlite;

/// <summary>One connection to one SQLite file, used by one thread at a time; its statements are prepared once and kept.</summary>
/// <remarks>Straight on SQLitePCLRaw: the writer needs extended result codes and no allocation per row.</remarks>
internal sealed class SqliteDatabase : IDisposable
{
    private static readonly string LoadedVersion = Load();

    private readonly sqlite3 _connection;
    private readonly Dictionary<string, SqliteStatement> _prepared = new(StringComparer.Ordinal);

    private SqliteDatabase(sqlite3 connection) => _connection = connection;

    /// <summary>Such as <c>3.50.4</c>.</summary>
    public static string Version => LoadedVersion;

    /// <summary>The row id the last insert gave out.</summary>
    public long LastInsertId => raw.sqlite3_last_insert_rowid(_connection);

    /// <summary>How many rows the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_connection);

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_connection) == 0;

    /// <summary>Opens for writing; the file is made when it is not there.</summary>
    public static SqliteDatabase OpenWriter(string path) =>
        Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX);

    /// <summary>Opens for reading only: such a connection can neither write nor checkpoint.</summary>
    public static SqliteDatabase OpenReader(string path) => Open(path, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_NOMUTEX);

    /// <summary>Runs statements that answer nothing; separated by semicolons.</summary>
    public void Execute(string script)
    {
        var rest = script;
        while (!string.IsNullOrWhiteSpace(rest))
        {
            Check(raw.sqlite3_prepare_v2(_connection, rest, out var handle, out rest), script);
            using var statement = new SqliteStatement(this, handle, script);
            while (statement.Step())
            {
                // A pragma answers with a row nobody asked for.
            }
        }
    }

    /// <summary>The statement of this text, prepared on first use and ready to bind: every way to run one resets it.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle), sql);
            _prepared[sql] = statement = new SqliteStatement(this, handle, sql);
        }

        return statement;
    }

    /// <summary>Copies what the log holds into the file, as far as no reader is in the way.</summary>
    /// <returns>Whether all of it was copied.</returns>
    public bool Checkpoint()
    {
        Check(raw.sqlite3_wal_checkpoint_v2(_connection, null, raw.SQLITE_CHECKPOINT_PASSIVE, out var frames, out var copied), "checkpoint");
        return frames == copied;
    }

    /// <summary>Throws unless the code means success.</summary>
    public void Check(int code, string doing)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteFailureException(raw.sqlite3_extended_errcode(_connection), $"{raw.sqlite3_errmsg(_connection).utf8_to_string()} ({doing})");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }

        _prepared.Clear();
        _connection.Dispose();
    }

    private static SqliteDatabase Open(string path, int flags)
    {
        _ = LoadedVersion;
        var code = raw.sqlite3_open_v2(path, out var connection, flags, null);
        var database = new SqliteDatabase(connection);
        try
        {
            database.Check(code, $"open {path}");
            raw.sqlite3_extended_result_codes(connection, 1);
            raw.sqlite3_busy_timeout(connection, 5_000);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static string Load()
    {
        Batteries_V2.Init();
        return raw.sqlite3_libversion().utf8_to_string();
    }
}
