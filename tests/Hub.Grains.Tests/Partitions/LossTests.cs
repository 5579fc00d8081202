using System.Collections.Concurrent;
using Hub.Actors;
using Hub.Actors.Tests;
using Hub.Actors.Tests.Journal.Postgres;
using Hub.Domain.Kernel;
using Hub.Grains.Tests.Engine;

namespace Hub.Grains.Tests.Partitions;

/// <summary>One of two silos goes, under load. Clients try again with the same id, as they are told to.</summary>
[Trait("Invariant", "3")]
[Trait("Invariant", "10")]
[Trait("Invariant", "21")]
public sealed class LossTests(PostgresServer server)
{
    private const int Tills = 24;
    private const int Deposits = 12;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_done_twice_outside(bool killed)
    {
        var party = new Party();
        await using var cluster = await Cluster.StartAsync(server.NewDatabase(), 2, party);
        party.Actors = cluster.Actors;
        var acknowledged = new ConcurrentQueue<(ActorId Till, string Id, long Version)>();
        var halfway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var load = Task.WhenAll(Enumerable.Range(0, Tills).Select(till => LoadAsync(cluster, Till.Kind[$"t{till}"], acknowledged, halfway)));
        await halfway.Task;
        var lost = cluster.Silos[1];
        await (killed ? cluster.KillAsync(lost) : cluster.StopAsync(lost));
        await load;
        await cluster.WakeAsync();
        await cluster.SettledAsync();

        Assert.Equal(Tills * Deposits, acknowledged.Count);
        foreach (var (till, id, version) in acknowledged)
        {
            Assert.Equal(version, Assert.Single(cluster.Rival.ReadStream(till.ToString(), 0).Events, one => one.CommandId == id).Version);
        }

        Assert.All(party.Blind, call => Assert.Equal(1, call.Value));
        Assert.Equal(acknowledged.Select(one => $"{one.Till.Key}:{one.Version}").Order(StringComparer.Ordinal), party.Done.Order(StringComparer.Ordinal));
    }

    private static async Task LoadAsync(Cluster cluster, ActorId till, ConcurrentQueue<(ActorId, string, long)> acknowledged, TaskCompletionSource halfway)
    {
        for (var n = 0; n < Deposits; n++)
        {
            var done = await UntilAnsweredAsync(cluster, till, new Envelope($"c{n}", new TillCommand.Deposit(1)));
            acknowledged.Enqueue((till, $"c{n}", done.Version));
            if (acknowledged.Count >= Tills * Deposits / 3)
            {
                halfway.TrySetResult();
            }
        }
    }

    private static async Task<TurnOutcome.Committed> UntilAnsweredAsync(Cluster cluster, ActorId till, Envelope command)
    {
        while (true)
        {
            Cancel.ThrowIfCancellationRequested();
            try
            {
                return Assert.IsType<TurnOutcome.Committed>(await cluster.Actors.SendAsync(till, command, Cancel));
            }
            catch (JournalUnavailableException)
            {
                // Nothing is known of it: the same command again, under the same id.
                await Task.Yield();
            }
        }
    }
}
