using Hub.Actors;
using Hub.Actors.Journal;
using Hub.Simulation.Core;

namespace Hub.Simulation.Disk;

/// <summary>One process's way to the journal, with everything that can go wrong with a disk.</summary>
/// <param name="world">The world.</param>
/// <param name="disk">What lasts.</param>
/// <param name="mix">How often what goes wrong.</param>
/// <param name="die">Ends this process at once.</param>
/// <param name="syncsLate">The planted bug: answers before the sync.</param>
internal sealed class NodeJournal(World world, SimDisk disk, Mix mix, Action<string> die, bool syncsLate) : IJournalStore
{
    private static readonly TimeSpan[] FullFor =
        [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(10)];

    private TimeSpan _fullUntil;
    private bool _dead;

    /// <inheritdoc/>
    public string Identity => "simulated";

    /// <inheritdoc/>
    public long Opening { get; } = disk.Open();

    /// <summary>Its process is dead: nothing it still does reaches the disk.</summary>
    public void Cut() => _dead = true;

    /// <inheritdoc/>
    public IReadOnlyList<WriteResult> Write(IReadOnlyList<JournalWrite> batch)
    {
        if (_dead)
        {
            throw new JournalUnavailableException("This process is dead.");
        }

        if (world.Strikes(mix.DiskFull, "disk full"))
        {
            _fullUntil = world.Now + world.Choices.Pick(Strand.Faults, FullFor);
            world.Story?.Tell(world.Now, "disk", $"is full until {_fullUntil}");
        }

        if (world.Faulty && world.Now < _fullUntil)
        {
            throw new JournalUnavailableException("No space is left.");
        }

        if (world.Strikes(mix.TornWrite, "torn write"))
        {
            die("tore a transaction");
            throw new JournalUnavailableException("This process died.");
        }

        if (world.Strikes(mix.LostAndUnknown, "commit lost and unknown"))
        {
            world.Story?.Tell(world.Now, "disk", "lost a transaction, and nobody can tell");
            throw new CommitUnknownException("The connection broke at COMMIT.");
        }

        return Commit(batch);
    }

    /// <inheritdoc/>
    public void Maintain()
    {
    }

    /// <inheritdoc/>
    public StreamSlice ReadStream(string stream, long afterVersion) => disk.Tables.ReadStream(stream, afterVersion);

    /// <inheritdoc/>
    public StoredCommand? FindCommand(string stream, string commandId) => disk.Tables.FindCommand(stream, commandId);

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> ReadFeed(long afterPosition, int limit) => disk.Tables.ReadFeed(afterPosition, limit);

    /// <inheritdoc/>
    public long Head() => disk.Tables.Feed.Count;

    /// <inheritdoc/>
    public IReadOnlyList<StoredTimer> DueTimers(DateTimeOffset now, StoredTimer? after, int limit) => disk.Tables.DueTimers(now, after, limit);

    /// <inheritdoc/>
    public StoredTimer? FindTimer(string stream, string name) => disk.Tables.FindTimer(stream, name);

    /// <inheritdoc/>
    public DateTimeOffset? NextTimer(DateTimeOffset after) => disk.Tables.NextTimer(after);

    /// <inheritdoc/>
    public IReadOnlyList<Checkpoint> Checkpoints(string reader) => disk.Tables.Checkpoints(reader);

    /// <inheritdoc/>
    public IReadOnlyList<Parking> Parked(string reaction) => disk.Tables.Parked(reaction);

    /// <inheritdoc/>
    public IReadOnlyList<Balance> Balances() => disk.Tables.Balances();

    /// <inheritdoc/>
    public IReadOnlyList<PostedLine> Postings(string stream) => disk.Tables.Postings(stream);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private IReadOnlyList<WriteResult> Commit(IReadOnlyList<JournalWrite> batch)
    {
        var results = disk.Write(batch, Opening);
        if (world.Strikes(mix.SyncFails, "sync failed"))
        {
            // After a failed sync nobody knows what the device keeps; here it kept it, or lost it.
            if (world.Choices.Next(Strand.Faults, 2) == 1)
            {
                disk.Sync();
            }

            die("stopped: a sync failed");
            throw new CommitUnknownException("A sync failed.");
        }

        if (syncsLate)
        {
            world.After(TimeSpan.FromMilliseconds(40), disk.Sync);
            return results;
        }

        disk.Sync();
        if (world.Strikes(mix.DeathAfterCommit, "death between commit and answer"))
        {
            die("died between commit and answer");
            throw new JournalUnavailableException("This process died.");
        }

        if (world.Strikes(mix.StoredButError, "committed, but an error came back"))
        {
            world.Story?.Tell(world.Now, "disk", "stored a transaction and answered with an error");
            throw new CommitUnknownException("The connection broke at COMMIT.");
        }

        return results;
    }
}
