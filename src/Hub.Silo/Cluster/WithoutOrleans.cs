namespace Hub.Silo.Cluster;

/// <summary>The cluster, in a build that has none.</summary>
internal static class ClusterNode
{
    /// <summary>Says how to get one.</summary>
    /// <exception cref="SettingException">Always.</exception>
    internal static void Join(WebApplicationBuilder builder, ClusterChoice choice) =>
        throw new SettingException("Hub:Actors is 'orleans': this build knows only local. Build it with HubEngine=Orleans in the environment, where Microsoft.Orleans can be had.");
}
