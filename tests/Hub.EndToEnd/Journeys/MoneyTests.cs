using Hub.EndToEnd.Support;
using Hub.Sandbox.Bank;

namespace Hub.EndToEnd.Journeys;

/// <summary>Capturing by hand, canceling, refunding.</summary>
[Trait("Invariant", "6")]
public sealed class MoneyTests(RunningHub hub) : AtRest(hub)
{
    [Fact]
    public async Task A_merchant_captures_in_parts_and_not_a_cent_more()
    {
        var journey = await Journey.BeginAsync(Hub, new() { Capture = "manual" });
        await journey.PayAndApproveAsync(until: "requires_capture");

        Assert.Equal("partially_captured", (await CaptureAsync(journey, new { amount = 2000 })).Expect(200).Text("status"));
        Assert.Equal("capture_exceeds_authorized", (await CaptureAsync(journey, new { amount = 2471 })).Expect(422).Text("code"));
        var done = (await CaptureAsync(journey, new { amount = 2470 })).Expect(200);

        Assert.Equal(("succeeded", 4470), (done.Text("status"), done.Number("amount_captured")));
        Assert.Equal(409, (await CaptureAsync(journey, new { amount = 1 })).Status);
    }

    [Fact]
    public async Task A_last_capture_of_a_part_releases_the_rest()
    {
        var journey = await Journey.BeginAsync(Hub, new() { Capture = "manual" });
        await journey.PayAndApproveAsync(until: "requires_capture");

        await CaptureAsync(journey, new { amount = 1000, final = true });

        var done = await journey.UntilAsync("succeeded");
        Assert.Equal(1000, done.Number("amount_captured"));
    }

    [Theory]
    [InlineData("requires_payment_method")]
    [InlineData("awaiting_confirmation")]
    [InlineData("requires_capture")]
    public async Task A_payment_is_canceled_from_wherever_nothing_was_captured(string from)
    {
        var journey = await Journey.BeginAsync(Hub, new() { Capture = "manual" });
        if (from is "awaiting_confirmation") await journey.PayUntilAskedAsync();
        if (from is "requires_capture") await journey.PayAndApproveAsync(until: from);

        (await Hub.Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/cancel", new { reason = "sold out" }, wait: 30)).Expect(200);

        var canceled = await journey.UntilAsync("canceled");
        Assert.Equal(0, canceled.Number("amount_captured"));
        Assert.All(await Hub.Bank.HoldsOfAsync(canceled), hold => Assert.True(hold.IsTrue("voided")));
    }

    [Fact]
    public async Task A_whole_refund_gives_everything_back_and_leaves_nothing_to_refund()
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayAndApproveAsync();
        var refunds = $"/v1/payments/{journey.Payment}/refunds";

        Assert.Equal("refund_exceeds_captured", (await Hub.Merchant.Api.PostAsync(refunds, new { amount = 4471 })).Expect(422).Text("code"));
        (await Hub.Merchant.Api.PostAsync(refunds)).Expect(200);

        var refunded = await journey.UntilAsync(p => p.Number("amount_refunded") == 4470, "refunded");
        Assert.Equal(("succeeded", "succeeded"), (refunded.Text("status"), refunded.Text("refunds.0.status")));
        await journey.Mailbox.NextAsync("Refunded: EUR 44.70");
        Assert.Equal(422, (await Hub.Merchant.Api.PostAsync(refunds, new { amount = 1 })).Status);
    }

    [Fact]
    public async Task A_refund_that_fails_days_later_gives_its_amount_back()
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayAndApproveAsync(Cards.For(CardBehaviour.RefundFailsLater));

        (await Hub.Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/refunds")).Expect(200);
        await Hub.SettledAsync();
        await Hub.Clock.AdvanceAsync(TimeSpan.FromSeconds(5));

        var failed = await journey.UntilAsync(p => p.Text("refunds.0.status") == "failed", "refused its refund");
        Assert.Equal(("account_closed", 0), (failed.Text("refunds.0.failure_code"), failed.Number("amount_refunded")));
        Assert.Contains("refund", failed.List("allowed_actions").Select(a => a.GetString()));
    }

    private Task<Answer> CaptureAsync(Journey journey, object body) => Hub.Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/captures", body, wait: 30);
}
