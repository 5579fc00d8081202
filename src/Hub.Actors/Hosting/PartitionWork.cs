using Hub.Actors.Feed;
using Hub.Actors.Timers;

namespace Hub.Actors.Hosting;

/// <summary>The reactions and timers of some partitions, from the day this process owns them to the day it does not.</summary>
internal sealed class PartitionWork : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly JournalFeed _feed;
    private Task _running = Task.CompletedTask;

    /// <summary>Work on partitions; nothing runs yet.</summary>
    public PartitionWork(IReadOnlyList<int> partitions, IReadOnlyList<IReaction> reactions, ReactionParts parts, TimerParts timers)
    {
        (Partitions, _feed) = (partitions, parts.Feed);
        Reactions = new ReactionFollower(reactions, partitions, parts);
        Timers = new TimerRunner(partitions, timers);
    }

    /// <summary>Which partitions.</summary>
    public IReadOnlyList<int> Partitions { get; }

    /// <summary>Their reactions.</summary>
    public ReactionFollower Reactions { get; }

    /// <summary>Their timers.</summary>
    public TimerRunner Timers { get; }

    /// <summary>Begins; what there is to catch up on is read after this has returned.</summary>
    public void Start() => _running = RunAsync(_stop.Token);

    /// <summary>Ends; completes once nothing is under way.</summary>
    public Task StopAsync()
    {
        _stop.CancelHere();
        _feed.Wake();
        return _running;
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
        await Task.WhenAll(Reactions.RunAsync(stop), Timers.RunAsync(stop));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Reactions.Dispose();
        Timers.Dispose();
        _stop.Dispose();
    }
}
