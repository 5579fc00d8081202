namespace Hub.Actors.Feed;

/// <summary>What of one partition is under way, so that its checkpoint never passes the lowest unfinished event.</summary>
internal sealed class PartitionProgress(long checkpoint)
{
    private readonly Queue<Step> _steps = new();

    /// <summary>What an earlier run had finished.</summary>
    public long Restored { get; } = checkpoint;

    /// <summary>What the journal holds as this partition's checkpoint.</summary>
    public long Saved { get; set; } = checkpoint;

    /// <summary>Notes an event that is being handled; positions only grow.</summary>
    public Step Begin(long position)
    {
        var step = new Step(position);
        _steps.Enqueue(step);
        return step;
    }

    /// <summary>The checkpoint as of now.</summary>
    /// <param name="readUpTo">How far the feed has been read.</param>
    public long Finished(long readUpTo)
    {
        while (_steps.TryPeek(out var first) && first.Done)
        {
            _steps.Dequeue();
        }

        return Math.Max(Restored, _steps.TryPeek(out var open) ? open.Position - 1 : readUpTo);
    }

    /// <summary>One event under way.</summary>
    internal sealed class Step(long position)
    {
        public long Position { get; } = position;

        public bool Done { get; set; }
    }
}
