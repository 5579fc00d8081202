using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Hub.Sandbox;

/// <summary>Tells open pages at once what changed; a page that is too slow loses the oldest news and reloads on the next.</summary>
internal sealed class SandboxStream
{
    private const int Behind = 256;

    private readonly ConcurrentDictionary<Channel<SseItem<string>>, bool> _listeners = new();
    private volatile bool _ended;

    /// <summary>Tells every listener.</summary>
    /// <param name="kind"><c>phone</c>, <c>mail</c>, <c>bank</c>, <c>shop</c> or <c>clock</c>.</param>
    /// <param name="what">A small body that names what changed.</param>
    internal void Tell<T>(string kind, T what)
    {
        if (_listeners.IsEmpty) return;
        var item = new SseItem<string>(SandboxJson.Write(what), kind);
        foreach (var listener in _listeners.Keys) listener.Writer.TryWrite(item);
    }

    /// <summary>Lets every listener go: a host that stops would otherwise wait for pages that never leave.</summary>
    internal void End()
    {
        _ended = true;
        foreach (var listener in _listeners.Keys) listener.Writer.TryComplete();
    }

    /// <summary>Everything told from now on; the first item, <c>open</c>, says that listening has begun.</summary>
    internal async IAsyncEnumerable<SseItem<string>> ListenAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var mine = Channel.CreateBounded<SseItem<string>>(new BoundedChannelOptions(Behind) { FullMode = BoundedChannelFullMode.DropOldest });
        _listeners[mine] = true;
        if (_ended) mine.Writer.TryComplete();
        try
        {
            yield return new("{}", "open");
            await foreach (var item in mine.Reader.ReadAllAsync(cancel)) yield return item;
        }
        finally
        {
            _listeners.TryRemove(mine, out _);
        }
    }
}
