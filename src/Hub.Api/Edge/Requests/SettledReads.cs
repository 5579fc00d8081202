using System.Collections.Concurrent;
using Hub.Actors;
using Hub.Actors.Views;
using Hub.Domain.Kernel;

namespace Hub.Api.Edge.Requests;

/// <summary>Reads an actor, and waits until its state is one that will stay for a while, as <c>Prefer: wait</c> asks.</summary>
/// <remarks>The feed only wakes the waiter; what is answered is read from the actor, so an old view cannot mislead it.</remarks>
public sealed class SettledReads : IDisposable
{
    private readonly ConcurrentDictionary<ActorId, TaskCompletionSource> _waiting = new();
    private readonly IActors _actors;
    private readonly TimeProvider _time;
    private readonly IDisposable _subscription;

    /// <summary>Begins to listen to the feed.</summary>
    public SettledReads(IActors actors, IViews views, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(views);
        _actors = actors;
        _time = time;
        _subscription = views.Subscribe(Wake);
    }

    /// <summary>The state as soon as it has settled, or as it is when the wait is over.</summary>
    /// <param name="actor">Which actor.</param>
    /// <param name="settled">Whether a state is no longer on its way to another.</param>
    /// <param name="wait">How long the caller is willing to wait; 0 reads once.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<ActorReading> ReadAsync(ActorId actor, Func<State, bool> settled, PreferWait wait, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(settled);
        ArgumentNullException.ThrowIfNull(wait);
        var end = _time.GetUtcNow() + wait.Time;
        while (true)
        {
            // Asked to be woken first, then read: a change in between is not missed.
            var change = _waiting.GetOrAdd(actor, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            var reading = await _actors.ReadAsync(actor, cancel);
            var left = end - _time.GetUtcNow();
            if (settled(reading.State) || left <= TimeSpan.Zero || !await ChangedAsync(change.Task, left, cancel))
            {
                Forget(actor, change);
                return reading;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();

    private async Task<bool> ChangedAsync(Task change, TimeSpan left, CancellationToken cancel)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var over = Task.Delay(left, _time, timer.Token);
        var first = await Task.WhenAny(change, over);
        await timer.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        return first == change;
    }

    private void Wake(IReadOnlyList<TopicEntry> added)
    {
        foreach (var entry in added)
        {
            if (_waiting.TryRemove(entry.Event.Actor, out var change)) change.TrySetResult();
        }
    }

    // Others who wait on the same signal read again and ask anew; nothing is kept for an actor nobody waits for.
    private void Forget(ActorId actor, TaskCompletionSource change)
    {
        _waiting.TryRemove(KeyValuePair.Create(actor, change));
        change.TrySetResult();
    }
}
