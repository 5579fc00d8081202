using System.Security.Cryptography;
using System.Text;
using Hub.Bench.Http;
using Hub.Bench.Journeys;
using Hub.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hub.Bench.Rivals.RowLocks;

/// <summary>
/// What one would otherwise write for the five requests: a stateless service, a table per thing, SELECT … FOR UPDATE, a table of
/// idempotency keys. With its own sandbox in the same process, like the hub under test.
/// </summary>
/// <remarks>
/// It does for a journey what the hub does: signatures verified, the security code decrypted, what goes to the bank durable before it
/// leaves, every callback verified and taken once. It has nothing of what else the hub gives: no timeline, no live updates, no views, no
/// repair of what a crash left pending, no timers, no audit.
/// </remarks>
internal sealed class RowLockService : IContender
{
    private const string Merchant = "mer_rival";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-bench-rival-");
    private readonly NpgsqlDataSource _database;
    private readonly Cards _cards = new();
    private readonly Parties _parties;
    private readonly WebApplication _app;

    private RowLockService(string connectionString, int port)
    {
        Address = new Uri($"http://localhost:{port}");
        _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 64, AutoPrepareMinUsages = 2 });
        _parties = new Parties(Address);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls(Address.ToString());
        builder.Services.AddSandbox(new SandboxOptions { HubUrl = Address, DataFolder = _folder.FullName, SmtpPort = 0 });
        _app = builder.Build();
        Map();
    }

    public Uri Address { get; }

    private Changes Changes { get; } = new();

    public static async Task<RowLockService> StartAsync(string connectionString)
    {
        var service = new RowLockService(connectionString, FreePorts.Next());
        await using var work = await Work.BeginAsync(service._database);
        await work.ChangeAsync(Schema.Text);
        await work.ChangeAsync("INSERT INTO api_keys VALUES ($1, $2)", Hash(SandboxKeys.DemoMerchantApiKey), Merchant);
        await work.CommitAsync();
        await service._app.StartAsync();
        return service;
    }

    public async Task<Returning> SettleAsync()
    {
        var shopper = new Shopper(await HubCaller.ConnectAsync(Address), Changes, _cards.Jwk());
        var (customer, instrument, token) = (Ids.New("cus"), Ids.New("ins"), Ids.New("cst"));
        await using var work = await Work.BeginAsync(_database);
        await work.ChangeAllAsync(
            ("INSERT INTO customers VALUES ($1, $2, 'Ada Lovelace', $3)", [customer, Merchant, shopper.Phone]),
            ("INSERT INTO sessions VALUES ($1, $2, now() + interval '1 hour')", [Hash(token), customer]),
            ("INSERT INTO instruments VALUES ($1, $2, '4242', $3)", [instrument, customer, _cards.Seal(Shopper.Card)]));
        await work.CommitAsync();
        return new Returning(shopper, customer, token, instrument);
    }

    /// <summary>Fresh statistics, as autovacuum gives them to a service that has run for a while.</summary>
    public async Task AnalyzeAsync()
    {
        await using var analyze = _database.CreateCommand("ANALYZE");
        await analyze.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        _parties.Dispose();
        _cards.Dispose();
        _folder.Delete(recursive: true);
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private void Map()
    {
        var edge = new Edge(_database);
        var orders = new Orders(_database, edge);
        var payments = new Payments(_database, edge, _cards, _parties, Changes);
        _app.MapPost("/v1/merchants/signing-keys", orders.RegisterKeyAsync);
        _app.MapPost("/v1/orders", orders.PlaceAsync);
        _app.MapGet("/v1/orders/{id}", orders.ShowAsync);
        _app.MapPost("/v1/orders/{id}/accept", orders.AcceptAsync);
        _app.MapPost("/v1/payments", orders.OpenPaymentAsync);
        _app.MapGet("/v1/payments/{id}", payments.ShowAsync);
        _app.MapPost("/v1/payments/{id}/submit", payments.SubmitAsync);
        new Callbacks(payments, Address).Map(_app);
        _app.MapSandbox();
    }
}
