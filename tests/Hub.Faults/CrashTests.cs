using System.Globalization;
using System.Security.Cryptography;
using Hub.Faults.Support;

namespace Hub.Faults;

/// <summary>kill -9 in the middle of many journeys, with the bank in a process of its own.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    // A pause between two kills, in milliseconds: from before the hub has taken up its work again to well into it.
    private const int ShortestPause = 50;
    private const int LongestPause = 1_500;

    // More on request, such as HUB_FAULT_KILLS=100: a kill takes some three seconds.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("HUB_FAULT_KILLS") ?? "8", CultureInfo.InvariantCulture);

    [Fact]
    [Trait("Invariant", "3")]
    [Trait("Invariant", "4")]
    [Trait("Invariant", "6")]
    [Trait("Invariant", "7")]
    [Trait("Invariant", "8")]
    [Trait("Invariant", "9")]
    [Trait("Invariant", "10")]
    [Trait("Invariant", "24")]
    public async Task A_hub_that_is_killed_in_the_middle_of_journeys_loses_nothing_and_does_nothing_twice()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}");
        await using var hub = new FaultyHub();
        await hub.InitializeAsync();
        await hub.Merchant.RegisterKeyAsync();

        var crowd = new Crowd(hub);
        crowd.Begin();
        var random = new Random(seed);
        for (var kills = 0; kills < Kills; kills++)
        {
            await crowd.PauseAsync(random.Next(ShortestPause, LongestPause));
            await hub.KillAndRestartAsync();
        }

        var walked = await crowd.EndAsync();
        output.WriteLine($"{Kills} kills, {walked.Count} journeys, {hub.Repeats} requests sent again, {hub.Acknowledged.Count} acknowledgments");

        await hub.KillAndRestartAsync();
        await hub.EveryAcknowledgmentStandsAsync();
        await hub.EndsInTruthAsync(payments => Crowd.EndedAs(walked, payments));
    }
}
