using System.Security.Cryptography;
using System.Text;
using Hub.Bench.Http;
using Hub.Bench.Journeys;
using Hub.Bench.Rivals.RowLocks;
using Hub.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans;
using Orleans.Hosting;

namespace Hub.Bench.Rivals.Naive;

/// <summary>What Orleans' own tutorial leads to: a grain per thing, its state written whole to AdoNet storage on PostgreSQL at every change.</summary>
/// <remarks>One silo, in this process. A change over two grains is two writes, and a crash between them is not repaired.</remarks>
internal sealed class NaiveService : IContender
{
    public const string Storage = "naive";

    private const string Merchant = "mer_naive";

    // A table of one's own with a primary key; the storage takes its statements from OrleansQuery.
    private const string Schema = """
        CREATE TABLE grain_states (
          id_hash integer NOT NULL, id_low bigint NOT NULL, id_high bigint NOT NULL, kind_hash integer NOT NULL, kind text NOT NULL,
          name text NOT NULL, service text NOT NULL, payload bytea, version integer NOT NULL, PRIMARY KEY (id_hash, kind_hash, name, kind, id_low, id_high, service));
        CREATE TABLE OrleansQuery (QueryKey text PRIMARY KEY, QueryText text NOT NULL);
        INSERT INTO OrleansQuery VALUES
        ('ReadFromStorageKey', 'SELECT payload AS PayloadBinary, now() AT TIME ZONE ''UTC'' AS ModifiedOn, version AS Version FROM grain_states
          WHERE id_hash = @GrainIdHash AND kind_hash = @GrainTypeHash AND name = coalesce(@GrainIdExtensionString, '''') AND kind = @GrainTypeString AND id_low = @GrainIdN0 AND id_high = @GrainIdN1 AND service = @ServiceId'),
        ('WriteToStorageKey', 'INSERT INTO grain_states AS g VALUES (@GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, coalesce(@GrainIdExtensionString, ''''), @ServiceId, @PayloadBinary, 1)
          ON CONFLICT (id_hash, kind_hash, name, kind, id_low, id_high, service) DO UPDATE SET payload = excluded.payload, version = g.version + 1 WHERE g.version = @GrainStateVersion RETURNING version AS NewGrainStateVersion'),
        ('ClearStorageKey', 'UPDATE grain_states SET payload = NULL, version = version + 1 WHERE id_hash = @GrainIdHash AND kind_hash = @GrainTypeHash AND name = coalesce(@GrainIdExtensionString, '''') AND kind = @GrainTypeString AND service = @ServiceId AND version = @GrainStateVersion RETURNING version AS NewGrainStateVersion'),
        ('DeleteStorageKey', 'DELETE FROM grain_states WHERE id_hash = @GrainIdHash AND kind_hash = @GrainTypeHash AND name = coalesce(@GrainIdExtensionString, '''') AND kind = @GrainTypeString AND service = @ServiceId AND version = @GrainStateVersion RETURNING version + 1 AS NewGrainStateVersion');
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-bench-naive-");
    private readonly Cards _cards = new();
    private readonly Parties _parties;
    private readonly WebApplication _app;

    private NaiveService(string connectionString)
    {
        Address = new Uri($"http://localhost:{FreePorts.Next()}");
        _parties = new Parties(Address);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls(Address.ToString());
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePorts.Next(), FreePorts.Next())
            .AddAdoNetGrainStorage(Storage, options =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 64, AutoPrepareMinUsages = 2 }.ConnectionString;
            }));
        builder.Services.AddSandbox(new SandboxOptions { HubUrl = Address, DataFolder = _folder.FullName, SmtpPort = 0 });
        _app = builder.Build();
        Map();
    }

    public Uri Address { get; }

    private Changes Changes { get; } = new();

    private IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public static async Task<NaiveService> StartAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var create = database.CreateCommand(Schema);
        await create.ExecuteNonQueryAsync();
        var service = new NaiveService(connectionString);
        await service._app.StartAsync();
        await service.SetAsync("merchant/" + Hash(SandboxKeys.DemoMerchantApiKey), Merchant);
        return service;
    }

    public async Task<Returning> SettleAsync()
    {
        var shopper = new Shopper(await HubCaller.ConnectAsync(Address), Changes, _cards.Jwk());
        var (customer, instrument, token) = (Ids.New("cus"), Ids.New("ins"), Ids.New("cst"));
        await SetAsync("customer/" + Hash(token), customer);
        await SetAsync("phone/" + customer, shopper.Phone);
        await SetAsync($"card/{customer}/{instrument}", Convert.ToBase64String(_cards.Seal(Shopper.Card)));
        return new Returning(shopper, customer, token, instrument);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _parties.Dispose();
        _cards.Dispose();
        Changes.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private Task<bool> SetAsync(string name, string text) => Grains.GetGrain<IEntryGrain>(name).SetAsync(text);

    private void Map()
    {
        var endpoints = new NaiveEndpoints(Grains, _cards, _parties, Changes);
        var callbacks = new Callbacks(endpoints, Address);
        _app.MapPost("/v1/merchants/signing-keys", endpoints.RegisterKeyAsync);
        _app.MapPost("/v1/orders", endpoints.PlaceAsync);
        _app.MapGet("/v1/orders/{id}", endpoints.ShowOrderAsync);
        _app.MapPost("/v1/orders/{id}/accept", endpoints.AcceptAsync);
        _app.MapPost("/v1/payments", endpoints.OpenPaymentAsync);
        _app.MapGet("/v1/payments/{id}", endpoints.ShowPaymentAsync);
        _app.MapPost("/v1/payments/{id}/submit", endpoints.SubmitAsync);
        callbacks.Map(_app);
        _app.MapSandbox();
    }
}
