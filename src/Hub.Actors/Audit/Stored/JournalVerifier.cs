using Hub.Actors.Journal.Postgres;

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

/// <summary>Reads a journal from its first event to its last, beside a running hub or not, and holds every invariant against it.</summary>
/// <remarks>It only reads, and keeps no hub from writing. What is appended meanwhile may be read too, up to one last moment whose tables are compared.</remarks>
public sealed class JournalVerifier : IDisposable
{
    private readonly IStoredJournal _journal;
    private readonly KindCatalog _kinds;

    private JournalVerifier(IStoredJournal journal, KindCatalog kinds) => (_journal, _kinds) = (journal, kinds);

    /// <summary>Which journal.</summary>
    public string Identity => _journal.Identity;

    /// <summary>Where it lies: a file's path, or host and database.</summary>
    public string Place => _journal.Place;

    /// <summary>Opens a journal in a SQLite file.</summary>
    /// <param name="path">The file, live or copied together with its log (<c>-wal</c>).</param>
    /// <param name="kinds">Every kind of actor.</param>
    /// <exception cref="JournalUnreadableException">There is none, or it is none of this hub's.</exception>
    public static JournalVerifier Open(string path, KindCatalog kinds) => new(SqliteStoredJournal.Open(path), kinds);

    /// <summary>Opens a journal in PostgreSQL. All of it is read as of one moment.</summary>
    /// <param name="options">Which database.</param>
    /// <param name="kinds">Every kind of actor.</param>
    /// <exception cref="JournalUnreadableException">There is none in it, or it cannot be read.</exception>
    public static JournalVerifier Open(PostgresOptions options, KindCatalog kinds) => new(PostgresStoredJournal.Open(options), kinds);

    /// <summary>Verifies.</summary>
    /// <exception cref="JournalUnreadableException">The journal broke while it was read.</exception>
    public VerifyReport Run(VerifyOptions options, Action<VerifyProgress> progress)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        var audit = new JournalAudit();
        var findings = audit.Findings;
        return _journal.Guard(() =>
        {
            // Before the journal: it must not be behind what its views were made of.
            using var views = options.Views is { } path ? SqliteStoredJournal.Guard(path, () => StoredViews.Open(path, Identity, findings)) : null;
            var end = ReadEvents(audit, options, progress);
            Fold(new StoredFolds(_journal, _kinds, findings, views), end, progress);
            views?.End();
            return new VerifyReport(Identity, end, audit.Tally, audit.Violations);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _journal.Dispose();

    private long ReadEvents(JournalAudit audit, VerifyOptions options, Action<VerifyProgress> progress)
    {
        var rows = new JournalRows(_journal, _kinds, audit.Findings);
        var latest = DateTimeOffset.MinValue;
        bool more;
        do
        {
            var page = rows.Read();
            more = page.Count > 0;
            latest = Take(audit, page, latest);
            progress(new VerifyProgress("events", rows.Position, Math.Max(rows.Position, _journal.Head())));
        }
        while (more);

        // The last of it and the tables beside it are read as of one moment.
        var tables = _journal.AsOfNow(() =>
        {
            for (var page = rows.Read(); page.Count > 0; page = rows.Read())
            {
                latest = Take(audit, page, latest);
            }

            rows.End();
            return rows.Tables();
        });
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

    private static void Fold(StoredFolds folds, long end, Action<VerifyProgress> progress)
    {
        var done = 0L;
        for (var taken = -1; taken != 0; done += taken)
        {
            taken = folds.Read(end);
            progress(new VerifyProgress("states", Math.Min(done + taken, end), end));
        }
    }
}
