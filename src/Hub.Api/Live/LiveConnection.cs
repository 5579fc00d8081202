using System.Collections.Concurrent;
using System.Threading.Channels;
using Hub.Actors.Views;
using Hub.Api.Access;

namespace Hub.Api.Live;

/// <summary>One watcher: its topics, how far each was sent, and a bounded queue of what is still to send.</summary>
/// <remarks>
/// A single loop sends everything, so the order on the wire is the order of sequences. An entry that follows on what was sent goes
/// out as it is; one that leaves a gap has the gap read from the view first; one that was sent already is dropped. So it does not
/// matter how a replay and new entries overlap: each is sent exactly once (invariant 19).
/// </remarks>
internal sealed class LiveConnection : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Watching> _topics = new(StringComparer.Ordinal);
    private readonly Channel<Work> _waiting;
    private readonly IViews _views;
    private readonly Func<TopicEntry, Caller, string?, LiveUpdate?> _translate;
    private readonly ILiveClient _client;
    private readonly TypingPace _typing;
    private readonly Action _cutOff;
    private readonly int _page;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    internal LiveConnection(Caller caller, IViews views, ILiveViews translate, LiveOptions options, ILiveClient client, TimeProvider time, Action cutOff)
    {
        Caller = caller;
        _views = views;
        _translate = translate.ToUpdate;
        _client = client;
        _typing = new TypingPace(time);
        _cutOff = cutOff;
        _page = options.ReplayPage;
        _waiting = Channel.CreateBounded<Work>(new BoundedChannelOptions(options.MostWaiting) { SingleReader = true });
        _loop = SendLoopAsync();
    }

    internal Caller Caller { get; }

    internal IEnumerable<string> Topics => _topics.Keys;

    internal int Count => _topics.Count;

    /// <summary>The address key of the device it has shown to be on; <c>null</c> for none.</summary>
    internal string? Device { get; set; }

    internal bool Watches(string topic) => _topics.ContainsKey(topic);

    /// <summary>Whether its person may be said to be writing once more; more often than now and then says nothing new.</summary>
    internal bool MayTell(string topic) => _typing.MayTell(topic);

    /// <summary>Tells of somebody who is writing, in its turn.</summary>
    internal void Take(TypingNotice typing)
    {
        if (Watches(typing.Topic)) Enqueue(new Work(null, null, typing));
    }

    /// <summary>Begins a topic, or begins it anew.</summary>
    /// <returns>Completes with the sequence up to which everything was sent.</returns>
    internal Task<long> WatchAsync(string topic, long after)
    {
        var watching = new Watching(topic, after);
        _topics[topic] = watching;
        Enqueue(new Work(watching, null, null));
        return watching.Replayed.Task;
    }

    internal bool Unwatch(string topic) => _topics.TryRemove(topic, out _);

    /// <summary>Takes a new entry of a topic; whoever has too many waiting is cut off.</summary>
    internal void Take(TopicEntry entry)
    {
        if (_topics.TryGetValue(entry.Topic, out var watching)) Enqueue(new Work(watching, entry, null));
    }

    internal void CutOff() => _cutOff();

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stop.CancelAsync();
        await _loop;
        foreach (var watching in _topics.Values)
        {
            watching.Replayed.TrySetCanceled();
        }

        _stop.Dispose();
    }

    private void Enqueue(Work work)
    {
        if (!_waiting.Writer.TryWrite(work)) _cutOff();
    }

    private async Task SendLoopAsync()
    {
        await Task.Yield();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(_stop.Token))
            {
                while (_waiting.Reader.TryRead(out var work))
                {
                    await SendAsync(work);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The connection is gone; what was waiting is replayed when the watcher comes back.
        }
        catch
        {
            _cutOff();
            throw;
        }
    }

    private async Task SendAsync(Work work)
    {
        if (work.Typing is { } typing)
        {
            await _client.typing(typing);
            return;
        }

        var watching = work.Watching!;
        if (work.Entry is not { } entry)
        {
            await ReplayAsync(watching, _views.Head(watching.Topic));
            watching.Replayed.TrySetResult(watching.Sent);
            return;
        }

        if (entry.Sequence > watching.Sent + 1) await ReplayAsync(watching, entry.Sequence - 1);
        await SendAsync(watching, entry);
    }

    private async Task ReplayAsync(Watching watching, long until)
    {
        while (watching.Sent < until && IsCurrent(watching))
        {
            var page = _views.ReadTopic(watching.Topic, watching.Sent, _page);
            if (page.Count == 0) return;
            foreach (var entry in page)
            {
                await SendAsync(watching, entry);
            }
        }
    }

    private async Task SendAsync(Watching watching, TopicEntry entry)
    {
        _stop.Token.ThrowIfCancellationRequested();
        if (entry.Sequence <= watching.Sent || !IsCurrent(watching)) return;
        watching.Sent = entry.Sequence;
        if (!Caller.MaySee(entry.State.Subjects)) return;
        if (_translate(entry, Caller, Device) is { } update) await _client.update(update);
    }

    // A topic that was given up, or begun anew, in the meantime sends nothing more under its old beginning.
    private bool IsCurrent(Watching watching) => _topics.TryGetValue(watching.Topic, out var current) && ReferenceEquals(current, watching);

    private sealed class Watching(string topic, long after)
    {
        public string Topic { get; } = topic;

        /// <summary>The last sequence that was sent or passed over; only the loop touches it.</summary>
        public long Sent { get; set; } = after;

        public TaskCompletionSource<long> Replayed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed record Work(Watching? Watching, TopicEntry? Entry, TypingNotice? Typing);
}
