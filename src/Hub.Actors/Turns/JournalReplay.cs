using System.Security.Cryptography;
using System.Text.Json;
using Hub.Actors.Journal;
using Hub.Domain.Kernel;

namespace Hub.Actors.Turns;

/// <summary>Brings an actor back from the journal, and the answer of a command that was carried out before.</summary>
internal sealed class JournalReplay(IJournalStore store)
{
    /// <summary>Folds the actor's stream, unless it is in memory; from a snapshot on where one was offered and the journal agrees with it.</summary>
    /// <exception cref="ActorParkedException">
    /// Its events cannot be folded; or this build cannot read one of them, which another build may: then it is not parked for good.
    /// </exception>
    public void Load(ResidentActor actor, ActorKind kind)
    {
        if (actor.State is not null)
        {
            return;
        }

        if (actor.TakeOffered() is { } snapshot && TryLoad(actor, kind, snapshot))
        {
            return;
        }

        Fold(actor, kind, store.ReadStream(actor.Actor.ToString(), 0), kind.Initial, 0, default);
    }

    /// <summary>Folds what was appended elsewhere since an actor was loaded: what is in memory is what the journal had then, and no journal takes back.</summary>
    /// <inheritdoc cref="Load" path="/exception"/>
    public void CatchUp(ResidentActor actor, ActorKind kind)
    {
        var slice = store.ReadStream(actor.Actor.ToString(), actor.Version);
        if (slice.Events.Count > 0)
        {
            Fold(actor, kind, slice, actor.State!, actor.Version, actor.Seen);
        }
    }

    /// <summary>Makes a snapshot of an actor that is loaded; <c>null</c> of one that is not, or has no events.</summary>
    public ActorSnapshot? Snapshot(ResidentActor actor, ActorKind kind) => ActorSnapshot.Of(actor, kind, store.Identity);

    private bool TryLoad(ResidentActor actor, ActorKind kind, ActorSnapshot snapshot)
    {
        // The event it was made at is read too: a snapshot that is ahead of the journal, or of another past, is found out by it.
        var slice = store.ReadStream(actor.Actor.ToString(), Math.Max(0, snapshot.Version - 1));
        if (slice.Events.Count == 0 || !snapshot.Stands(kind, store.Identity, slice.Events[0]))
        {
            return false;
        }

        State state;
        try
        {
            state = snapshot.ReadState(kind);
        }
        catch (JsonException)
        {
            // A cache that cannot be read is no cache; the events are all there.
            return false;
        }

        Fold(actor, kind, slice with { Events = [.. slice.Events.Skip(1)] }, state, snapshot.Version, CommandIds.Read(snapshot.Commands));
        return true;
    }

    private static void Fold(ResidentActor actor, ActorKind kind, StreamSlice slice, State state, long version, CommandIds seen)
    {
        try
        {
            foreach (var stored in slice.Events)
            {
                state = kind.Evolve(state, kind.ReadEvent(stored.Payload.Span));
                version = stored.Version;
                seen.Add(stored.CommandId);
            }
        }
        catch (JsonException unreadable)
        {
            throw new ActorParkedException(actor.Actor, unreadable);
        }
        catch (Exception broken)
        {
            actor.Park(broken);
            throw new ActorParkedException(actor.Actor, broken);
        }

        actor.Loaded(slice.StreamId, version, state, seen);
    }

    /// <summary>
    /// Whether another owner appended to the stream since it was loaded. An append would conflict and show it; a refusal, or finding that
    /// nothing is to be done, appends nothing and must not be answered from an old state (invariant 21).
    /// </summary>
    public bool IsBehind(ResidentActor actor) => store.ReadStream(actor.Actor.ToString(), actor.Version).Events.Count > 0;

    /// <summary>The answer this command got before; <c>null</c> when it is new.</summary>
    /// <param name="actor">Loaded.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="commandId">The command's id.</param>
    /// <param name="hash">SHA-256 of the command's payload.</param>
    /// <param name="inDoubt">
    /// Whether a commit of this very call is unknown. What it turns out to have stored is its own work and no repeat, unless another
    /// owner of the actor stored the same command meanwhile: then that one acts on it, and this one must not (invariant 21).
    /// </param>
    /// <remarks>Invariant 4.</remarks>
    public TurnOutcome? Recorded(ResidentActor actor, ActorKind kind, string commandId, ReadOnlySpan<byte> hash, bool inDoubt)
    {
        if (!actor.MayHaveSeen(commandId))
        {
            return null;
        }

        var stream = actor.Actor.ToString();
        if (store.FindCommand(stream, commandId) is not { } found)
        {
            return null;
        }

        if (!CryptographicOperations.FixedTimeEquals(found.Hash.Span, hash))
        {
            return new TurnOutcome.Rejected(RejectionCode.CommandIdReused, actor.Version, actor.State!);
        }

        var state = kind.Initial;
        var own = new List<Event>();
        foreach (var stored in store.ReadStream(stream, 0).Events.TakeWhile(stored => stored.Version <= found.LastVersion))
        {
            var happened = kind.ReadEvent(stored.Payload.Span);
            state = kind.Evolve(state, happened);
            if (stored.Version >= found.FirstVersion)
            {
                own.Add(happened);
            }
        }

        return new TurnOutcome.Committed(found.LastVersion, state, own.ToEquatableArray(), Repeated: !(inDoubt && found.Opening == store.Opening));
    }
}
