using Hub.Actors.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Grains.Partitions;

/// <summary>Owns a partition from its activation to its deactivation.</summary>
/// <remarks>
/// It moves when a silo joins or leaves: at each wake it looks whether it is at home here. Two owners for a moment do no harm
/// (see <see cref="IPartitionOwner"/>); no owner for a moment makes reactions and timers late, never lost.
/// </remarks>
[PartitionPlacement]
internal sealed partial class PartitionGrain(HubEngine engine, PartitionSites sites, ILogger<PartitionGrain> log) : Grain, IPartitionGrain, IRemindable
{
    private const string Reminder = "wake";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private bool _reminded;

    private int Partition => (int)this.GetPrimaryKeyLong();

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (sites.IsLeaving)
        {
            throw new InvalidOperationException("This silo is leaving; another one will take the partition.");
        }

        var partition = Partition;
        await OnPool(() =>
        {
            engine.Partitions.Own(partition);
            return Task.CompletedTask;
        });
        sites.Took(Partition);
        LogOwned(log, Partition);
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        var partition = Partition;
        await OnPool(() => engine.Partitions.ReleaseAsync(partition));
        sites.Left(Partition);
        LogReleased(log, Partition, reason.ReasonCode);
    }

    /// <inheritdoc/>
    public async Task WakeAsync()
    {
        if (!sites.IsHome(Partition))
        {
            DeactivateOnIdle();
            return;
        }

        if (!_reminded)
        {
            // The net below: it also comes when nobody wakes the partition any more.
            await this.RegisterOrUpdateReminder(Reminder, Minute, Minute);
            _reminded = true;
        }
    }

    /// <inheritdoc/>
    public Task ReceiveReminder(string reminderName, TickStatus status) => WakeAsync();

    // The work of a partition outlives every call to this grain and runs side by side: it begins and ends on the pool, not in the grain's turn.
    private static Task OnPool(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();

    [LoggerMessage(Level = LogLevel.Information, Message = "This silo owns partition {Partition}")]
    private static partial void LogOwned(ILogger log, int partition);

    [LoggerMessage(Level = LogLevel.Information, Message = "This silo gave partition {Partition} up: {Reason}")]
    private static partial void LogReleased(ILogger log, int partition, DeactivationReasonCode reason);
}
