using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Tests;
using Hub.Actors.Tests.Feed;
using Hub.Actors.Tests.Journal.Postgres;
using Hub.Grains.Partitions;
using Hub.Grains.Tests.Engine;

namespace Hub.Grains.Tests.Partitions;

/// <summary>Every partition of the feed has one owner, wherever silos come and go.</summary>
public sealed class PartitionTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 16)]
    [InlineData(2, 8)]
    [InlineData(3, 6)]
    [InlineData(16, 1)]
    [InlineData(17, 1)]
    public void Partitions_are_spread_evenly_and_the_same_way_whoever_asks(int silos, int most)
    {
        var addresses = Enumerable.Range(1, silos).Select(n => SiloAddress.New(System.Net.IPAddress.Loopback, 1_000 + n, n)).ToList();

        var homes = Enumerable.Range(0, StreamPartition.Count).Select(partition => PartitionPlacement.Home(partition, addresses)).ToList();

        Assert.Equal(most, homes.CountBy(home => home).Max(one => one.Value));
        Assert.Equal(homes, Enumerable.Range(0, StreamPartition.Count).Select(partition => PartitionPlacement.Home(partition, Enumerable.Reverse(addresses))));
    }

    [Fact]
    public async Task A_silo_that_joins_takes_its_share_and_one_that_is_stopped_hands_over()
    {
        var seen = new Recorder("seen");
        await using var cluster = await Cluster.StartAsync(server.NewDatabase(), 1, seen);
        Assert.Equal(16, Cluster.Owned(cluster.Silos[0]).Count);
        await DepositAsync(cluster, "before");

        var second = await cluster.JoinAsync();
        await cluster.WakeAsync();
        Assert.Equal([8, 8], cluster.Silos.Select(silo => Cluster.Owned(silo).Count));
        await DepositAsync(cluster, "both");

        await cluster.StopAsync(second);
        await cluster.WakeAsync();
        Assert.Equal(16, Cluster.Owned(cluster.Silos[0]).Count);
        await DepositAsync(cluster, "after");
        await cluster.SettledAsync();

        // In order, and none missing: an orderly hand-over does not even deliver twice.
        Assert.All(seen.Finished.GroupBy(one => one.Actor), one => Assert.Equal([1L, 2L, 3L], one.Select(happened => happened.Version)));
        Assert.Equal(Tills.Count, seen.Finished.Select(one => one.Actor).Distinct().Count());
    }

    [Fact]
    [Trait("Invariant", "18")]
    public async Task A_timer_fires_once_though_its_partition_moved_meanwhile()
    {
        await using var cluster = await Cluster.StartAsync(server.NewDatabase(), 1);
        foreach (var till in Tills)
        {
            await cluster.Actors.SendAsync(Till.Kind[till], new Envelope("alarm", new TillCommand.SetAlarm("tea", cluster.Time.GetUtcNow().AddSeconds(10))), Cancel);
        }

        await cluster.JoinAsync();
        await cluster.WakeAsync();
        foreach (var till in Tills)
        {
            while (await RungAsync(cluster, till) == 0)
            {
                cluster.Time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
        }

        cluster.Time.Advance(TimeSpan.FromSeconds(10));
        await cluster.SettledAsync();
        foreach (var till in Tills)
        {
            Assert.Equal(1, await RungAsync(cluster, till));
        }
    }

    private static IReadOnlyList<string> Tills { get; } = [.. Enumerable.Range(1, 20).Select(n => $"t{n}")];

    private static async Task DepositAsync(Cluster cluster, string id)
    {
        var done = await Task.WhenAll(Tills.Select(till => cluster.Actors.SendAsync(Till.Kind[till], new Envelope(id, new TillCommand.Deposit(1)), Cancel)));
        Assert.All(done, one => Assert.IsType<TurnOutcome.Committed>(one));
    }

    private static async Task<int> RungAsync(Cluster cluster, string till) =>
        ((TillState)(await cluster.Actors.ReadAsync(Till.Kind[till], Cancel)).State).Rung;
}
