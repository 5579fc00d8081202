using Hub.Actors.Sqlite;
using Microsoft.Data.Sqlite;

namespace Hub.Gateways.Vault;

/// <summary>The vault's rows in a SQLite file of their own: WAL, <c>synchronous=FULL</c>, one writer, one process.</summary>
/// <remarks>The reader's connection is read-only, so the writer is the only one that checkpoints (DESIGN 5).</remarks>
public sealed class SqliteVaultStore : IVaultStore
{
    private const int SchemaVersion = 1;

    private readonly string _path;
    private readonly Action<string> _failFast;
    private readonly FileStream _lock;
    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly VaultStatements _write;
    private readonly VaultStatements _read;
    private readonly Lock _reading = new();
    private readonly CommitQueue<IVaultWriter> _commits;
    private bool _broken;

    /// <summary>Opens the file, and makes it where there is none.</summary>
    /// <param name="path">Such as <c>data/vault.db</c>; its folder exists.</param>
    /// <param name="failFast">Ends the process at once; called with the reason when a sync failed or the file is damaged.</param>
    /// <exception cref="VaultConfigurationException">Another process has it open, or it is of a newer version.</exception>
    public SqliteVaultStore(string path, Action<string>? failFast = null)
    {
        (_path, _failFast) = (path, failFast ?? Environment.FailFast);
        _lock = LockFile(Path.ChangeExtension(path, ".lock"));
        _commits = new CommitQueue<IVaultWriter>(Commit);
        try
        {
            _writer = Connect(path, SqliteOpenMode.ReadWriteCreate);
            Prepare(_writer, path);
            _reader = Connect(path, SqliteOpenMode.ReadOnly);
            _write = new VaultStatements(_writer);
            _read = new VaultStatements(_reader);
        }
        catch (Exception)
        {
            _reader?.Dispose();
            _writer?.Dispose();
            _lock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public VaultRow? Find(string kind, string id) => Read(rows => rows.Find(kind, id));

    /// <inheritdoc/>
    public IReadOnlyList<VaultRow> List(string kind) => Read(rows => rows.List(kind));

    /// <inheritdoc/>
    public void Write(Action<IVaultWriter> change) => _commits.Run(change);

    /// <inheritdoc/>
    public Task WriteAsync(Action<IVaultWriter> change, CancellationToken cancel) => _commits.RunAsync(change, cancel);

    /// <inheritdoc/>
    public void WhileAlone(Action work) => work();

    /// <inheritdoc/>
    public void Scrub()
    {
        // Without writers and without the reader, or the log could not be cut off.
        _commits.RunAlone(() =>
        {
            lock (_reading)
            {
                Execute(_writer, "PRAGMA wal_checkpoint(TRUNCATE)");
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _read.Dispose();
        _reader.Dispose();
        _write.Dispose();
        _writer.Dispose();
        _lock.Dispose();
    }

    private T Read<T>(Func<VaultStatements, T> read)
    {
        lock (_reading)
        {
            try
            {
                return read(_read);
            }
            catch (SqliteException broken)
            {
                throw new VaultUnavailableException("The vault cannot be read.", broken);
            }
        }
    }

    private void Commit(IReadOnlyList<CommitQueue<IVaultWriter>.Change> batch)
    {
        var made = new List<CommitQueue<IVaultWriter>.Change>(batch.Count);
        try
        {
            if (_broken)
            {
                throw new VaultUnavailableException("The vault's disk failed earlier; restart after mending it.");
            }

            using var transaction = _writer.BeginTransaction(deferred: false);
            foreach (var change in batch)
            {
                Make(change, transaction, made);
            }

            transaction.Commit();
        }
        catch (Exception broken) when (broken is SqliteException or VaultUnavailableException)
        {
            if (broken is SqliteException failed && SqliteDamage.Is(failed.SqliteExtendedErrorCode)) Stop(broken);
            var told = broken as VaultUnavailableException ?? new VaultUnavailableException("The vault could not make a change durable.", broken);
            foreach (var change in batch)
            {
                change.Fail(told);
            }

            return;
        }

        foreach (var change in made)
        {
            change.Succeed();
        }
    }

    // After a failed write to disk nobody knows what the file holds, and a later sync would claim what is not so.
    private void Stop(Exception failure)
    {
        _broken = true;
        _failFast($"The vault {_path} failed: {failure.Message}");
    }

    private void Make(CommitQueue<IVaultWriter>.Change change, SqliteTransaction transaction, List<CommitQueue<IVaultWriter>.Change> made)
    {
        const string Name = "one";
        transaction.Save(Name);
        try
        {
            _write.Use(transaction);
            change.Work(_write);
            made.Add(change);
        }
        catch (Exception refused) when (refused is not SqliteException)
        {
            // This change's own doing: the others go on without it.
            transaction.Rollback(Name);
            change.Fail(refused);
        }

        transaction.Release(Name);
    }

    private static FileStream LockFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new VaultConfigurationException($"Another process has the vault open, or its folder cannot be written ({path}).", taken);
        }
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000;");
        using var version = new SqliteCommand("PRAGMA user_version", connection);
        switch (version.ExecuteScalar())
        {
            case 0L:
                Execute(connection, VaultStatements.Schema + $"PRAGMA user_version={SchemaVersion};");
                break;
            case (long)SchemaVersion:
                break;
            default:
                throw new VaultConfigurationException($"{path} was written by a newer version of the hub.");
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
