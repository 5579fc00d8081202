using System.Collections.Concurrent;

namespace Hub.Actors.Sqlite;

/// <summary>Read-only connections to one file, each used by one caller at a time and kept for the next.</summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteDatabase> _idle = [];
    private volatile bool _closed;

    /// <summary>Reads on a connection of its own.</summary>
    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    public T Read<T>(Func<SqliteDatabase, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (!_idle.TryTake(out var connection))
        {
            connection = SqliteDatabase.OpenReader(path);
        }

        try
        {
            return read(connection);
        }
        finally
        {
            _idle.Add(connection);
            if (_closed)
            {
                Drain();
            }
        }
    }

    /// <summary>Closes what is idle; what is in use closes when it comes back.</summary>
    public void Dispose()
    {
        _closed = true;
        Drain();
    }

    private void Drain()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
