using System.Net;
using Hub.Domain.Signatures;
using Hub.Sandbox.Bank;

namespace Hub.Sandbox.Tests.Bank;

/// <summary>Every card of the bank does what its line says.</summary>
public sealed class BankCardTests
{
    public static TheoryData<string> Numbers => [.. BankCards.All.Select(c => c.Number)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_card_passes_the_check_that_the_hub_makes(string number) => Assert.True(BankCards.IsNumber(number));

    [Theory]
    [InlineData(CardBehaviour.Approves, 201, "authorized", null)]
    [InlineData(CardBehaviour.Declines, 201, "declined", "generic_decline")]
    [InlineData(CardBehaviour.InsufficientFunds, 201, "declined", "insufficient_funds")]
    [InlineData(CardBehaviour.Expired, 201, "declined", "expired_card")]
    [InlineData(CardBehaviour.WrongSecurityCode, 201, "declined", "incorrect_security_code")]
    [InlineData(CardBehaviour.RequiresAction, 201, "requires_action", null)]
    [InlineData(CardBehaviour.CaptureFails, 201, "authorized", null)]
    [InlineData(CardBehaviour.RefundFailsLater, 201, "authorized", null)]
    [InlineData(CardBehaviour.LateDecline, 202, "pending", null)]
    [InlineData(CardBehaviour.DuplicateWebhook, 201, "authorized", null)]
    [InlineData(CardBehaviour.WebhookFirst, 201, "authorized", null)]
    public async Task A_card_is_answered_as_its_line_says(CardBehaviour card, int status, string says, string? decline)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var response = await sandbox.AuthorizeAsync("k1", card);
        var body = await Task.FromResult(response).JsonAsync();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(says, body.Text("status"));
        Assert.Equal(decline, body.Text("decline_code"));
        Assert.Equal(4990, body.GetProperty("amount").GetInt64());
        Assert.Equal(says == "authorized", body.Text("capture_before") is not null);
        Assert.Equal(says == "requires_action", body.Text("action_url") is not null);
    }

    [Fact]
    public async Task A_card_that_has_expired_is_declined_whatever_it_is()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var body = await sandbox.PostAsync("authorizations", "k1", BankCalls.Authorization(BankCards.NumberFor(CardBehaviour.Approves), year: 2020)).JsonAsync();
        Assert.Equal("expired_card", body.Text("decline_code"));
    }

    [Fact]
    public async Task The_wrong_amount_card_answers_one_cent_more()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var body = await sandbox.AuthorizeAsync("k1", CardBehaviour.WrongAmount).JsonAsync();
        Assert.Equal(4991, body.GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task A_timeout_after_charge_is_dropped_and_found_by_its_key()
    {
        await using var sandbox = await SandboxFixture.StartAsync(o => o.BankConfirmsAnswers = true);
        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.AuthorizeAsync("pay_1/att_1/authorize%2F", CardBehaviour.TimeoutAfterCharge));

        var found = await sandbox.GetAsync("operations/" + Uri.EscapeDataString("pay_1/att_1/authorize%2F"));
        Assert.Equal("authorization", found.Text("kind"));
        Assert.Equal("authorized", found.GetProperty("object").Text("status"));
        Assert.Equal((1, 1), await sandbox.KeyAsync("pay_1/att_1/authorize%2F"));

        // The only webhook is that of the next key: the charge itself stays unannounced.
        await sandbox.AuthorizeAsync("k2");
        Assert.Equal("k2", (await sandbox.Hub.NextAsync()).Json.Text("idempotency_key"));
    }

    [Fact]
    public async Task A_500_that_is_done_is_found_announced_and_replayed()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var first = await sandbox.AuthorizeAsync("k1", CardBehaviour.ErrorButDone);
        var announced = await sandbox.Hub.NextAsync();
        var again = await sandbox.AuthorizeAsync("k1", CardBehaviour.ErrorButDone);

        Assert.Equal(HttpStatusCode.InternalServerError, first.StatusCode);
        Assert.Equal("authorization.updated", announced.Json.Text("type"));
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(announced.Json.GetProperty("object").Text("id"), (await Task.FromResult(again).JsonAsync()).Text("id"));
        Assert.Equal((2, 1), await sandbox.KeyAsync("k1"));
    }

    [Fact]
    public async Task A_500_that_is_not_done_is_done_by_the_repeat()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var first = await sandbox.AuthorizeAsync("k1", CardBehaviour.ErrorAndNotDone);
        Assert.Equal(HttpStatusCode.InternalServerError, first.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.Bank.GetAsync("operations/k1", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal((1, 0), await sandbox.KeyAsync("k1"));

        Assert.Equal("authorized", (await sandbox.AuthorizeAsync("k1", CardBehaviour.ErrorAndNotDone).JsonAsync()).Text("status"));
        Assert.Equal((2, 1), await sandbox.KeyAsync("k1"));
    }

    [Fact]
    public async Task A_late_decline_comes_by_webhook()
    {
        await using var sandbox = await SandboxFixture.StartAsync(o => o.BankLate = TimeSpan.Zero);
        var id = (await sandbox.AuthorizeAsync("k1", CardBehaviour.LateDecline).JsonAsync()).Text("id");

        var told = (await sandbox.Hub.NextAsync()).Json;
        Assert.Equal("k1", told.Text("idempotency_key"));
        Assert.Equal("declined", told.GetProperty("object").Text("status"));
        Assert.Equal("declined", (await sandbox.GetAsync($"authorizations/{id}")).Text("status"));
    }

    [Fact]
    public async Task The_duplicate_card_sends_the_same_webhook_three_times()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.AuthorizeAsync("k1", CardBehaviour.DuplicateWebhook);
        Received[] all = [await sandbox.Hub.NextAsync(), await sandbox.Hub.NextAsync(), await sandbox.Hub.NextAsync()];
        Assert.Single(all.Select(r => r.Headers[StandardWebhook.IdHeader]).Distinct());
        Assert.Single(all.Select(r => Convert.ToHexString(r.Body)).Distinct());
    }

    [Fact]
    public async Task The_webhook_first_card_tells_before_it_answers()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var body = await sandbox.AuthorizeAsync("k1", CardBehaviour.WebhookFirst).JsonAsync();
        Assert.True(sandbox.Hub.HasMore);
        Assert.Equal(body.Text("id"), (await sandbox.Hub.NextAsync()).Json.GetProperty("object").Text("id"));
    }

    [Theory]
    [InlineData("approve", "authorized")]
    [InlineData("deny", "declined")]
    public async Task The_customer_answers_on_the_banks_page_once(string answer, string status)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var id = (await sandbox.AuthorizeAsync("k1", CardBehaviour.RequiresAction).JsonAsync()).Text("id");
        var page = new Uri(sandbox.Http.BaseAddress!, $"/sandbox/api/bank/authorizations/{id}/answer").ToString();

        Assert.Equal(status, (await sandbox.PostAsync(page, null, $$"""{"answer":"{{answer}}"}""").JsonAsync()).Text("status"));
        Assert.Equal(status, (await sandbox.Hub.NextAsync()).Json.GetProperty("object").Text("status"));
        Assert.Equal(HttpStatusCode.Conflict, (await sandbox.PostAsync(page, null, $$"""{"answer":"{{answer}}"}""")).StatusCode);
    }

    [Fact]
    public async Task A_refund_that_fails_later_is_pending_first_and_gives_its_amount_back()
    {
        await using var sandbox = await SandboxFixture.StartAsync(o => o.BankLate = TimeSpan.Zero);
        var hold = (await sandbox.AuthorizeAsync("k1", CardBehaviour.RefundFailsLater).JsonAsync()).Text("id");
        var capture = (await sandbox.PostAsync($"authorizations/{hold}/captures", "k2", """{"amount":4990,"final":true,"reference":"r"}""").JsonAsync()).Text("id");
        var refund = await sandbox.PostAsync($"captures/{capture}/refunds", "k3", """{"amount":4990,"reference":"r"}""").JsonAsync();
        Assert.Equal("pending", refund.Text("status"));

        var told = (await sandbox.Hub.NextAsync()).Json.GetProperty("object");
        Assert.Equal("failed", told.Text("status"));
        Assert.Equal("account_closed", told.Text("failure_code"));
        Assert.Equal("pending", (await sandbox.PostAsync($"captures/{capture}/refunds", "k4", """{"amount":4990,"reference":"r"}""").JsonAsync()).Text("status"));
    }

    [Fact]
    public async Task The_capture_failing_card_authorizes_and_then_fails()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var hold = (await sandbox.AuthorizeAsync("k1", CardBehaviour.CaptureFails).JsonAsync()).Text("id");
        var capture = await sandbox.PostAsync($"authorizations/{hold}/captures", "k2", """{"amount":4990,"final":true,"reference":"r"}""").JsonAsync();
        Assert.Equal("failed", capture.Text("status"));
        Assert.Null(capture.Text("failure_code"));
    }
}
