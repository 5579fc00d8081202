using System.Text;
using SQLitePCL;

namespace Hub.Actors.Sqlite;

/// <summary>A prepared statement. Parameters count from 1, columns from 0, as in SQLite.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle, string sql) : IDisposable
{
    private const int OnStack = 512;

    /// <summary>Ready to bind again. A failed step was reported by <see cref="Step"/> already.</summary>
    public void Reset() => _ = raw.sqlite3_reset(handle);

    /// <summary>Binds an integer.</summary>
    public SqliteStatement Bind(int index, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, index, value), sql);
        return this;
    }

    /// <summary>Binds a time as 100-nanosecond ticks of UTC, so that none is rounded.</summary>
    public SqliteStatement Bind(int index, DateTimeOffset value) => Bind(index, value.UtcTicks);

    /// <summary>Binds text, or NULL.</summary>
    public SqliteStatement Bind(int index, string? value)
    {
        if (value is null)
        {
            database.Check(raw.sqlite3_bind_null(handle, index), sql);
            return this;
        }

        var most = value.Length * 3;
        Span<byte> utf8 = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        return BindUtf8(index, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
    }

    /// <summary>Binds UTF-8 bytes as text.</summary>
    public SqliteStatement BindUtf8(int index, ReadOnlySpan<byte> value)
    {
        database.Check(raw.sqlite3_bind_text(handle, index, value), sql);
        return this;
    }

    /// <summary>Binds bytes.</summary>
    public SqliteStatement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        database.Check(raw.sqlite3_bind_blob(handle, index, value), sql);
        return this;
    }

    /// <summary>Runs up to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return code == raw.SQLITE_ROW;
        }

        database.Check(code, sql);
        return false;
    }

    /// <summary>Runs to the end and resets, so that no read stays open.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
                // Rows of a RETURNING clause nobody asked for.
            }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first column of the first row, or <paramref name="otherwise"/> when there is no row or it is NULL; resets.</summary>
    public long RunInt64(long otherwise = 0)
    {
        try
        {
            return Step() && !IsNull(0) ? Int64(0) : otherwise;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Every row, read by <paramref name="read"/>; resets.</summary>
    public List<T> RunList<T>(Func<SqliteStatement, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (Step())
            {
                rows.Add(read(this));
            }

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first row, or the default when there is none; resets.</summary>
    public T? RunFirst<T>(Func<SqliteStatement, T> read)
    {
        try
        {
            return Step() ? read(this) : default;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Whether a column is NULL.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>An integer column.</summary>
    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>A time column, in UTC.</summary>
    public DateTimeOffset Time(int column) => new(Int64(column), TimeSpan.Zero);

    /// <summary>A text column.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    /// <summary>The bytes of a text or blob column; a copy.</summary>
    public byte[] Bytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
