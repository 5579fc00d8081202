using System.Net;
using System.Net.Sockets;
using Hub.Actors;
using Hub.Actors.Audit.Stored;
using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Channels.Confirmations;
using Hub.Domain.Customers;
using Hub.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.EndToEnd.Support;

/// <summary>The hub of the executable in this process, on SQLite in a temporary folder, with the sandbox inside.</summary>
public class RunningHub : HubUnderTest
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"omnihub-{Guid.NewGuid():n}");
    private WebApplication? _app;
    private Uri? _address;

    /// <inheritdoc/>
    public override Uri Address => _address ?? throw new InvalidOperationException("The hub has not started.");

    /// <inheritdoc/>
    public override IBooks Books => Engine.Books;

    /// <summary>The journal's file, where it is SQLite.</summary>
    protected string JournalFile => Path.Combine(Folder, "journal.db");

    /// <summary>The folder of the journal; this hub's own and removed with it, unless a test gives another.</summary>
    protected virtual string Folder => _folder;

    /// <summary>What is set besides address, folder and mail port.</summary>
    protected virtual IReadOnlyList<string> Settings => [];

    /// <summary>Where it is to listen: a free port, unless a test gives another.</summary>
    protected virtual Uri NewAddress() => new($"http://127.0.0.1:{FreePort()}");

    private HubEngine Engine => _app!.Services.GetRequiredService<HubEngine>();

    /// <inheritdoc/>
    public override Task SettledAsync() => Engine.SettledAsync(CancellationToken.None).WaitAsync(Eventually.Patience);

    /// <inheritdoc/>
    internal override VerifyReport Verify()
    {
        var kinds = new KindCatalog(HubKinds.All);
        using var verifier = Part<HubSettings>().Journal is { } database ? JournalVerifier.Open(database, kinds) : JournalVerifier.Open(JournalFile, kinds);
        return verifier.Run(new VerifyOptions(Path.Combine(Folder, "views.db")), _ => { });
    }

    /// <summary>A part of the running hub, such as its actors.</summary>
    internal T Part<T>()
        where T : notnull =>
        _app!.Services.GetRequiredService<T>();

    /// <summary>Proves an address whose code no phone ever shows: the code is computed where the hub computes it.</summary>
    internal async Task VerifyAddressAsync(string customer, string address)
    {
        var (actors, codes) = (_app!.Services.GetRequiredService<IActors>(), _app.Services.GetRequiredService<Codes>());
        var verification = $"ver_{address[4..]}";
        var ask = new CustomerCommand.RequestVerification(address, verification, codes.DigestOfVerification(address, codes.ForVerification(verification)));
        var prove = new CustomerCommand.CheckVerification(address, codes.DigestOfVerification(address, codes.ForVerification(verification)));
        await actors.SendAsync(HubKinds.Customer[customer], new Envelope($"test:{verification}:ask", ask), CancellationToken.None);
        await actors.SendAsync(HubKinds.Customer[customer], new Envelope($"test:{verification}:prove", prove), CancellationToken.None);
    }

    /// <summary>A port that was free a moment ago.</summary>
    internal static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
    protected override async Task StartAsync()
    {
        _address = NewAddress();
        _app = HubHost.Build(
        [
            $"--urls={_address.GetLeftPart(UriPartial.Authority)}", $"--Hub:Data={Folder}", "--Hub:SandboxSmtpPort=0", "--Hub:PasswordIterations=10", "--Logging:LogLevel:Default=Warning", .. Settings,
        ]);
        await _app.StartAsync();
    }

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
