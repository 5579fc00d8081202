using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Hub.Actors.Journal;
using Hub.EndToEnd.Support;
using Hub.Sandbox.Bank;
using Microsoft.Data.Sqlite;

namespace Hub.Faults.Support;

/// <summary>
/// A hub with the sandbox inside, in a process of its own, that lives long enough to leave journeys behind at every stage, and is
/// then killed. Its data folder, with what clients were told, is what a later version must be able to open.
/// </summary>
public sealed class RecordedHub : HubUnderTest
{
    /// <summary>When it was, by its own clock: any real day comes before it, so a later replay finds nothing expired.</summary>
    internal const string Begin = "2035-01-01T12:00:00Z";

    /// <summary>Where the clock of the replay begins: later than whatever was recorded, minutes before anything expires.</summary>
    internal const string Replay = "2035-01-01T12:02:00Z";

    /// <summary>What clients were told, in the folder.</summary>
    internal const string ToldFile = "told.json";

    /// <summary>What the payments looked like, in the folder.</summary>
    internal const string PaymentsFile = "payments.json";

    private readonly string _folder = Directory.CreateTempSubdirectory("omnihub-record-").FullName;
    private HubProcess? _process;

    /// <inheritdoc/>
    public override Uri Address { get; } = new($"http://127.0.0.1:{RunningHub.FreePort()}");

    /// <inheritdoc/>
    public override IBooks Books => throw new NotSupportedException("Open what was recorded.");

    /// <summary>A worthless master key: it spells what it is.</summary>
    internal static string MasterKey => $"--Hub:MasterKey={Convert.ToBase64String("throw-away sandbox master key 01"u8)}";

    private ConcurrentQueue<Acknowledgment> Acknowledged { get; } = new();

    private string Data => Path.Combine(_folder, "data");

    /// <inheritdoc/>
    public override Task SettledAsync() => Task.CompletedTask;

    /// <summary>Walks journeys to every stage, kills the hub, and packs its folder.</summary>
    /// <param name="archive">The file to make.</param>
    internal async Task RecordAsync(string archive)
    {
        await Merchant.RegisterKeyAsync();
        var refunded = await Journey.BeginAsync(this);
        await refunded.PayAndApproveAsync();
        (await Merchant.Api.PostAsync($"/v1/payments/{refunded.Payment}/refunds", new { amount = 1000 })).Expect(200);
        await refunded.UntilAsync(p => p.Number("amount_refunded") == 1000, "refunded");
        var held = await Journey.BeginAsync(this, new() { Capture = "manual" });
        await held.PayAndApproveAsync(until: "requires_capture");
        var declined = await Journey.BeginAsync(this);
        await declined.PayWithAsync(Cards.For(CardBehaviour.Declines));
        await declined.UntilAsync(p => p.Text("attempts.0.status") == "declined", "declined");
        var canceled = await Journey.BeginAsync(this, new() { Capture = "manual" });
        await canceled.PayAndApproveAsync(until: "requires_capture");
        (await Merchant.Api.PostAsync($"/v1/payments/{canceled.Payment}/cancel", new { reason = "sold out" })).Expect(200);
        await canceled.UntilAsync("canceled");
        var asked = await Journey.BeginAsync(this);
        await asked.PayUntilAskedAsync();
        await asked.Phone.ConfirmationNumberAsync();

        // The last one is cut off in the middle: the bank has carried it out, and the hub has not heard of it.
        var cut = await Journey.BeginAsync(this);
        await cut.PayWithAsync(Cards.For(CardBehaviour.TimeoutAfterCharge));
        await Eventually.HoldsAsync(async () => (await Bank.HoldsOfAsync(await cut.SeeAsync())).Count == 1, "the bank to hold the money");
        var payments = await Merchant.AllAsync("/v1/payments");
        _process!.Dispose();
        await PackAsync(archive, payments);
    }

    /// <inheritdoc/>
    protected override HttpMessageHandler NewLine() => new Insistent(base.NewLine(), Acknowledged);

    /// <inheritdoc/>
    protected override async Task StartAsync()
    {
        // Started at another place than the replay: nothing in the folder may depend on where the program stood.
        _process = HubProcess.Start(
            $"--contentRoot={_folder}", $"--urls={FaultyHub.Root(Address)}", $"--Hub:Data={Data}", "--Hub:SandboxSmtpPort=0", $"--Hub:SandboxClock={Begin}", MasterKey, "--Logging:LogLevel:Default=Warning");
        await _process.ReadyAsync(Address, "/health/ready");
    }

    /// <inheritdoc/>
    protected override Task StopAsync()
    {
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private async Task PackAsync(string archive, IReadOnlyList<JsonElement> payments)
    {
        // What lies in the logs is copied into the files, which makes the archive a tenth as large.
        foreach (var file in Directory.GetFiles(Data, "*.db"))
        {
            await using var database = new SqliteConnection($"Data Source={file};Pooling=false");
            database.Open();
            await using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", database);
            await checkpoint.ExecuteNonQueryAsync();
        }

        // The views are a cache, and making them anew is part of what a later version must be able to do.
        foreach (var file in Directory.GetFiles(Data, "views.db*").Concat(Directory.GetFiles(Data, "*-shm")).Concat(Directory.GetFiles(Data, "*lock"))) File.Delete(file);
        var told = Acknowledged.Where(one => one.Headers.Any(header => header.Value.Contains(Sandbox.SandboxKeys.DemoMerchantApiKey, StringComparison.Ordinal)));
        await File.WriteAllBytesAsync(Path.Combine(Data, ToldFile), JsonSerializer.SerializeToUtf8Bytes(told));
        await File.WriteAllBytesAsync(Path.Combine(Data, PaymentsFile), JsonSerializer.SerializeToUtf8Bytes(payments));
        Directory.CreateDirectory(Path.GetDirectoryName(archive)!);
        await ZipFile.CreateFromDirectoryAsync(Data, archive, CompressionLevel.SmallestSize, includeBaseDirectory: false);
    }
}
