using Hub.Bench.Http;
using Hub.Bench.Journeys;
using Hub.Bench.Load;
using Hub.Bench.Rivals.RowLocks;

namespace Hub.Bench.Rivals;

/// <summary>Five-request journeys side by side: the hub on PostgreSQL and on SQLite, and what one would otherwise write.</summary>
/// <remarks>
/// The same load drives all three, with the same bank and phones in the contender's own process. The two on PostgreSQL have a database
/// each on one server, which commits to the same disk.
/// </remarks>
internal static class RivalBench
{
    private const string RowLocked = "row locks on PostgreSQL";
    private const string Naive = "naive grains with AdoNet storage";
    private const string OnPostgres = "hub on PostgreSQL";
    private const string OnSqlite = "hub on SQLite";

    // The hub sends one phone at most 30 messages an hour.
    private const int PerPhone = 10;

    public static async Task<IReadOnlyList<Line>> RunAsync(Settings settings, IProgress<string> progress)
    {
        progress.Report("starting PostgreSQL");
        using var server = PostgresBed.Start();
        if (server is null) return [new Line("five-request journeys against a stateless service", "not run: apt-get install postgresql")];
        await using var rival = await RowLockService.StartAsync(server.NewDatabase("rival"));
        await using var naive = await NaiveGrains.StartAsync(server.NewDatabase("naive"));
        await using var postgres = await HubSide.StartAsync(server.NewDatabase("hub"));
        await using var sqlite = await HubSide.StartAsync(null);
        using var shop = await ShopServer.OpenAsync(rival.Address);
        using var naiveShop = naive is null ? null : await ShopServer.OpenAsync(naive.Address);
        var database = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        var items = new Dictionary<string, long>(StringComparer.Ordinal);
        var contest = new Contest()
            .Add(RowLocked, async _ =>
            {
                await rival.AnalyzeAsync();
                return await RoundAsync(RowLocked, rival.SettleAsync, shop, () => Task.CompletedTask, () => 0);
            })
            .Add(OnPostgres, _ => RoundAsync(OnPostgres, postgres.SettleAsync, postgres.Shop, postgres.RestAsync, () => postgres.Commits))
            .Add(OnSqlite, _ => RoundAsync(OnSqlite, sqlite.SettleAsync, sqlite.Shop, sqlite.RestAsync, () => sqlite.Commits));
        if (naive is not null) contest.Add(Naive, _ => RoundAsync(Naive, naive.SettleAsync, naiveShop!, () => Task.CompletedTask, () => 0));
        var results = await contest.RunAsync(settings.Rounds, settings.Span, progress);
        Line[] lines = [Compared(OnPostgres, RowLocked, 4), Compared(OnSqlite, RowLocked, 5)];
        return naive is null ? lines : [.. lines, Compared(OnPostgres, Naive, 4)];

        Line Compared(string name, string against, double goal) => new(
            $"five-request journeys, {settings.Clients} clients, {name}", Words(name), $"{against}: {Words(against)}", results.Ratio(name, against), goal);

        string Words(string name) =>
            $"{results.Median(name, one => one.PerSecond):N1}/s, {results.Median(name, one => one.CpuMicroseconds):N0} µs CPU a journey and {database[name].TotalMicroseconds / items[name]:N0} µs in PostgreSQL";

        async Task<Sample> RoundAsync(string name, Func<Task<Returning>> settle, ShopServer at, Func<Task> rest, Func<long> commits)
        {
            progress.Report($"{name}: customers settle");
            var customers = await Task.WhenAll(Enumerable.Range(0, settings.Clients).Select(_ => settle()));
            await rest();
            var (commitsBefore, cpuBefore) = (commits(), server.Cpu());
            var meter = Meter.Start();
            await Task.WhenAll(customers.Select(customer => Task.Run(async () =>
            {
                for (var i = 0; i < PerPhone; i++)
                {
                    await customer.BuyAsync(at);
                }
            })));
            await rest();
            var sample = meter.Stop(customers.Length * PerPhone, commits() - commitsBefore, new Latencies());
            database[name] = database.GetValueOrDefault(name) + server.Cpu() - cpuBefore;
            items[name] = items.GetValueOrDefault(name) + sample.Items;
            Array.ForEach(customers, one => one.Dispose());
            return sample;
        }
    }

    /// <summary>A hub with what drives it.</summary>
    private sealed class HubSide(HubUnderTest hub, Changes changes, Shoppers shoppers, ShopServer shop) : IAsyncDisposable
    {
        public ShopServer Shop => shop;

        public long Commits => hub.Commits;

        public static async Task<HubSide> StartAsync(string? postgres)
        {
            var hub = await HubUnderTest.StartAsync(postgres);
            using var caller = await HubCaller.ConnectAsync(hub.Address);
            var changes = Changes.Of(hub.Engine.Views);
            var keys = (await caller.GetAsync("/v1/keys/encryption", null)).GetProperty("keys")[0];
            return new HubSide(hub, changes, new Shoppers(hub.Address, changes, keys), await ShopServer.OpenAsync(hub.Address));
        }

        public Task<Returning> SettleAsync() => Returning.SettleAsync(shoppers);

        /// <summary>Waits for what follows from the journeys; it belongs to their price.</summary>
        public Task RestAsync() => hub.Engine.SettledAsync(CancellationToken.None);

        public async ValueTask DisposeAsync()
        {
            shop.Dispose();
            changes.Dispose();
            await hub.DisposeAsync();
        }
    }
}
