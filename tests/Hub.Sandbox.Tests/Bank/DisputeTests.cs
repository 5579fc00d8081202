using System.Net;
using System.Text.Json;
using Hub.Sandbox.Bank;
using Hub.Sandbox.Clock;

namespace Hub.Sandbox.Tests.Bank;

/// <summary>A dispute takes the money at once; the bank hears the merchant, decides, and may give it back.</summary>
public sealed class DisputeTests
{
    private readonly SandboxClock _clock = new();

    [Fact]
    public async Task The_disputed_card_is_disputed_a_day_after_its_capture()
    {
        await using var sandbox = await StartAsync();
        var capture = await sandbox.Bank.CapturedAsync(CardBehaviour.Disputed);
        _clock.Advance(TimeSpan.FromDays(1));

        var told = (await sandbox.Hub.NextAsync()).Json;
        var dispute = told.GetProperty("object");
        Assert.Equal(("dispute.updated", $"{CardBehaviour.Disputed}/c"), (told.Text("type"), told.Text("idempotency_key")));
        Assert.Equal((capture.Text("id"), "needs_response", "product_not_received"), (dispute.Text("capture"), dispute.Text("status"), dispute.Text("reason")));
        Assert.Equal(4990, dispute.GetProperty("amount").GetInt64());
        Assert.True(dispute.GetProperty("respond_by").GetDateTimeOffset() > _clock.GetUtcNow() + TimeSpan.FromDays(6));
    }

    [Theory]
    [InlineData("Signed for: it was Delivered on Monday.", "won", "succeeded")]
    [InlineData("We never got round to it.", "lost", "failed")]
    public async Task The_bank_reads_the_evidence_and_gives_the_money_back_when_it_was_delivered(string evidence, string status, string refund)
    {
        await using var sandbox = await StartAsync();
        var (capture, dispute) = await DisputedAsync(sandbox);
        Assert.Equal("capture_disputed", (await RefundAsync(sandbox, capture, "r1")).Text("failure_code"));

        var answered = await sandbox.PostAsync($"disputes/{dispute}/evidence", "e1", JsonSerializer.Serialize(new { evidence, reference = "r" })).JsonAsync();
        Assert.Equal("under_review", answered.Text("status"));
        Assert.Equal("dispute_answer", (await sandbox.GetAsync("operations/e1")).Text("kind"));
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(status, (await sandbox.Hub.NextAsync()).Json.GetProperty("object").Text("status"));
        Assert.Equal(status, (await sandbox.GetAsync($"disputes/{dispute}")).Text("status"));
        Assert.Equal(refund, (await RefundAsync(sandbox, capture, "r2")).Text("status"));
    }

    [Fact]
    public async Task A_merchant_may_give_in_once()
    {
        await using var sandbox = await StartAsync();
        var (_, dispute) = await DisputedAsync(sandbox);
        Assert.Equal("accepted", (await sandbox.PostAsync($"disputes/{dispute}/accept", "e1", """{"reference":"r"}""").JsonAsync()).Text("status"));
        var again = await sandbox.PostAsync($"disputes/{dispute}/evidence", "e2", """{"evidence":"delivered","reference":"r"}""");
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Equal("dispute_closed", (await Task.FromResult(again).JsonAsync()).GetProperty("error").Text("code"));
    }

    [Theory]
    [InlineData(-1, "needs_response")]
    [InlineData(1, "lost")]
    public async Task Who_says_nothing_for_seven_days_has_lost(int seconds, string status)
    {
        await using var sandbox = await StartAsync();
        var (_, dispute) = await DisputedAsync(sandbox);
        _clock.Freeze();
        var until = (await sandbox.GetAsync($"disputes/{dispute}")).GetProperty("respond_by").GetDateTimeOffset();
        _clock.Advance(until - _clock.GetUtcNow() + TimeSpan.FromSeconds(seconds));
        if (seconds > 0) await sandbox.Hub.NextAsync();

        Assert.Equal(status, (await sandbox.GetAsync($"disputes/{dispute}")).Text("status"));
    }

    [Theory]
    [InlineData("true", "won")]
    [InlineData("false", "lost")]
    public async Task A_developer_decides_at_the_page(string won, string status)
    {
        await using var sandbox = await StartAsync();
        var (_, dispute) = await DisputedAsync(sandbox);
        var path = $"banks/cards/sandbox/disputes/{dispute}/decide";
        Assert.Equal(status, (await sandbox.AtPageAsync(path, $$"""{"won":{{won}}}""").JsonAsync()).Text("status"));
        Assert.Equal(HttpStatusCode.Conflict, (await sandbox.AtPageAsync(path, $$"""{"won":{{won}}}""")).StatusCode);
    }

    [Fact]
    public async Task What_was_paid_back_cannot_be_disputed()
    {
        await using var sandbox = await StartAsync();
        var capture = (await sandbox.Bank.CapturedAsync(CardBehaviour.Approves)).Text("id")!;
        await sandbox.PostAsync($"captures/{capture}/refunds", "r1", """{"amount":4000,"reference":"r"}""");
        Assert.Equal(990, (await sandbox.AtPageAsync($"banks/cards/sandbox/captures/{capture}/dispute").JsonAsync()).GetProperty("amount").GetInt64());
        Assert.Equal(HttpStatusCode.Conflict, (await sandbox.AtPageAsync($"banks/cards/sandbox/captures/{capture}/dispute")).StatusCode);
    }

    private Task<SandboxFixture> StartAsync() => SandboxFixture.StartAsync(time: _clock);

    private static async Task<(string Capture, string Dispute)> DisputedAsync(SandboxFixture sandbox)
    {
        var capture = (await sandbox.Bank.CapturedAsync(CardBehaviour.Approves)).Text("id")!;
        var dispute = (await sandbox.AtPageAsync($"banks/cards/sandbox/captures/{capture}/dispute").JsonAsync()).Text("id")!;
        Assert.Equal(dispute, (await sandbox.Hub.NextAsync()).Json.GetProperty("object").Text("id"));
        return (capture, dispute);
    }

    private static Task<JsonElement> RefundAsync(SandboxFixture sandbox, string capture, string key) =>
        sandbox.PostAsync($"captures/{capture}/refunds", key, """{"amount":4990,"reference":"r"}""").JsonAsync();
}
