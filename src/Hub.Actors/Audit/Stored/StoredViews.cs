using Hub.Actors.Sqlite;
using Hub.Actors.Views;
using Hub.Domain.Kernel;

namespace Hub.Actors.Audit.Stored;

/// <summary>Invariants 19 and 20: the views' file, as of one moment, compared with what the journal makes of it.</summary>
/// <remarks>The file is read in one transaction, so that all of it shows the same position.</remarks>
internal sealed class StoredViews : IDisposable
{
    private readonly SqliteDatabase _reader;
    private readonly Findings _findings;
    private readonly string _shelf;
    private long _states;
    private (long Count, ulong Sum) _expected;

    // What an older build left has no shelves, and no kind of actor that has one.
    private StoredViews(SqliteDatabase reader, Findings findings, long schema, long position) =>
        (_reader, _findings, _shelf, Position) = (reader, findings, schema >= ViewDatabase.FirstWithShelves ? "shelf" : "NULL", position);

    /// <summary>Everything up to here is in the views.</summary>
    internal long Position { get; }

    /// <summary>Opens the views of a journal as they are now.</summary>
    /// <exception cref="JournalUnreadableException">The file is none of views, or of another journal's.</exception>
    internal static StoredViews Open(string path, string identity, Findings findings)
    {
        var reader = SqliteDatabase.OpenReader(path);
        try
        {
            reader.Execute("BEGIN");
            var (journal, schema, position) = reader.Prepare("SELECT journal, schema, position FROM meta").RunFirst(row => (row.Text(0), row.Int64(1), row.Int64(2)));
            return journal == identity
                ? new StoredViews(reader, findings, schema, position)
                : throw new JournalUnreadableException($"The views in {path} were made from another journal. Delete the file; the hub makes it anew.");
        }
        catch (Exception)
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>An event was folded, and these topics hear of it.</summary>
    internal void Expect(ActorId actor, Subjects subjects, long position)
    {
        foreach (var topic in ViewBatch.Topics(actor, subjects))
        {
            _expected = (_expected.Count + 1, unchecked(_expected.Sum + Fingerprint(topic, position)));
        }
    }

    /// <summary>Compares one actor's row with its rebuild.</summary>
    internal void Compare(ActorId actor, long born, long version, State rebuilt, byte[] json)
    {
        _findings.Looked(20);
        _states++;
        var stored = _reader.Prepare($"""SELECT born, version, state, merchant, customer, "order", payment, {_shelf} FROM states WHERE actor = ?""").Bind(1, actor.ToString())
            .RunFirst(row => new Row(row.Int64(0), row.Int64(1), row.Bytes(2), new Subjects(Text(row, 3), Text(row, 4), Text(row, 5), Text(row, 6)), Text(row, 7)));
        if (stored is null)
        {
            _findings.Report(20, actor.ToString(), born, "it has no view");
        }
        else if (stored.Born != born || stored.Version != version || stored.Subjects != rebuilt.Subjects || stored.Shelf != rebuilt.Shelf || !stored.State.AsSpan().SequenceEqual(json))
        {
            _findings.Report(20, actor.ToString(), born, $"its view at version {stored.Version} is not its rebuild at version {version}");
        }
    }

    /// <summary>Every actor was compared: what is left over, and the topics' logs.</summary>
    internal void End()
    {
        var rows = _reader.Prepare("SELECT count(*) FROM states").RunInt64();
        if (rows != _states) _findings.Report(20, "", Position, $"there are {rows} views; the journal makes {_states}");
        var actual = WalkTopics();
        if (actual != _expected) _findings.Report(20, "", Position, $"the topics' logs have {actual.Count} entries, the rebuild {_expected.Count}, or not the same ones");
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private (long Count, ulong Sum) WalkTopics()
    {
        var (count, sum, topic, sequence, position) = (0L, 0UL, "", 0L, 0L);
        var log = _reader.Prepare("SELECT topic, sequence, position FROM topic_log ORDER BY topic, sequence");
        try
        {
            while (log.Step())
            {
                var name = log.Text(0);
                if (name != topic) (topic, sequence, position) = (name, 0, 0);
                _findings.Looked(19);
                if (log.Int64(1) != sequence + 1 || log.Int64(2) <= position || log.Int64(2) > Position)
                {
                    _findings.Report(19, topic, log.Int64(2), $"number {log.Int64(1)} of {topic} at position {log.Int64(2)} follows number {sequence} at {position}");
                }

                (sequence, position) = (log.Int64(1), log.Int64(2));
                (count, sum) = (count + 1, unchecked(sum + Fingerprint(topic, position)));
            }
        }
        finally
        {
            log.Reset();
        }

        return (count, sum);
    }

    private static string? Text(SqliteStatement row, int column) => row.IsNull(column) ? null : row.Text(column);

    // FNV-1a, 64 bit; summed, so that the order they come in does not matter.
    private static ulong Fingerprint(string topic, long position)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in topic)
        {
            hash = unchecked((hash ^ unit) * 1099511628211UL);
        }

        return unchecked((hash ^ (ulong)position) * 1099511628211UL);
    }

    private sealed record Row(long Born, long Version, byte[] State, Subjects Subjects, string? Shelf);
}
