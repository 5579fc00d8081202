using Hub.Actors.Feed;
using Hub.Actors.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Grains.Partitions;

/// <summary>Wakes every partition once a second, from every silo; at the end, hands over those that are here while the silo can still work.</summary>
internal sealed partial class PartitionWaker(IGrainFactory grains, HubEngine engine, PartitionSites sites, ILogger<PartitionWaker> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Task[] _wakes = [.. Enumerable.Repeat(Task.CompletedTask, StreamPartition.Count)];

    /// <summary>Wakes all that are not being woken already, and waits for none of them.</summary>
    public void Wake()
    {
        for (var partition = 0; partition < _wakes.Length; partition++)
        {
            if (_wakes[partition].IsCompleted)
            {
                _wakes[partition] = WakeAsync(partition);
            }
        }
    }

    /// <summary>Wakes all of them and completes once each has an owner, or has said why not.</summary>
    public Task WakeAllAsync()
    {
        Wake();
        return Task.WhenAll(_wakes);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // Before the silo stops: reactions under way still need the cluster to report to.
        sites.IsLeaving = true;
        await Task.WhenAll(sites.Here.Select(engine.Partitions.ReleaseAsync)).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var second = new PeriodicTimer(Every);
        do
        {
            Wake();
        }
        while (await second.WaitForNextTickAsync(stoppingToken));
    }

    private async Task WakeAsync(int partition)
    {
        try
        {
            await grains.GetGrain<IPartitionGrain>(partition).WakeAsync();
        }
        catch (Exception missed)
        {
            // As members come and go this is every second's business: its stack says nothing.
            LogMissed(log, partition, missed.GetType().Name, missed.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition} could not be woken ({Kind}: {Why}); it is tried again in a second")]
    private static partial void LogMissed(ILogger log, int partition, string kind, string why);
}
