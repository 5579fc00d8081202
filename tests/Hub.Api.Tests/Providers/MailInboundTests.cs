using System.Net;
using System.Text.Json;
using Hub.Actors;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Channels.Email;
using Hub.Domain.Addresses;
using Hub.Domain.Customers;

namespace Hub.Api.Tests.Providers;

/// <summary>What a mail relay hands in: only from a relay, only about mails this hub sent, and only what each says.</summary>
[Collection("journey")]
public sealed class MailInboundTests(JourneyHub hub)
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("mail_relay_sandbox_secret_omnihu")]
    [InlineData("mail_relay_sandbox_secret_omnihubb")]
    public async Task Whoever_is_no_relay_hands_nothing_in(string? secret)
    {
        using var answer = await hub.UnchangedAsync(() => hub.RelayAsync("bounce+x@omnihub.example", "Subject: x\n\nx", secret));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_bounce_marks_the_mailbox_dead_and_the_notice_goes_by_phone()
    {
        var payer = await PayerAsync("bounce");
        var sale = await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();

        Assert.Contains(await payer.MessagesAsync(), m => m.Contains("paid EUR 49.90", StringComparison.Ordinal));
        Assert.True((await AddressAsync(payer)).Dead);
        var told = (await TimelineAsync(sale)).Where(e => e.Text("type").StartsWith("notification.", StringComparison.Ordinal)).Select(e => $"{e.Text("type")} {e.GetProperty("channel").GetString()}").ToList();
        Assert.Contains("notification.failed email", told);
        Assert.Equal("notification.delivered sms", told[^1]);
    }

    /// <summary>Receipt and shipment of one order, one after the other: each comes back, and each is told by phone.</summary>
    [Fact]
    [Trait("Invariant", "17")]
    public async Task Two_notices_of_one_order_that_come_back_are_told_each()
    {
        var payer = await PayerAsync("full");
        var sale = await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();
        foreach (var (path, body) in new[] { ("shipments", """{"carrier":"DHL","tracking":"T-77"}"""), ("deliveries", "{}") })
        {
            await hub.Acme.DoAsync($"/v1/orders/{sale.OrderId}/{path}", body);
            await hub.QuietAsync();
        }

        var texts = await payer.MessagesAsync();

        Assert.All(["paid EUR 49.90", "T-77", "was delivered"], words => Assert.Single(texts, m => m.Contains(words, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_full_mailbox_is_passed_by_and_stays_alive()
    {
        var payer = await PayerAsync("full");
        await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();

        Assert.Contains(await payer.MessagesAsync(), m => m.Contains("paid EUR 49.90", StringComparison.Ordinal));
        Assert.False((await AddressAsync(payer)).Dead);
    }

    [Fact]
    public async Task A_delay_is_noted_for_staff_and_changes_nothing_else()
    {
        var payer = await PayerAsync("slow");
        var sale = await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();

        Assert.Contains(await TimelineAsync(sale), e => e.Text("type") == "notification.delayed");
        Assert.DoesNotContain(await payer.MessagesAsync(), m => m.Contains("paid EUR 49.90", StringComparison.Ordinal));
        using var browser = await payer.BrowserAsync();
        using var seen = await browser.AskAsync($"/v1/customers/{payer.Id}/timeline");
        Assert.DoesNotContain("notification.delayed", await seen.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complaint_mutes_the_topic_and_an_out_of_office_note_does_nothing()
    {
        var (grumpy, away) = (await PayerAsync("complain"), await PayerAsync("away"));
        await (await hub.Acme.SellAsync(grumpy)).ConfirmedAsync();
        await (await hub.Acme.SellAsync(away)).ConfirmedAsync();

        Assert.Empty((await CustomerAsync(grumpy)).Preferences.ChannelsFor(Domain.Notifications.NoticeTopic.Receipts));
        Assert.NotEmpty((await CustomerAsync(grumpy)).Preferences.ChannelsFor(Domain.Notifications.NoticeTopic.Refunds));
        Assert.NotEmpty((await CustomerAsync(away)).Preferences.ChannelsFor(Domain.Notifications.NoticeTopic.Receipts));
    }

    /// <summary>A mail says what it likes of its sender; only the mailbox it came to counts, and that is unforgeable.</summary>
    [Fact]
    public async Task A_report_to_a_mailbox_this_hub_did_not_make_is_taken_and_dropped()
    {
        var payer = await PayerAsync("fine");
        await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();
        var mail = await hub.MailAsync(payer.Email, "Receipt");
        var delivery = mail.Header("X-OmniHub-Delivery")!;
        var real = hub.Get<MailTokens>().BounceTo(delivery)!;
        string[] wrong = [$"bounce+{delivery}@omnihub.example", real.Replace("bounce+", "reply+", StringComparison.Ordinal), real[..10] + "0" + real[11..], "hub@omnihub.example", mail.Text("to")];

        foreach (var recipient in wrong)
        {
            using var answer = await hub.UnchangedAsync(() => hub.RelayAsync(recipient, Report(mail.Text("to"), "5.1.1")));
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        Assert.False((await AddressAsync(payer)).Dead);
        using (await hub.RelayAsync(real, Report(mail.Text("to"), "5.1.1"))) { }
        await hub.QuietAsync();
        Assert.True((await AddressAsync(payer)).Dead);
    }

    /// <summary>What a server once denied may be there again, and the merchant of another customer cannot help it.</summary>
    [Fact]
    public async Task A_mailbox_that_was_taken_for_dead_comes_back_by_a_code_or_by_a_reply()
    {
        var payer = await PayerAsync("alive");
        await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();
        var first = (await hub.MailAsync(payer.Email, "Receipt")).Header("X-OmniHub-Delivery")!;
        await DieAsync(first);
        Assert.True((await AddressAsync(payer)).Dead);

        await ProveAsync(payer);
        Assert.False((await AddressAsync(payer)).Dead);
        await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();
        Assert.Equal(2, (await hub.MailsAsync(payer.Email)).Count(m => m.Text("subject").StartsWith("Receipt", StringComparison.Ordinal)));

        await DieAsync((await hub.MailAsync(payer.Email, "Receipt")).Header("X-OmniHub-Delivery")!);
        Assert.True((await AddressAsync(payer)).Dead);
        using (await hub.RelayAsync(hub.Get<MailTokens>().ReplyTo(first)!, $"From: {payer.Email}\nSubject: Re: x\n\nI am here.\n")) { }
        Assert.False((await AddressAsync(payer)).Dead);
    }

    [Fact]
    public async Task A_report_that_comes_twice_counts_once()
    {
        var payer = await PayerAsync("twice");
        var sale = await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();
        var real = hub.Get<MailTokens>().BounceTo((await hub.MailAsync(payer.Email, "Receipt")).Header("X-OmniHub-Delivery")!)!;

        for (var time = 0; time < 3; time++) using (await hub.RelayAsync(real, Report(payer.Email, "5.1.1") + time)) { }
        await hub.QuietAsync();

        Assert.Single(await TimelineAsync(sale), e => e.Text("type") == "notification.failed");
        Assert.Single(await payer.MessagesAsync(), m => m.Contains("paid EUR 49.90", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0")]
    [InlineData("Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n--x--")]
    [InlineData("Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\nContent-Type: message/rfc822\n\n")]
    public async Task What_nobody_can_read_is_taken_and_dropped(string raw)
    {
        var payer = await PayerAsync("noise");
        await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();
        var real = hub.Get<MailTokens>().BounceTo((await hub.MailAsync(payer.Email, "Receipt")).Header("X-OmniHub-Delivery")!)!;

        using var answer = await hub.UnchangedAsync(() => hub.RelayAsync(real, raw));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.NoContent)]
    [InlineData(1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_mail_has_a_size(int beside, HttpStatusCode status)
    {
        const string head = "Subject: x\r\n\r\n";

        using var answer = await hub.RelayAsync("hub@omnihub.example", head + new string('x', (1024 * 1024) - head.Length + beside));

        Assert.Equal(status, answer.StatusCode);
    }

    private async Task DieAsync(string delivery)
    {
        using (await hub.RelayAsync(hub.Get<MailTokens>().BounceTo(delivery)!, Report("x@example.com", "5.1.1"))) { }
        await hub.QuietAsync();
    }

    private async Task ProveAsync(Payer payer)
    {
        using var browser = await payer.BrowserAsync();
        var mailbox = $"/v1/customers/{payer.Id}/addresses/adr_{payer.Id[4..]}_2/verification";
        await browser.DoAsync(mailbox);
        await hub.QuietAsync();
        var code = System.Text.RegularExpressions.Regex.Match((await hub.MailAsync(payer.Email, "code")).Text("text"), @"\d{6}").Value;
        await browser.DoAsync($"{mailbox}/check", $$"""{"code":"{{code}}"}""");
        await hub.QuietAsync();
    }

    private static string Report(string mailbox, string status) => $"""
        Auto-Submitted: auto-replied
        Content-Type: multipart/report; report-type=delivery-status; boundary=x

        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; {mailbox}
        Action: failed
        Status: {status}

        --x--

        """;

    // A customer whose mailbox has a habit: what stands before the plus tells the sandbox's mail server which.
    private async Task<Payer> PayerAsync(string habit)
    {
        var payer = await hub.Acme.NewPayerAsync(habit: habit);
        return await payer.VerifiedAsync();
    }

    private async Task<AddressState> AddressAsync(Payer payer)
    {
        var mailbox = (await CustomerAsync(payer)).Addresses.Single(a => a.Channel is Domain.Confirmations.Channel.Email);
        return (AddressState)(await hub.Get<IActors>().ReadAsync(HubKinds.Address[mailbox.AddressKey], TestContext.Current.CancellationToken)).State;
    }

    private async Task<Customer> CustomerAsync(Payer payer) =>
        (Customer)(await hub.Get<IActors>().ReadAsync(HubKinds.Customer[payer.Id], TestContext.Current.CancellationToken)).State;

    private async Task<IReadOnlyList<JsonElement>> TimelineAsync(Sale sale)
    {
        await hub.QuietAsync();
        using var seen = await hub.Acme.Client.AskAsync($"/v1/customers/{sale.Payer.Id}/timeline");
        return [.. (await seen.MadeAsync()).GetProperty("data").EnumerateArray()];
    }
}
