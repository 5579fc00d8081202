using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Actors;
using Hub.Api.Access;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Domain.Addresses;
using Hub.Domain.Customers;
using Hub.Domain.Notifications;

namespace Hub.Api.Tests.Journey;

/// <summary>Addresses join a customer by proof alone, leave it with a way back, and wait where they come after another one. Each with its expected timeline.</summary>
[Trait("Invariant", "14")]
public sealed class AddressTests(JourneyHub hub) : IClassFixture<JourneyHub>
{
    private static int s_numbers;

    [Fact]
    public async Task A_new_number_waits_a_day_the_old_one_is_told_and_goes_on_confirming()
    {
        var payer = await NewAsync();
        var (address, number) = await AddAsync(payer);
        Assert.StartsWith($"OmniHub: an address ending in {number[^2..]} was added to your account. It may confirm payments in 24 hours.", (await payer.MessagesAsync())[^1], StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Null, (await payer.AddressAsync(address)).GetProperty("held_until").ValueKind);

        var sale = await (await hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();
        Assert.Equal([payer.PhoneAddress], (await sale.StateAsync()).LastAttempt!.Routes.Select(r => r.AddressId));
        Assert.DoesNotContain((await (payer with { Phone = number }).MessagesAsync()), text => text.Contains("Reply PAY", StringComparison.Ordinal));

        hub.Clock.Advance(TimeSpan.FromHours(24));
        await hub.QuietAsync();
        var later = await (await hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();
        Assert.Equal([payer.PhoneAddress, address], (await later.StateAsync()).LastAttempt!.Routes.Select(r => r.AddressId));
    }

    [Fact]
    public async Task NOT_ME_from_the_old_number_stops_the_new_one()
    {
        var payer = await NewAsync();
        var (address, _) = await AddAsync(payer);

        await TextAsync(payer.Phone, "Not me!");

        Assert.StartsWith("OmniHub: thank you. The new address confirms nothing.", (await payer.MessagesAsync())[^1], StringComparison.Ordinal);
        var stopped = await payer.AddressAsync(address);
        Assert.False(stopped.GetProperty("verified").GetBoolean());
        Assert.Equal("not_me", stopped.Text("reverify_reason"));
        await ExpectAsync(payer, "customer.address_added", "customer.address_verified web", "customer.address_lost");

        // With nothing to object to, it answers nothing.
        await TextAsync(payer.Phone, "NOT ME");
        Assert.StartsWith("OmniHub: that matches no open request.", (await payer.MessagesAsync())[^1], StringComparison.Ordinal);
    }

    /// <summary>A session that got about takes no address away in silence: the others hear of it, and the one that is gone for a last time.</summary>
    [Fact]
    public async Task Taking_an_address_away_is_told_to_it_and_to_the_others()
    {
        var payer = await NewAsync();
        var (_, number) = await AddAsync(payer);
        hub.Clock.Advance(TimeSpan.FromHours(24));
        await hub.QuietAsync();

        await RemoveAsync(payer);

        var words = $"OmniHub: the address ending in {payer.Phone[^2..]} was removed from your account. Not you? Tell the shop: for 30 days it can be given back.";
        Assert.Equal(words, (await payer.MessagesAsync())[^1]);
        Assert.Equal(words, (await (payer with { Phone = number }).MessagesAsync())[^1]);
    }

    /// <summary>What cannot be told to a phone that wants no messages is nobody's to look into.</summary>
    [Fact]
    public async Task Taking_a_stopped_number_away_opens_no_case()
    {
        var payer = await NewAsync();
        await TextAsync(payer.Phone, "STOP");
        var before = await payer.MessagesAsync();

        await RemoveAsync(payer);

        Assert.Equal(before, await payer.MessagesAsync());
        Assert.DoesNotContain(await hub.Acme.Client.WalkAsync("/v1/cases"), c => c.Text("customer") == payer.Id);
    }

    /// <summary>It was given back before the others heard that it was gone.</summary>
    [Fact]
    public async Task A_notice_with_nothing_left_to_tell_ends_well_and_opens_no_case()
    {
        var payer = await NewAsync();
        var customer = await StateAsync(payer);
        var route = customer.FindAddress(payer.PhoneAddress)!.Route;
        var id = $"ntf_{payer.PhoneAddress[4..].Replace('_', 'n')}w99";
        var request = new NotificationCommand.Request(
            id, NotificationKind.AddressRemoved, new About(customer.Merchant, payer.Id, Part: payer.PhoneAddress), [new Recipient(route, Verified: true)], hub.Clock.GetUtcNow().AddDays(3));
        await hub.Get<IActors>().SendAsync(HubKinds.Notification[id], new Envelope(id, request), TestContext.Current.CancellationToken);
        await hub.QuietAsync();

        var told = (Notification)(await hub.Get<IActors>().ReadAsync(HubKinds.Notification[id], TestContext.Current.CancellationToken)).State;
        Assert.Equal((NotificationOutcome.Acknowledged, null), (told.Outcome, told.Case));
    }

    /// <summary>A session that got about cannot keep the owner's phone busy until nothing more may be sent to it.</summary>
    [Fact]
    public async Task Taking_an_address_away_and_giving_it_back_over_and_over_is_refused_for_a_while()
    {
        var payer = await NewAsync();
        using var browser = await payer.BrowserAsync();
        var path = $"/v1/customers/{payer.Id}/addresses/{payer.PhoneAddress}";
        for (var i = 0; i < AddressChanges.MaxPerHour; i++)
        {
            using (var removed = await browser.CallAsync("DELETE", path, null, $"{Guid.NewGuid()}")) Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
            using var given = await browser.SendAsync($"{path}/restore", "{}");
            Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        }

        using var refused = await browser.CallAsync("DELETE", path, null, $"{Guid.NewGuid()}");
        var problem = await refused.ProblemAsync(HttpStatusCode.Conflict, "too_many_address_changes");

        Assert.Equal("later", problem.Text("retry"));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Taking_an_address_away_that_nobody_proved_is_told_to_nobody()
    {
        var payer = await NewAsync();
        using var browser = await payer.BrowserAsync();
        var made = await browser.DoAsync($"/v1/customers/{payer.Id}/addresses", """{"channel":"sms","address":"+14155580000"}""");
        var address = made.GetProperty("addresses").EnumerateArray().Last().Text("id");
        var before = (await payer.MessagesAsync()).Count;

        using (var removed = await browser.CallAsync("DELETE", $"/v1/customers/{payer.Id}/addresses/{address}", null, $"{Guid.NewGuid()}")) Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        await hub.QuietAsync();

        Assert.Equal(before, (await payer.MessagesAsync()).Count);
        Assert.Empty(await (payer with { Phone = "+14155580000" }).MessagesAsync());
    }

    /// <summary>Whoever has a session can add an address and prove it: that alone proves no wallet, and the refusal says until when.</summary>
    [Fact]
    public async Task An_address_that_is_held_gets_no_code_for_the_wallet_until_it_is_no_longer()
    {
        var payer = await NewAsync();
        var (address, _) = await AddAsync(payer);
        using var browser = await payer.BrowserAsync();
        var until = (await payer.AddressAsync(address)).GetProperty("held_until").GetDateTimeOffset();
        var body = $$"""{"address":"{{address}}"}""";

        using var refused = await browser.SendAsync($"/v1/customers/{payer.Id}/wallet/code", body);
        var problem = await refused.ProblemAsync(HttpStatusCode.Conflict, "address_held");
        var left = until - hub.Clock.GetUtcNow();

        Assert.Equal("later", problem.Text("retry"));
        Assert.Contains($"until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC", problem.Text("detail"), StringComparison.Ordinal);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, left, left + TimeSpan.FromMinutes(1));
        hub.Clock.Advance(left);
        using var later = await payer.BrowserAsync();
        await later.DoAsync($"/v1/customers/{payer.Id}/wallet/code", body);
    }

    /// <summary>Whoever has a session can take the old number away, before or after it is told: it is told all the same, and its objection counts.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Taking_the_old_number_away_silences_neither_the_warning_nor_NOT_ME(bool first)
    {
        var payer = await NewAsync();
        if (first) await RemoveAsync(payer);
        var (address, number) = await AddAsync(payer);
        if (!first) await RemoveAsync(payer);
        Assert.Contains(await payer.MessagesAsync(), text => text.StartsWith($"OmniHub: an address ending in {number[^2..]} was added to your account.", StringComparison.Ordinal));

        Assert.StartsWith("OmniHub: thank you. The new address confirms nothing.", await AskAsync(payer, "NOT ME"), StringComparison.Ordinal);

        Assert.Equal((false, "not_me"), ((await payer.AddressAsync(address)).GetProperty("verified").GetBoolean(), (await payer.AddressAsync(address)).Text("reverify_reason")));
    }

    [Fact]
    public async Task A_number_that_changed_hands_is_asked_nothing_more_once_its_new_owner_says_so()
    {
        var payer = await (await NewAsync()).MailProvedAsync();
        var sale = await (await hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();

        await TextAsync(payer.Phone, $"NOT ME {await sale.PhoneDigitsAsync()}");

        Assert.Equal("canceled", await sale.StatusAsync());
        var next = await (await hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();
        Assert.DoesNotContain(payer.PhoneAddress, (await next.StateAsync()).LastAttempt!.Routes.Select(r => r.AddressId));

        // What becomes of the payment and what becomes of the number follow from one answer, in no order among themselves.
        await ExpectAsync(payer, "payment.confirmation_sent sms", "payment.confirmation_rejected sms", "payment.confirmation_sent email");
        await ExpectAsync(payer, "payment.confirmation_sent sms", "customer.address_lost", "payment.confirmation_sent email");
    }

    /// <summary>The carrier's 30005 and 30006, and 30003 for days: the number is proved anew, or not at all.</summary>
    [Theory]
    [InlineData("gone")]
    [InlineData("unreachable")]
    public async Task A_number_the_carrier_says_is_gone_has_to_be_proved_anew_and_waits_then(string reason)
    {
        var payer = await (await NewAsync()).MailProvedAsync();
        var key = HubKinds.Address[(await StateAsync(payer)).FindAddress(payer.PhoneAddress)!.AddressKey];
        var commands = reason == "gone"
            ? [new AddressCommand.ReportDead("30005")]
            : Enumerable.Range(0, AddressDecider.MaxNotReached).Select(AddressCommand (_) => new AddressCommand.ReportUnreachable()).ToArray();
        foreach (var (command, number) in commands.Select((c, i) => (c, i)))
        {
            if (number == commands.Length - 1 && number > 0) hub.Clock.Advance(TimeSpan.FromDays(AddressDecider.NotReachedDays));
            await hub.Get<IActors>().SendAsync(key, new Envelope($"test:{payer.Id}:{number}", command), TestContext.Current.CancellationToken);
        }

        await hub.QuietAsync();
        var lost = await payer.AddressAsync();
        Assert.Equal((false, reason), (lost.GetProperty("verified").GetBoolean(), lost.Text("reverify_reason")));
        var sale = await (await hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();
        Assert.DoesNotContain(payer.PhoneAddress, (await sale.StateAsync()).LastAttempt!.Routes.Select(r => r.AddressId));

        // Whoever has it now writes from it, so it is alive; the right code proves it, and then it waits.
        await TextAsync(payer.Phone, "hello");
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await payer.VerifiedAsync();
        await hub.QuietAsync();
        var again = await payer.AddressAsync();
        Assert.Equal((true, JsonValueKind.String), (again.GetProperty("verified").GetBoolean(), again.GetProperty("held_until").ValueKind));
        await ExpectAsync(payer, "customer.address_lost", "payment.confirmation_sent email", "customer.address_verified web");
    }

    [Fact]
    public async Task An_address_is_taken_away_and_given_back_by_the_customer_or_by_staff_and_the_timeline_says_by_whom()
    {
        var payer = await NewAsync();
        using var browser = await payer.BrowserAsync();
        var path = $"/v1/customers/{payer.Id}/addresses/{payer.PhoneAddress}";
        using (var removed = await browser.CallAsync("DELETE", path, null, $"{Guid.NewGuid()}")) Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        await hub.QuietAsync();
        Assert.DoesNotContain(payer.PhoneAddress, (await payer.ReadAsync()).GetRawText(), StringComparison.Ordinal);
        Assert.StartsWith("OmniHub: payment confirmations.", await AskAsync(payer, "STATUS"), StringComparison.Ordinal);

        var staff = await hub.StaffAsync(StaffRole.Support);
        using (var given = await staff.CallAsync("POST", $"{path}/restore", "{}", $"{Guid.NewGuid()}")) Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        await hub.QuietAsync();
        Assert.True((await payer.AddressAsync()).GetProperty("verified").GetBoolean());
        Assert.StartsWith("OmniHub: no order of that number", await AskAsync(payer, "STATUS"), StringComparison.Ordinal);
        await ExpectAsync(payer, "customer.address_verified web", "customer.address_removed", "customer.address_restored");
    }

    [Fact]
    [Trait("Invariant", "15")]
    public async Task A_yes_from_an_address_that_is_no_longer_the_customers_moves_no_money()
    {
        var payer = await (await NewAsync()).MailProvedAsync();
        var sale = await (await hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();
        using var browser = await payer.BrowserAsync();
        using (await browser.CallAsync("DELETE", $"/v1/customers/{payer.Id}/addresses/{payer.PhoneAddress}", null, $"{Guid.NewGuid()}")) await hub.QuietAsync();

        Assert.StartsWith("OmniHub: that matches no open request.", await AskAsync(payer, $"PAY {await sale.PhoneDigitsAsync()}"), StringComparison.Ordinal);

        Assert.Equal("awaiting_confirmation", await sale.StatusAsync());
        Assert.Contains("payment.answer_ignored sms", await payer.TimelineAsync());
    }

    [Theory]
    [InlineData("""{"channel":"sms","address":"0151 12345678"}""", "address")]
    [InlineData("""{"channel":"sms","address":"+19005550100"}""", "address")]
    [InlineData("""{"channel":"whatsapp","address":"whatsapp:+4915112345678"}""", "address")]
    [InlineData("""{"channel":"email","address":"ada"}""", "address")]
    [InlineData("""{"channel":"web","address":"x"}""", "channel")]
    [InlineData("""{"channel":"pigeon","address":"x"}""", "channel")]
    [InlineData("""{"channel":"sms"}""", "address")]
    [InlineData("""{"address":"+4915112345678"}""", "channel")]
    public async Task An_address_that_cannot_be_is_not_added(string body, string field)
    {
        var payer = await hub.AdaAsync();
        using var browser = await payer.BrowserAsync();
        using var answer = await hub.UnchangedAsync(() => browser.SendAsync($"/v1/customers/{payer.Id}/addresses", body));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Contains(field, problem.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    /// <summary>Whoever was given the number since can prove it within the minutes that the old owner's payment waits.</summary>
    [Fact]
    [Trait("Invariant", "14")]
    public async Task A_number_that_was_lost_and_proved_anew_says_yes_to_nothing_that_was_asked_before()
    {
        var payer = await NewAsync();
        var sale = await (await hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();
        var digits = await sale.PhoneDigitsAsync();
        var key = HubKinds.Address[(await StateAsync(payer)).FindAddress(payer.PhoneAddress)!.AddressKey];
        await hub.Get<IActors>().SendAsync(key, new Envelope($"test:{payer.Id}:gone", new AddressCommand.ReportDead("30005")), TestContext.Current.CancellationToken);
        await hub.QuietAsync();
        await payer.VerifiedAsync();
        await hub.QuietAsync();

        await TextAsync(payer.Phone, $"PAY {digits}");

        Assert.NotEqual("succeeded", await sale.StatusAsync());
        Assert.Contains("payment.answer_ignored sms", await payer.TimelineAsync());
    }

    [Fact]
    public async Task A_link_for_one_payment_neither_adds_nor_takes_away_an_address()
    {
        var payer = await NewAsync();
        var sale = await hub.Acme.SellAsync(payer);
        using var browser = await payer.BrowserAsync(sale.Payment);
        var path = $"/v1/customers/{payer.Id}/addresses";

        using var added = await browser.SendAsync(path, """{"channel":"sms","address":"+4915112345678"}""");
        using var removed = await browser.CallAsync("DELETE", $"{path}/{payer.PhoneAddress}", null, $"{Guid.NewGuid()}");
        using var restored = await browser.SendAsync($"{path}/{payer.PhoneAddress}/restore", "{}");

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], [added.StatusCode, removed.StatusCode, restored.StatusCode]);
    }

    /// <summary>WhatsApp from end to end: added, proved by agreed words, asked, answered, read.</summary>
    [Fact]
    public async Task WhatsApp_is_proved_by_its_code_and_confirms_a_payment()
    {
        var payer = await NewAsync();
        using var browser = await payer.BrowserAsync();
        var made = await browser.DoAsync($"/v1/customers/{payer.Id}/addresses", $$"""{"channel":"whatsapp","address":"{{payer.Phone}}"}""");
        var address = made.GetProperty("addresses").EnumerateArray().Single(a => a.Text("channel") == "whatsapp").Text("id");
        await ProveAsync(payer, address, "Your code is");
        Assert.Equal(JsonValueKind.Null, (await payer.AddressAsync(address)).GetProperty("held_until").ValueKind);
        using (await browser.CallAsync("PATCH", $"/v1/customers/{payer.Id}", """{"confirmation":{"method":"whatsapp","fallback":["sms"]}}""", $"{Guid.NewGuid()}")) await hub.QuietAsync();

        var sale = await (await hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();
        var asked = (await ChatsAsync(payer))[^1];
        Assert.StartsWith("Pay EUR ", asked, StringComparison.Ordinal);
        using (var typed = await browser.SendAsync($"/sandbox/api/phones/{Uri.EscapeDataString(payer.Phone)}/messages", $$"""{"channel":"whatsapp","body":"PAY {{Regex.Match(asked, "PAY ([0-9]{4})").Groups[1].Value}}"}""")) Assert.Equal(HttpStatusCode.Created, typed.StatusCode);
        await hub.QuietAsync();

        Assert.Equal("succeeded", await sale.StatusAsync());
        await ExpectAsync(payer, "customer.address_added", "payment.confirmation_sent whatsapp", "notification.read whatsapp", "payment.confirmation_matched whatsapp");
    }

    [Fact]
    public async Task Two_customers_of_one_shop_with_one_number_stay_two()
    {
        var ada = await NewAsync();
        var made = await hub.Acme.DoAsync("/v1/customers", $$"""{"name":"Bob","phone":"{{ada.Phone}}"}""");
        var bob = await (ada with { Id = made.Text("id"), PhoneAddress = made.GetProperty("addresses")[0].Text("id") }).VerifiedAsync();
        await hub.QuietAsync();

        var sale = await (await hub.Acme.SellAsync(bob)).AwaitingConfirmationAsync();
        await TextAsync(ada.Phone, $"PAY {await sale.PhoneDigitsAsync()}");

        Assert.Equal("succeeded", await sale.StatusAsync());
        Assert.NotEqual(ada.Id, bob.Id);
        Assert.DoesNotContain(await ada.TimelineAsync(), line => line.StartsWith("payment.", StringComparison.Ordinal));
    }

    private async Task<Payer> NewAsync()
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        await hub.QuietAsync();
        return payer;
    }

    /// <summary>Adds one more number and proves it.</summary>
    private async Task<(string Address, string Number)> AddAsync(Payer payer)
    {
        var number = $"+1415559{Interlocked.Increment(ref s_numbers):0000}";
        using var browser = await payer.BrowserAsync();
        var made = await browser.DoAsync($"/v1/customers/{payer.Id}/addresses", $$"""{"channel":"sms","address":"{{number}}"}""");
        var address = made.GetProperty("addresses").EnumerateArray().Last().Text("id");
        await (payer with { Phone = number, PhoneAddress = address }).VerifiedAsync();
        await hub.QuietAsync();
        return (address, number);
    }

    private async Task RemoveAsync(Payer payer)
    {
        using var browser = await payer.BrowserAsync();
        using (var removed = await browser.CallAsync("DELETE", $"/v1/customers/{payer.Id}/addresses/{payer.PhoneAddress}", null, $"{Guid.NewGuid()}")) Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        await hub.QuietAsync();
    }

    private async Task ProveAsync(Payer payer, string address, string words)
    {
        using var browser = await payer.BrowserAsync();
        await browser.DoAsync($"/v1/customers/{payer.Id}/addresses/{address}/verification");
        await hub.QuietAsync();
        var text = (await ChatsAsync(payer))[^1];
        Assert.StartsWith(words, text, StringComparison.Ordinal);
        await browser.DoAsync($"/v1/customers/{payer.Id}/addresses/{address}/verification/check", $$"""{"code":"{{Regex.Match(text, "[0-9]{6}").Value}}"}""");
        await hub.QuietAsync();
    }

    /// <summary>What arrived by WhatsApp, oldest first.</summary>
    private async Task<IReadOnlyList<string>> ChatsAsync(Payer payer)
    {
        using var client = hub.Client();
        using var answer = await client.AskAsync($"/sandbox/api/phones/{Uri.EscapeDataString(payer.Phone)}/messages");
        return [.. (await answer.JsonAsync()).EnumerateArray().Where(m => m.Text("direction") == "in" && m.Text("channel") == "whatsapp").Select(m => m.Text("body"))];
    }

    private async Task<string> AskAsync(Payer payer, string words)
    {
        await TextAsync(payer.Phone, words);
        return (await payer.MessagesAsync())[^1];
    }

    private async Task TextAsync(string phone, string words)
    {
        using var answer = await hub.TextAsync(phone, words);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await hub.QuietAsync();
    }

    private async Task<Customer> StateAsync(Payer payer) => (Customer)(await hub.Get<IActors>().ReadAsync(HubKinds.Customer[payer.Id], TestContext.Current.CancellationToken)).State;

    // Of each step the last time it happened, in order.
    private static async Task ExpectAsync(Payer payer, params string[] steps) =>
        Assert.Equal(steps, (await payer.TimelineAsync()).Reverse().Where(steps.Contains).Distinct().Reverse());
}
