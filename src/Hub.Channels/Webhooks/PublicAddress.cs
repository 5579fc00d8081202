using System.Net;
using System.Net.Sockets;

namespace Hub.Channels.Webhooks;

/// <summary>Tells addresses of the public internet from all others.</summary>
/// <remarks>
/// Source: IANA special-purpose address registries for IPv4 and IPv6. Of IPv6 only 2000::/3 is given out at all; the
/// ranges in it that carry an IPv4 address inside (6to4, Teredo) are refused, since that address may be private.
/// </remarks>
public static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",

            // A public number that inside Azure is the machine's own host.
            "168.63.129.16/32",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(range => IPNetwork.Parse(range)),
    ];

    private static readonly IPNetwork GivenOut = IPNetwork.Parse("2000::/3");

    /// <summary>Whether it can be reached from anywhere and belongs to nobody's inner network.</summary>
    public static bool IsPublic(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily == AddressFamily.InterNetworkV6 && !GivenOut.Contains(plain)) return false;
        return !Array.Exists(NotPublic, range => range.Contains(plain));
    }
}
