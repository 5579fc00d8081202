using Hub.Actors.Journal.Postgres;
using Hub.Actors.Postgres;
using Npgsql;

namespace Hub.Gateways.Vault.Postgres;

/// <summary>The vault's rows in PostgreSQL, shared by every node.</summary>
/// <remarks>
/// Changes run one at a time over all nodes: each transaction holds one lock from its first statement on, so what a change reads in it
/// is the last word. Changes that wait at the same moment on one node share a transaction, each under a savepoint. A node that stands
/// still within a change is cut off after five seconds (<see cref="PostgresOptions"/>); the others wait that long.
/// A commit whose answer is lost is told as a failure: every change may be made again, and finds what is there, under the lock.
/// </remarks>
public sealed class PostgresVaultStore : IVaultStore
{
    private const string Schema = "hub_vault";
    private const string TakeTurn = "SELECT pg_advisory_xact_lock(20300, 0)";

    private static readonly IReadOnlyList<string> Steps = [PostgresSteps.Read(typeof(PostgresVaultStore).Assembly, "vault-0001")];

    private readonly PostgresTables _tables;
    private readonly CommitQueue<IVaultWriter> _commits;
    private NpgsqlConnection? _session;
    private bool _disposed;

    private PostgresVaultStore(PostgresTables tables)
    {
        _tables = tables;
        _commits = new CommitQueue<IVaultWriter>(Commit);
    }

    /// <summary>Host and database, for errors.</summary>
    public string Place => _tables.Place;

    /// <summary>Opens the rows; makes their tables where there are none.</summary>
    /// <param name="options">Which database.</param>
    /// <exception cref="DatabaseRefusedException">The database cannot hold them, or a later build wrote them.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached.</exception>
    public static PostgresVaultStore Open(PostgresOptions options) => new(PostgresTables.Open(options, Schema, Steps, "the vault"));

    /// <inheritdoc/>
    public VaultRow? Find(string kind, string id) => Read(VaultSql.Find, kind, id) is [var row, ..] ? row : null;

    /// <inheritdoc/>
    public IReadOnlyList<VaultRow> List(string kind) => Read(VaultSql.List, kind);

    /// <inheritdoc/>
    public void Write(Action<IVaultWriter> change) => _commits.Run(change);

    /// <inheritdoc/>
    public Task WriteAsync(Action<IVaultWriter> change, CancellationToken cancel) => _commits.RunAsync(change, cancel);

    /// <inheritdoc/>
    public void WhileAlone(Action work)
    {
        var working = false;
        try
        {
            _tables.WhileAlone(() =>
            {
                working = true;
                work();
            });
        }
        catch (Exception failure) when (!working && failure.IsOutage())
        {
            throw Unavailable("Another node held the vault for too long, or its database cannot be reached.", failure);
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Takes deleted rows out of the table's pages. The server's log and backups keep them until they are recycled: as ciphertext,
    /// under data keys that <c>keys rotate</c> ends.
    /// </remarks>
    public void Scrub()
    {
        try
        {
            _tables.Read(connection =>
            {
                using var vacuum = new NpgsqlCommand("VACUUM (SKIP_LOCKED) vault_rows", connection);
                return vacuum.ExecuteNonQuery();
            });
        }
        catch (Exception failure) when (failure.IsOutage())
        {
            throw Unavailable("What was deleted from the vault could not be taken out of its files just now.", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _commits.RunAlone(() =>
    {
        _disposed = true;
        Drop();
        _tables.Dispose();
    });

    private List<VaultRow> Read(string sql, params object[] values)
    {
        try
        {
            return _tables.Read(connection =>
            {
                using var command = VaultSql.Command(connection, sql, values);
                using var rows = command.ExecuteReader();
                return VaultSql.Rows(rows);
            });
        }
        catch (Exception failure) when (failure.IsOutage())
        {
            throw Unavailable("The vault cannot be read.", failure);
        }
    }

    private void Commit(IReadOnlyList<CommitQueue<IVaultWriter>.Change> batch)
    {
        var made = new List<CommitQueue<IVaultWriter>.Change>(batch.Count);
        try
        {
            using var transaction = BeginTransaction();
            var writer = new PostgresVaultWriter(transaction.Connection!);
            foreach (var change in batch)
            {
                Make(change, writer, made);
            }

            writer.End();
            transaction.Commit();
        }
        catch (Exception failure)
        {
            // Also after a refusal: Npgsql 10.0.0 loses count of what it prepared by itself when a statement fails.
            Drop();
            var told = failure.IsOutage() ? Unavailable("The vault could not make a change durable.", failure) : failure;
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

    // The server's failures are everybody's: the transaction is over.
    private static void Make(CommitQueue<IVaultWriter>.Change change, PostgresVaultWriter writer, List<CommitQueue<IVaultWriter>.Change> made)
    {
        writer.Begin();
        try
        {
            change.Work(writer);
            made.Add(change);
        }
        catch (Exception refused) when (!refused.IsOutage() && refused is not PostgresException)
        {
            // This change's own doing: the others go on without it.
            writer.Undo();
            change.Fail(refused);
        }
    }

    // A session may have died while it rested. Nothing has run yet, so a new one may take its place.
    private NpgsqlTransaction BeginTransaction()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_session is { } rested)
        {
            try
            {
                return Begin(rested);
            }
            catch (Exception failure) when (failure.IsLost())
            {
                Drop();
            }
        }

        return Begin(_session = _tables.OpenSession("omnihub vault writer"));
    }

    private static NpgsqlTransaction Begin(NpgsqlConnection session)
    {
        var transaction = session.BeginTransaction();
        using var command = new NpgsqlCommand(TakeTurn, session, transaction);
        command.ExecuteNonQuery();
        return transaction;
    }

    private void Drop()
    {
        _session?.Dispose();
        _session = null;
    }

    private static VaultUnavailableException Unavailable(string words, Exception failure) => new(words, failure);
}
