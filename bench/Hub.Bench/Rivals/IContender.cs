using System.Net;
using System.Net.Sockets;
using Hub.Bench.Journeys;

namespace Hub.Bench.Rivals;

/// <summary>A service that is not the hub and speaks as much of its API as the five requests need.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>Where it and its sandbox are.</summary>
    Uri Address { get; }

    /// <summary>A customer who has bought before: phone verified, card in the wallet.</summary>
    Task<Returning> SettleAsync();
}

/// <summary>Ports that nobody listened on a moment ago.</summary>
internal static class FreePorts
{
    public static int Next()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
