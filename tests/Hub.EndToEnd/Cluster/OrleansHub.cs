using System.Security.Cryptography;
using Hub.Actors.Audit.Stored;
using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Actors.Tests.Journal.Postgres;
using Hub.EndToEnd.Support;

namespace Hub.EndToEnd.Cluster;

/// <summary>
/// Two silos over one journal in PostgreSQL, with their members in Redis. Every other request goes to the other silo, whoever makes it;
/// the outside parties are in the first.
/// </summary>
public sealed class OrleansHub : HubUnderTest
{
    private Silo _first = null!;
    private Silo _second = null!;

    /// <inheritdoc/>
    public override Uri Address => _first.Address;

    /// <inheritdoc/>
    public override IBooks Books => _second.Books;

    /// <summary>The address of the second silo itself.</summary>
    internal Uri Second => _second.Address;

    /// <inheritdoc/>
    public override async Task SettledAsync()
    {
        long head;
        do
        {
            head = _first.Part<IJournalStore>().Head();
            foreach (var silo in (Silo[])[_first, _second])
            {
                // Not every commit of the other one has been told here yet.
                silo.Part<HubEngine>().Feed.Look();
                await silo.SettledAsync();
            }
        }
        while (_first.Part<IJournalStore>().Head() != head);
    }

    /// <inheritdoc/>
    internal override VerifyReport Verify() => _second.Verify();

    /// <inheritdoc/>
    protected override HttpMessageHandler NewLine() => new InTurn(base.NewLine(), Address, Second);

    /// <inheritdoc/>
    protected override async Task StartAsync()
    {
        var database = (await TestContext.Current.GetFixture<PostgresServer>())!.NewDatabase();
        var redis = (await TestContext.Current.GetFixture<RedisServer>())!.NewDatabase();
        var mail = RunningHub.FreePort();
        List<string> both =
        [
            .. PostgresHub.Journal(database), "--Hub:Actors=orleans", $"--ConnectionStrings:Redis={redis}", $"--Hub:SandboxSmtpPort={mail}",
            $"--Hub:MasterKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
        ];
        _first = new Silo(both);
        await _first.InitializeAsync();
        var known = _first.Address.GetLeftPart(UriPartial.Authority);
        _second = new Silo([.. both, $"--Hub:PublicUrl={known}", $"--Hub:Sandbox={known}"]);
        await _second.InitializeAsync();
    }

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        if (_second is not null) await _second.DisposeAsync();
        if (_first is not null) await _first.DisposeAsync();
    }
}

/// <summary>One silo of the executable in this process.</summary>
public sealed class Silo(IReadOnlyList<string> settings) : RunningHub
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Settings { get; } = [.. settings, $"--Hub:SiloPort={FreePort()}", $"--Hub:GatewayPort={FreePort()}"];
}
