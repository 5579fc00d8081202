using Hub.Actors.Journal;
using Hub.Grains.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using StackExchange.Redis;

namespace Hub.Grains.Hosting;

/// <summary>Makes a host a node of the cluster.</summary>
public static class ClusterRegistration
{
    private const string Name = "omnihub";

    // A silo that is gone is found out in about six seconds: until then its actors and partitions wait.
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(2);

    // Longer than a write waits for its lock; an HTTP client is told to try again before it gives up by itself.
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Adds Orleans, as a silo or as a client. Call it right after the engine was added and before anything that sends commands: services
    /// start in this order and stop in the reverse one, so that a stopping node first hands its partitions over, then ends its turns, and
    /// only then closes its journal.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="settings">How it takes part.</param>
    public static void AddHubCluster(this IHostApplicationBuilder builder, ClusterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Services.AddGrainActors(HubGrains.Ways);

        // Only nodes of one journal are one cluster: a Redis that two hubs were given by mistake keeps them apart.
        builder.Services.AddOptions<ClusterOptions>().PostConfigure<IJournalStore>((options, journal) =>
            options.ClusterId = options.ServiceId = $"{Name}-{journal.Identity}");
        if (settings.IsSilo)
        {
            builder.UseOrleans(silo => AddSilo(silo, settings));
        }
        else
        {
            builder.UseOrleansClient(client => AddClient(client, settings));
        }
    }

    private static void AddSilo(ISiloBuilder silo, ClusterSettings settings)
    {
        silo.AddHubGrains();
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = Answer);
        silo.Configure<ClusterMembershipOptions>(options => options.ProbeTimeout = Probe);
        if (settings.Redis is not { } redis)
        {
            silo.UseLocalhostClustering(settings.SiloPort, settings.GatewayPort, serviceId: Name, clusterId: Name);
            silo.UseInMemoryReminderService();
            return;
        }

        silo.ConfigureEndpoints(settings.SiloPort, settings.GatewayPort);
        silo.UseRedisClustering(options => options.ConfigurationOptions = Parse(redis));
        silo.UseRedisReminderService(options => options.ConfigurationOptions = Parse(redis));
        silo.AddRedisGrainStorage(GrainSnapshots.Storage, options =>
        {
            options.ConfigurationOptions = Parse(redis);

            // What nobody has needed for this long costs less to fold than to keep.
            options.EntryExpiry = TimeSpan.FromDays(30);
        });
    }

    private static void AddClient(IClientBuilder client, ClusterSettings settings)
    {
        client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = Answer);
        if (settings.Redis is { } redis)
        {
            client.UseRedisClustering(options => options.ConfigurationOptions = Parse(redis));
        }
        else
        {
            client.UseLocalhostClustering(settings.GatewayPort, serviceId: Name, clusterId: Name);
        }
    }

    private static ConfigurationOptions Parse(string redis)
    {
        var options = ConfigurationOptions.Parse(redis);

        // A Redis that is away for a moment is come back to; it must not end the node.
        options.AbortOnConnectFail = false;
        return options;
    }
}
