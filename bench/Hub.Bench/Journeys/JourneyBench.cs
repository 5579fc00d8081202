using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Hub.Bench.Http;
using Hub.Bench.Load;
using Hub.Gateways.Vault;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Bench.Journeys;

/// <summary>Journeys over HTTP, with bank, phone, webhook and mail in the same process.</summary>
internal static class JourneyBench
{
    // The hub sends one phone at most 30 messages an hour.
    private const int PerPhone = 10;

    public static async Task<IReadOnlyList<Line>> RunAsync(Settings settings, IProgress<string> progress)
    {
        await using var hub = await HubUnderTest.StartAsync();
        using var caller = await HubCaller.ConnectAsync(hub.Address);
        using var changes = Changes.Of(hub.Engine.Views);
        var keys = (await caller.GetAsync("/v1/keys/encryption", null)).GetProperty("keys")[0];
        using var shop = await ShopServer.OpenAsync(hub.Address);
        var shoppers = new Shoppers(hub.Address, changes, keys);
        var lines = new List<Line>();
        lines.AddRange(await WholeAsync(hub, shoppers, settings, progress));
        lines.AddRange(await ShortAsync(hub, shoppers, shop, settings, progress));
        lines.Add(OpenMessages(hub, keys));
        return lines;
    }

    private static async Task<IReadOnlyList<Line>> WholeAsync(HubUnderTest hub, Shoppers shoppers, Settings settings, IProgress<string> progress)
    {
        var (turns, writes, journeys) = (0L, 0L, 0L);
        var results = await new Contest().Add("whole", async span =>
        {
            var (turnsBefore, writesBefore) = (hub.Turns, hub.Writes);
            var sample = await SettledAsync(hub, () => ClosedLoop.RunAsync(settings.Clients, span, _ => async () =>
            {
                using var shopper = await shoppers.NewAsync();
                await shopper.TravelAsync();
            }));
            (turns, writes, journeys) = (turns + hub.Turns - turnsBefore, writes + hub.Writes - writesBefore, journeys + sample.Items);
            return sample;
        }).RunAsync(settings.Rounds, settings.Span, progress);
        var rate = results.Median("whole", one => one.PerSecond);
        var commits = results.Median("whole", one => (double)one.Commits / one.Items);
        return
        [
            new($"whole journeys, {settings.Clients} clients", $"{rate:N1}/s, {results.Median("whole", one => one.CpuMicroseconds) / 1_000:N1} ms CPU, {results.Median("whole", one => one.BytesPerItem) / 1_000:N0} kB; p50 {results.Median("whole", one => one.Latencies.Percentile(0.5).TotalMilliseconds):N0} ms", "Vendure's checkout, 5/s (DESIGN 15)", rate / 5, 100),
            new("one whole journey", $"{(double)turns / journeys:N1} turns, {(double)writes / journeys:N1} journal writes, {commits:N1} commits", "commits a turn", commits / ((double)turns / journeys)),
        ];
    }

    private static async Task<IReadOnlyList<Line>> ShortAsync(HubUnderTest hub, Shoppers shoppers, ShopServer shop, Settings settings, IProgress<string> progress)
    {
        var (turns, journeys) = (0L, 0L);
        var results = await new Contest().Add("short", async span =>
        {
            progress.Report("five requests: customers verify their phones");
            var returning = await Task.WhenAll(Enumerable.Range(0, settings.Clients).Select(_ => Returning.SettleAsync(shoppers)));
            var before = hub.Turns;
            var sample = await SettledAsync(hub, () => FixedAsync(returning, customer => customer.BuyAsync(shop), PerPhone, () => hub.Commits));
            (turns, journeys) = (turns + hub.Turns - before, journeys + sample.Items);
            Array.ForEach(returning, one => one.Dispose());
            return sample;
        }).RunAsync(settings.Rounds, settings.Span, progress);
        progress.Report("submits at the same moment");
        var burst = await BurstAsync(hub, shoppers, shop, 1_000);
        var commits = results.Median("short", one => (double)one.Commits / one.Items);
        return
        [
            new($"five-request journeys, {settings.Clients} clients", $"{results.Median("short", one => one.PerSecond):N1}/s, {results.Median("short", one => one.CpuMicroseconds) / 1_000:N1} ms CPU; {(double)turns / journeys:N1} turns, {commits:N1} commits each", "`rivals` compares it with a stateless service"),
            new($"{burst.Items:N0} submits, {burst.Items / PerPhone:N0} at the same moment", $"{burst.PerSecond:N0}/s, {burst.CpuMicroseconds / 1_000:N1} ms CPU; {burst.Commits:N0} commits", "a commit per submit", (double)burst.Commits / burst.Items),
        ];
    }

    private static async Task<Sample> BurstAsync(HubUnderTest hub, Shoppers shoppers, ShopServer shop, int submits)
    {
        var returning = await Task.WhenAll(Enumerable.Range(0, submits / PerPhone).Select(_ => Returning.SettleAsync(shoppers)));
        var ready = await Task.WhenAll(returning.Select(customer => customer.PrepareAsync(shop, PerPhone)));
        await hub.Engine.SettledAsync(CancellationToken.None);
        var before = hub.Commits;
        var meter = Load.Meter.Start();

        // Each customer has one connection, and a connection carries one request at a time.
        await Task.WhenAll(ready.Select(one => Task.Run(async () =>
        {
            foreach (var send in one)
            {
                await send();
            }
        })));
        var sample = meter.Stop(ready.Sum(one => one.Count), hub.Commits - before, new Latencies());
        await hub.Engine.SettledAsync(CancellationToken.None);
        Array.ForEach(returning, one => one.Dispose());
        return sample;
    }

    // What follows from a journey (webhooks, receipts, notices) belongs to its price.
    private static async Task<Sample> SettledAsync(HubUnderTest hub, Func<Task<Sample>> run)
    {
        var commits = hub.Commits;
        var meter = Load.Meter.Start();
        var sample = await run();
        await hub.Engine.SettledAsync(CancellationToken.None);
        return meter.Stop(sample.Items, hub.Commits - commits, sample.Latencies);
    }

    private static async Task<Sample> FixedAsync(Returning[] customers, Func<Returning, Task> journey, int each, Func<long> commits)
    {
        var before = commits();
        var meter = Load.Meter.Start();
        await Task.WhenAll(customers.Select(customer => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                await journey(customer);
            }
        })));
        return meter.Stop(customers.Length * each, commits() - before, new Latencies());
    }

    private static Line OpenMessages(HubUnderTest hub, JsonElement keys)
    {
        const int Times = 100;
        var pairs = hub.Services.GetRequiredService<IEncryptionKeys>();
        using var key = RSA.Create(new RSAParameters { Modulus = keys.Bytes("n"), Exponent = keys.Bytes("e") });
        var wrapped = key.Encrypt(new byte[32], RSAEncryptionPadding.OaepSHA256);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Times; i++)
        {
            pairs.Unwrap(Shopper.Text(keys, "kid"), wrapped);
        }

        return new Line(
            $"one RSA-{wrapped.Length * 8} private operation", $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds / Times:N2} ms", "two in a whole journey, one in a submit");
    }

    private static byte[] Bytes(this JsonElement jwk, string name) => Base64Url.DecodeFromChars(Shopper.Text(jwk, name));
}

/// <summary>Makes customers, each on a connection of its own.</summary>
internal sealed class Shoppers(Uri hub, Changes changes, JsonElement keys)
{
    public async Task<Shopper> NewAsync() => new(await HubCaller.ConnectAsync(hub), changes, keys);
}
