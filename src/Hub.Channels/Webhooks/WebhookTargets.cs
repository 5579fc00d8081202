using System.Net;
using System.Net.Sockets;

namespace Hub.Channels.Webhooks;

/// <summary>Why a webhook is not sent to an address.</summary>
public enum TargetFault
{
    /// <summary>Not an absolute http or https address, too long, or with user name or fragment in it.</summary>
    Malformed,

    /// <summary>Plain http, outside the sandbox.</summary>
    NotEncrypted,

    /// <summary>It leads, or would lead, into a private network.</summary>
    NotPublic,
}

/// <summary>Which addresses merchants may have webhooks sent to.</summary>
/// <remarks>
/// A name may lead anywhere later, so it is asked twice: <see cref="Check"/> when the address is given, and
/// <see cref="CreateHandler"/> for the very connection that is made, after the name was resolved.
/// </remarks>
/// <param name="sandbox">Whether the hub runs in sandbox mode, where plain http and the own machine are fine.</param>
/// <param name="resolve">Finds the addresses of a name.</param>
public sealed class WebhookTargets(bool sandbox, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    private const int LongestUrl = 2_048;
    private const int DrainedAtMost = 16 * 1024;
    private const int HeaderKilobytes = 16;

    private static readonly string[] InnerDomains = ["localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion"];

    /// <summary>Finds the addresses of names as the machine does.</summary>
    public WebhookTargets(bool sandbox)
        : this(sandbox, Dns.GetHostAddressesAsync)
    {
    }

    /// <summary>Looks at an address as it is written.</summary>
    /// <returns><c>null</c> when it may be used.</returns>
    public TargetFault? Check(string url)
    {
        if (url is null || url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var target)) return TargetFault.Malformed;
        if (target.Scheme != Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttp) return TargetFault.Malformed;

        // What the library passes over would stand in lists and logs.
        if (url.Any(sign => char.IsControl(sign) || char.IsWhiteSpace(sign))) return TargetFault.Malformed;
        if (target.UserInfo.Length > 0 || target.Fragment.Length > 0 || target.Host.Length == 0) return TargetFault.Malformed;
        if (sandbox) return null;
        if (target.Scheme != Uri.UriSchemeHttps) return TargetFault.NotEncrypted;
        return IsPublicName(target) ? null : TargetFault.NotPublic;
    }

    /// <summary>Whether a connection may be made to an address.</summary>
    public bool Allows(IPAddress address) => sandbox || PublicAddress.IsPublic(address);

    /// <summary>The handler webhooks are sent through: no redirects, no proxy, no cookies, and only to addresses that are allowed.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseDrainSize = DrainedAtMost,
        MaxResponseHeadersLength = HeaderKilobytes,
    };

    private static bool IsPublicName(Uri target)
    {
        if (IPAddress.TryParse(target.IdnHost, out var literal)) return PublicAddress.IsPublic(literal);

        // Numbers and full stops of other scripts: some resolvers fold them into an address, and no real name needs them.
        if (target.OriginalString.Any(sign => !char.IsAscii(sign) && (char.IsNumber(sign) || sign is '\u3002' or '\uFF0E' or '\uFF61'))) return false;
        var host = target.IdnHost.TrimEnd('.');
        var isInner = InnerDomains.Any(d => host.Equals(d, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{d}", StringComparison.OrdinalIgnoreCase));
        return host.Contains('.', StringComparison.Ordinal) && !isInner;
    }

    /// <summary>Resolves, drops what is not allowed, and connects to what it looked at, so that no second look-up comes in between.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var found = IPAddress.TryParse(context.DnsEndPoint.Host, out var literal)
            ? [literal]
            : await resolve(context.DnsEndPoint.Host, cancel);
        var allowed = found.Where(Allows).ToArray();
        if (allowed.Length == 0) throw new ForbiddenTargetException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name led only to addresses that webhooks are not sent to.</summary>
public sealed class ForbiddenTargetException() : IOException("The name leads to no address that webhooks are sent to.");
