using System.Globalization;
using Hub.EndToEnd.Support;

namespace Hub.EndToEnd.Journeys;

/// <summary>Customers who said what they want to hear, where, and when not.</summary>
[Trait("Invariant", "17")]
public sealed class PreferenceTests(RunningHub hub) : AtRest(hub)
{
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    [Fact]
    public async Task In_quiet_hours_a_confirmation_rings_at_once_and_a_shipping_notice_when_they_end()
    {
        var journey = await Journey.BeginAsync(Hub, new() { VerifyMailbox = true });
        var now = await Hub.Clock.NowAsync();
        var ends = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddHours(2);
        await PreferAsync(journey, new
        {
            quiet_hours = new { from = Clock(ends.AddHours(-3)), to = Clock(ends), time_zone = "Asia/Shanghai" },
            notifications = new { shipping = new[] { "sms", "email" } },
        });

        await journey.PayAndApproveAsync();
        await FreezeAsync(true);
        try
        {
            await ShipAsync(journey, "RM-QUIET");
            await Hub.SettledAsync();
            Assert.False(await HasAsync(journey, "RM-QUIET"));
            var left = ends - await Hub.Clock.NowAsync();
            await Hub.Clock.AdvanceAsync(TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds) - 1));
            await Hub.SettledAsync();
            Assert.False(await HasAsync(journey, "RM-QUIET"));

            await Hub.Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

            await journey.Phone.NextAsync("RM-QUIET");
        }
        finally
        {
            await FreezeAsync(false);
        }
    }

    [Fact]
    public async Task A_muted_topic_is_heard_of_nowhere_and_the_others_go_their_usual_way()
    {
        var journey = await Journey.BeginAsync(Hub, new() { VerifyMailbox = true });
        await PreferAsync(journey, new { notifications = new { receipts = Array.Empty<string>() } });

        await journey.PayAndApproveAsync();
        await Hub.SettledAsync();
        await ShipAsync(journey, "RM-LOUD");

        await journey.Mailbox.NextAsync("Shipped");
        Assert.DoesNotContain(await journey.Mailbox.ListAsync(), m => m.Text("subject")!.Contains("Receipt", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_next_channel_is_asked_after_the_time_the_customer_chose()
    {
        var journey = await Journey.BeginAsync(Hub, new() { VerifyMailbox = true });
        await PreferAsync(journey, new { confirmation = new { method = "sms", fallback = new[] { "email" }, fallback_after_seconds = 30 } });
        await journey.PayUntilAskedAsync();
        await journey.Phone.ConfirmationNumberAsync();
        await Eventually.HoldsAsync(async () => (await journey.HappenedAsync()).Contains("notification.delivered"), "the message to be delivered");
        Assert.DoesNotContain(await journey.Mailbox.ListAsync(), m => m.Text("subject")!.Contains("confirm", StringComparison.OrdinalIgnoreCase));

        await Hub.Clock.AdvanceAsync(TimeSpan.FromSeconds(31));

        var code = Mailbox.CodeIn(await journey.Mailbox.NextAsync("confirm EUR 44.70"));
        Assert.Equal("succeeded", (await journey.Customer.ApproveAsync(journey.Payment, code, wait: 30)).Expect(200).Text("status"));
    }

    private async Task PreferAsync(Journey journey, object wishes) =>
        (await Hub.Merchant.Api.SendAsync(HttpMethod.Patch, $"/v1/customers/{journey.Customer.Id}", Support.Api.Write(wishes), Support.Api.NewKey())).Expect(200);

    private async Task ShipAsync(Journey journey, string tracking) =>
        (await Hub.Merchant.Api.PostAsync($"/v1/orders/{journey.OrderId}/shipments", new { carrier = "Royal Mail", tracking })).Expect(200);

    private async Task FreezeAsync(bool freeze) => (await new Support.Api(Hub.Http).PostAsync("/sandbox/api/clock", new { freeze })).Expect(200);

    private static async Task<bool> HasAsync(Journey journey, string words) => (await journey.Phone.ReceivedAsync()).Any(m => m.Contains(words, StringComparison.Ordinal));

    private static string Clock(DateTimeOffset at) => at.ToOffset(Shanghai).ToString("HH:mm", CultureInfo.InvariantCulture);
}
