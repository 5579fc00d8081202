using System.Collections.Frozen;

namespace Hub.Actors;

/// <summary>Every kind of actor this process knows.</summary>
public sealed class KindCatalog(IEnumerable<ActorKind> kinds)
{
    private readonly FrozenDictionary<string, ActorKind> _kinds = kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>The kind of a name.</summary>
    /// <exception cref="ArgumentException">No such kind: a caller's bug.</exception>
    public ActorKind this[string name] =>
        _kinds.TryGetValue(name, out var kind) ? kind : throw new ArgumentException($"There is no kind of actor called '{name}'.", nameof(name));

    /// <summary>All of them, in no order.</summary>
    public IEnumerable<ActorKind> All => _kinds.Values;

    /// <summary>Whether a kind of this name is known.</summary>
    public bool Knows(string name) => _kinds.ContainsKey(name);
}
