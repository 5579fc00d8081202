using Hub.Actors;
using Hub.Actors.Journal;
using Hub.Actors.Tests;
using Hub.Actors.Tests.Journal.Postgres;
using Hub.Grains.Snapshots;
using Hub.Grains.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Hub.Grains.Tests.Snapshots;

/// <summary>Invariant 2: a snapshot and the events after it are what all events are; and nobody needs one.</summary>
[Trait("Invariant", "2")]
public sealed class SnapshotTests(PostgresServer server)
{
    private const int Long = 70;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_stream_is_loaded_from_its_snapshot_and_its_tail()
    {
        await using var cluster = await LongAsync();
        Assert.True((await StoredAsync(cluster)).Version >= 64);
        await DepositAsync(cluster, "tail");
        await ForgetAsync(cluster);

        Assert.Equal(Long + 1, await MinorAsync(cluster));
        Assert.True(((TurnOutcome.Committed)await DepositAsync(cluster, "c3")).Repeated);
        Assert.False(((TurnOutcome.Committed)await DepositAsync(cluster, "new")).Repeated);
    }

    [Theory]
    [InlineData("another journal")]
    [InlineData("another build")]
    [InlineData("ahead of the journal")]
    [InlineData("another past")]
    [InlineData("a state nobody reads")]
    [InlineData("not base64")]
    public async Task A_snapshot_that_does_not_fit_is_passed_over(string why)
    {
        await using var cluster = await LongAsync();
        await ForgetAsync(cluster);
        var stored = await StoredAsync(cluster);
        switch (why)
        {
            case "another journal": stored.Journal = "other"; break;
            case "another build": stored.Build = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11); break;
            case "ahead of the journal": stored.Version += 1_000; break;
            case "another past": stored.Version--; break;
            case "a state nobody reads": stored.State = Convert.ToBase64String("{"u8); break;
            default: stored.State = "?"; break;
        }

        await PutAsync(cluster, stored);

        Assert.Equal(Long, await MinorAsync(cluster));
        Assert.True(((TurnOutcome.Committed)await DepositAsync(cluster, "c3")).Repeated);
    }

    [Fact]
    public async Task What_stands_in_a_snapshot_is_used_so_that_these_tests_mean_something()
    {
        await using var cluster = await LongAsync();
        await ForgetAsync(cluster);
        var stored = await StoredAsync(cluster);
        stored.State = Convert.ToBase64String(Till.Kind.WriteState(new TillState(null, 1_000, 0)));
        await PutAsync(cluster, stored);

        Assert.InRange(await MinorAsync(cluster), 1_000, 1_000 + Long);
    }

    private async Task<Cluster> LongAsync()
    {
        var cluster = await Cluster.StartAsync(server.NewDatabase(), 1);
        for (var n = 0; n < Long; n++)
        {
            await DepositAsync(cluster, $"c{n}");
        }

        return cluster;
    }

    private static IGrainStorage Storage(Cluster cluster) =>
        cluster.Silos[0].SiloHost.Services.GetRequiredKeyedService<IGrainStorage>(GrainSnapshots.Storage);

    private static GrainId Grain(Cluster cluster) => cluster.Grains.GetGrain<ITillGrain>("a").GetGrainId();

    private static async Task<StoredSnapshot> StoredAsync(Cluster cluster)
    {
        var state = new GrainState<StoredSnapshot>(new StoredSnapshot());
        while (!state.RecordExists)
        {
            // The write was begun by the turn before and is waited for by nobody else.
            Cancel.ThrowIfCancellationRequested();
            await Storage(cluster).ReadStateAsync("snapshot", Grain(cluster), state);
        }

        return state.State;
    }

    private static async Task PutAsync(Cluster cluster, StoredSnapshot snapshot)
    {
        var state = new GrainState<StoredSnapshot>(new StoredSnapshot());
        await Storage(cluster).ReadStateAsync("snapshot", Grain(cluster), state);
        state.State = snapshot;
        await Storage(cluster).WriteStateAsync("snapshot", Grain(cluster), state);
    }

    private static Task<TurnOutcome> DepositAsync(Cluster cluster, string id) =>
        cluster.Actors.SendAsync(Till.Kind["a"], new Envelope(id, new TillCommand.Deposit(1)), Cancel);

    private static async Task<long> MinorAsync(Cluster cluster) =>
        ((TillState)(await cluster.Actors.ReadAsync(Till.Kind["a"], Cancel)).State).Minor;

    // The till only: the grains that keep the snapshots of this silo stay.
    private static Task ForgetAsync(Cluster cluster) => cluster.DeactivateAsync(Grain(cluster));
}
