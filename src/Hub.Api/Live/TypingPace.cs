using System.Collections.Concurrent;

namespace Hub.Api.Live;

/// <summary>How often one connection may say that its person is writing: once a second in each topic.</summary>
internal sealed class TypingPace(TimeProvider time)
{
    /// <summary>What comes sooner after the last is dropped without a word.</summary>
    internal static readonly TimeSpan Least = TimeSpan.FromSeconds(1L);

    private readonly ConcurrentDictionary<string, long> _told = new(StringComparer.Ordinal);

    /// <summary>Whether it may be told now; then it counts as told.</summary>
    internal bool MayTell(string topic)
    {
        var now = time.GetTimestamp();
        if (_told.TryGetValue(topic, out var last)) return time.GetElapsedTime(last, now) >= Least && _told.TryUpdate(topic, now, last);
        return _told.TryAdd(topic, now);
    }
}
