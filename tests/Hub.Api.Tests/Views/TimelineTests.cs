using System.Net;
using System.Text.Json;
using Hub.Api.Edge.Requests;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Views;

/// <summary>A customer's timeline: one list over every channel, with who took each step, in pages either way.</summary>
[Collection("journey")]
public sealed class TimelineTests(JourneyHub hub)
{
    /// <summary>Begun on the web, asked in between by text message, confirmed by text message, receipt by mail.</summary>
    [Fact]
    public async Task One_order_over_three_channels_reads_as_one_story()
    {
        var payer = await NewPayerAsync();
        var sale = await (await hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();
        using (var asked = await hub.TextAsync(payer.Phone, "HELP")) Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        await hub.QuietAsync();
        using (var answered = await hub.TextAsync(payer.Phone, $"PAY {await sale.PhoneDigitsAsync()}")) Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        await hub.QuietAsync();

        var told = await StoryAsync(sale.Payer);

        InOrder(
            told,
            "order.placed api merchant",
            "payment.created api merchant",
            "order.accepted web customer",
            "payment.submitted web customer",
            "payment.authorized bank bank",
            "payment.confirmation_sent sms hub",
            "customer.said_help sms customer",
            "payment.confirmation_matched sms customer",
            "payment.capture_succeeded bank bank",
            "notification.sent email hub");
    }

    [Fact]
    public async Task Five_wrong_codes_over_three_channels_stop_the_payment_and_say_where_each_came_from()
    {
        var payer = await NewPayerAsync();
        var sale = await (await hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();
        var digits = int.Parse(await sale.PhoneDigitsAsync(), System.Globalization.CultureInfo.InvariantCulture);
        using var browser = await payer.BrowserAsync();

        await TypeAsync(0);
        await TextAsync(1);
        await TypeAsync(2, (PageChannel.Header, "mobile"));
        await TextAsync(3);
        await TypeAsync(4);

        var told = await StoryAsync(payer);
        Assert.Equal(
            ["web", "sms", "mobile", "sms", "web"],
            told.Where(line => line.StartsWith("payment.wrong_answer", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]));
        InOrder(told, "payment.wrong_answer web customer", "payment.confirmation_exhausted web customer", "payment.voided bank bank", "payment.canceled - hub", "notification.sent email hub");

        async Task TypeAsync(int number, params (string, string)[] headers)
        {
            using var typed = await browser.SendAsync($"/v1/payments/{sale.Payment}/confirmation", $$"""{"answer":"approve","code":"{{await sale.WrongCodeAsync(number)}}"}""", headers);
            await hub.QuietAsync();
        }

        async Task TextAsync(int number)
        {
            using var text = await hub.TextAsync(payer.Phone, $"PAY {(digits + number) % 10_000:0000}");
            await hub.QuietAsync();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task It_is_walked_either_way_page_by_page_and_says_the_same(int limit)
    {
        var payer = await NewPayerAsync();
        await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();
        using var browser = await payer.BrowserAsync();
        var all = (await PageAsync(browser, payer, "limit=1000")).Lines;

        foreach (var filter in new[] { "", "&kind=payment", "&channel=bank" })
        {
            var expected = all.Where(l => (filter != "&kind=payment" || l.Text("kind") == "payment") && (filter != "&channel=bank" || l.GetProperty("channel").GetString() == "bank")).Select(Sequence).ToList();
            Assert.Equal(expected, await WalkAsync(browser, payer, "after", limit, filter));
            Assert.Equal(expected, await WalkAsync(browser, payer, "before", limit, filter));
        }
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("after=-1", "after")]
    [InlineData("before=-1", "before")]
    [InlineData("after=1&before=9", "before")]
    [InlineData("kind=secret", "kind")]
    [InlineData("channel=pigeon", "channel")]
    public async Task What_cannot_be_asked_is_named(string query, string field)
    {
        using var answer = await hub.Acme.Client.AskAsync($"/v1/customers/{(await hub.AdaAsync()).Id}/timeline?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\"", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Invariant", "22")]
    public async Task What_is_for_staff_alone_never_reaches_the_customer()
    {
        var payer = await NewPayerAsync();
        await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();
        using var browser = await payer.BrowserAsync();

        var (own, theirs) = ((await PageAsync(browser, payer, "")).Lines, (await PageAsync(hub.Acme.Client, payer, "")).Lines);

        Assert.Contains(theirs, l => l.Text("type") == "notification.requested");
        Assert.DoesNotContain(own, l => l.Text("type") == "notification.requested");
        Assert.All(own, l => Assert.Equal(JsonValueKind.Null, l.GetProperty("detail").ValueKind));
    }

    private async Task<Payer> NewPayerAsync() => await (await hub.Acme.NewPayerAsync()).VerifiedAsync();

    private async Task<List<string>> StoryAsync(Payer payer) =>
        [.. (await PageAsync(hub.Acme.Client, payer, "limit=1000")).Lines.Select(l => $"{l.Text("type")} {l.GetProperty("channel").GetString() ?? "-"} {l.GetProperty("by").GetString() ?? "-"}")];

    private static async Task<(List<JsonElement> Lines, bool More)> PageAsync(HttpClient client, Payer payer, string query)
    {
        using var answer = await client.AskAsync($"/v1/customers/{payer.Id}/timeline?{query}");
        var page = await answer.MadeAsync();
        return ([.. page.GetProperty("data").EnumerateArray()], page.GetProperty("has_more").GetBoolean());
    }

    private static async Task<List<long>> WalkAsync(HttpClient client, Payer payer, string way, int limit, string filter)
    {
        List<long> walked = [];
        for (var more = true; more;)
        {
            var cursor = walked.Count == 0 ? 0 : way == "after" ? walked[^1] : walked[0];
            (var lines, more) = await PageAsync(client, payer, $"{way}={cursor}&limit={limit}{filter}");
            Assert.True(lines.Count > 0 || !more);
            walked.InsertRange(way == "after" ? walked.Count : 0, lines.Select(Sequence));
        }

        return walked;
    }

    private static long Sequence(JsonElement line) => line.GetProperty("sequence").GetInt64();

    private static void InOrder(List<string> told, params string[] expected)
    {
        var from = 0;
        foreach (var line in expected)
        {
            var at = told.IndexOf(line, from);
            Assert.True(at >= 0, $"'{line}' is missing after line {from} of:\n{string.Join('\n', told)}");
            from = at + 1;
        }
    }
}
