using System.Security.Cryptography;
using Hub.Actors.Tests.Journal.Postgres;
using Hub.EndToEnd.Cluster;
using Hub.Faults.Support;

namespace Hub.Faults.Cluster;

/// <summary>One of two silos is lost under load, or restarted in turn: the other one goes on with what it did.</summary>
[Trait("Invariant", "3")]
[Trait("Invariant", "4")]
[Trait("Invariant", "7")]
[Trait("Invariant", "8")]
[Trait("Invariant", "10")]
[Trait("Invariant", "21")]
[Trait("Invariant", "24")]
public sealed class SiloLossTests(PostgresServer server, RedisServer redis, ITestOutputHelper output)
{
    private const int Losses = 4;

    // A pause between two losses, in milliseconds.
    private const int ShortestPause = 500;
    private const int LongestPause = 4_000;

    [Fact]
    public Task Killing_one_of_two_silos_loses_no_acknowledged_command_and_repeats_nothing_at_the_bank() =>
        UnderLoadAsync((cluster, silo) => cluster.KillAndRestartAsync(silo));

    [Fact]
    public Task A_rolling_restart_loses_nothing_and_every_silo_that_is_told_to_stop_ends_well() =>
        UnderLoadAsync(async (cluster, silo) => Assert.Equal(0, await cluster.StopAndRestartAsync(silo)));

    private async Task UnderLoadAsync(Func<FaultyCluster, int, Task> loseAsync)
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}");
        await using var cluster = new FaultyCluster(server.NewDatabase(), redis.NewDatabase());
        await cluster.InitializeAsync();
        await cluster.Merchant.RegisterKeyAsync();

        var crowd = new Crowd(cluster);
        crowd.Begin();
        var random = new Random(seed);
        for (var losses = 0; losses < Losses; losses++)
        {
            await crowd.PauseAsync(random.Next(ShortestPause, LongestPause));
            await loseAsync(cluster, losses % 2);
        }

        var walked = await crowd.EndAsync();
        output.WriteLine($"{Losses} silos lost, {walked.Count} journeys, {cluster.Repeats} requests sent again, {cluster.Acknowledged.Count} acknowledgments");

        await cluster.EveryAcknowledgmentStandsAsync();
        await cluster.EndsInTruthAsync(payments => Crowd.EndedAs(walked, payments));
    }
}
