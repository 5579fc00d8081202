using System.Net;
using Hub.Sandbox.Bank;

namespace Hub.Sandbox.Tests.Bank;

/// <summary>The second bank for cards: the same bank with other terms, and books of its own.</summary>
public sealed class SecondBankTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CardBehaviour.Busy, HttpStatusCode.TooManyRequests, HttpStatusCode.Created)]
    [InlineData(CardBehaviour.BusyEverywhere, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests)]
    [InlineData(CardBehaviour.Approves, HttpStatusCode.Created, HttpStatusCode.Created)]
    public async Task A_card_is_turned_away_before_anything_is_done(CardBehaviour card, HttpStatusCode first, HttpStatusCode second)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var body = BankCalls.Authorization(BankCards.NumberFor(card));

        Assert.Equal(first, (await sandbox.Bank.PostAsync("authorizations", "k1", body)).StatusCode);
        Assert.Equal(second, (await sandbox.SecondBank.PostAsync("authorizations", "k1", body)).StatusCode);
        Assert.Equal(first is HttpStatusCode.Created ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await sandbox.Bank.GetAsync("operations/k1", Cancel)).StatusCode);
        Assert.Equal((1, first is HttpStatusCode.Created ? 1 : 0), await sandbox.KeyAsync("k1"));
    }

    [Fact]
    public async Task A_key_of_one_bank_means_nothing_at_another()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var body = BankCalls.Authorization("4242424242424242");
        var first = (await sandbox.Bank.PostAsync("authorizations", "k1", body).JsonAsync()).Text("id");
        var second = (await sandbox.SecondBank.PostAsync("authorizations", "k1", body.Replace("4990", "10", StringComparison.Ordinal)).JsonAsync()).Text("id");

        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.SecondBank.GetAsync($"authorizations/{first}", Cancel)).StatusCode);
        Assert.Equal(10, (await sandbox.SecondBank.ReadAsync("operations/k1")).GetProperty("object").GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task A_bank_lets_nobody_in_with_the_key_of_another()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        sandbox.SecondBank.DefaultRequestHeaders.Authorization = sandbox.Bank.DefaultRequestHeaders.Authorization;
        Assert.Equal(HttpStatusCode.Unauthorized, (await sandbox.SecondBank.PostAsync("authorizations", "k1", BankCalls.Authorization("4242424242424242"))).StatusCode);
    }

    [Theory]
    [InlineData("EUR", 201)]
    [InlineData("USD", 201)]
    [InlineData("GBP", 201)]
    [InlineData("JPY", 400)]
    public async Task It_takes_three_currencies(string currency, int status)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var body = BankCalls.Authorization("4242424242424242").Replace("EUR", currency, StringComparison.Ordinal);
        Assert.Equal(status, (int)(await sandbox.SecondBank.PostAsync("authorizations", "k1", body)).StatusCode);
    }

    [Fact]
    public async Task It_captures_a_hold_once_in_part_or_whole()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var hold = (await sandbox.SecondBank.PostAsync("authorizations", "k1", BankCalls.Authorization("4242424242424242")).JsonAsync()).Text("id");
        var part = await sandbox.SecondBank.PostAsync($"authorizations/{hold}/captures", "k2", """{"amount":2000,"final":false,"reference":"r"}""").JsonAsync();
        var again = await sandbox.SecondBank.PostAsync($"authorizations/{hold}/captures", "k3", """{"amount":1,"final":true,"reference":"r"}""").JsonAsync();

        Assert.Equal("succeeded", part.Text("status"));
        Assert.Equal(("failed", "already_captured"), (again.Text("status"), again.Text("failure_code")));
    }

    [Fact]
    public async Task Its_page_and_its_webhooks_are_its_own()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var held = await sandbox.SecondBank.PostAsync("authorizations", "k1", BankCalls.Authorization(BankCards.NumberFor(CardBehaviour.RequiresAction))).JsonAsync();
        Assert.EndsWith($"?authorization={held.Text("id")}&bank=sandbox_b", held.Text("action_url"), StringComparison.Ordinal);

        await sandbox.AtPageAsync($"banks/cards/sandbox_b/authorizations/{held.Text("id")}/answer", """{"answer":"approve"}""");
        Assert.Equal("/gateways/sandbox_b/webhook", (await sandbox.Hub.NextAsync()).Target);
    }
}
