using System.Data.Common;
using System.Threading.Channels;
using Hub.Actors.Sqlite;
using Microsoft.Data.Sqlite;

namespace Hub.Api.Access.Storage;

/// <summary>The file <c>access.db</c>: who may call. WAL with full synchronization; one connection writes, another reads.</summary>
/// <remarks>
/// Writes that wait at the same moment share one transaction, each under a savepoint, so that a burst of new sessions costs one
/// sync and a failing write fails alone. Everything else in the process sees a write only once it is durable.
/// </remarks>
public sealed class SqliteAccess : AccessDatabase
{
    private const int Most = 512;

    private readonly string _path;
    private readonly Action<string> _failFast;
    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly Lock _reading = new();
    private readonly Channel<Pending> _waiting = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _loop;

    /// <summary>Opens the file, making it and its tables where they are missing.</summary>
    /// <param name="path">Where; its folder exists.</param>
    /// <param name="failFast">Ends the process at once; called with the reason when a sync failed or the file is damaged.</param>
    public SqliteAccess(string path, Action<string>? failFast = null)
    {
        (_path, _failFast) = (path, failFast ?? Environment.FailFast);
        _writer = Open(path);
        Execute(_writer, "PRAGMA journal_mode = WAL");
        Execute(_writer, "PRAGMA synchronous = FULL");
        Execute(_writer, AccessSchema.Tables);
        _reader = Open(path);
        Execute(_reader, "PRAGMA query_only = ON");
        _loop = Task.Factory.StartNew(WriteLoopAsync, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default).Unwrap();
    }

    /// <inheritdoc/>
    internal override T Read<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        lock (_reading)
        {
            using var command = AccessWriter.Command(_reader, sql, parameters);
            using var rows = command.ExecuteReader();
            return read(rows);
        }
    }

    /// <inheritdoc/>
    internal override Task<T> WriteAsync<T>(Func<AccessWriter, T> work)
    {
        var pending = new Pending<T>(work);
        return _waiting.Writer.TryWrite(pending)
            ? pending.Done.Task
            : Task.FromException<T>(new ObjectDisposedException(nameof(SqliteAccess)));
    }

    /// <inheritdoc/>
    internal override void WhenTold(Action look)
    {
        // Nobody else writes this file while the hub runs.
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        await _writer.DisposeAsync();
        await _reader.DisposeAsync();
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task WriteLoopAsync()
    {
        var batch = new List<Pending>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < Most && _waiting.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<Pending> batch)
    {
        try
        {
            Execute(_writer, "BEGIN IMMEDIATE");
            foreach (var pending in batch)
            {
                pending.Run(_writer);
            }

            Execute(_writer, "COMMIT");
        }
        catch (SqliteException failure)
        {
            if (!SQLitePCL.raw.sqlite3_get_autocommit(_writer.Handle).Equals(1)) Execute(_writer, "ROLLBACK");
            if (SqliteDamage.Is(failure.SqliteExtendedErrorCode)) _failFast($"{_path} failed: {failure.Message}");
            var told = new AccessUnavailableException("Who may call could not be made durable just now; try again.", failure);
            batch.ForEach(pending => pending.Fail(told));
            return;
        }

        batch.ForEach(pending => pending.Succeed());
    }

    private abstract class Pending
    {
        public abstract void Run(SqliteConnection connection);

        public abstract void Succeed();

        public abstract void Fail(Exception failure);
    }

    private sealed class Pending<T>(Func<AccessWriter, T> work) : Pending
    {
        private Exception? _failure;
        private T _result = default!;

        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Run(SqliteConnection connection)
        {
            Execute(connection, "SAVEPOINT one");
            try
            {
                _result = work(new AccessWriter(connection, tellOthers: ""));
            }
            catch (Exception failure)
            {
                _failure = failure;
                Execute(connection, "ROLLBACK TO one");
            }

            Execute(connection, "RELEASE one");
        }

        public override void Succeed()
        {
            if (_failure is { } failure) Done.SetException(failure);
            else Done.SetResult(_result);
        }

        public override void Fail(Exception failure) => Done.TrySetException(failure);
    }
}
