using Hub.Grains.Hosting;

namespace Hub.Silo.Cluster;

/// <summary>The cluster, in a build with <c>HubEngine=Orleans</c>.</summary>
internal static class ClusterNode
{
    /// <summary>Makes the hub a node of the cluster.</summary>
    /// <exception cref="SettingException">The connection string of Redis cannot be used, or nobody answers there.</exception>
    internal static void Join(WebApplicationBuilder builder, ClusterChoice choice)
    {
        if (choice.Redis is { } redis && ClusterSettings.Problem(redis) is { } problem) throw new SettingException($"ConnectionStrings:Redis cannot be used: {problem}.");
        builder.AddHubCluster(new ClusterSettings
        {
            Redis = choice.Redis,
            IsSilo = choice.IsSilo,
            SiloPort = choice.SiloPort,
            GatewayPort = choice.GatewayPort,
        });
    }
}
