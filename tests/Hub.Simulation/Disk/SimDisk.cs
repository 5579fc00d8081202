using Hub.Actors.Journal;

namespace Hub.Simulation.Disk;

/// <summary>
/// The durable part of a journal: whole transactions, each written and then synced. What was written and not synced is gone when the
/// process that wrote it dies, and so is a transaction that was torn in the middle.
/// </summary>
internal sealed class SimDisk
{
    private readonly List<IReadOnlyList<JournalWrite>> _log = [];
    private int _synced;

    /// <summary>The journal as its owners read it: everything written, synced or not.</summary>
    public JournalTables Tables { get; private set; } = new();

    /// <summary>Hears of every transaction that became durable.</summary>
    public Action<IReadOnlyList<JournalWrite>, IReadOnlyList<WriteResult>> Durable { get; set; } = (_, _) => { };

    private readonly List<IReadOnlyList<WriteResult>> _results = [];

    /// <summary>Writes one transaction; it is not durable yet.</summary>
    public IReadOnlyList<WriteResult> Write(IReadOnlyList<JournalWrite> transaction)
    {
        IReadOnlyList<JournalWrite> kept = [.. transaction];
        var results = Tables.Apply(kept);
        _log.Add(kept);
        _results.Add(results);
        return results;
    }

    /// <summary>Makes what was written durable.</summary>
    public void Sync()
    {
        for (; _synced < _log.Count; _synced++)
        {
            Durable(_log[_synced], _results[_synced]);
        }
    }

    /// <summary>The machine lost its power: what was not synced is gone.</summary>
    /// <returns>How many transactions were lost.</returns>
    public int LosePower()
    {
        var lost = _log.Count - _synced;
        if (lost > 0)
        {
            _log.RemoveRange(_synced, lost);
            _results.RemoveRange(_synced, lost);
            Tables = new JournalTables { Opening = Tables.Opening, Fences = Tables.Fences };
            foreach (var transaction in _log)
            {
                Tables.Apply(transaction);
            }
        }

        return lost;
    }
}
