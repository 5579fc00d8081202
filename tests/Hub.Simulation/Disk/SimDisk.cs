using Hub.Actors.Journal;

namespace Hub.Simulation.Disk;

/// <summary>
/// The durable part of a journal: whole transactions, each written and then synced. What was written and not synced is gone when the
/// process that wrote it dies, and so is a transaction that was torn in the middle.
/// </summary>
internal sealed class SimDisk
{
    private readonly List<(IReadOnlyList<JournalWrite> Writes, long Opening)> _log = [];
    private readonly List<IReadOnlyList<WriteResult>> _results = [];
    private int _synced;
    private long _openings;

    /// <summary>The journal as its owners read it: everything written, synced or not.</summary>
    public JournalTables Tables { get; private set; } = new();

    /// <summary>Hears of every transaction that became durable.</summary>
    public Action<IReadOnlyList<JournalWrite>, IReadOnlyList<WriteResult>> Durable { get; set; } = (_, _) => { };

    /// <summary>A process opens the journal.</summary>
    /// <returns>The number of this opening.</returns>
    public long Open() => ++_openings;

    /// <summary>Writes one transaction; it is not durable yet.</summary>
    /// <param name="transaction">The writes.</param>
    /// <param name="opening">Who writes.</param>
    public IReadOnlyList<WriteResult> Write(IReadOnlyList<JournalWrite> transaction, long opening)
    {
        IReadOnlyList<JournalWrite> kept = [.. transaction];
        var results = Tables.Apply(kept, opening);
        _log.Add((kept, opening));
        _results.Add(results);
        return results;
    }

    /// <summary>Makes what was written durable.</summary>
    public void Sync()
    {
        for (; _synced < _log.Count; _synced++)
        {
            Durable(_log[_synced].Writes, _results[_synced]);
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
            Tables = new JournalTables { Fences = Tables.Fences };
            foreach (var (writes, opening) in _log)
            {
                Tables.Apply(writes, opening);
            }
        }

        return lost;
    }
}
