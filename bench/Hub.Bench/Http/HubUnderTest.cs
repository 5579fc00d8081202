using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Hub.Actors.Hosting;
using Hub.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Bench.Http;

/// <summary>The whole hub with its sandbox, as the executable runs it, in this process and in a folder of its own.</summary>
internal sealed class HubUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-bench-hub-");
    private readonly MeterListener _listener = new();
    private readonly WebApplication _app;
    private long _commits;
    private long _writes;
    private long _turns;

    private HubUnderTest(int port, string? postgres)
    {
        Address = new Uri($"http://localhost:{port}");
        _app = HubHost.Build(
        [
            $"--urls={Address}", $"--Hub:Data={_folder.FullName}", "--Hub:SandboxSmtpPort=0", "--Logging:LogLevel:Default=Warning",
            .. postgres is null ? (string[])[] : ["--Hub:Journal=postgres", $"--ConnectionStrings:Journal={postgres}"],
        ]);
        Listen();
    }

    public Uri Address { get; }

    public HubEngine Engine => _app.Services.GetRequiredService<HubEngine>();

    public IServiceProvider Services => _app.Services;

    /// <summary>Durable commits of the journal so far.</summary>
    public long Commits => Volatile.Read(ref _commits);

    /// <summary>Writes in them: turns, requests reserved and answered, checkpoints.</summary>
    public long Writes => Volatile.Read(ref _writes);

    /// <summary>Turns made durable so far.</summary>
    public long Turns => Volatile.Read(ref _turns);

    /// <summary>Starts one.</summary>
    /// <param name="postgres">The database of its journal; <c>null</c> for SQLite.</param>
    public static async Task<HubUnderTest> StartAsync(string? postgres = null)
    {
        var hub = new HubUnderTest(FreePort(), postgres);
        await hub._app.StartAsync();
        return hub;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _listener.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Listen()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "OmniHub.Actors" && instrument.Name is "hub.journal.batch.size" or "hub.turns")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, size, _, _) =>
        {
            Interlocked.Increment(ref _commits);
            Interlocked.Add(ref _writes, size);
        });
        _listener.SetMeasurementEventCallback<long>((_, turns, _, _) => Interlocked.Add(ref _turns, turns));
        _listener.Start();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
