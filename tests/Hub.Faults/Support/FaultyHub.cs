using System.Collections.Concurrent;
using Hub.Actors.Journal;
using Hub.EndToEnd.Support;

namespace Hub.Faults.Support;

/// <summary>A hub in a process of its own, its outside parties in another, with whatever fault a test puts between or under them.</summary>
/// <param name="lines">Whether a faulty line runs in front of the hub and one behind it; without, everybody is connected straight.</param>
/// <param name="data">The folder of the hub's journal, where it must lie somewhere special; its owner removes it.</param>
/// <param name="database">The PostgreSQL database of the hub's journal; <c>null</c> for SQLite in its folder.</param>
/// <param name="onePatience">How long clients wait for one answer before they hang up and ask again; <c>null</c> for minutes.</param>
public sealed class FaultyHub(bool lines = false, string? data = null, string? database = null, TimeSpan? onePatience = null) : HubUnderTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("omnihub-fault-").FullName;
    private readonly int _mail = RunningHub.FreePort();
    private HubProcess? _outside;
    private Insistent? _line;

    /// <summary>Where everybody reaches the hub: through the line in front of it, where there is one.</summary>
    public override Uri Address => Front?.Address ?? Own;

    /// <summary>Another process has them; a hub that is started on the same folder afterwards shows them.</summary>
    public override IBooks Books => throw new NotSupportedException("Stop the process, and open its folder.");

    /// <summary>Where the hub itself listens.</summary>
    internal Uri Own { get; } = new($"http://127.0.0.1:{RunningHub.FreePort()}");

    /// <summary>Where the outside parties listen.</summary>
    internal Uri Outside { get; } = new($"http://127.0.0.1:{RunningHub.FreePort()}");

    /// <summary>The line from clients, and from the bank's webhooks, to the hub.</summary>
    internal FaultyLine? Front { get; private set; }

    /// <summary>The line from the hub to the bank and the phone network.</summary>
    internal FaultyLine? Back { get; private set; }

    /// <summary>The folder of the journal.</summary>
    internal string Data => data ?? Path.Combine(_folder, "hub");

    /// <summary>The hub's process, while there is one.</summary>
    internal HubProcess Process { get; private set; } = null!;

    /// <summary>What a hub on this folder needs to have the same journal, and reach the same outside parties at the same address.</summary>
    internal IReadOnlyList<string> Same =>
    [
        $"--Hub:Sandbox={Root(Back?.Address ?? Outside)}", $"--Hub:SandboxSmtpPort={_mail}", $"--Hub:PublicUrl={Root(Address)}",
        .. database is null ? [] : PostgresHub.Journal(database),
    ];

    /// <summary>What clients were told, noted outside the hub the moment they were told.</summary>
    internal ConcurrentQueue<Acknowledgment> Acknowledged { get; } = new();

    /// <summary>How often a client had to send a request again.</summary>
    internal int Repeats => _line?.Repeats ?? 0;

    /// <summary>Nothing can be waited for from outside but what the API shows.</summary>
    public override Task SettledAsync() => Task.CompletedTask;

    /// <summary>The bank's books, asked at the bank and not through the hub.</summary>
    internal async Task<System.Text.Json.JsonElement> BanksOwnBooksAsync()
    {
        using var straight = new HttpClient { BaseAddress = Outside };
        return await new Bank(straight).BooksAsync();
    }

    /// <summary>kill -9, then a new process on the same folder.</summary>
    internal async Task KillAndRestartAsync()
    {
        Kill();
        await StartHubAsync();
    }

    /// <summary>kill -9.</summary>
    internal void Kill() => Process.Dispose();

    /// <summary>A new process on the same folder; completes once it is ready.</summary>
    internal async Task StartHubAsync()
    {
        Process = HubProcess.Start(Arguments());
        await Process.ReadyAsync(Own, "/health/ready");
    }

    /// <summary>What the hub is started with.</summary>
    internal IReadOnlyList<string> Arguments() => [$"--urls={Root(Own)}", $"--Hub:Data={Data}", "--Logging:LogLevel:Default=Warning", .. Same];

    /// <summary>Invariants 3 and 4: what a client was told is still so; the same request gets the same answer, byte for byte.</summary>
    internal async Task EveryAcknowledgmentStandsAsync()
    {
        Assert.NotEmpty(Acknowledged);
        foreach (var told in Acknowledged.ToArray()) await told.StandsAsync(Own);
    }

    /// <summary>Kills the hub for good, opens its folder in this process, and compares its books with the bank's.</summary>
    /// <param name="also">What else must hold of the payments.</param>
    internal async Task EndsInTruthAsync(Action<IReadOnlyList<System.Text.Json.JsonElement>>? also = null)
    {
        Kill();
        await using var reopened = new ReopenedHub(this);
        await reopened.InitializeAsync();
        await Truth.HoldsAsync(reopened);
        also?.Invoke(await reopened.Merchant.AllAsync("/v1/payments"));
    }

    /// <summary>An address without its last slash.</summary>
    internal static string Root(Uri address) => address.GetLeftPart(UriPartial.Authority);

    /// <inheritdoc/>
    protected override HttpMessageHandler NewLine() => _line = new Insistent(base.NewLine(), Acknowledged, onePatience);

    /// <inheritdoc/>
    protected override async Task StartAsync()
    {
        if (lines) (Front, Back) = (FaultyLine.Start(Own), FaultyLine.Start(Outside));
        _outside = HubProcess.Start(
            "sandbox", $"--urls={Root(Outside)}", $"--Hub:PublicUrl={Root(Address)}",
            $"--Hub:Data={Path.Combine(_folder, "sandbox")}", $"--Hub:SandboxSmtpPort={_mail}", "--Logging:LogLevel:Default=Warning");
        await _outside.ReadyAsync(Outside, "/sandbox/api/clock");
        await StartHubAsync();
    }

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        Process?.Dispose();
        _outside?.Dispose();
        if (Front is not null) await Front.DisposeAsync();
        if (Back is not null) await Back.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>The same folder once more, in this process, where its books can be read.</summary>
/// <param name="killed">Must have been killed for good.</param>
public sealed class ReopenedHub(FaultyHub killed) : RunningHub
{
    /// <inheritdoc/>
    protected override string Folder => killed.Data;

    /// <inheritdoc/>
    protected override Uri NewAddress() => killed.Own;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Settings => killed.Same;
}
