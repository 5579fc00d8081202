using Hub.Domain.Kernel;

namespace Hub.Actors.Feed;

/// <summary>Code that follows the feed and makes something happen elsewhere. Delivery is at least once, per stream in order.</summary>
public interface IReaction
{
    /// <summary>The name its checkpoints are kept under; never changes.</summary>
    string Name { get; }

    /// <summary>Whether it cares for events of a kind of actor; the others are passed over.</summary>
    bool Follows(string kind);

    /// <summary>Handles one event. Commands it sends carry ids from <see cref="FeedEvent.CommandId"/>, so a repeat changes nothing.</summary>
    /// <remarks>It always ends by reporting success or failure to an actor; an exception here is a bug or an outage, retried a bounded number of times.</remarks>
    Task HandleAsync(FeedEvent happened, CancellationToken cancel);
}

/// <summary>One event as readers of the feed see it.</summary>
/// <param name="Position">Its place in the global order; starts at 1, has no holes that later fill.</param>
/// <param name="Actor">Whose event it is.</param>
/// <param name="Version">Its version in that stream, from 1.</param>
/// <param name="At">When the turn was taken.</param>
/// <param name="Body">What happened.</param>
public sealed record FeedEvent(long Position, ActorId Actor, long Version, DateTimeOffset At, Event Body)
{
    /// <summary>A command id derived from this event: <c>reaction:stream:version:step:reference</c>.</summary>
    public string CommandId(string reaction, string step, string reference = "") => $"{reaction}:{Actor}:{Version}:{step}:{reference}";
}
