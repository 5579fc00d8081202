using System.Net;
using System.Text.Json;
using Hub.Api.Access;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>Paying from the wallet and with e-cash, over HTTP.</summary>
[Collection("journey")]
public sealed class InstrumentJourneyTests(JourneyHub hub)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_card_of_the_wallet_pays_once_the_wallet_is_open_and_another_card_after_a_decline()
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        var sale = await (await hub.Acme.SellAsync(payer)).AcceptedAsync();
        using var browser = await payer.BrowserAsync();

        var (status, problem) = await AskAsync(browser, $"/v1/customers/{payer.Id}/wallet/open", $$"""{"password":"{{Password}}"}""");
        Assert.Equal((HttpStatusCode.Conflict, "wallet_not_set"), (status, problem.Text("code")));
        await browser.DoAsync($"/v1/customers/{payer.Id}/wallet", $$"""{"password":"{{Password}}"}""");
        var open = await browser.DoAsync($"/v1/customers/{payer.Id}/wallet/open", $$"""{"password":"{{Password}}"}""");
        var wallet = open.Text("wallet");
        var declines = await AddAsync("4000000000000002");
        var pays = await AddAsync("4242424242424242");

        // The cards show only in the open wallet.
        var shown = await browser.DoAsync($"/v1/customers/{payer.Id}/wallet/open", $$"""{"password":"{{Password}}"}""");
        wallet = shown.Text("wallet");
        Assert.Equal([declines, pays], shown.GetProperty("instruments").EnumerateArray().Select(i => i.Text("id")));
        using var customer = await browser.AskAsync($"/v1/customers/{payer.Id}");
        Assert.Empty((await customer.MadeAsync()).GetProperty("instruments").EnumerateArray());

        (status, problem) = await AskAsync(browser, $"/v1/payments/{sale.Payment}/submit", sale.SubmitBody(pays));
        Assert.Equal((HttpStatusCode.Conflict, "wallet_closed"), (status, problem.Text("code")));
        await browser.DoAsync($"/v1/payments/{sale.Payment}/submit", Body(sale, declines, wallet));
        await hub.QuietAsync();
        Assert.Equal("requires_payment_method", await sale.StatusAsync());
        await browser.DoAsync($"/v1/payments/{sale.Payment}/submit", Body(sale, pays, wallet));
        await hub.QuietAsync();
        await browser.DoAsync($"/v1/payments/{sale.Payment}/confirmation", $$"""{"answer":"approve","code":"{{await sale.PageCodeAsync()}}"}""");
        await hub.QuietAsync();
        Assert.Equal("succeeded", await sale.StatusAsync());

        async Task<string> AddAsync(string number) =>
            (await browser.DoAsync($"/v1/customers/{payer.Id}/instruments", $$"""{"type":"wallet_card","encrypted":"{{payer.Card(number)}}","wallet":"{{wallet}}"}""")).Text("id");
    }

    [Fact]
    [Trait("Invariant", "23")]
    public async Task Five_wrong_passwords_lock_the_wallet_and_no_answer_says_more()
    {
        var payer = await hub.Acme.NewPayerAsync();
        using var browser = await payer.BrowserAsync();
        await browser.DoAsync($"/v1/customers/{payer.Id}/wallet", $$"""{"password":"{{Password}}"}""");

        var codes = new List<string>();
        for (var i = 0; i < 6; i++) codes.Add((await AskAsync(browser, $"/v1/customers/{payer.Id}/wallet/open", """{"password":"wrong password"}""")).Problem.Text("code"));
        codes.Add((await AskAsync(browser, $"/v1/customers/{payer.Id}/wallet/open", $$"""{"password":"{{Password}}"}""")).Problem.Text("code"));

        Assert.Equal([.. Enumerable.Repeat("wrong_wallet_password", 4), "wallet_locked", "wallet_locked", "wallet_locked"], codes);
        using var seen = await browser.AskAsync($"/v1/customers/{payer.Id}/wallet");
        Assert.True((await seen.MadeAsync()).GetProperty("locked_until").GetDateTimeOffset() > hub.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData("""{"password":"short12"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"password":"4242 4242 4242 4242"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"password":"another password","wallet":"wal_made_up"}""", HttpStatusCode.Conflict)]
    [InlineData("""{"password":"another password"}""", HttpStatusCode.Conflict)]
    public async Task A_wallet_keeps_its_password(string body, HttpStatusCode expected)
    {
        var payer = await hub.Acme.NewPayerAsync();
        using var browser = await payer.BrowserAsync();
        await browser.DoAsync($"/v1/customers/{payer.Id}/wallet", $$"""{"password":"{{Password}}"}""");

        Assert.Equal(expected, (await AskAsync(browser, $"/v1/customers/{payer.Id}/wallet", body)).Status);
        await browser.DoAsync($"/v1/customers/{payer.Id}/wallet/open", $$"""{"password":"{{Password}}"}""");
    }

    [Fact]
    [Trait("Invariant", "10")]
    public async Task E_cash_pays_what_it_holds_and_a_refund_comes_back_to_it()
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        var customer = await hub.Acme.DoAsync($"/v1/customers/{payer.Id}/ecash/top-ups", """{"amount":6000,"currency":"EUR"}""");
        var ecash = Assert.Single(customer.GetProperty("instruments").EnumerateArray(), i => i.Text("type") == "ecash").Text("id");

        var first = await PayAsync();
        Assert.Equal("succeeded", await first.StatusAsync());
        Assert.Equal((1_010, 1_010), await BalanceAsync());

        // What is left is not enough for a second one.
        var second = await (await hub.Acme.SellAsync(payer)).AcceptedAsync();
        using var browser = await payer.BrowserAsync();
        await browser.DoAsync($"/v1/payments/{second.Payment}/submit", $$"""{"instrument":"{{ecash}}"}""");
        await hub.QuietAsync();
        Assert.Equal("insufficient_funds", (await second.ReadAsync()).GetProperty("last_error").Text("code"));

        await hub.Acme.DoAsync($"/v1/payments/{first.Payment}/refunds", """{"amount":1000}""");
        await hub.QuietAsync();
        Assert.Equal((2_010, 2_010), await BalanceAsync());

        async Task<Sale> PayAsync()
        {
            var sale = await (await hub.Acme.SellAsync(payer)).AcceptedAsync();
            using var page = await payer.BrowserAsync();
            await page.DoAsync($"/v1/payments/{sale.Payment}/submit", $$"""{"instrument":"{{ecash}}"}""");
            await hub.QuietAsync();
            Assert.Equal((6_000, 1_010), await BalanceAsync());
            await page.DoAsync($"/v1/payments/{sale.Payment}/confirmation", $$"""{"answer":"approve","code":"{{await sale.PageCodeAsync()}}"}""");
            await hub.QuietAsync();
            return sale;
        }

        async Task<(long Balance, long Available)> BalanceAsync()
        {
            using var answer = await hub.Acme.Client.AskAsync($"/v1/customers/{payer.Id}");
            var cash = Assert.Single((await answer.MadeAsync()).GetProperty("ecash").EnumerateArray());
            return (cash.GetProperty("balance").GetInt64(), cash.GetProperty("available").GetInt64());
        }
    }

    [Theory]
    [InlineData("automatic", "EUR", "card wallet_card bank_account ecash echeck")]
    [InlineData("manual", "EUR", "card wallet_card ecash")]
    public async Task A_payment_lists_what_it_can_be_paid_with_until_it_is_paid(string capture, string currency, string offered)
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        var sale = await (await hub.Acme.SellAsync(payer, capture: capture)).AcceptedAsync();
        using var link = await payer.BrowserAsync(sale.Payment);

        foreach (var client in (HttpClient[])[hub.Acme.Client, link])
        {
            using var answer = await client.AskAsync($"/v1/payments/{sale.Payment}");
            Assert.Equal((currency, offered), ((await answer.MadeAsync()).GetProperty("amount").Text("currency"), Offered(await answer.MadeAsync())));
        }

        await sale.ConfirmedAsync();
        Assert.Equal(capture == "manual" ? offered : "", Offered(await sale.ReadAsync()));
        await hub.Acme.DoAsync(capture == "manual" ? $"/v1/payments/{sale.Payment}/cancel" : $"/v1/payments/{sale.Payment}/refunds");
        await hub.QuietAsync();
        Assert.Equal("", Offered(await sale.ReadAsync()));

        static string Offered(JsonElement payment) => string.Join(' ', payment.GetProperty("offered_instruments").EnumerateArray().Select(type => type.GetString()));
    }

    [Fact]
    public async Task A_held_payment_takes_nothing_until_somebody_lets_it_go_on()
    {
        var sale = await (await hub.Acme.SellAsync(await (await hub.Acme.NewPayerAsync()).VerifiedAsync())).AwaitingConfirmationAsync();
        var staff = await hub.StaffAsync(StaffRole.Supervisor);
        using var desk = hub.CopyOf(staff);

        await desk.DoAsync($"/v1/payments/{sale.Payment}/hold", """{"reason":"looks odd"}""");
        using var browser = await sale.Payer.BrowserAsync();
        await browser.DoAsync($"/v1/payments/{sale.Payment}/confirmation", $$"""{"answer":"approve","code":"{{await sale.PageCodeAsync()}}"}""");
        await hub.QuietAsync();
        Assert.Equal("requires_review", await sale.StatusAsync());

        await desk.DoAsync($"/v1/payments/{sale.Payment}/approve");
        await hub.QuietAsync();
        Assert.Equal("succeeded", await sale.StatusAsync());
        Assert.Equal(HttpStatusCode.Conflict, (await AskAsync(desk, $"/v1/payments/{sale.Payment}/reject", """{"reason":"too late"}""")).Status);
    }

    private static string Body(Sale sale, string instrument, string wallet) =>
        $$"""{"instrument":"{{instrument}}","security_code":"{{sale.Payer.SecurityCode()}}","wallet":"{{wallet}}"}""";

    private static async Task<(HttpStatusCode Status, JsonElement Problem)> AskAsync(HttpClient client, string path, string json)
    {
        using var answer = await client.SendAsync(path, json);
        return (answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.TextAsync()));
    }
}
