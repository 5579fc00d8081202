using Hub.Actors.Feed;
using Hub.Actors.Views;
using Hub.Api.Access;
using Hub.Api.Live;
using Hub.Api.Tests.Edge.Support;
using Hub.Domain.Kernel;

namespace Hub.Api.Tests.Live;

internal sealed record SomethingHappened(int Number) : Event;

/// <summary>Topics in memory, under the contract of <see cref="IViews"/>: added, then told, in order.</summary>
internal sealed class MemoryViews : IViews
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<TopicEntry>> _topics = [];
    private readonly List<Action<IReadOnlyList<TopicEntry>>> _subscribers = [];

    /// <summary>Called inside <see cref="ReadTopic"/>, before it reads; to let things happen in the middle of a replay.</summary>
    public Action<string>? Reading { get; set; }

    public TopicEntry Add(string topic, Subjects subjects)
    {
        lock (_lock)
        {
            if (!_topics.TryGetValue(topic, out var entries)) _topics[topic] = entries = [];
            var sequence = entries.Count + 1;
            var happened = new FeedEvent(sequence, new ActorId("payment", "pay_a"), sequence, DateTimeOffset.UnixEpoch, new SomethingHappened(sequence));
            var entry = new TopicEntry(topic, sequence, happened, new TestState(subjects));
            entries.Add(entry);
            _subscribers.ForEach(subscriber => subscriber([entry]));
            return entry;
        }
    }

    public IReadOnlyList<TopicEntry> ReadTopic(string topic, long after, int limit)
    {
        Reading?.Invoke(topic);
        lock (_lock) return [.. _topics.GetValueOrDefault(topic, []).Skip((int)after).Take(limit)];
    }

    public long Head(string topic)
    {
        lock (_lock) return _topics.GetValueOrDefault(topic, []).Count;
    }

    public IDisposable Subscribe(Action<IReadOnlyList<TopicEntry>> added)
    {
        lock (_lock) _subscribers.Add(added);
        return new Subscription(() =>
        {
            lock (_lock) _subscribers.Remove(added);
        });
    }

    public ViewPage List(ViewQuery query) => throw new NotSupportedException();

    public Task CaughtUpAsync(long position, CancellationToken cancel) => Task.CompletedTask;

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

/// <summary>Nobody has proved a device.</summary>
internal sealed class NoDevices : ILiveDevices
{
    public Task<string?> FindAsync(Caller caller, string? secret, CancellationToken cancel) => Task.FromResult<string?>(null);
}

/// <summary>Shows who it was made for, so that a test sees that views differ.</summary>
internal sealed class TestLiveViews : ILiveViews
{
    public LiveUpdate? ToUpdate(TopicEntry entry, Caller caller, string? device) => new(
        entry.Topic, entry.Sequence, "payment.something_happened", entry.Event.At, new { seenBy = caller.Tenant }, null);
}
