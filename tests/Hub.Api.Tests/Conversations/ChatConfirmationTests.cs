using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Api.Tests.Live;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;

namespace Hub.Api.Tests.Conversations;

/// <summary>A payment confirmed by a button in the chat, on a device that was proved; beside other channels, and against those who hold a session alone.</summary>
/// <remarks>Invariants 14 to 16. The clock stands still and is moved, hence a hub of its own.</remarks>
[Collection("journey")]
public sealed partial class ChatConfirmationTests : IAsyncLifetime
{
    private const string Secret = "kZ3vQ9xY7wT1rB5nM8cL2pD6fG4hJ0sAaEeIiOoUuXyZ";

    private readonly JourneyHub _hub = new();

    public async ValueTask InitializeAsync()
    {
        await _hub.InitializeAsync();
        _hub.Clock.Freeze();
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    [Trait("Invariant", "14")]
    public async Task A_button_in_the_chat_confirms_the_payment_and_is_gone()
    {
        var talk = await BoundAsync();
        await using var page = await OpenAsync(talk);
        var sale = await (await _hub.Acme.SellAsync(talk.Payer)).AwaitingConfirmationAsync();
        var shown = await OfferAsync(page);
        var texts = await talk.Payer.MessagesAsync();

        var buttons = shown.GetProperty("buttons").EnumerateArray().ToList();
        var digits = buttons[0].Text("command")[4..];
        var whileOpen = await GetAsync(talk, $"/v1/conversations/{talk.Id}/messages");
        await PressAsync(talk, buttons[0].Text("command"));
        await _hub.QuietAsync();
        var ended = Offer(await ReadAsync(talk));

        Assert.All(
            [await GetAsync(talk, $"/v1/conversations/{talk.Id}"), await GetAsync(talk, $"/v1/conversations/{talk.Id}/messages")],
            text => Assert.DoesNotContain($"PAY {digits}", text, StringComparison.Ordinal));
        Assert.Contains($"PAY {digits}", whileOpen, StringComparison.Ordinal);
        Assert.Equal(["Pay", "Reject"], buttons.Select(b => b.Text("label")));
        Assert.Equal("succeeded", await sale.StatusAsync());
        Assert.Equal(Channel.Chat, (await sale.StateAsync()).LastAttempt!.Confirmation!.AnsweredOn);
        Assert.Equal(("matched", 0), (ended.GetProperty("confirmation").Text("ended"), ended.GetProperty("buttons").GetArrayLength()));
        Assert.DoesNotContain(texts, t => t.Contains("PAY ", StringComparison.Ordinal));
        Assert.Contains("PAY ****", $"{await ReadAsync(talk)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_button_rejects_as_well()
    {
        var talk = await BoundAsync();
        await using var page = await OpenAsync(talk);
        var sale = await (await _hub.Acme.SellAsync(talk.Payer)).AwaitingConfirmationAsync();

        await PressAsync(talk, (await OfferAsync(page)).GetProperty("buttons")[1].Text("command"));
        await _hub.QuietAsync();

        Assert.Equal("requires_payment_method", await sale.StatusAsync());
        Assert.Equal("rejected", Offer(await ReadAsync(talk)).GetProperty("confirmation").Text("ended"));
    }

    [Fact]
    public async Task With_no_page_open_the_request_goes_to_the_phone_at_once()
    {
        var talk = await BoundAsync();
        var sale = await (await _hub.Acme.SellAsync(talk.Payer)).AwaitingConfirmationAsync();

        Assert.Equal(4, (await sale.PhoneDigitsAsync()).Length);
        Assert.DoesNotContain((await ReadAsync(talk)).GetProperty("messages").EnumerateArray(), m => m.GetProperty("confirmation").ValueKind != JsonValueKind.Null);
    }

    /// <summary>A page for one payment shows nothing of another: it is no place to ask there.</summary>
    [Theory]
    [Trait("Invariant", "22")]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_page_for_one_payment_is_asked_about_that_payment_alone(bool same, int asked)
    {
        var talk = await BoundAsync();
        var (one, other) = (await _hub.Acme.SellAsync(talk.Payer), await _hub.Acme.SellAsync(talk.Payer));
        await using var page = await OpenAsync(talk, one.Payment);
        await (same ? one : other).AwaitingConfirmationAsync();
        await _hub.QuietAsync();

        Assert.Equal(asked, (await ReadAsync(talk)).GetProperty("messages").EnumerateArray().Count(m => m.GetProperty("confirmation").ValueKind is JsonValueKind.Object));
    }

    /// <summary>A merchant can make sessions for its customers; with one alone nobody sees the digits, and nobody's digits count.</summary>
    [Fact]
    [Trait("Invariant", "14")]
    public async Task A_session_without_the_device_sees_no_digits_and_answers_nothing()
    {
        var talk = await BoundAsync();
        await using var page = await OpenAsync(talk);
        var sale = await (await _hub.Acme.SellAsync(talk.Payer)).AwaitingConfirmationAsync();
        var command = (await OfferAsync(page)).GetProperty("buttons")[0].Text("command");
        var digits = command[4..];

        string[] others = [await talk.AsCustomerAsync(), $"{await talk.AsStaffAsync()}", $"{await ReadAsync(talk, new string('x', 43))}"];
        foreach (var secret in (string?[])[null, "short", new string('x', 43)]) await PressAsync(talk, command, secret);
        await _hub.QuietAsync();

        Assert.All(others, o => Assert.DoesNotContain($"PAY {digits}", o, StringComparison.Ordinal));
        Assert.All(others, o => Assert.Contains("on the device that was asked", o, StringComparison.Ordinal));
        Assert.Equal("awaiting_confirmation", await sale.StatusAsync());
        Assert.Equal(0, (await sale.StateAsync()).WrongAnswers);
        Assert.DoesNotContain(_hub.Query("journal.db", "SELECT payload FROM events"), p => p.Contains($"PAY {digits}", StringComparison.Ordinal) || p.Contains(Secret, StringComparison.Ordinal));
    }

    /// <summary>Two channels ask: one wins, and the other is told (invariant 16).</summary>
    [Fact]
    [Trait("Invariant", "16")]
    public async Task What_was_answered_on_the_phone_can_no_longer_be_pressed_in_the_chat()
    {
        var talk = await BoundAsync();
        await using var page = await OpenAsync(talk);
        var sale = await (await _hub.Acme.SellAsync(talk.Payer)).AwaitingConfirmationAsync();
        var command = (await OfferAsync(page)).GetProperty("buttons")[0].Text("command");
        _hub.Clock.Advance(TimeSpan.FromSeconds(31));
        await JourneyHub.UntilAsync(() => _hub.Query("journal.db", $"SELECT 1 FROM events WHERE type = 'notification.delivery_intended' AND payload LIKE '%\"sms\"%' AND stream_id IN (SELECT id FROM streams WHERE key LIKE 'notification/ntf_{sale.Payment[4..]}c%')").Count > 0);
        await _hub.QuietAsync();
        (await _hub.TextAsync(talk.Payer.Phone, $"PAY {await sale.PhoneDigitsAsync()}")).Dispose();
        await _hub.QuietAsync();
        var withdrawn = Offer(await ReadAsync(talk));
        await PressAsync(talk, command);
        await _hub.QuietAsync();

        Assert.Equal("succeeded", await sale.StatusAsync());
        Assert.Equal(Channel.Sms, (await sale.StateAsync()).LastAttempt!.Confirmation!.AnsweredOn);
        Assert.Equal(("matched", 0), (withdrawn.GetProperty("confirmation").Text("ended"), withdrawn.GetProperty("buttons").GetArrayLength()));
        var last = (await ReadAsync(talk)).GetProperty("messages").EnumerateArray().Last();
        var another = await talk.AsCustomerAsync((await _hub.Acme.SellAsync(talk.Payer)).Payment);
        Assert.Equal("hub", last.Text("author"));
        Assert.Contains("already approved", last.Text("text"), StringComparison.Ordinal);
        Assert.Equal(sale.Payment, last.Text("payment"));
        Assert.DoesNotContain("already approved", another, StringComparison.Ordinal);
        Assert.Single((await sale.StateAsync()).Captures);
    }

    /// <summary>Who wrote a lot, or whose mailbox did, can still pay.</summary>
    [Fact]
    [Trait("Invariant", "14")]
    public async Task An_answer_counts_where_no_more_can_be_written()
    {
        var talk = await BoundAsync();
        await using var page = await OpenAsync(talk);
        var sale = await (await _hub.Acme.SellAsync(talk.Payer)).AwaitingConfirmationAsync();
        var shown = await OfferAsync(page);
        var parties = new Parties(talk.Id, (await sale.StateAsync()).Grant.Merchant, talk.Payer.Id);
        var words = _hub.Get<IPersonalData>().Seal(talk.Payer.Id, "Hello?");
        for (var i = 0; i < ConversationDecider.MaxPerHour; i++)
        {
            var write = new ConversationCommand.Write(parties, new Draft($"msg_flood{i}", Channel.Chat, words), ForStaff: false);
            await _hub.Get<IActors>().SendAsync(HubKinds.Conversation[talk.Id], new Envelope($"flood{i}", write), TestContext.Current.CancellationToken);
        }

        using (var browser = await talk.Payer.BrowserAsync())
        using (var capped = await browser.SendAsync($"/v1/customers/{talk.Payer.Id}/conversation/messages", """{"text":"Hello?"}""", ("OmniHub-Device", Secret)))
        {
            await capped.ProblemAsync(HttpStatusCode.Conflict, "messages_capped");
        }

        await PressAsync(talk, shown.GetProperty("buttons")[0].Text("command"));
        await _hub.QuietAsync();

        Assert.Equal("succeeded", await sale.StatusAsync());
    }

    [Fact]
    [Trait("Invariant", "15")]
    public async Task Wrong_answers_in_the_chat_count_with_those_of_other_channels()
    {
        var talk = await BoundAsync();
        await using var page = await OpenAsync(talk);
        var sale = await (await _hub.Acme.SellAsync(talk.Payer)).AwaitingConfirmationAsync();
        var digits = int.Parse((await OfferAsync(page)).GetProperty("buttons")[0].Text("command")[4..], System.Globalization.CultureInfo.InvariantCulture);
        for (var guess = 1; guess <= 3; guess++) await PressAsync(talk, $"PAY {(digits + guess) % 10_000:0000}");
        using var browser = await talk.Payer.BrowserAsync();
        for (var guess = 0; guess < 2; guess++)
        {
            using var wrong = await browser.SendAsync($"/v1/payments/{sale.Payment}/confirmation", $$"""{"answer":"approve","code":"{{await sale.WrongCodeAsync(guess)}}"}""");
            await _hub.QuietAsync();
        }

        Assert.Equal(5, (await sale.StateAsync()).WrongAnswers);
        Assert.Equal("canceled", await sale.StatusAsync());
        Assert.Equal("exhausted", Offer(await ReadAsync(talk)).GetProperty("confirmation").Text("ended"));
    }

    /// <summary>The chat says that NOT ME stops a new address: so it does, from the proved device and from no other.</summary>
    [Theory]
    [InlineData(Secret, false, "The new address confirms nothing.")]
    [InlineData("kZ3vQ9xY7wT1rB5nM8cL2pD6fG4hJ0sAaEeIiOoUuXy-", true, "matches no open request")]
    public async Task A_new_address_is_objected_to_in_the_chat(string secret, bool stands, string told)
    {
        var talk = await BoundAsync();
        using var browser = await talk.Payer.BrowserAsync();
        var added = (await browser.DoAsync($"/v1/customers/{talk.Payer.Id}/addresses", """{"channel":"sms","address":"+14155590001"}""")).GetProperty("addresses").EnumerateArray().Last().Text("id");
        await (talk.Payer with { Phone = "+14155590001", PhoneAddress = added }).VerifiedAsync();
        await _hub.QuietAsync();
        var warned = $"{await ReadAsync(talk)}";
        await PressAsync(talk, "NOT ME", secret);
        await _hub.QuietAsync();

        Assert.Contains("NOT ME", warned, StringComparison.Ordinal);
        Assert.Equal(stands, (await talk.Payer.AddressAsync(added)).GetProperty("verified").GetBoolean());
        Assert.Contains(told, (await ReadAsync(talk)).GetProperty("messages").EnumerateArray().Last().Text("text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("too-short", "adr", "secret")]
    [InlineData("0123456789012345678901234567890123456789ab", "adr", "secret")]
    [InlineData("0123456789012345678901234567890123456789ab c", "adr", "secret")]
    [InlineData("0123456789012345678901234567890123456789abc", "adr_else", "via")]
    public async Task A_device_that_cannot_be_bound_is_refused_with_its_field(string secret, string via, string field)
    {
        var payer = await (await _hub.Acme.NewPayerAsync()).VerifiedAsync();
        using var browser = await payer.BrowserAsync();

        using var refused = await browser.SendAsync($"/v1/customers/{payer.Id}/devices", JsonSerializer.Serialize(new { secret, via = via == "adr" ? payer.PhoneAddress : via }));

        Assert.True((await refused.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request")).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_device_is_bound_by_a_proved_address_only_and_five_are_enough()
    {
        var fresh = await _hub.Acme.NewPayerAsync();
        using var unproved = await fresh.BrowserAsync();
        using var refused = await unproved.SendAsync($"/v1/customers/{fresh.Id}/devices", JsonSerializer.Serialize(new { secret = Secret, via = fresh.PhoneAddress }));
        await refused.ProblemAsync(HttpStatusCode.Conflict, "address_not_verified");
        using var checkout = await fresh.BrowserAsync((await _hub.Acme.SellAsync(fresh)).Payment);
        using var forbidden = await checkout.SendAsync($"/v1/customers/{fresh.Id}/devices", JsonSerializer.Serialize(new { secret = Secret, via = fresh.PhoneAddress }));
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);

        var payer = await fresh.VerifiedAsync();
        using var browser = await payer.BrowserAsync();
        for (var i = 1; i <= 5; i++) (await browser.SendAsync($"/v1/customers/{payer.Id}/devices", JsonSerializer.Serialize(new { secret = $"{Secret}{i}", via = payer.PhoneAddress }))).Dispose();
        using var sixth = await browser.SendAsync($"/v1/customers/{payer.Id}/devices", JsonSerializer.Serialize(new { secret = $"{Secret}6", via = payer.PhoneAddress }));
        await sixth.ProblemAsync(HttpStatusCode.Conflict, "too_many_addresses");
    }

    [Fact]
    public async Task A_device_whose_address_is_gone_is_bound_by_another_one_and_the_code_goes_there()
    {
        var payer = await (await (await _hub.Acme.NewPayerAsync()).VerifiedAsync()).MailProvedAsync();
        using var browser = await payer.BrowserAsync();
        var first = await browser.DoAsync($"/v1/customers/{payer.Id}/devices", JsonSerializer.Serialize(new { secret = Secret, via = payer.PhoneAddress }));
        using (await browser.CallAsync("DELETE", $"/v1/customers/{payer.Id}/addresses/{payer.PhoneAddress}", null, $"{Guid.NewGuid()}")) await _hub.QuietAsync();
        var mail = (await payer.ReadAsync()).GetProperty("addresses").EnumerateArray().Single(a => a.Text("channel") == "email").Text("id");

        var again = await browser.DoAsync($"/v1/customers/{payer.Id}/devices", JsonSerializer.Serialize(new { secret = Secret, via = mail }));
        await _hub.QuietAsync();

        var devices = (await payer.ReadAsync()).GetProperty("addresses").EnumerateArray().Where(a => a.Text("channel") == "chat").Select(a => a.Text("id"));
        Assert.NotEqual(first.Text("id"), again.Text("id"));
        Assert.Equal([again.Text("id")], devices);
        var customer = (Customer)(await _hub.Get<IActors>().ReadAsync(HubKinds.Customer[payer.Id], TestContext.Current.CancellationToken)).State;
        var sent = customer.FindAddress(again.Text("id"))!.Verification!;
        Assert.Contains(_hub.Query("journal.db", "SELECT payload FROM events WHERE type = 'notification.requested'"), p => p.Contains(sent.Id, StringComparison.Ordinal) && p.Contains(mail, StringComparison.Ordinal));
    }

    private static JsonElement Offer(JsonElement conversation) =>
        conversation.GetProperty("messages").EnumerateArray().Last(m => m.GetProperty("confirmation").ValueKind == JsonValueKind.Object);

    private static async Task<JsonElement> OfferAsync(SignalRJsonClient page)
    {
        while (true)
        {
            var update = await page.NextAsync();
            if (update.Text("type") == "conversation.confirmation") return update.GetProperty("view").GetProperty("messages")[0];
        }
    }

    /// <summary>A customer with a proved phone, a proved device, and the wish to confirm in the chat, then by text.</summary>
    private async Task<Talk> BoundAsync()
    {
        var payer = await (await _hub.Acme.NewPayerAsync()).VerifiedAsync();
        using var browser = await payer.BrowserAsync();
        var device = await browser.DoAsync($"/v1/customers/{payer.Id}/devices", JsonSerializer.Serialize(new { secret = Secret, via = payer.PhoneAddress }));
        await _hub.QuietAsync();
        foreach (var code in (await payer.MessagesAsync()).Select(m => SixDigits().Match(m)).Where(m => m.Success).Select(m => m.Value).Distinct())
        {
            using var check = await browser.SendAsync($"/v1/customers/{payer.Id}/addresses/{device.Text("id")}/verification/check", $$"""{"code":"{{code}}"}""");
            if (check.IsSuccessStatusCode) break;
        }

        using var wished = await browser.CallAsync("PATCH", $"/v1/customers/{payer.Id}", """{"confirmation":{"method":"chat","fallback":["sms"],"fallback_after_seconds":30}}""", $"{Guid.NewGuid()}");
        await wished.MadeAsync();
        return new Talk(_hub, payer);
    }

    private async Task<SignalRJsonClient> OpenAsync(Talk talk, string? payment = null)
    {
        var page = await SignalRJsonClient.ConnectAsync(_hub.Address, await talk.Payer.TokenAsync(payment));
        await page.InvokeAsync("Attach", Secret);
        await page.InvokeAsync("Watch", $"conversation:{talk.Id}", 0);
        return page;
    }

    private static async Task<JsonElement> ReadAsync(Talk talk, string secret = Secret)
    {
        using var browser = await talk.Payer.BrowserAsync();
        using var answer = await browser.CallAsync("GET", $"/v1/customers/{talk.Payer.Id}/conversation", headers: ("OmniHub-Device", secret));
        return await answer.MadeAsync();
    }

    private static async Task<string> GetAsync(Talk talk, string path)
    {
        using var browser = await talk.Payer.BrowserAsync();
        using var answer = await browser.CallAsync("GET", path, headers: ("OmniHub-Device", Secret));
        await answer.MadeAsync();
        return await answer.TextAsync();
    }

    private static async Task PressAsync(Talk talk, string command, string? secret = Secret)
    {
        using var browser = await talk.Payer.BrowserAsync();
        (string, string)[] headers = secret is null ? [] : [("OmniHub-Device", secret)];
        using var answer = await browser.SendAsync($"/v1/customers/{talk.Payer.Id}/conversation/messages", JsonSerializer.Serialize(new { text = command }), headers);
        await answer.MadeAsync();
    }

    [GeneratedRegex(@"\d{6}")]
    private static partial Regex SixDigits();
}
