using System.Net;
using System.Text.Json;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>The link in a notice's header: mutes that topic on e-mail, and does nothing else for anybody.</summary>
[Collection("journey")]
public sealed class UnsubscribeTests(JourneyHub hub)
{
    private const string OneClick = "List-Unsubscribe=One-Click";

    [Fact]
    public async Task One_click_mutes_exactly_that_topic_and_opening_the_link_mutes_nothing()
    {
        var sale = await ShippedAsync();
        var mail = await hub.MailAsync(sale.Payer.Email, "Shipped");
        var link = Link(mail);
        Assert.Equal(OneClick, mail.Header("List-Unsubscribe-Post"));

        using (var seen = await OpenAsync(link))
        {
            Assert.Equal((HttpStatusCode.OK, "text/html"), (seen.StatusCode, seen.Content.Headers.ContentType?.MediaType));
            Assert.Contains("no more mails about shipping and delivery?", await seen.TextAsync(), StringComparison.Ordinal);
            Assert.Contains("default-src 'none'", seen.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        Assert.Equal("""["email","sms"]""", await ChoiceAsync(sale, "shipping"));

        using (var done = await PostAsync(link, OneClick)) Assert.Contains("Done.", await done.TextAsync(), StringComparison.Ordinal);

        Assert.Equal("[]", await ChoiceAsync(sale, "shipping"));
        Assert.Equal("""["email","sms"]""", await ChoiceAsync(sale, "receipts"));
        var line = Assert.Single(await TimelineAsync(sale), e => e.Text("type") == "customer.topic_muted");
        Assert.Equal(("email", "The customer wants no more messages about shipping by e-mail."), (line.Text("channel"), line.Text("summary")));
    }

    [Fact]
    public async Task Said_twice_it_is_one_wish_and_it_may_be_undone_and_said_again_with_the_same_link()
    {
        var sale = await ShippedAsync();
        var link = Link(await hub.MailAsync(sale.Payer.Email, "Shipped"));
        using var browser = await sale.Payer.BrowserAsync();

        for (var time = 0; time < 2; time++)
        {
            using (await PostAsync(link, OneClick)) using (await PostAsync(link, OneClick)) { }
            Assert.Equal("[]", await ChoiceAsync(sale, "shipping"));
            Assert.Equal(time + 1, (await TimelineAsync(sale)).Count(e => e.Text("type") == "customer.topic_muted"));
            using var undone = await browser.CallAsync("PATCH", $"/v1/customers/{sale.Payer.Id}", """{"notifications":{"shipping":["email"]}}""", $"{Guid.NewGuid()}");
            Assert.Equal(HttpStatusCode.OK, undone.StatusCode);
            Assert.Equal("""["email"]""", await ChoiceAsync(sale, "shipping"));
        }
    }

    /// <summary>A page that sends all settings back as it was shown them has chosen nothing: the phone only stands in for the mailbox.</summary>
    [Fact]
    public async Task Who_saved_what_they_were_shown_gets_no_text_messages_for_the_mails_they_leave()
    {
        var sale = await ShippedAsync();
        var shown = (await sale.Payer.ReadAsync()).GetProperty("notifications").GetRawText();
        using var browser = await sale.Payer.BrowserAsync();
        using (var saved = await browser.CallAsync("PATCH", $"/v1/customers/{sale.Payer.Id}", $$"""{"notifications":{{shown}}}""", $"{Guid.NewGuid()}")) Assert.Equal(HttpStatusCode.OK, saved.StatusCode);

        using (await PostAsync(Link(await hub.MailAsync(sale.Payer.Email, "Shipped")), OneClick)) { }

        Assert.Equal("[]", await ChoiceAsync(sale, "shipping"));
    }

    [Fact]
    public async Task Only_notices_can_be_left()
    {
        var sale = await ShippedAsync();
        using (var browser = await sale.Payer.BrowserAsync()) await browser.DoAsync($"/v1/customers/{sale.Payer.Id}/addresses/adr_{sale.Payer.Id[4..]}_2/verification");
        await hub.QuietAsync();

        var mails = await hub.MailsAsync(sale.Payer.Email);

        Assert.Equal(3, mails.Count);
        Assert.All(mails, m => Assert.Equal(m.Text("subject").Contains("code", StringComparison.Ordinal), m.Header("List-Unsubscribe") is null));
        var orders = mails.Where(m => m.Header("List-Unsubscribe") is not null).ToList();
        Assert.Equal([$"<{sale.OrderId}@omnihub.example>"], orders.Select(m => m.Header("References")).Distinct());
        Assert.Equal(mails.Count, mails.Select(m => m.Header("Message-ID")).Distinct().Count());
    }

    /// <summary>Links that were made up, cut short, changed, or made by another hub: no page says whose they might be.</summary>
    [Fact]
    public async Task A_forged_link_opens_nothing_and_mutes_nothing()
    {
        var sale = await ShippedAsync();
        var link = Link(await hub.MailAsync(sale.Payer.Email, "Shipped"));
        var token = link[(link.LastIndexOf('/') + 1)..];
        string[] forged = [token[..^1], token + "0", token[..^1] + (token[^1] == '0' ? '1' : '0'), token[..token.LastIndexOf('-')], "x", new string('a', 400)];

        foreach (var wrong in forged)
        {
            using var seen = await OpenAsync($"/unsubscribe/{wrong}");
            using var posted = await PostAsync($"/unsubscribe/{wrong}", OneClick);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (seen.StatusCode, posted.StatusCode));
        }

        Assert.Equal("""["email","sms"]""", await ChoiceAsync(sale, "shipping"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=b")]
    [InlineData("List-Unsubscribe=Two-Clicks")]
    public async Task A_post_that_does_not_say_the_words_asks_first(string body)
    {
        var sale = await ShippedAsync();

        using var asked = await PostAsync(Link(await hub.MailAsync(sale.Payer.Email, "Shipped")), body);

        Assert.Contains("<button>", await asked.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("""["email","sms"]""", await ChoiceAsync(sale, "shipping"));
    }

    [Theory]
    [InlineData("de", "Keine Mails mehr über Versand und Zustellung?")]
    [InlineData("zh-CN", "不再接收关于发货与送达的邮件？")]
    public async Task The_page_speaks_the_customers_language(string locale, string words)
    {
        var payer = await hub.Acme.NewPayerAsync();
        using (var changed = await hub.Acme.Client.CallAsync("PATCH", $"/v1/customers/{payer.Id}", $$"""{"locale":"{{locale}}"}""", $"{Guid.NewGuid()}")) Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var sale = await ShippedAsync(await payer.VerifiedAsync());

        using var seen = await OpenAsync(Link((await hub.MailsAsync(payer.Email))[0]));

        Assert.Contains(words, await seen.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(payer.Id, sale.Payer.Id);
    }

    private async Task<Sale> ShippedAsync(Payer? payer = null)
    {
        payer ??= await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        return await hub.Acme.ShipAsync(payer, "00340434");
    }

    private async Task<string> ChoiceAsync(Sale sale, string topic)
    {
        using var seen = await hub.Acme.Client.AskAsync($"/v1/customers/{sale.Payer.Id}");
        return (await seen.MadeAsync()).GetProperty("notifications").GetProperty(topic).GetRawText();
    }

    private async Task<IReadOnlyList<JsonElement>> TimelineAsync(Sale sale)
    {
        await hub.QuietAsync();
        using var seen = await hub.Acme.Client.AskAsync($"/v1/customers/{sale.Payer.Id}/timeline");
        return [.. (await seen.MadeAsync()).GetProperty("data").EnumerateArray()];
    }

    private async Task<HttpResponseMessage> OpenAsync(string link)
    {
        using var client = hub.Client();
        return await client.GetAsync(new Uri(hub.Address, link));
    }

    private async Task<HttpResponseMessage> PostAsync(string link, string body)
    {
        using var client = hub.Client();
        return await client.PostAsync(new Uri(hub.Address, link), new StringContent(body, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"));
    }

    private static string Link(JsonElement mail) => mail.Header("List-Unsubscribe")!.Trim('<', '>');
}
