using SQLitePCL;

namespace Hub.Actors.Sqlite;

/// <summary>Tells a device or file that failed from everything else that SQLite may answer.</summary>
/// <remarks>After a failed write to disk nobody knows what the file holds, and a later sync would claim what is not so. Source: sqlite.org/rescode.html.</remarks>
public static class SqliteDamage
{
    /// <summary>A wal-index that cannot grow: no space is left, in words of its own.</summary>
    internal const int NoSpaceForTheIndex = raw.SQLITE_IOERR_SHMSIZE;

    /// <summary>Whether nothing more may be promised on the file.</summary>
    /// <param name="code">The extended result code.</param>
    public static bool Is(int code) =>
        (code & 0xff) is raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB && code != NoSpaceForTheIndex;
}
