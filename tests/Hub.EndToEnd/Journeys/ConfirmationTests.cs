using Hub.EndToEnd.Support;
using Hub.Sandbox.Bank;

namespace Hub.EndToEnd.Journeys;

/// <summary>The other ways a confirmation can go.</summary>
public sealed class ConfirmationTests(RunningHub hub) : AtRest(hub)
{
    private const int Rounds = 12;

    [Fact]
    public async Task A_declined_card_is_followed_by_another_one_in_the_same_payment()
    {
        var journey = await Journey.BeginAsync(Hub);

        await journey.PayWithAsync(Cards.For(CardBehaviour.InsufficientFunds));
        var declined = await journey.UntilAsync("requires_payment_method");
        Assert.Equal(("insufficient_funds", "other_method"), (declined.Text("last_error.code"), declined.Text("last_error.retry")));
        await journey.Mailbox.NextAsync("Declined");

        var paid = await journey.PayAndApproveAsync();
        Assert.Equal(["declined", "authorized"], paid.List("attempts").Select(a => a.Text("status")));
        Assert.Equal(4470, paid.Number("amount_captured"));
    }

    [Fact]
    public async Task A_no_by_SMS_releases_the_hold_and_the_customer_may_pay_again()
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayUntilAskedAsync();

        await journey.Phone.TypeAsync($"NO {await journey.Phone.ConfirmationNumberAsync()}");

        var rejected = await journey.UntilAsync("requires_payment_method");
        Assert.Equal(("voided", "rejected", "confirmation_rejected"), (rejected.Text("attempts.0.status"), rejected.Text("confirmation.status"), rejected.Text("last_error.code")));
        Assert.True(Assert.Single(await Hub.Bank.HoldsOfAsync(rejected)).IsTrue("voided"));
        Assert.Equal(4470, (await journey.PayAndApproveAsync()).Number("amount_captured"));
    }

    [Theory]
    [InlineData("sms")]
    [InlineData("web")]
    public async Task A_customer_who_never_ordered_it_stops_the_payment_and_support_hears_of_it(string channel)
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayUntilAskedAsync();

        if (channel == "sms") await journey.Phone.TypeAsync($"NOT ME {await journey.Phone.ConfirmationNumberAsync()}");
        else (await journey.Customer.RejectAsync(journey.Payment, "not_me")).Expect(200);

        var canceled = await journey.UntilAsync("canceled");
        Assert.Equal(("voided", "rejected_not_me"), (canceled.Text("attempts.0.status"), canceled.Text("cancel_reason")));
        await HasCaseAsync(journey, "rejected_not_me");
    }

    [Fact]
    [Trait("Invariant", "15")]
    [Trait("Invariant", "18")]
    public async Task A_confirmation_nobody_answers_expires_and_a_late_yes_moves_no_money()
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayUntilAskedAsync();
        var number = await journey.Phone.ConfirmationNumberAsync();

        await Hub.Clock.AdvanceAsync(TimeSpan.FromMinutes(6));

        var expired = await journey.UntilAsync("requires_payment_method");
        Assert.Equal(("voided", "expired", "confirmation_expired"), (expired.Text("attempts.0.status"), expired.Text("confirmation.status"), expired.Text("last_error.code")));
        await journey.Phone.TypeAsync($"PAY {number}");
        await journey.Phone.NextAsync("was not confirmed in time. Nothing was charged");
        Assert.Equal("requires_payment_method", (await journey.SeeAsync()).Text("status"));
    }

    [Fact]
    [Trait("Invariant", "15")]
    public async Task Five_wrong_answers_over_web_and_SMS_stop_the_payment()
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayUntilAskedAsync();
        var right = await journey.Phone.ConfirmationNumberAsync();
        var wrong = right == "1111" ? "2222" : "1111";

        for (var count = 1; count <= 4; count++)
        {
            if (count % 2 == 0) Assert.Equal("wrong_code", (await journey.Customer.ApproveAsync(journey.Payment, "000000")).Expect(409).Text("code"));
            else await journey.Phone.TypeAsync($"PAY {wrong}");
            await journey.UntilAsync(p => p.Number("confirmation.wrong_answers") == count, $"wrong {count} times");
        }

        Assert.Equal("confirmation_exhausted", (await journey.Customer.ApproveAsync(journey.Payment, "000000")).Expect(409).Text("code"));
        var stopped = await journey.UntilAsync("canceled");
        Assert.Equal(("exhausted", "voided"), (stopped.Text("confirmation.status"), stopped.Text("attempts.0.status")));
        await HasCaseAsync(journey, "confirmation_exhausted");
        await journey.Phone.TypeAsync($"PAY {right}");
        await Hub.SettledAsync();
        Assert.Equal(0, (await journey.SeeAsync()).Number("amount_captured"));
    }

    [Fact]
    public async Task A_code_typed_on_the_page_confirms_as_well()
    {
        var journey = await Journey.BeginAsync(Hub, new() { Method = "email", Fallback = ["sms"], VerifyMailbox = true });
        await journey.PayUntilAskedAsync();

        var mail = await journey.Mailbox.NextAsync("confirm EUR 44.70");
        var answered = (await journey.Customer.ApproveAsync(journey.Payment, Mailbox.CodeIn(mail), wait: 30)).Expect(200);

        Assert.Equal(("succeeded", "web"), (answered.Text("status"), answered.Text("confirmation.answered_by")));
    }

    [Fact]
    [Trait("Invariant", "14")]
    [Trait("Invariant", "16")]
    public async Task Of_two_answers_at_once_one_wins_and_the_other_is_told()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var journey = await Journey.BeginAsync(Hub);
            await journey.PayUntilAskedAsync();
            var number = await journey.Phone.ConfirmationNumberAsync();

            var typed = journey.Phone.TypeAsync($"PAY {number}");
            var clicked = journey.Customer.RejectAsync(journey.Payment);
            await Task.WhenAll(typed, clicked);

            var page = await clicked;
            if (page.Status == 200)
            {
                Assert.Contains("rejected", await journey.Phone.NextAsync("already"), StringComparison.Ordinal);
                Assert.Equal("voided", (await journey.UntilAsync("requires_payment_method")).Text("attempts.0.status"));
            }
            else
            {
                Assert.Equal("already_answered", page.Expect(409).Text("code"));
                Assert.Equal(4470, (await journey.UntilAsync("succeeded")).Number("amount_captured"));
            }

            var happened = await journey.HappenedAsync();
            Assert.Single(happened, type => type is "payment.confirmation_matched" or "payment.confirmation_rejected");
            Assert.Single(happened, "payment.answer_ignored");
        }
    }

    [Fact]
    public async Task A_request_is_sent_again_with_the_same_number_and_not_at_once()
    {
        var journey = await Journey.BeginAsync(Hub);
        await journey.PayUntilAskedAsync();
        var first = await journey.Phone.ConfirmationNumberAsync();
        var resend = $"/v1/payments/{journey.Payment}/confirmation/resend";

        Assert.Equal("resend_too_soon", (await journey.Customer.Api.PostAsync(resend)).Expect(409).Text("code"));
        await Hub.Clock.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(1, (await journey.Customer.Api.PostAsync(resend)).Expect(202).Number("confirmation.resends"));

        Assert.Equal(first, await journey.Phone.ConfirmationNumberAsync());
        await journey.Phone.TypeAsync($"pay {first}");
        await journey.UntilAsync("succeeded");
    }

    private async Task HasCaseAsync(Journey journey, string reason)
    {
        var staff = await Hub.StaffAsync();
        await Eventually.HoldsAsync(
            async () => (await staff.CasesAsync(journey.Payment)).Any(c => c.Text("reason") == reason && c.IsTrue("open")),
            $"a case {reason}",
            async () => $"There are: {string.Join(", ", (await staff.CasesAsync(journey.Payment)).Select(c => c.Text("reason")))}");
    }
}
