using Hub.Actors.Turns;
using Hub.Domain.Kernel;

namespace Hub.Actors.Local;

/// <summary>One actor's queue: what waits for its turn, in the order it came. Holds nothing but the actor while idle.</summary>
internal sealed class Mailbox(ActorId actor)
{
    private Work? _last;
    private bool _retired;

    /// <summary>The actor. Only the mailbox's pump touches it.</summary>
    public ResidentActor Actor { get; } = new(actor);

    /// <summary>When it was last used, as <see cref="TimeProvider.GetTimestamp"/> counts.</summary>
    public long LastUsed { get; private set; }

    /// <summary>Puts work at the end.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="now">The time's stamp.</param>
    /// <param name="pump">Whether the caller must run the queue: it was empty.</param>
    /// <returns><c>false</c> when the mailbox has left memory; ask for a new one.</returns>
    public bool TryPost(Work work, long now, out bool pump)
    {
        lock (this)
        {
            pump = _last is null && !_retired;
            if (_retired)
            {
                return false;
            }

            LastUsed = now;
            if (_last is not null)
            {
                _last.Next = work;
            }

            _last = work;
            return true;
        }
    }

    /// <summary>Takes finished work off.</summary>
    /// <returns>What comes next; <c>null</c> when the queue is empty and its pump ends.</returns>
    public Work? Next(Work finished)
    {
        lock (this)
        {
            if (finished.Next is null)
            {
                _last = null;
            }

            return finished.Next;
        }
    }

    /// <summary>Takes the mailbox out of service if nothing waits and it was not used since a stamp.</summary>
    public bool TryRetire(long unusedSince)
    {
        lock (this)
        {
            return _retired = _retired || (_last is null && LastUsed <= unusedSince);
        }
    }
}

