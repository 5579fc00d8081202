using Hub.Actors.Journal;

namespace Hub.Bench.Turns;

/// <summary>A journal that counts its commits, and may be told to take longer over each.</summary>
/// <param name="inner">The journal.</param>
/// <param name="slower">How much longer a commit takes, as on a disk that is slower to sync.</param>
internal sealed class CountedStore(IJournalStore inner, TimeSpan slower = default) : IJournalStore
{
    private long _commits;

    /// <summary>How many commits there were.</summary>
    public long Commits => Volatile.Read(ref _commits);

    public string Identity => inner.Identity;

    public long Opening => inner.Opening;

    public IReadOnlyList<WriteResult> Write(IReadOnlyList<JournalWrite> batch)
    {
        var results = inner.Write(batch);
        Interlocked.Increment(ref _commits);
        if (slower > TimeSpan.Zero)
        {
            Thread.Sleep(slower);
        }

        return results;
    }

    public void Maintain() => inner.Maintain();

    public StreamSlice ReadStream(string stream, long afterVersion) => inner.ReadStream(stream, afterVersion);

    public StoredCommand? FindCommand(string stream, string commandId) => inner.FindCommand(stream, commandId);

    public IReadOnlyList<StoredEvent> ReadFeed(long afterPosition, int limit) => inner.ReadFeed(afterPosition, limit);

    public long Head() => inner.Head();

    public IReadOnlyList<StoredTimer> DueTimers(DateTimeOffset now, StoredTimer? after, int limit) => inner.DueTimers(now, after, limit);

    public StoredTimer? FindTimer(string stream, string name) => inner.FindTimer(stream, name);

    public DateTimeOffset? NextTimer(DateTimeOffset after) => inner.NextTimer(after);

    public IReadOnlyList<Checkpoint> Checkpoints(string reader) => inner.Checkpoints(reader);

    public IReadOnlyList<Parking> Parked(string reaction) => inner.Parked(reaction);

    public IReadOnlyList<Balance> Balances() => inner.Balances();

    public IReadOnlyList<PostedLine> Postings(string stream) => inner.Postings(stream);

    public void Dispose() => inner.Dispose();
}
