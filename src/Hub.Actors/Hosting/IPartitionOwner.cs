using Hub.Actors.Feed;

namespace Hub.Actors.Hosting;

/// <summary>Which partitions of the feed this process carries: their reactions and their timers. One that owns a partition too many does harm to nobody.</summary>
/// <remarks>
/// Two processes may both believe to own one: every command a reaction or a timer sends has an id, so a turn is taken once, and
/// checkpoints never go back (invariants 4, 18 and 21).
/// </remarks>
public interface IPartitionOwner
{
    /// <summary>Carries a partition from now on; nothing when it does already.</summary>
    /// <param name="partition">0 to 15, see <see cref="StreamPartition"/>.</param>
    /// <exception cref="InvalidOperationException">The engine has not started yet, or is stopping.</exception>
    void Own(int partition);

    /// <summary>Carries it no more; nothing when it did not. Completes once what was under way has ended and how far it came is stored.</summary>
    /// <param name="partition">0 to 15.</param>
    Task ReleaseAsync(int partition);
}
