using SQLitePCL;

namespace Hub.Actors.Sqlite;

/// <summary>SQLite answered a call with something other than success.</summary>
/// <param name="code">The extended result code.</param>
/// <param name="message">SQLite's own words and what was being done; carries no values.</param>
/// <remarks>Source: sqlite.org/rescode.html.</remarks>
internal sealed class SqliteFailureException(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    /// <summary>The extended result code.</summary>
    public int Code { get; } = code;

    /// <summary>The low byte: the class of failure.</summary>
    public int Primary => Code & 0xff;

    /// <summary>No space is left. A growing wal-index says so in its own words.</summary>
    public bool IsDiskFull => Primary == raw.SQLITE_FULL || Code == SqliteDamage.NoSpaceForTheIndex;

    /// <summary>The device or the file itself failed: nothing more may be promised on it.</summary>
    public bool IsDamage => SqliteDamage.Is(Code);

    /// <summary>Passes for now: a lock, a full table of open files, no memory.</summary>
    public bool IsPassing => Primary is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY;
}
