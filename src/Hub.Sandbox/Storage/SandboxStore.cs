using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox.Storage;

/// <summary>The sandbox's own file: one writing connection, on one thread, that commits whatever is waiting together.</summary>
/// <remarks>
/// WAL with synchronous=NORMAL: what was answered survives the end of the process, kill -9 included, though not a power cut.
/// Only one connection writes and checkpoints, since the bundled SQLite needs that for a sound WAL.
/// </remarks>
internal sealed class SandboxStore : IDisposable
{
    private const int MostAtOnce = 512;

    private readonly Channel<Work> _waiting = Channel.CreateUnbounded<Work>(new() { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly Thread _writer;
    private readonly string _readers;

    public SandboxStore(IOptions<SandboxOptions> options, IEnumerable<SandboxTables> tables)
    {
        Directory.CreateDirectory(options.Value.DataFolder);
        var file = Path.Combine(options.Value.DataFolder, "sandbox.db");
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        _readers = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString;
        _connection.Open();
        Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000;");
        foreach (var table in tables) Run(table.Sql);
        _writer = new Thread(WriteLoop) { IsBackground = true, Name = "sandbox-writer" };
        _writer.Start();
    }

    /// <summary>Runs work in a transaction that it may share with other work; it fails alone.</summary>
    /// <returns>What the work answered, once it is committed.</returns>
    internal Task<T> WriteAsync<T>(Func<SandboxTransaction, T> work)
    {
        var item = new Work<T>(work);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(item), this);
        return item.Task;
    }

    /// <summary>Reads on a connection of its own, so that a long list does not hold up the writer.</summary>
    internal T Read<T>(Func<SandboxTransaction, T> work)
    {
        using var connection = new SqliteConnection(_readers);
        connection.Open();
        using var transaction = new SandboxTransaction(connection);
        return work(transaction);
    }

    /// <summary>Writes what is waiting, then closes the file.</summary>
    public void Dispose()
    {
        if (!_waiting.Writer.TryComplete()) return;
        _writer.Join();
        _connection.Dispose();
    }

    private void WriteLoop()
    {
        using var transaction = new SandboxTransaction(_connection);
        var batch = new List<Work>(MostAtOnce);
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < MostAtOnce && _waiting.Reader.TryRead(out var next)) batch.Add(next);
            Write(transaction, batch);
            batch.Clear();
        }
    }

    private static void Write(SandboxTransaction transaction, List<Work> batch)
    {
        try
        {
            transaction.Execute("BEGIN IMMEDIATE");
            foreach (var work in batch) work.Run(transaction);
            transaction.Execute("COMMIT");
        }
        catch (SqliteException broken)
        {
            foreach (var work in batch) work.Fail(broken);
            transaction.Execute("ROLLBACK");
        }

        foreach (var work in batch) work.Answer();
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private abstract class Work
    {
        internal abstract void Run(SandboxTransaction transaction);

        internal abstract void Fail(Exception why);

        internal abstract void Answer();
    }

    private sealed class Work<T>(Func<SandboxTransaction, T> work) : Work
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _answer;
        private Exception? _failure;

        internal Task<T> Task => _done.Task;

        internal override void Run(SandboxTransaction transaction)
        {
            transaction.Execute("SAVEPOINT one");
            try
            {
                _answer = work(transaction);
            }
            catch (Exception thrown) when (thrown is not OutOfMemoryException)
            {
                // Handed to whoever asked for the work; the others in this transaction go on.
                _failure = thrown;
                transaction.Execute("ROLLBACK TO one");
            }

            transaction.Execute("RELEASE one");
        }

        internal override void Fail(Exception why) => _failure = why;

        internal override void Answer()
        {
            if (_failure is null) _done.SetResult(_answer!);
            else _done.SetException(_failure);
        }
    }
}

/// <summary>The tables of one part of the sandbox, as statements that may be run again.</summary>
internal sealed record SandboxTables(string Sql);
