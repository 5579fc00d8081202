using System.Net;
using System.Net.Sockets;

namespace Hub.Silo.Commands;

/// <summary>Tries the address before anything else begins: a hub that cannot listen says so in one line and leaves nothing half started.</summary>
internal static class ListenAddress
{
    /// <summary>Returns when it could be listened on a moment ago.</summary>
    /// <param name="address">An address with a host name stands for every interface, as it does for the server.</param>
    /// <exception cref="SettingException">It cannot be listened on.</exception>
    internal static void Check(Uri address)
    {
        var host = address.IsLoopback && !IPAddress.TryParse(address.DnsSafeHost, out _) ? IPAddress.Loopback
            : IPAddress.TryParse(address.DnsSafeHost, out var named) ? named
            : IPAddress.Any;
        try
        {
            using var probe = new TcpListener(host, address.Port);
            probe.Start();
        }
        catch (SocketException refused)
        {
            throw new SettingException(refused.SocketErrorCode is SocketError.AddressAlreadyInUse
                ? $"The address {address.GetLeftPart(UriPartial.Authority)} is in use. Stop what listens there, or choose another with --urls=http://localhost:PORT."
                : $"urls is '{address.GetLeftPart(UriPartial.Authority)}': nothing can listen there. {refused.Message}.");
        }
    }
}
