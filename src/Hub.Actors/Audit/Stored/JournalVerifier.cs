using Hub.Actors.Journal.Sqlite;
using Hub.Actors.Sqlite;

namespace Hub.Actors.Audit.Stored;

/// <summary>There is no journal to read, or it cannot be read: which, why and what to do, in one line.</summary>
public sealed class JournalUnreadableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What to look at besides the events.</summary>
/// <param name="Views">The views' file to compare with their rebuild; <c>null</c> for none.</param>
/// <param name="AtRest">Whether the hub is known to have finished: then nothing may be pending or unknown without a case.</param>
public sealed record VerifyOptions(string? Views = null, bool AtRest = false);

/// <summary>How far it is.</summary>
/// <param name="Doing">What is being done.</param>
/// <param name="Done">Events done.</param>
/// <param name="Of">Events there are.</param>
public readonly record struct VerifyProgress(string Doing, long Done, long Of);

/// <summary>What came of it.</summary>
/// <param name="Identity">Which journal.</param>
/// <param name="Events">How many events it had when it was read.</param>
/// <param name="Tally">Each invariant that was looked at.</param>
/// <param name="Violations">The first hundred of each.</param>
public sealed record VerifyReport(string Identity, long Events, IReadOnlyList<InvariantTally> Tally, IReadOnlyList<Violation> Violations);

/// <summary>Reads a SQLite journal from its first event to its last, beside a running hub or not, and holds every invariant against it.</summary>
/// <remarks>
/// It opens the file for reading only, so it can neither write nor checkpoint, and reads page by page, so that it never keeps the
/// hub from checkpointing. What is appended while it reads is read too, up to one last moment whose tables are compared.
/// </remarks>
public sealed class JournalVerifier : IDisposable
{
    private readonly string _path;
    private readonly KindCatalog _kinds;
    private readonly SqliteReaders _readers;

    private JournalVerifier(string path, KindCatalog kinds, SqliteReaders readers, string identity) =>
        (_path, _kinds, _readers, Identity) = (path, kinds, readers, identity);

    /// <summary>Which journal.</summary>
    public string Identity { get; }

    /// <summary>Opens a journal.</summary>
    /// <param name="path">Its file, live or copied together with its log (<c>-wal</c>).</param>
    /// <param name="kinds">Every kind of actor.</param>
    /// <exception cref="JournalUnreadableException">There is none, or it is none of this hub's.</exception>
    public static JournalVerifier Open(string path, KindCatalog kinds)
    {
        if (!File.Exists(path))
        {
            throw new JournalUnreadableException($"There is no journal at {path}. Name the hub's folder with --Hub:Data=… or a journal with --journal=….");
        }

        var readers = new SqliteReaders(path);
        try
        {
            return new JournalVerifier(path, kinds, readers, Guard(path, () => readers.Read(SqliteSchema.IdentityOf)));
        }
        catch (InvalidOperationException other)
        {
            readers.Dispose();
            throw new JournalUnreadableException($"{path}: {other.Message} Verify it with the hub that wrote it.", other);
        }
        catch
        {
            readers.Dispose();
            throw;
        }
    }

    /// <summary>Verifies.</summary>
    /// <exception cref="JournalUnreadableException">The file broke while it was read.</exception>
    public VerifyReport Run(VerifyOptions options, Action<VerifyProgress> progress)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        var audit = new JournalAudit();
        var findings = audit.Findings;
        return Guard(_path, () =>
        {
            using var views = options.Views is { } path ? Guard(path, () => StoredViews.Open(path, Identity, findings)) : null;
            var end = ReadEvents(audit, options, progress);
            Fold(new StoredFolds(_kinds, findings, views), end, progress);
            views?.End();
            return new VerifyReport(Identity, end, audit.Tally, audit.Violations);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    private long ReadEvents(JournalAudit audit, VerifyOptions options, Action<VerifyProgress> progress)
    {
        var rows = new JournalRows(_kinds, audit.Findings);
        var latest = DateTimeOffset.MinValue;
        bool more;
        do
        {
            var page = _readers.Read(rows.Read);
            more = page.Count > 0;
            latest = Take(audit, page, latest);
            progress(new VerifyProgress("events", rows.Position, Math.Max(rows.Position, _readers.Read(Head))));
        }
        while (more);

        // The last of it and the tables beside it are read as of one moment.
        var tables = _readers.Read(reader => AsOfNow(reader, () =>
        {
            for (var page = rows.Read(reader); page.Count > 0; page = rows.Read(reader))
            {
                latest = Take(audit, page, latest);
            }

            rows.End(reader);
            return rows.Tables(reader);
        }));
        audit.CompareBalances(tables.Balances);
        audit.CompareTimers(tables.Timers);
        if (tables.FurthestCheckpoint > rows.Position)
        {
            audit.Findings.Report(1, "", rows.Position, $"a reader has read up to position {tables.FurthestCheckpoint}; the journal ends at {rows.Position}");
        }

        if (options.AtRest) audit.AtRest(latest);
        return rows.Position;
    }

    private static DateTimeOffset Take(JournalAudit audit, IReadOnlyList<JournalRow> page, DateTimeOffset latest)
    {
        foreach (var row in page)
        {
            audit.Read(row.Event);
            audit.Findings.Looked(23);
            if (CardNumberScan.Finds(row.Payload)) audit.Findings.Report(23, $"a card number stands in {row.Type}");
            latest = row.Event.At > latest ? row.Event.At : latest;
        }

        return latest;
    }

    private void Fold(StoredFolds folds, long end, Action<VerifyProgress> progress)
    {
        var done = 0L;
        for (var taken = -1; taken != 0; done += taken)
        {
            taken = _readers.Read(reader => folds.Read(reader, end));
            progress(new VerifyProgress("states", Math.Min(done + taken, end), end));
        }
    }

    private static long Head(SqliteDatabase reader) => reader.Prepare("SELECT max(position) FROM events").RunInt64();

    private static T AsOfNow<T>(SqliteDatabase reader, Func<T> read)
    {
        reader.Execute("BEGIN");
        try
        {
            return read();
        }
        finally
        {
            reader.Execute("COMMIT");
        }
    }

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteFailureException failure) when (failure.IsDamage)
        {
            throw new JournalUnreadableException($"{path} is damaged or no SQLite file ({failure.Code}). Verify a copy from before, or restore a backup.", failure);
        }
        catch (SqliteFailureException failure) when (failure.IsPassing)
        {
            throw new JournalUnreadableException($"{path} cannot be opened just now ({failure.Code}). The user needs to read it and to write in its folder; or verify a copy of it.", failure);
        }
        catch (SqliteFailureException failure)
        {
            throw new JournalUnreadableException($"{path} is no journal of OmniHub. Name the hub's folder with --Hub:Data=… or a journal with --journal=….", failure);
        }
    }
}
