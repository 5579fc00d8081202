using System.Text.Json;
using Hub.Actors;
using Hub.Actors.Audit.Stored;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>What can wait comes in one mail a day, at the customer's own time.</summary>
[Trait("Invariant", "27")]
public sealed class DigestTests : IAsyncLifetime
{
    private readonly JourneyHub _hub = new() { Settings = ["--Hub:SandboxClock=2031-03-28T12:00:00Z"] };

    public ValueTask InitializeAsync() => _hub.InitializeAsync();

    /// <summary>Whatever was played, the journal says so as it promises: nothing that waited is lost, or told twice.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _hub.QuietAsync();
            using var verifier = JournalVerifier.Open(Path.Combine(_hub.Folder, "journal.db"), new KindCatalog(HubKinds.All));
            Assert.Empty(verifier.Run(new VerifyOptions(AtRest: true), _ => { }).Violations);
        }
        finally
        {
            await _hub.DisposeAsync();
        }
    }

    /// <summary>Berlin's clocks go forward in the night before: nine o'clock is seven in UTC, where it was eight.</summary>
    [Fact]
    public async Task Receipt_and_shipment_come_in_one_mail_at_the_customers_time_over_a_change_of_clocks()
    {
        _hub.Clock.Advance(new DateTimeOffset(2031, 3, 29, 12, 0, 0, TimeSpan.Zero) - _hub.Clock.GetUtcNow());
        var payer = await PayerAsync("""["receipts","shipping"]""");
        var first = await _hub.Acme.ShipAsync(payer, "T-1");
        var second = await _hub.Acme.ShipAsync(payer, "T-2");
        Assert.Empty(await _hub.MailsAsync(payer.Email));

        await _hub.MoveToAsync(new DateTimeOffset(2031, 3, 30, 6, 59, 59, TimeSpan.Zero));
        Assert.Empty(await _hub.MailsAsync(payer.Email));
        await _hub.MoveToAsync(new DateTimeOffset(2031, 3, 30, 7, 0, 1, TimeSpan.Zero));
        await _hub.MailedAsync(payer.Email, 1);

        var mail = Assert.Single(await _hub.MailsAsync(payer.Email));
        Assert.Equal("Your summary: 4 messages", mail.Text("subject"));
        foreach (var form in new[] { mail.Text("text"), mail.Text("html") })
        {
            Assert.All(["Paid: ", "T-1", "T-2", first.Order.Text("reference"), second.Order.Text("reference")], part => Assert.Contains(part, form, StringComparison.Ordinal));
            Assert.DoesNotContain("A book", form, StringComparison.Ordinal);
        }

        // A day on, nothing new: nothing is sent.
        await _hub.MoveToAsync(new DateTimeOffset(2031, 3, 31, 7, 0, 1, TimeSpan.Zero));
        Assert.Single(await _hub.MailsAsync(payer.Email));
    }

    [Fact]
    public async Task What_was_muted_meanwhile_is_left_out_and_whoever_was_forgotten_gets_nothing()
    {
        var muting = await PayerAsync("""["receipts","shipping"]""");
        var gone = await PayerAsync("""["receipts","shipping"]""");
        await _hub.Acme.ShipAsync(muting, "T-3");
        await _hub.Acme.ShipAsync(gone, "T-4");
        await muting.ChangeAsync("""{"notifications":{"shipping":[]}}""");
        await _hub.Acme.DoAsync($"/v1/customers/{gone.Id}/erase");

        await _hub.MoveToAsync(_hub.Clock.GetUtcNow().AddDays(1));
        await _hub.MailedAsync(muting.Email, 1);

        var mail = Assert.Single(await _hub.MailsAsync(muting.Email));
        Assert.StartsWith("Receipt from", mail.Text("subject"), StringComparison.Ordinal);
        Assert.DoesNotContain("T-3", mail.Text("text"), StringComparison.Ordinal);
        Assert.Empty(await _hub.MailsAsync(gone.Email));
    }

    [Fact]
    public async Task Only_what_was_chosen_waits_and_unsubscribing_from_a_digest_ends_all_that_is_in_it()
    {
        var payer = await PayerAsync("""["shipping"]""");
        await _hub.Acme.ShipAsync(payer, "T-5");
        await _hub.Acme.ShipAsync(payer, "T-6");
        Assert.All(await _hub.MailsAsync(payer.Email), m => Assert.StartsWith("Receipt", m.Text("subject"), StringComparison.Ordinal));

        await _hub.MoveToAsync(_hub.Clock.GetUtcNow().AddDays(1));
        await _hub.MailedAsync(payer.Email, 3);
        var digest = (await _hub.MailsAsync(payer.Email))[0];
        Assert.Equal("Your summary: 2 messages", digest.Text("subject"));

        using var client = _hub.Client();
        using var posted = await client.PostAsync(new Uri(digest.Text("unsubscribe")), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), TestContext.Current.CancellationToken);
        using var seen = await _hub.Acme.Client.AskAsync($"/v1/customers/{payer.Id}");
        var topics = (await seen.MadeAsync()).GetProperty("notifications");
        Assert.Equal(("[]", """["email","sms"]"""), (topics.GetProperty("shipping").GetRawText(), topics.GetProperty("receipts").GetRawText()));
    }

    /// <summary>A mailbox that nobody proved may be dead: the first digest shows it, and what was in it is told by text message; then nothing waits any more.</summary>
    [Fact]
    public async Task What_a_digest_cannot_deliver_is_told_by_text_message_and_does_not_wait_any_more()
    {
        var payer = await DeadAsync();
        await _hub.Acme.ShipAsync(payer, "T-7");
        Assert.DoesNotContain(await payer.MessagesAsync(), text => text.Contains("T-7", StringComparison.Ordinal));

        await _hub.MoveToAsync(_hub.Clock.GetUtcNow().AddDays(1));
        await payer.TextedAsync("2 messages about your orders");
        Assert.DoesNotContain(await payer.MessagesAsync(), text => text.Contains("T-7", StringComparison.Ordinal) || text.Contains("paid", StringComparison.Ordinal));

        await _hub.Acme.ShipAsync(payer, "T-8");
        Assert.Single(await payer.MessagesAsync(), text => text.Contains("T-8", StringComparison.Ordinal));
        Assert.Single(await payer.MessagesAsync(), text => text.Contains("paid", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_for_a_mailbox_that_is_taken_away_goes_to_the_phone_when_it_is_due()
    {
        var payer = await PayerAsync("""["receipts","shipping"]""");
        await _hub.Acme.ShipAsync(payer, "T-9");
        var mailbox = (await payer.ReadAsync()).GetProperty("addresses").EnumerateArray().Single(a => a.Text("channel") == "email").Text("id");
        using (var browser = await payer.BrowserAsync())
        using (var gone = await browser.CallAsync("DELETE", $"/v1/customers/{payer.Id}/addresses/{mailbox}", null, $"{Guid.NewGuid()}")) Assert.True(gone.IsSuccessStatusCode);

        await _hub.MoveToAsync(_hub.Clock.GetUtcNow().AddDays(1));
        await payer.TextedAsync("2 messages about your orders");

        Assert.DoesNotContain(await payer.MessagesAsync(), text => text.Contains("paid", StringComparison.Ordinal));
        Assert.Empty(await _hub.MailsAsync(payer.Email));
    }

    /// <summary>Fifty texts would take all that one phone is sent in an hour, and keep confirmations from it.</summary>
    [Fact]
    [Trait("Invariant", "27")]
    public async Task However_much_a_digest_holds_the_phone_gets_one_text_and_can_still_confirm()
    {
        var payer = await DeadAsync();
        for (var number = 0; number < 16; number++) await _hub.Acme.ShipAsync(payer, $"T-2{number}");
        await _hub.MoveToAsync(_hub.Clock.GetUtcNow().AddDays(1));
        await payer.TextedAsync("32 messages about your orders");
        await (await _hub.Acme.SellAsync(payer)).ConfirmedAsync();

        Assert.Single(await payer.MessagesAsync(), text => text.Contains("messages about your orders", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_customer_wants_on_the_phone_meanwhile_goes_there_and_the_rest_in_the_mail()
    {
        var payer = await PayerAsync("""["receipts","shipping"]""");
        await _hub.Acme.ShipAsync(payer, "T-10");
        await payer.ChangeAsync("""{"notifications":{"shipping":["sms"]}}""");

        await _hub.MoveToAsync(_hub.Clock.GetUtcNow().AddDays(1));
        await payer.TextedAsync("T-10");
        await _hub.MailedAsync(payer.Email, 1);

        Assert.StartsWith("Receipt from", Assert.Single(await _hub.MailsAsync(payer.Email)).Text("subject"), StringComparison.Ordinal);
        Assert.DoesNotContain(await payer.MessagesAsync(), text => text.Contains("paid", StringComparison.Ordinal));
    }

    /// <summary>The digest itself is remembered for a week; the mail in the mailbox stays.</summary>
    [Fact]
    public async Task Unsubscribing_from_a_digest_of_long_ago_ends_what_was_in_it_and_says_so_ever_after()
    {
        var payer = await PayerAsync("""["shipping"]""");
        await _hub.Acme.ShipAsync(payer, "T-11");
        await _hub.MoveToAsync(_hub.Clock.GetUtcNow().AddDays(1));
        await _hub.MailedAsync(payer.Email, 2);
        var old = (await _hub.MailsAsync(payer.Email))[0];
        await payer.ChangeAsync("""{"digest":{"at":"09:00","time_zone":"Europe/Berlin","topics":["receipts","refunds","shipping"]}}""");
        await _hub.MoveToAsync(_hub.Clock.GetUtcNow().AddDays(8));
        await _hub.Acme.ShipAsync(payer, "T-12");
        await _hub.MoveToAsync(_hub.Clock.GetUtcNow().AddDays(1));
        await _hub.MailedAsync(payer.Email, 3);
        await payer.ChangeAsync("""{"digest":{}}""");

        using var client = _hub.Client();
        using var posted = await client.PostAsync(new Uri(old.Text("unsubscribe")), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), TestContext.Current.CancellationToken);
        using var again = await client.GetAsync(new Uri(old.Text("unsubscribe")), TestContext.Current.CancellationToken);

        Assert.All([await posted.TextAsync(), await again.TextAsync()], page => Assert.Contains("Done. You get no more mails about shipping and delivery.", page, StringComparison.Ordinal));
        var topics = (await payer.ReadAsync()).GetProperty("notifications");
        Assert.Equal(["[]", """["email","sms"]""", """["email","sms"]"""], new[] { "shipping", "receipts", "refunds" }.Select(topic => topics.GetProperty(topic).GetRawText()));
    }

    // A customer with a phone that was proved, and a mailbox that refuses every mail.
    private async Task<Payer> DeadAsync()
    {
        var payer = await _hub.Acme.NewPayerAsync();
        using (var browser = await payer.BrowserAsync())
        {
            var mailbox = (await payer.ReadAsync()).GetProperty("addresses").EnumerateArray().Single(a => a.Text("channel") == "email").Text("id");
            using (var gone = await browser.CallAsync("DELETE", $"/v1/customers/{payer.Id}/addresses/{mailbox}", null, $"{Guid.NewGuid()}")) Assert.True(gone.IsSuccessStatusCode);
            await browser.DoAsync($"/v1/customers/{payer.Id}/addresses", """{"channel":"email","address":"refuse@example.com"}""");
        }

        payer = await payer.VerifiedAsync();
        await payer.ChangeAsync("""{"digest":{"at":"09:00","time_zone":"Europe/Berlin","topics":["receipts","shipping"]}}""");
        return payer;
    }

    private async Task<Payer> PayerAsync(string topics)
    {
        var payer = await (await _hub.Acme.NewPayerAsync()).VerifiedAsync();
        await payer.ChangeAsync($$$"""{"digest":{"at":"09:00","time_zone":"Europe/Berlin","topics":{{{topics}}}}}""");
        return payer;
    }
}
