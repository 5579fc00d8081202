using System.Buffers.Binary;
using Hub.Domain.Kernel;

namespace Hub.Actors.Turns;

/// <summary>What an actor was at one version: a cache, so that a long stream need not be folded from its beginning.</summary>
/// <param name="Journal">The journal it was made from: <see cref="Journal.IJournalStore.Identity"/>.</param>
/// <param name="Build">The build of the rules that folded it; another build may fold, or write, something else.</param>
/// <param name="Version">The version it was made at; at least 1.</param>
/// <param name="State">The state, as its kind writes it.</param>
/// <param name="Commands">The ids of the commands so far, in 8 bytes each, as <see cref="CommandIds"/> keeps them.</param>
/// <remarks>Invariant 2: the state folded from it and from the events after it is the state folded from all events.</remarks>
public sealed record ActorSnapshot(string Journal, Guid Build, long Version, byte[] State, byte[] Commands)
{
    /// <summary>Names the build of a kind's rules: no two builds of them share one.</summary>
    internal static Guid BuildOf(ActorKind kind) => kind.StateFamily.Module.ModuleVersionId;

    /// <summary>Makes one of an actor that is loaded; <c>null</c> of one without events.</summary>
    internal static ActorSnapshot? Of(ResidentActor actor, ActorKind kind, string journal) => actor.State is { } state && actor.Version > 0
        ? new ActorSnapshot(journal, BuildOf(kind), actor.Version, kind.WriteState(state), actor.WriteCommandIds())
        : null;

    /// <summary>Whether it may stand for the events before this one.</summary>
    /// <param name="kind">The actor's kind.</param>
    /// <param name="journal">The journal in use.</param>
    /// <param name="last">The event at <see cref="Version"/> as the journal has it; <c>null</c> when it has none: then this is of another past.</param>
    internal bool Stands(ActorKind kind, string journal, Journal.StoredEvent? last) =>
        Journal == journal
        && Build == BuildOf(kind)
        && last is not null
        && last.Version == Version
        && Commands.Length > 0
        && Commands.Length % sizeof(ulong) == 0
        && BinaryPrimitives.ReadUInt64LittleEndian(Commands.AsSpan(^sizeof(ulong)..)) == CommandIds.Hash(last.CommandId);

    /// <summary>The state it holds.</summary>
    /// <exception cref="System.Text.Json.JsonException">It cannot be read.</exception>
    internal State ReadState(ActorKind kind) => kind.ReadState(State);
}
