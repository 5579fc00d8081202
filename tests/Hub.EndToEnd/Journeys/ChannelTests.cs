using Hub.Domain.Addresses;
using Hub.EndToEnd.Support;

namespace Hub.EndToEnd.Journeys;

/// <summary>What happens when a channel does not reach the customer.</summary>
public sealed class ChannelTests(RunningHub hub) : AtRest(hub)
{
    /// <summary>Numbers the phone network refuses, or takes and does not deliver. A customer proves such a phone while it still works elsewhere.</summary>
    [Theory]
    [InlineData("+15005550001")]
    [InlineData("+15005550004")]
    [InlineData("+15005550009")]
    [InlineData("+15005550012")]
    [InlineData("+15005550015")]
    public async Task A_number_that_cannot_be_reached_leads_to_the_next_channel(string number)
    {
        var journey = await Journey.BeginAsync(Hub, new() { Number = number, VerifyPhone = false, VerifyMailbox = true });
        await ProveAnywayAsync(journey);

        await journey.PayUntilAskedAsync();
        var code = Mailbox.CodeIn(await journey.Mailbox.NextAsync("confirm EUR 44.70"));

        var paid = (await journey.Customer.ApproveAsync(journey.Payment, code, wait: 30)).Expect(200);
        Assert.Equal("succeeded", paid.Text("status"));
    }

    [Fact]
    public async Task A_phone_that_is_off_is_tried_once_more_and_then_the_mail_goes_out()
    {
        var journey = await Journey.BeginAsync(Hub, new() { Number = "+15005550011", VerifyPhone = false, VerifyMailbox = true });
        await ProveAnywayAsync(journey);
        var before = await RequestsAsync(journey);
        await journey.PayUntilAskedAsync();
        await Eventually.HoldsAsync(async () => (await RequestsAsync(journey)) == before + 1, "the first try");
        await FailedAsync(journey, 1);

        await Hub.Clock.AdvanceAsync(TimeSpan.FromSeconds(10));

        var code = Mailbox.CodeIn(await journey.Mailbox.NextAsync("confirm EUR 44.70"));
        Assert.Equal(before + 2, await RequestsAsync(journey));
        Assert.Equal("succeeded", (await journey.Customer.ApproveAsync(journey.Payment, code, wait: 30)).Expect(200).Text("status"));
    }

    /// <summary>Nobody is there for days: a carrier may have given the number to somebody else by now.</summary>
    [Fact]
    [Trait("Invariant", "15")]
    public async Task A_phone_that_is_off_for_days_has_to_be_proved_anew()
    {
        var journey = await Journey.BeginAsync(Hub, new() { Number = "+15005550011", VerifyPhone = false, VerifyMailbox = true });
        await ProveAnywayAsync(journey);
        await journey.PayUntilAskedAsync();
        await FailedAsync(journey, 1);
        await Hub.Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        var code = Mailbox.CodeIn(await journey.Mailbox.NextAsync("confirm EUR 44.70"));
        (await journey.Customer.ApproveAsync(journey.Payment, code, wait: 30)).Expect(200);
        await FailedAsync(journey, 2);
        await Hub.SettledAsync();
        Assert.True((await PhoneOfAsync(journey)).IsTrue("verified"));

        await Hub.Clock.AdvanceAsync(TimeSpan.FromDays(AddressDecider.NotReachedDays));
        var next = await journey.BuyAgainAsync();
        await next.PayUntilAskedAsync();
        await FailedAsync(next, 1);
        await Hub.SettledAsync();

        var lost = await PhoneOfAsync(journey);
        Assert.Equal((false, "unreachable"), (lost.IsTrue("verified"), lost.Text("reverify_reason")));
    }

    [Fact]
    public async Task A_busy_network_is_tried_again_and_the_customer_gets_one_request()
    {
        var journey = await Journey.BeginAsync(Hub, new() { Number = "+15005550013", VerifyPhone = false });
        await journey.Customer.AskForCodeAsync(journey.AddressOf("sms"));
        await Hub.SettledAsync();
        await Hub.Clock.AdvanceAsync(TimeSpan.FromSeconds(40));
        await journey.Customer.ProveAsync(journey.AddressOf("sms"), await journey.Phone.VerificationCodeAsync());

        await journey.PayUntilAskedAsync();
        await Hub.SettledAsync();
        await Hub.Clock.AdvanceAsync(TimeSpan.FromSeconds(10));

        await journey.Phone.TypeAsync($"PAY {await journey.Phone.ConfirmationNumberAsync()}");
        await journey.UntilAsync("succeeded");
        Assert.Equal(1, await RequestsAsync(journey));
    }

    [Fact]
    public async Task A_send_that_was_answered_500_is_not_sent_again()
    {
        var journey = await Journey.BeginAsync(Hub, new() { Number = "+15005550014" });

        await journey.PayAndApproveAsync();

        await Hub.SettledAsync();
        await Hub.Clock.AdvanceAsync(TimeSpan.FromMinutes(2));
        await Hub.SettledAsync();
        Assert.Equal(1, await RequestsAsync(journey));
    }

    [Fact]
    public async Task STOP_is_kept_and_the_next_request_comes_by_mail()
    {
        var journey = await Journey.BeginAsync(Hub, new() { VerifyMailbox = true });
        await journey.Phone.TypeAsync("STOP");
        await Hub.SettledAsync();
        var before = (await journey.Phone.ReceivedAsync()).Count;

        await journey.PayUntilAskedAsync();
        var code = Mailbox.CodeIn(await journey.Mailbox.NextAsync("confirm EUR 44.70"));

        Assert.Equal("succeeded", (await journey.Customer.ApproveAsync(journey.Payment, code, wait: 30)).Expect(200).Text("status"));
        await Hub.SettledAsync();
        Assert.Equal(before, (await journey.Phone.ReceivedAsync()).Count);
    }

    [Fact]
    public async Task Where_no_channel_reaches_the_customer_the_hold_is_released()
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.Phone.TypeAsync("STOP");
        await Hub.SettledAsync();

        await journey.PayWithAsync(Cards.Approves);

        var given = await journey.UntilAsync(p => p.Text("attempts.0.status") == "voided", "released");
        Assert.Equal("requires_payment_method", given.Text("status"));
    }

    private async Task<System.Text.Json.JsonElement> PhoneOfAsync(Journey journey) =>
        (await Hub.Merchant.Api.GetAsync($"/v1/customers/{journey.Customer.Id}")).List("addresses").First(a => a.Text("channel") == "sms");

    // The code is on the network's books even where no phone shows it: the number worked when it was proven.
    private async Task ProveAnywayAsync(Journey journey) => await Hub.VerifyAddressAsync(journey.Customer.Id, journey.AddressOf("sms"));

    private static async Task<int> RequestsAsync(Journey journey) => (await journey.Phone.ReceivedAsync()).Count(m => m.Contains("44.70", StringComparison.Ordinal) && m.Contains("Reply PAY", StringComparison.Ordinal));

    private static Task FailedAsync(Journey journey, int times) => Eventually.HoldsAsync(
        async () => (await journey.HappenedAsync()).Count(type => type == "notification.failed") >= times, $"{times} failed deliveries");
}
