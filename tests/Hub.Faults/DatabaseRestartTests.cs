using System.Security.Cryptography;
using Hub.Actors.Tests.Journal.Postgres;
using Hub.Faults.Support;

namespace Hub.Faults;

/// <summary>A database server that is restarted under load, gently and hard, while the hub runs on.</summary>
public sealed class DatabaseRestartTests(ITestOutputHelper output)
{
    private const int Restarts = 6;

    // A pause between two restarts, in milliseconds: from before the hub has its sessions again to well into its work.
    private const int ShortestPause = 100;
    private const int LongestPause = 2_000;

    [Fact]
    [Trait("Invariant", "3")]
    [Trait("Invariant", "4")]
    [Trait("Invariant", "5")]
    [Trait("Invariant", "7")]
    [Trait("Invariant", "8")]
    [Trait("Invariant", "10")]
    [Trait("Invariant", "24")]
    public async Task A_hub_whose_PostgreSQL_is_restarted_in_the_middle_of_journeys_loses_nothing_and_does_nothing_twice()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}");
        using var server = new PostgresServer();
        await using var hub = new FaultyHub(database: server.NewDatabase());
        await hub.InitializeAsync();
        await hub.Merchant.RegisterKeyAsync();
        var process = hub.Process;

        var crowd = new Crowd(hub);
        crowd.Begin();
        var random = new Random(seed);
        for (var restarts = 0; restarts < Restarts; restarts++)
        {
            await crowd.PauseAsync(random.Next(ShortestPause, LongestPause));
            // Every other time as a power cut does: sessions end without a word, and the server recovers from its log.
            server.Stop(restarts % 2 == 0 ? "fast" : "immediate");
            server.Start();
        }

        var walked = await crowd.EndAsync();
        output.WriteLine($"{Restarts} restarts, {walked.Count} journeys, {hub.Repeats} requests sent again, {hub.Acknowledged.Count} acknowledgments");

        Assert.Same(process, hub.Process);
        Assert.False(process.HasEnded, process.Errors);
        await hub.EveryAcknowledgmentStandsAsync();
        await hub.EndsInTruthAsync(payments => Crowd.EndedAs(walked, payments));
    }
}
