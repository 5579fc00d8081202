namespace Hub.Sandbox;

/// <summary>The one client by which the outside parties call the hub: no redirects, no cookies, ten seconds.</summary>
internal sealed class SandboxHttp : IDisposable
{
    internal HttpClient Client { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = 128,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
