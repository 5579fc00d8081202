using System.Collections.Concurrent;

namespace Hub.Gateways.Http;

/// <summary>The health of every gateway of this process, by name.</summary>
/// <param name="time">Whose clock counts.</param>
public sealed class GatewayHealths(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, GatewayHealth> _byName = new(StringComparer.Ordinal);

    /// <summary>That of one gateway; made when it is first asked for.</summary>
    public GatewayHealth this[string gateway] => _byName.GetOrAdd(gateway, static (_, clock) => new GatewayHealth(clock), time);
}
