using System.Globalization;

namespace Hub.Silo.Cluster;

/// <summary>What was set of the cluster: <c>Hub:Actors = orleans</c> and what belongs to it.</summary>
/// <param name="Redis"><c>ConnectionStrings:Redis</c>; <c>null</c> for a cluster on this machine alone.</param>
/// <param name="IsSilo"><c>Hub:Role</c>: silo, or api, a node without actors.</param>
/// <param name="SiloPort"><c>Hub:SiloPort</c>.</param>
/// <param name="GatewayPort"><c>Hub:GatewayPort</c>.</param>
internal sealed record ClusterChoice(string? Redis, bool IsSilo, int SiloPort, int GatewayPort)
{
    /// <summary>Reads it; <c>null</c> for the in-process engine.</summary>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    internal static ClusterChoice? Read(IConfiguration configuration)
    {
        var actors = configuration["Hub:Actors"] ?? "local";
        var role = configuration["Hub:Role"] ?? "silo";
        if (actors is not ("local" or "orleans")) throw new SettingException($"Hub:Actors is '{actors}': it must be local or orleans.");
        if (role is not ("silo" or "api")) throw new SettingException($"Hub:Role is '{role}': it must be silo or api.");
        if (actors == "local")
        {
            return role == "silo" ? null : throw new SettingException("Hub:Role is api, which needs a cluster: set Hub:Actors=orleans too.");
        }

        if ((configuration["Hub:Journal"] ?? "sqlite") != "postgres") throw new SettingException("Hub:Actors is orleans, so Hub:Journal must be postgres: the nodes share one journal.");
        var redis = configuration.GetConnectionString("Redis");
        return new ClusterChoice(string.IsNullOrWhiteSpace(redis) ? null : redis, role == "silo", Port(configuration, "Hub:SiloPort", "11111"), Port(configuration, "Hub:GatewayPort", "30000"));
    }

    private static int Port(IConfiguration configuration, string name, string otherwise) =>
        int.TryParse(configuration[name] ?? otherwise, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65_535
            ? port
            : throw new SettingException($"{name} is '{configuration[name]}': it must be a port, 1 to 65535.");
}
