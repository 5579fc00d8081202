using System.Text.Json;
using Hub.EndToEnd.Support;
using Hub.Sandbox.Bank;

namespace Hub.EndToEnd.Journeys;

/// <summary>Every card of the sandbox bank, to its end.</summary>
[Trait("Invariant", "10")]
[Trait("Invariant", "11")]
[Trait("Invariant", "12")]
[Trait("Invariant", "13")]
public sealed class CardTests(RunningHub hub) : AtRest(hub)
{
    [Theory]
    [InlineData(CardBehaviour.Approves)]
    [InlineData(CardBehaviour.TimeoutAfterCharge)]
    [InlineData(CardBehaviour.ErrorButDone)]
    [InlineData(CardBehaviour.ErrorAndNotDone)]
    [InlineData(CardBehaviour.DuplicateWebhook)]
    [InlineData(CardBehaviour.WebhookFirst)]
    [InlineData(CardBehaviour.RefundFailsLater)]
    public async Task A_bank_that_answers_badly_still_holds_and_takes_the_money_once(CardBehaviour card)
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayWithAsync(Cards.For(card));

        await PatientlyAsync(journey, "awaiting_confirmation");
        await journey.Phone.TypeAsync($"PAY {await journey.Phone.ConfirmationNumberAsync()}");
        var paid = await PatientlyAsync(journey, "succeeded");

        var hold = Assert.Single(await Hub.Bank.HoldsOfAsync(paid));
        Assert.Equal((4470, 1), (hold.Number("captured"), hold.List("captures").Count()));
        Assert.Equal(4470, paid.Number("amount_captured"));
    }

    [Theory]
    [InlineData(CardBehaviour.Declines, "generic_decline")]
    [InlineData(CardBehaviour.InsufficientFunds, "insufficient_funds")]
    [InlineData(CardBehaviour.Expired, "expired_card")]
    [InlineData(CardBehaviour.WrongSecurityCode, "incorrect_security_code")]
    [InlineData(CardBehaviour.LateDecline, "generic_decline")]
    public async Task A_card_that_is_declined_leaves_the_payment_open_for_another(CardBehaviour card, string code)
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayWithAsync(Cards.For(card));

        var declined = await PatientlyAsync(journey, "requires_payment_method");

        Assert.Equal(("declined", code), (declined.Text("attempts.0.status"), declined.Text("last_error.code")));
        await journey.PayAndApproveAsync();
    }

    [Theory]
    [InlineData("approve", "awaiting_confirmation")]
    [InlineData("deny", "requires_payment_method")]
    public async Task A_card_that_needs_authentication_waits_for_the_banks_own_page(string answer, string then)
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayWithAsync(Cards.For(CardBehaviour.RequiresAction));
        var waiting = await journey.UntilAsync("requires_action");
        Assert.Equal("redirect", waiting.Text("next_action.type"));

        var hold = Assert.Single(await Hub.Bank.HoldsOfAsync(waiting));
        await Hub.Bank.AnswerAsync(hold.Text("authorization.id")!, answer, waiting.Text("attempts.0.gateway")!);

        await journey.UntilAsync(then);
    }

    [Fact]
    public async Task A_card_whose_captures_fail_leaves_the_money_uncaptured_and_says_so()
    {
        var journey = await Journey.BeginAsync(Hub);

        var failed = await journey.PayAndApproveAsync(Cards.For(CardBehaviour.CaptureFails), until: "requires_capture");

        Assert.Equal(("failed", 0), (failed.Text("captures.0.status"), failed.Number("amount_captured")));
        (await Hub.Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/cancel")).Expect(200);
        await journey.UntilAsync("canceled");
    }

    [Fact]
    public async Task A_bank_that_reports_another_amount_is_not_believed()
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayWithAsync(Cards.For(CardBehaviour.WrongAmount));

        var held = await journey.UntilAsync(p => p.Text("case.reason") == "amount_mismatch", "quarantined");

        Assert.Equal(0, held.Number("amount_captured"));
        var staff = await Hub.StaffAsync();
        await Eventually.HoldsAsync(async () => (await staff.CasesAsync(journey.Payment)).Any(c => c.Text("reason") == "amount_mismatch"), "a case");
        Assert.DoesNotContain("payment.confirmation_requested", await journey.HappenedAsync());
    }

    /// <summary>Moves the sandbox's clock on, a little at a time, until the payment has got there: what the bank left open is asked about by timers.</summary>
    private async Task<JsonElement> PatientlyAsync(Journey journey, string status)
    {
        return await journey.UntilAsync(
            p =>
            {
                if (p.Text("status") == status) return true;
                Hub.Clock.AdvanceAsync(TimeSpan.FromSeconds(1)).GetAwaiter().GetResult();
                return false;
            },
            status);
    }
}
