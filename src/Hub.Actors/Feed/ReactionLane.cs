using Hub.Actors.Journal;

namespace Hub.Actors.Feed;

/// <summary>The events of one stream that wait for one reaction, in order.</summary>
internal sealed class ReactionLane(string stream)
{
    private readonly Queue<Item> _items = new();

    /// <summary>Whose events.</summary>
    public string Stream { get; } = stream;

    /// <summary>Handles them, one after the other.</summary>
    public Task Worker { get; set; } = Task.CompletedTask;

    /// <summary>The parking that is taken up; <c>null</c> where there was none.</summary>
    public Parking? Parked { get; init; }

    /// <summary>How many events of an earlier parking are still in the queue; the parking ends with the last of them.</summary>
    public int Replaying { get; set; }

    /// <summary>Puts an event at the end.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="step">Its place in the partition's progress; <c>null</c> when it lies below the checkpoint, covered by a parking.</param>
    public void Add(FeedEntry entry, PartitionProgress.Step? step) => _items.Enqueue(new Item(entry, step));

    /// <summary>The event whose turn it is, or <c>null</c>.</summary>
    public Item? Peek() => _items.TryPeek(out var item) ? item : null;

    /// <summary>Takes the first event off.</summary>
    public Item Take() => _items.Dequeue();

    /// <summary>One waiting event.</summary>
    internal sealed record Item(FeedEntry Entry, PartitionProgress.Step? Step);
}
