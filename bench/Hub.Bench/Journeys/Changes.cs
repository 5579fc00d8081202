using System.Collections.Concurrent;
using Hub.Actors.Views;

namespace Hub.Bench.Journeys;

/// <summary>Wakes a client when something changes that it waits for, as /live does for a page; so that clients need not ask again and again.</summary>
internal sealed class Changes : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);
    private IDisposable? _subscription;

    /// <summary>The changes of a hub.</summary>
    public static Changes Of(IViews views)
    {
        var changes = new Changes();
        changes._subscription = views.Subscribe(entries =>
        {
            foreach (var entry in entries)
            {
                changes.Tell(entry.Topic);
            }
        });
        return changes;
    }

    /// <summary>Asks until there is an answer: at once, and after every change of a topic.</summary>
    /// <param name="topic">Such as <c>payment:pay_…</c>.</param>
    /// <param name="ask">Answers <c>null</c> while there is nothing.</param>
    /// <exception cref="TimeoutException">Nothing in 20 seconds.</exception>
    public async Task<T> WaitAsync<T>(string topic, Func<Task<T?>> ask)
        where T : class
    {
        while (true)
        {
            var change = _waiting.GetOrAdd(topic, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            if (await ask() is { } answer)
            {
                return answer;
            }

            await change.WaitAsync(Patience);
        }
    }

    /// <summary>Wakes who waits for this topic.</summary>
    public void Tell(string topic)
    {
        if (_waiting.TryRemove(topic, out var waiting))
        {
            waiting.TrySetResult();
        }
    }

    public void Dispose() => _subscription?.Dispose();
}
