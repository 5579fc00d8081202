using System.Net;
using System.Net.Sockets;
using Hub.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.EndToEnd.Pages;

/// <summary>The hub with its sandbox, in this process, as a browser meets it. One for all tests of the pages.</summary>
public class PageHub : IAsyncLifetime
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"omnihub-pages-{Guid.NewGuid():n}");
    private WebApplication? _app;

    /// <summary>Where it listens; ends without a slash. Browsers hold <c>localhost</c> for a secure context, as WebCrypto needs it.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Everywhere a page of these tests may ask something of.</summary>
    internal virtual IReadOnlyList<string> Addresses => [Address];

    /// <summary>Settings beside those that every such hub has, as on the command line.</summary>
    protected virtual IEnumerable<string> Settings => [];

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        if (!PageBrowser.IsInstalled) return;
        Address = $"http://localhost:{FreePort()}";
        _app = HubHost.Build([$"--urls={Address}", $"--Hub:Data={_data}", "--Hub:SandboxSmtpPort=0", "--Logging:LogLevel:Default=Warning", .. Settings]);
        await _app.StartAsync();
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A part of the running hub, such as its credentials.</summary>
    internal T Part<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    /// <summary>A port that was free a moment ago.</summary>
    protected static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

/// <summary>A hub whose clock a test may move on: days and months pass there, and nobody else's sessions end.</summary>
public sealed class DeskHub : PageHub;
