using Hub.Actors.Hosting;
using Hub.EndToEnd.Journeys;
using Hub.EndToEnd.Support;

namespace Hub.EndToEnd.Cluster;

/// <summary>The journey on PostgreSQL and Orleans.</summary>
public sealed class JourneyOnOrleansTests : JourneyOnAnyHub<OrleansHub>;

/// <summary>What one silo did, as another shows it.</summary>
public sealed class ClusterTests(OrleansHub hub) : IClassFixture<OrleansHub>
{
    [Fact]
    [Trait("Invariant", "19")]
    public async Task A_customer_at_one_silo_sees_at_once_what_turns_on_the_other_did()
    {
        var journey = await Journey.BeginAsync(hub);
        await using var page = await SignalRJsonClient.ConnectAsync(hub.Second, journey.Customer.Token);
        await page.WatchAsync($"payment:{journey.Payment}");

        await journey.PayAndApproveAsync();

        var seen = await page.UntilAsync("payment.capture_succeeded", update => update.Text("view.status") == "succeeded");
        Assert.Equal(journey.Payment, seen.Text("view.id"));
        await Truth.HoldsAsync(hub);
    }
}
