using System.Collections.Concurrent;
using System.Security.Cryptography;
using Hub.Actors.Journal;
using Hub.EndToEnd.Cluster;
using Hub.EndToEnd.Support;
using Hub.Faults.Support;

namespace Hub.Faults.Cluster;

/// <summary>Silos in processes of their own over one PostgreSQL and one Redis, the outside parties in another; any of them may be killed.</summary>
/// <param name="database">The connection string of their journal, vault and sessions.</param>
/// <param name="redis">The connection string of their members.</param>
public sealed class FaultyCluster(string database, string redis) : HubUnderTest
{
    private const int Silos = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("omnihub-cluster-").FullName;
    private readonly int _mail = RunningHub.FreePort();
    private readonly string _masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly Uri _outside = NewAddress();
    private readonly Uri[] _addresses = [.. Enumerable.Range(0, Silos).Select(_ => NewAddress())];
    private readonly HubProcess[] _silos = new HubProcess[Silos];
    private HubProcess? _parties;
    private Insistent? _line;

    /// <summary>The name that all are known by.</summary>
    public override Uri Address => _addresses[0];

    /// <summary>Other processes have them.</summary>
    public override IBooks Books => throw new NotSupportedException("Stop the silos, and open their journal.");

    /// <summary>What clients were told, noted outside the hub the moment they were told.</summary>
    internal ConcurrentQueue<Acknowledgment> Acknowledged { get; } = new();

    /// <summary>How often a client had to send a request again.</summary>
    internal int Repeats => _line?.Repeats ?? 0;

    /// <summary>What a hub needs to have the same journal, and reach the same outside parties.</summary>
    internal IReadOnlyList<string> Same =>
    [
        .. PostgresHub.Journal(database), $"--Hub:MasterKey={_masterKey}", $"--Hub:Sandbox={Root(_outside)}", $"--Hub:SandboxSmtpPort={_mail}",
        $"--Hub:PublicUrl={Root(Address)}",
    ];

    /// <summary>Nothing can be waited for from outside but what the API shows.</summary>
    public override Task SettledAsync() => Task.CompletedTask;

    /// <summary>kill -9 of one silo, then a new one in its place; completes once that is ready.</summary>
    internal async Task KillAndRestartAsync(int silo)
    {
        _silos[silo].Dispose();
        await StartSiloAsync(silo);
    }

    /// <summary>Tells one silo to stop, as a rolling restart does, and starts a new one in its place.</summary>
    /// <returns>The exit code of the one that stopped.</returns>
    internal async Task<int> StopAndRestartAsync(int silo)
    {
        Signals.Send(_silos[silo].Id, PosixSignalNumber.Terminate);
        var code = await _silos[silo].EndAsync();
        _silos[silo].Dispose();
        await StartSiloAsync(silo);
        return code;
    }

    /// <summary>Invariants 3 and 4: what a client was told is still so, at every silo; the same request gets the same answer, byte for byte.</summary>
    internal async Task EveryAcknowledgmentStandsAsync()
    {
        Assert.NotEmpty(Acknowledged);
        var turn = 0;
        foreach (var told in Acknowledged.ToArray()) await told.StandsAsync(_addresses[turn++ % Silos]);
    }

    /// <summary>Kills every silo for good, opens their journal in this process, and compares its books with the bank's.</summary>
    /// <param name="also">What else must hold of the payments.</param>
    internal async Task EndsInTruthAsync(Action<IReadOnlyList<System.Text.Json.JsonElement>> also)
    {
        foreach (var silo in _silos) silo.Dispose();
        await using var reopened = new ReopenedCluster(this);
        await reopened.InitializeAsync();
        await Truth.HoldsAsync(reopened);
        also(await reopened.Merchant.AllAsync("/v1/payments"));
    }

    /// <inheritdoc/>
    protected override HttpMessageHandler NewLine() => _line = new Insistent(new InTurn(base.NewLine(), _addresses), Acknowledged);

    /// <inheritdoc/>
    protected override async Task StartAsync()
    {
        _parties = HubProcess.Start(
            "sandbox", $"--urls={Root(_outside)}", $"--Hub:PublicUrl={Root(Address)}",
            $"--Hub:Data={Path.Combine(_folder, "sandbox")}", $"--Hub:SandboxSmtpPort={_mail}", "--Logging:LogLevel:Default=Warning");
        await _parties.ReadyAsync(_outside, "/sandbox/api/clock");
        for (var silo = 0; silo < Silos; silo++) await StartSiloAsync(silo);
    }

    /// <inheritdoc/>
    protected override Task StopAsync()
    {
        foreach (var silo in _silos) silo?.Dispose();
        _parties?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private static Uri NewAddress() => new($"http://127.0.0.1:{RunningHub.FreePort()}");

    private static string Root(Uri address) => FaultyHub.Root(address);

    private async Task StartSiloAsync(int silo)
    {
        _silos[silo] = HubProcess.Start(
        [
            $"--urls={Root(_addresses[silo])}", $"--Hub:Data={Path.Combine(_folder, $"{silo}")}", "--Hub:Actors=orleans", $"--ConnectionStrings:Redis={redis}",
            $"--Hub:SiloPort={RunningHub.FreePort()}", $"--Hub:GatewayPort={RunningHub.FreePort()}", "--Logging:LogLevel:Default=Warning", .. Same,
        ]);
        await _silos[silo].ReadyAsync(_addresses[silo], "/health/ready");
    }
}

/// <summary>The same journal once more, in this process and on its own engine, where its books can be read.</summary>
/// <param name="killed">Its silos must have been killed for good.</param>
public sealed class ReopenedCluster(FaultyCluster killed) : RunningHub
{
    /// <inheritdoc/>
    protected override Uri NewAddress() => killed.Address;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Settings => killed.Same;
}
