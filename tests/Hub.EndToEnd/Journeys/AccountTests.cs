using System.Text.Json;
using Hub.EndToEnd.Support;
using Hub.Sandbox.Bank;
using Hub.Sandbox.Bank.Accounts;

namespace Hub.EndToEnd.Journeys;

/// <summary>Every bank and account of the sandbox that moves money at once, and the cards that only a second bank can serve: what merchant, customer and journal see.</summary>
[Trait("Invariant", "10")]
[Trait("Invariant", "11")]
[Trait("Invariant", "12")]
[Trait("Invariant", "25")]
public sealed class AccountTests(RunningHub hub) : AtRest(hub)
{
    [Fact]
    public async Task Net_banking_is_confirmed_first_and_paid_on_the_banks_own_page()
    {
        var journey = await Journey.BeginAsync(Hub);
        var order = await BeginAtBankAsync(journey, "aster");

        var back = await Hub.Bank.AnswerAtNetBankAsync(order);

        Assert.NotNull(back);
        using var returned = await Hub.Http.GetAsync(new Uri(back, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);
        var paid = await journey.UntilAsync("succeeded");
        Assert.Equal(("bank_account", "aster", "sandbox_netbank"), (paid.Text("attempts.0.instrument.type"), paid.Text("attempts.0.instrument.brand"), paid.Text("attempts.0.gateway")));
        var happened = await journey.HappenedAsync();
        Assert.Equal(
            ["payment.confirmation_requested", "payment.confirmation_matched", "payment.debit_requested", "payment.action_required", "payment.debited"],
            happened.Where(type => type is "payment.confirmation_requested" or "payment.confirmation_matched" or "payment.debit_requested" or "payment.action_required" or "payment.debited"));
    }

    [Fact]
    public async Task A_bank_that_loses_the_way_back_and_tells_nobody_is_asked()
    {
        var journey = await Journey.BeginAsync(Hub);
        var order = await BeginAtBankAsync(journey, "birch");

        Assert.Null(await Hub.Bank.AnswerAtNetBankAsync(order));

        await PatientlyAsync(journey, p => p.Text("status") == "succeeded", "succeeded", TimeSpan.FromSeconds(1));
        Assert.Contains("payment.query_due", await journey.HappenedAsync());
    }

    [Fact]
    public async Task A_bank_that_is_down_leaves_the_payment_open_for_another_instrument()
    {
        var journey = await Journey.BeginAsync(Hub);
        await SubmitAsync(journey, new { type = "bank_account", bank = "dogwood" });
        await ConfirmAsync(journey);

        var failed = await PatientlyAsync(journey, p => p.Text("status") == "requires_payment_method", "open again", TimeSpan.FromSeconds(2));

        Assert.Equal(("failed", "bank_unreachable"), (failed.Text("attempts.0.status"), failed.Text("last_error.code")));
        await journey.PayAndApproveAsync();
    }

    [Fact]
    public async Task A_customer_who_denies_at_the_bank_is_asked_for_another_instrument()
    {
        var journey = await Journey.BeginAsync(Hub);
        var order = await BeginAtBankAsync(journey, "aster");

        await Hub.Bank.AnswerAtNetBankAsync(order, "deny");

        var declined = await journey.UntilAsync("requires_payment_method");
        Assert.Equal("declined", declined.Text("attempts.0.status"));
    }

    [Fact]
    public async Task A_bank_that_takes_the_money_back_leaves_a_case_and_the_merchant_without_it()
    {
        var journey = await Journey.BeginAsync(Hub);
        var order = await BeginAtBankAsync(journey, "cedar");
        await Hub.Bank.AnswerAtNetBankAsync(order);
        await journey.UntilAsync("succeeded");

        var returned = await PatientlyAsync(journey, p => p.Number("amount_returned") > 0, "returned", TimeSpan.FromHours(12));

        Assert.Equal(("succeeded", "returned", "payment_returned"), (returned.Text("status"), returned.Text("captures.0.status"), returned.Text("case.reason")));
    }

    [Theory]
    [InlineData(AccountBehaviour.Clears, "succeeded", null, "payment.capture_cleared")]
    [InlineData(AccountBehaviour.InsufficientFunds, "returned", "insufficient_funds", "payment.capture_returned")]
    [InlineData(AccountBehaviour.ClosedLater, "returned", "account_closed", "payment.capture_returned")]
    public async Task An_e_check_is_taken_at_once_and_its_end_comes_days_later(AccountBehaviour account, string capture, string? code, string last)
    {
        var journey = await Journey.BeginAsync(Hub);
        await SubmitAsync(journey, await ECheckAsync(journey, account));
        await ConfirmAsync(journey);
        await journey.UntilAsync("succeeded");

        var after = await PatientlyAsync(
            journey, p => capture == "succeeded" ? p.Text("captures.0.cleared_at") is not null : p.Number("amount_returned") > 0, capture, TimeSpan.FromHours(12));

        Assert.Equal(("succeeded", capture, code), (after.Text("status"), after.Text("captures.0.status"), after.Text("captures.0.failure_code")));
        Assert.Contains(last, await journey.HappenedAsync());
    }

    [Fact]
    [Trait("Invariant", "24")]
    public async Task An_order_whose_e_check_came_back_is_owed_again_and_paid_with_a_card()
    {
        var journey = await Journey.BeginAsync(Hub);
        await SubmitAsync(journey, await ECheckAsync(journey, AccountBehaviour.InsufficientFunds));
        await ConfirmAsync(journey);
        await journey.UntilAsync("succeeded");
        Assert.Contains("Your bank has yet to clear", (await journey.Mailbox.NextAsync("Receipt from")).Text("text")!, StringComparison.Ordinal);
        Assert.Equal("paid", await OrderAsync(journey));

        await PatientlyAsync(journey, p => p.Number("amount_returned") > 0, "returned", TimeSpan.FromHours(12));

        Assert.Contains("The order is open again", (await journey.Mailbox.NextAsync("Taken back by your bank")).Text("text")!, StringComparison.Ordinal);
        Assert.Equal("accepted", await OrderAsync(journey));
        Assert.Contains("order.payment_returned", await journey.HappenedAsync());
        var again = await journey.AnewAsync();
        await again.PayAndApproveAsync();
        Assert.DoesNotContain("yet to clear", (await journey.Mailbox.NextAsync("Receipt from")).Text("text")!, StringComparison.Ordinal);
        Assert.Equal("paid", await OrderAsync(again));
    }

    [Fact]
    public async Task An_e_check_on_an_account_nobody_knows_is_declined()
    {
        var journey = await Journey.BeginAsync(Hub);
        await SubmitAsync(journey, await ECheckAsync(journey, AccountBehaviour.NotFound));
        await ConfirmAsync(journey);

        var declined = await journey.UntilAsync("requires_payment_method");

        Assert.Equal(("declined", "account_not_found"), (declined.Text("attempts.0.status"), declined.Text("last_error.code")));
    }

    [Fact]
    public async Task A_card_that_the_first_bank_turns_away_is_held_by_the_second()
    {
        var journey = await Journey.BeginAsync(Hub);

        var paid = await journey.PayAndApproveAsync(Cards.For(CardBehaviour.Busy));

        Assert.Equal(["sandbox", "sandbox_b"], paid.List("attempts").Select(a => a.Text("gateway")));
        Assert.Equal("failed", paid.Text("attempts.0.status"));
    }

    [Fact]
    public async Task A_card_that_every_bank_turns_away_fails_and_nothing_is_held()
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayWithAsync(Cards.For(CardBehaviour.BusyEverywhere));

        var failed = await PatientlyAsync(journey, p => p.Text("status") == "requires_payment_method", "open again", TimeSpan.FromSeconds(2));

        Assert.All(failed.List("attempts"), a => Assert.Equal("failed", a.Text("status")));
        Assert.Empty((await Hub.Bank.AllBooksAsync()).HoldsOf(failed));
    }

    [Fact]
    public async Task A_capture_that_the_bank_did_not_sign_is_never_a_success()
    {
        var journey = await Journey.BeginAsync(Hub);

        await journey.PayUntilAskedAsync(Cards.For(CardBehaviour.ForgedTransfer));
        await ConfirmAsync(journey);
        await journey.UntilAsync(p => p.Text("captures.0.status") == "unknown", "unknown");

        var unknown = await PatientlyAsync(journey, p => p.Text("case.reason") == "outcome_unknown", "a case", TimeSpan.FromHours(1));
        Assert.Equal(("processing", "unknown", 0), (unknown.Text("status"), unknown.Text("captures.0.status"), unknown.Number("amount_captured")));
    }

    [Theory]
    [InlineData("The parcel was delivered on Monday.", "won")]
    [InlineData("We believe the customer is mistaken.", "lost")]
    public async Task A_dispute_blocks_refunds_until_the_bank_has_weighed_the_evidence(string evidence, string end)
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayAndApproveAsync(Cards.For(CardBehaviour.Disputed));
        var open = await PatientlyAsync(journey, p => p.List("disputes").Any(), "disputed", TimeSpan.FromHours(6));
        Assert.Equal(("needs_response", "succeeded"), (open.Text("disputes.0.status"), open.Text("status")));

        Assert.Equal("refund_blocked_by_dispute", (await Hub.Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/refunds", new { })).Expect(409).Text("code"));
        (await Hub.Merchant.Api.PostAsync($"/v1/payments/{journey.Payment}/disputes/{open.Text("disputes.0.id")}/evidence", new { text = evidence })).Expect(200);

        await PatientlyAsync(journey, p => p.Text("disputes.0.status") == end, end, TimeSpan.FromHours(6));
    }

    private async Task<string?> OrderAsync(Journey journey)
    {
        await Hub.SettledAsync();
        return (await Hub.Merchant.Api.GetAsync($"/v1/orders/{journey.OrderId}")).Text("status");
    }

    private static async Task<object> ECheckAsync(Journey journey, AccountBehaviour account) => new
    {
        type = "echeck",
        encrypted = await journey.Customer.EncryptedAsync(new { routing_number = BankAccounts.RoutingNumber, account_number = BankAccounts.NumberFor(account), holder = "Ada Lovelace" }),
    };

    /// <returns>The bank's id of the order that waits for the customer.</returns>
    private async Task<string> BeginAtBankAsync(Journey journey, string bank)
    {
        await SubmitAsync(journey, new { type = "bank_account", bank });
        await ConfirmAsync(journey);
        var waiting = await journey.UntilAsync("requires_action");
        return Assert.Single((await Hub.Bank.AllBooksAsync()).MovementsOf(waiting)).Text("object.id")!;
    }

    private static async Task SubmitAsync(Journey journey, object instrument)
    {
        var id = (await journey.Customer.Api.PostAsync($"/v1/customers/{journey.Customer.Id}/instruments", instrument)).Expect(201).Text("id");
        (await journey.Customer.Api.PostAsync($"/v1/payments/{journey.Payment}/submit", new { instrument = id })).Expect(200);
        await journey.UntilAsync("awaiting_confirmation");
    }

    private static async Task ConfirmAsync(Journey journey) => await journey.Phone.TypeAsync($"PAY {await journey.Phone.ConfirmationNumberAsync()}");

    /// <summary>Moves the sandbox's clock on, a step at a time, until the payment has got there.</summary>
    private Task<JsonElement> PatientlyAsync(Journey journey, Func<JsonElement, bool> there, string what, TimeSpan step) => journey.UntilAsync(
        p =>
        {
            if (there(p)) return true;
            Hub.Clock.AdvanceAsync(step).GetAwaiter().GetResult();
            return false;
        },
        what);
}
