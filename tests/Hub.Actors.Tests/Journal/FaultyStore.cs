using Hub.Actors.Journal;

namespace Hub.Actors.Tests.Journal;

/// <summary>A store in front of another one that fails where the test says so.</summary>
public sealed class FaultyStore(IJournalStore inner) : IJournalStore
{
    /// <summary>Called with every batch before it is written; may throw instead of the store.</summary>
    public Action<IReadOnlyList<JournalWrite>> Before { get; set; } = _ => { };

    /// <summary>Called after a batch became durable; may throw although it did.</summary>
    public Action<IReadOnlyList<JournalWrite>> After { get; set; } = _ => { };

    /// <summary>Called before parked streams are read; may throw instead of the store.</summary>
    public Action BeforeParked { get; set; } = () => { };

    /// <summary>How many batches were written.</summary>
    public int Batches { get; private set; }

    public string Identity => inner.Identity;

    /// <summary>Who this store says it is; another number makes what it wrote somebody else's.</summary>
    public long Opening { get; set; } = inner.Opening;

    public IReadOnlyList<WriteResult> Write(IReadOnlyList<JournalWrite> batch)
    {
        Before(batch);
        IReadOnlyList<WriteResult> results;

        // A store has one writer at a time; a test that writes past the engine is another one.
        lock (inner)
        {
            results = inner.Write(batch);
        }

        Batches++;
        After(batch);
        return results;
    }

    public void Maintain()
    {
        lock (inner)
        {
            inner.Maintain();
        }
    }

    public void WhenOthersWrite(Action look) => inner.WhenOthersWrite(look);

    public StreamSlice ReadStream(string stream, long afterVersion) => inner.ReadStream(stream, afterVersion);

    public StoredCommand? FindCommand(string stream, string commandId) => inner.FindCommand(stream, commandId);

    public IReadOnlyList<StoredEvent> ReadFeed(long afterPosition, int limit) => inner.ReadFeed(afterPosition, limit);

    public long Head() => inner.Head();

    public IReadOnlyList<StoredTimer> DueTimers(DateTimeOffset now, StoredTimer? after, int limit) => inner.DueTimers(now, after, limit);

    public StoredTimer? FindTimer(string stream, string name) => inner.FindTimer(stream, name);

    public DateTimeOffset? NextTimer(DateTimeOffset after) => inner.NextTimer(after);

    public IReadOnlyList<Checkpoint> Checkpoints(string reader) => inner.Checkpoints(reader);

    public IReadOnlyList<Parking> Parked(string reaction)
    {
        BeforeParked();
        return inner.Parked(reaction);
    }

    public IReadOnlyList<Balance> Balances() => inner.Balances();

    public IReadOnlyList<PostedLine> Postings(string stream) => inner.Postings(stream);

    public void Dispose() => inner.Dispose();
}
