using StackExchange.Redis;

namespace Hub.Grains.Hosting;

/// <summary>How a node takes part in the cluster.</summary>
public sealed record ClusterSettings
{
    /// <summary>The Redis of members, reminders and snapshots; <c>null</c> for a cluster on this machine alone. <c>ConnectionStrings:Redis</c>.</summary>
    public string? Redis { get; init; }

    /// <summary>Whether actors and partitions live here; otherwise the node only sends turns to those that are silos. <c>Hub:Role</c>.</summary>
    public bool IsSilo { get; init; } = true;

    /// <summary>The port where other silos reach this one. <c>Hub:SiloPort</c>.</summary>
    public int SiloPort { get; init; } = 11_111;

    /// <summary>The port where nodes that are no silos reach this one. <c>Hub:GatewayPort</c>.</summary>
    public int GatewayPort { get; init; } = 30_000;

    /// <summary>Says what is wrong with a connection string of Redis, or that nobody answers there, without repeating it; <c>null</c> when it can be used.</summary>
    public static string? Problem(string redis)
    {
        try
        {
            var options = ConfigurationOptions.Parse(redis);
            if (options.EndPoints.Count == 0)
            {
                return "it names no host";
            }

            options.AbortOnConnectFail = true;
            using var reached = ConnectionMultiplexer.Connect(options);
            return null;
        }
        catch (ArgumentException)
        {
            // Its words may hold a part of the string, and that a password.
            return "it cannot be read. It looks like localhost:6379,password=…";
        }
        catch (RedisConnectionException)
        {
            return "Redis does not answer there. Start it, or correct host, port and password";
        }
    }
}
