using System.Collections.Concurrent;
using Hub.Actors.Journal;
using Hub.EndToEnd.Support;

namespace Hub.EndToEnd.Processes;

/// <summary>A hub in a process of its own, its outside parties in another; the hub can be killed and started again on the same folder.</summary>
public sealed class KilledHub : HubUnderTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("omnihub-crash-").FullName;
    private readonly int _mail = RunningHub.FreePort();
    private HubProcess? _hub;
    private HubProcess? _outside;
    private Insistent? _line;

    /// <inheritdoc/>
    public override Uri Address { get; } = new($"http://127.0.0.1:{RunningHub.FreePort()}");

    /// <summary>The outside parties.</summary>
    public Uri Outside { get; } = new($"http://127.0.0.1:{RunningHub.FreePort()}");

    /// <summary>Another process has them; a hub that is started on the same folder afterwards shows them.</summary>
    public override IBooks Books => throw new NotSupportedException("Stop the process, and open its folder.");

    /// <summary>The folder of the journal.</summary>
    internal string Data => Path.Combine(_folder, "hub");

    /// <summary>What a hub on this folder needs to reach the same outside parties.</summary>
    internal IReadOnlyList<string> SameOutside => [$"--Hub:Sandbox={Outside.GetLeftPart(UriPartial.Authority)}", $"--Hub:SandboxSmtpPort={_mail}"];

    internal ConcurrentQueue<Acknowledgment> Acknowledged { get; } = new();

    /// <summary>How often a client had to send a request again.</summary>
    internal int Repeats => _line?.Repeats ?? 0;

    /// <summary>Nothing can be waited for from outside but what the API shows.</summary>
    public override Task SettledAsync() => Task.CompletedTask;

    /// <summary>kill -9, then a new process on the same folder.</summary>
    internal async Task KillAndRestartAsync()
    {
        Kill();
        await StartHubAsync();
    }

    /// <summary>kill -9.</summary>
    internal void Kill()
    {
        _hub!.Dispose();
        _hub = null;
    }

    /// <inheritdoc/>
    protected override HttpMessageHandler NewLine() => _line = new Insistent(base.NewLine(), Acknowledged);

    /// <inheritdoc/>
    protected override async Task StartAsync()
    {
        _outside = HubProcess.Start(
            "sandbox", $"--urls={Outside.GetLeftPart(UriPartial.Authority)}", $"--Hub:PublicUrl={Address.GetLeftPart(UriPartial.Authority)}",
            $"--Hub:Data={Path.Combine(_folder, "sandbox")}", $"--Hub:SandboxSmtpPort={_mail}", "--Logging:LogLevel:Default=Warning");
        await _outside.ReadyAsync(Outside, "/sandbox/api/clock");
        await StartHubAsync();
    }

    /// <inheritdoc/>
    protected override Task StopAsync()
    {
        _hub?.Dispose();
        _outside?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private async Task StartHubAsync()
    {
        _hub = HubProcess.Start([
            $"--urls={Address.GetLeftPart(UriPartial.Authority)}", $"--Hub:Data={Data}", "--Logging:LogLevel:Default=Warning", .. SameOutside,
        ]);
        await _hub.ReadyAsync(Address, "/health/ready");
    }
}

/// <summary>The same folder once more, in this process, where its books can be read.</summary>
/// <param name="killed">Must have been killed for good.</param>
public sealed class ReopenedHub(KilledHub killed) : RunningHub
{
    /// <inheritdoc/>
    protected override string Folder => killed.Data;

    /// <inheritdoc/>
    protected override Uri NewAddress() => killed.Address;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Settings => killed.SameOutside;
}
