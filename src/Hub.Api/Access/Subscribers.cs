using System.Collections.Immutable;

namespace Hub.Api.Access;

/// <summary>Those who want to be told of something, in the order they asked.</summary>
internal sealed class Subscribers<T>
{
    private ImmutableArray<Action<T>> _actions = [];

    internal IDisposable Add(Action<T> action)
    {
        ImmutableInterlocked.Update(ref _actions, actions => actions.Add(action));
        return new Subscription(this, action);
    }

    internal void Tell(T what)
    {
        foreach (var action in _actions)
        {
            action(what);
        }
    }

    private sealed class Subscription(Subscribers<T> all, Action<T> action) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref all._actions, actions => actions.Remove(action));
    }
}
