using System.Net;
using System.Text.Json;
using Hub.Gateways;
using Hub.Gateways.SandboxBank;
using Hub.Sandbox.Bank.Accounts;
using Hub.Sandbox.Clock;

namespace Hub.Sandbox.Tests.Bank;

/// <summary>Net banking: every bank does what its line says, at its own page and behind its own password.</summary>
public sealed class NetBankTests
{
    private readonly SandboxClock _clock = new();

    [Fact]
    public async Task The_list_of_banks_is_the_one_the_hub_shows_and_each_has_a_customer()
    {
        await using var sandbox = await StartAsync();
        var listed = (await sandbox.NetBank.ReadAsync("banks")).EnumerateArray().Select(bank => bank.Text("id")!).ToArray();
        Assert.Equal(NetBanks.All.Select(bank => bank.Id), listed);
        Assert.Equal(listed, NetCustomers.All.Select(customer => customer.Bank));
        Assert.Equal(NetCustomers.Down, NetBanks.All.Single(bank => !bank.IsUp).Id);
    }

    [Theory]
    [InlineData("approve", "succeeded", null)]
    [InlineData("deny", "declined", "customer_denied")]
    public async Task A_customer_signs_in_sees_what_is_paid_and_answers_once(string answer, string status, string? decline)
    {
        await using var sandbox = await StartAsync();
        var order = await OrderAsync(sandbox, "aster");
        Assert.Equal("requires_action", order.Text("status"));
        Assert.EndsWith($"/sandbox/bank?order={order.Text("id")}", order.Text("action_url"), StringComparison.Ordinal);

        var seen = await SignInAsync(sandbox, order, "aster").JsonAsync();
        Assert.Equal(("ACME Books", 4990, "EUR", "pay_1/att_1/authorize"), (seen.Text("payee"), seen.GetProperty("amount").GetInt64(), seen.Text("currency"), seen.Text("reference")));
        var answered = await AnswerAsync(sandbox, order, seen, answer).JsonAsync();
        Assert.Equal(status, answered.Text("status"));

        var told = (await sandbox.Hub.NextAsync()).Json;
        Assert.Equal(("order.updated", "k1", status, decline), (told.Text("type"), told.Text("idempotency_key"), told.GetProperty("object").Text("status"), told.GetProperty("object").Text("decline_code")));
        Assert.Equal(HttpStatusCode.Conflict, (await AnswerAsync(sandbox, order, seen, answer)).StatusCode);
        Assert.Equal(status == "succeeded", told.GetProperty("object").GetProperty("transfer").ValueKind is JsonValueKind.Object
            && TransferTests.Holds(told.GetProperty("object"), "k1", "sandbox_netbank", TransferStatement.Captured, SandboxKeys.NetBankSigningKey));
    }

    [Theory]
    [InlineData("approve", true)]
    [InlineData("deny", false)]
    public async Task The_way_back_is_signed_and_the_hub_reads_it(string answer, bool paid)
    {
        await using var sandbox = await StartAsync();
        var order = await OrderAsync(sandbox, "aster", "att_1_1/authorize");
        var seen = await SignInAsync(sandbox, order, "aster").JsonAsync();
        var back = new Uri((await AnswerAsync(sandbox, order, seen, answer).JsonAsync()).Text("return_to")!);

        Assert.StartsWith("http://shop.example/checkout/pay_1?", back.ToString(), StringComparison.Ordinal);
        var query = back.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=')).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal);
        var reader = new NetBankReturn(
            new SandboxBankOptions
            {
                Name = NetBankGateway.GatewayName, BaseAddress = back, ApiKey = "", WebhookSecrets = [], PublicKeys = [SandboxKeys.PublicHalf(SandboxKeys.NetBankSigningKey)],
            },
            _clock);
        var report = Assert.IsType<BankReturn.Reported>(reader.Read(query.GetValueOrDefault, "pay_1")).Report;
        Assert.Equal(("att_1_1/authorize", "ACME Books", paid), (report.IdempotencyKey, report.Payee, report.Answer is GatewayAnswer.Captured));
    }

    [Fact]
    public async Task Three_wrong_passwords_lock_the_order()
    {
        await using var sandbox = await StartAsync();
        var order = await OrderAsync(sandbox, "aster");
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(sandbox, order, "birch")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(sandbox, order, "birch")).StatusCode);
        Assert.Equal(HttpStatusCode.Locked, (await SignInAsync(sandbox, order, "birch")).StatusCode);
        Assert.Equal("customer_locked", (await sandbox.Hub.NextAsync()).Json.GetProperty("object").Text("decline_code"));
        Assert.Equal(HttpStatusCode.Conflict, (await SignInAsync(sandbox, order, "aster")).StatusCode);
    }

    [Fact]
    public async Task Nobody_answers_without_signing_in()
    {
        await using var sandbox = await StartAsync();
        var order = await OrderAsync(sandbox, "aster");
        var guess = await sandbox.AtPageAsync($"banks/net/orders/{order.Text("id")}/answer", """{"answer":"approve","session":""}""");
        Assert.Equal(HttpStatusCode.Conflict, guess.StatusCode);
        var door = await sandbox.Http.GetStringAsync($"/sandbox/api/banks/net/orders/{order.Text("id")}", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("ACME", door, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bank_that_loses_its_customers_is_found_by_asking()
    {
        await using var sandbox = await StartAsync();
        var order = await OrderAsync(sandbox, NetCustomers.ReturnLost);
        var seen = await SignInAsync(sandbox, order, NetCustomers.ReturnLost).JsonAsync();
        Assert.Null((await AnswerAsync(sandbox, order, seen, "approve").JsonAsync()).Text("return_to"));
        Assert.Equal("succeeded", (await sandbox.NetBank.ReadAsync("operations/k1")).GetProperty("object").Text("status"));
        Assert.False(sandbox.Hub.HasMore);
    }

    [Fact]
    public async Task The_bank_that_is_down_says_that_nothing_was_begun()
    {
        await using var sandbox = await StartAsync();
        var response = await sandbox.NetBank.PostAsync("orders", "k1", Order(NetCustomers.Down));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not-begun"), (response.StatusCode, response.Headers.GetValues("Bank-Request").Single()));
        Assert.Equal("bank_down", (await Task.FromResult(response).JsonAsync()).GetProperty("error").Text("code"));
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.NetBank.GetAsync("operations/k1", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_bank_that_takes_back_does_so_two_days_later()
    {
        await using var sandbox = await StartAsync();
        var order = await PaidAsync(sandbox, NetCustomers.RecallsLater);
        _clock.Advance(TimeSpan.FromDays(2));
        var told = (await sandbox.Hub.NextAsync()).Json.GetProperty("object");
        Assert.Equal(("returned", "payment_recalled"), (told.Text("status"), told.Text("return_code")));
        Assert.True(TransferTests.Holds(told, "k1", "sandbox_netbank", TransferStatement.Returned, SandboxKeys.NetBankSigningKey));
        Assert.False(TransferTests.Holds(told, "k1", "sandbox_netbank", TransferStatement.Captured, SandboxKeys.NetBankSigningKey));
        Assert.Equal("returned", (await sandbox.NetBank.ReadAsync($"orders/{order}")).Text("status"));
    }

    [Fact]
    public async Task A_customer_who_leaves_has_declined_half_an_hour_later()
    {
        await using var sandbox = await StartAsync();
        await OrderAsync(sandbox, "aster");
        _clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal("customer_left", (await sandbox.Hub.NextAsync()).Json.GetProperty("object").Text("decline_code"));
    }

    [Theory]
    [InlineData(4990, "succeeded", null)]
    [InlineData(4991, "failed", "exceeds_captured")]
    public async Task What_was_paid_can_be_paid_back(long amount, string status, string? failure)
    {
        await using var sandbox = await StartAsync();
        var order = await PaidAsync(sandbox, "aster");
        var refund = await sandbox.NetBank.PostAsync($"orders/{order}/refunds", "r1", $$"""{"amount":{{amount}},"reference":"pay_1/ref_1"}""").JsonAsync();
        Assert.Equal((status, failure), (refund.Text("status"), refund.Text("failure_code")));
    }

    private Task<SandboxFixture> StartAsync() => SandboxFixture.StartAsync(time: _clock);

    private static string Order(string bank) =>
        $$"""{"bank":"{{bank}}","amount":4990,"currency":"EUR","payee":"ACME Books","reference":"pay_1/att_1/authorize","return_url":"http://shop.example/checkout/pay_1"}""";

    private static Task<JsonElement> OrderAsync(SandboxFixture sandbox, string bank, string key = "k1") => sandbox.NetBank.PostAsync("orders", key, Order(bank)).JsonAsync();

    private static Task<HttpResponseMessage> SignInAsync(SandboxFixture sandbox, JsonElement order, string bank)
    {
        var customer = NetCustomers.Of(bank)!;
        return sandbox.AtPageAsync($"banks/net/orders/{order.Text("id")}/sign-in", $$"""{"customer":"{{customer.Number}}","password":"{{customer.Password}}"}""");
    }

    private static Task<HttpResponseMessage> AnswerAsync(SandboxFixture sandbox, JsonElement order, JsonElement seen, string answer) =>
        sandbox.AtPageAsync($"banks/net/orders/{order.Text("id")}/answer", $$"""{"answer":"{{answer}}","session":"{{seen.Text("session")}}"}""");

    private static async Task<string> PaidAsync(SandboxFixture sandbox, string bank)
    {
        var order = await OrderAsync(sandbox, bank);
        await AnswerAsync(sandbox, order, await SignInAsync(sandbox, order, bank).JsonAsync(), "approve");
        Assert.Equal("succeeded", (await sandbox.Hub.NextAsync()).Json.GetProperty("object").Text("status"));
        return order.Text("id")!;
    }
}
