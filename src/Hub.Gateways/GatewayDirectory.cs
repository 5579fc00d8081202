using System.Collections.Frozen;

namespace Hub.Gateways;

/// <summary>Every gateway by its name. Which of them takes a payment is for <see cref="Routing.GatewayRouter"/> to say.</summary>
public sealed class GatewayDirectory
{
    private readonly FrozenDictionary<string, IGateway> _byName;
    private readonly IGateway[] _inOrder;

    /// <summary>Makes the directory; where all else is equal, the order given is the order of preference.</summary>
    /// <exception cref="ArgumentException">Two gateways share a name.</exception>
    public GatewayDirectory(IEnumerable<IGateway> gateways)
    {
        _inOrder = [.. gateways];
        _byName = _inOrder.ToFrozenDictionary(gateway => gateway.Name, StringComparer.Ordinal);
        if (_byName.Count != _inOrder.Length)
        {
            throw new ArgumentException("Two gateways share a name.", nameof(gateways));
        }
    }

    /// <summary>
    /// The gateway of a name; <c>null</c> where there is none. The journal may know more gateways than the settings do, so each caller says what then.
    /// </summary>
    public IGateway? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Every gateway, in the order in which they are set up.</summary>
    public IReadOnlyList<IGateway> InOrder => _inOrder;
}
