using System.Collections.Concurrent;
using Hub.Actors.Feed;

namespace Hub.Actors.Tests.Feed;

/// <summary>A reaction that remembers what it saw and does what the test tells it.</summary>
public sealed class Recorder(string name, Func<FeedEvent, CancellationToken, Task>? act = null) : IReaction
{
    private readonly ConcurrentQueue<FeedEvent> _finished = new();

    public string Name => name;

    public IReadOnlyList<FeedEvent> Finished => [.. _finished];

    public bool Follows(string kind) => kind == "till";

    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        if (act is not null)
        {
            await act(happened, cancel);
        }

        _finished.Enqueue(happened);
    }
}
