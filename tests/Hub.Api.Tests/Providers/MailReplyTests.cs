using System.Net;
using System.Text.Json;
using Hub.Actors;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Channels.Email;
using Hub.Domain.Conversations;

namespace Hub.Api.Tests.Providers;

/// <summary>A customer answers a mail: staff read it in the conversation, and nothing else comes of it.</summary>
[Collection("journey")]
public sealed class MailReplyTests(JourneyHub hub)
{
    [Fact]
    public async Task A_reply_from_the_mailbox_stands_in_the_conversation_once_without_its_codes_and_quotes()
    {
        var payer = await PayerAsync();
        var mail = await hub.MailAsync(payer.Email, "Receipt");
        using var client = hub.Client();

        using (var sent = await client.CallAsync("POST", $"/sandbox/api/mail/{mail.Text("id")}/reply", """{"text":"Where is it? My code was 483920."}""")) Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        await hub.QuietAsync();

        var message = Assert.Single(await MessagesAsync(payer));
        Assert.Equal(("Where is it? My code was ******.", "email", "customer"), (message.Text("text"), message.Text("channel"), message.Text("author")));
        using var timeline = await hub.Acme.Client.AskAsync($"/v1/customers/{payer.Id}/timeline?kind=conversation&channel=email");
        var line = Assert.Single((await timeline.MadeAsync()).GetProperty("data").EnumerateArray());
        Assert.Equal(("conversation.message", "customer", "The customer wrote by e-mail."), (line.Text("type"), line.Text("by"), line.Text("summary")));
    }

    [Fact]
    [Trait("Invariant", "14")]
    public async Task A_reply_never_answers_a_confirmation_and_the_same_one_again_is_the_same_message()
    {
        var payer = await PayerAsync();
        var reply = await ReplyToAsync(payer);
        var open = await (await hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();
        var raw = $"From: {payer.Email}\nSubject: Re: x\n\nPAY {await open.PhoneDigitsAsync()}\n";

        for (var time = 0; time < 2; time++) using (var taken = await hub.RelayAsync(reply, raw)) Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        await hub.QuietAsync();

        Assert.Equal("awaiting_confirmation", await open.StatusAsync());
        Assert.Equal("PAY ****", Assert.Single(await MessagesAsync(payer)).Text("text"));
    }

    /// <summary>The clock is moved, hence a hub of its own.</summary>
    [Fact]
    public async Task More_replies_than_an_hour_bears_come_again_later_and_keep_nobody_from_writing_elsewhere()
    {
        await using var own = new JourneyHub();
        await own.InitializeAsync();
        own.Clock.Freeze();
        var tests = new MailReplyTests(own);
        var payer = await tests.PayerAsync();
        var reply = await tests.ReplyToAsync(payer);
        for (var i = 0; i < ConversationDecider.MaxMailsPerHour; i++) Assert.Equal(HttpStatusCode.NoContent, await HandInAsync($"Number {i}"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HandInAsync("One more"));
        using (var browser = await payer.BrowserAsync()) await browser.DoAsync($"/v1/customers/{payer.Id}/conversation/messages", """{"text":"Hello?"}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HandInAsync("One more"));
        own.Clock.Advance(TimeSpan.FromHours(1));
        for (var time = 0; time < 2; time++) Assert.Equal(HttpStatusCode.NoContent, await HandInAsync("One more"));

        Assert.Single(await MessagesAsync(payer), m => m.Text("text") == "One more");

        async Task<HttpStatusCode> HandInAsync(string words)
        {
            using var answer = await own.RelayAsync(reply, $"From: {payer.Email}\nSubject: Re: x\n\n{words}\n");
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied\n\nI am away.")]
    [InlineData("Precedence: bulk\n\nBuy now.")]
    [InlineData("\n> only a quote")]
    public async Task What_nobody_wrote_is_nobodys_message(string raw)
    {
        var payer = await PayerAsync();
        var reply = await ReplyToAsync(payer);

        using var taken = await hub.UnchangedAsync(() => hub.RelayAsync(reply, raw));

        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
    }

    [Fact]
    public async Task Who_never_proved_the_mailbox_is_asked_for_no_reply_and_who_was_forgotten_writes_to_nobody()
    {
        var unproved = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        await (await hub.Acme.SellAsync(unproved)).ConfirmedAsync();
        var mail = await hub.MailAsync(unproved.Email, "Receipt");
        Assert.Null(mail.Header("Reply-To"));
        using (await hub.UnchangedAsync(() => hub.RelayAsync(hub.Get<MailTokens>().ReplyTo(mail.Header("X-OmniHub-Delivery")!)!, "Subject: x\n\nHello"))) { }

        var gone = await PayerAsync();
        var reply = await ReplyToAsync(gone);
        await hub.Acme.DoAsync($"/v1/customers/{gone.Id}/erase");
        using (await hub.UnchangedAsync(() => hub.RelayAsync(reply, "Subject: x\n\nHello"))) { }
    }

    // A customer who proved phone and mailbox, with a receipt in it.
    private async Task<Payer> PayerAsync()
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        using (var browser = await payer.BrowserAsync())
        {
            var mailbox = $"/v1/customers/{payer.Id}/addresses/adr_{payer.Id[4..]}_2/verification";
            await browser.DoAsync(mailbox);
            await hub.QuietAsync();
            var code = System.Text.RegularExpressions.Regex.Match((await hub.MailAsync(payer.Email, "code")).Text("text"), @"\d{6}").Value;
            await browser.DoAsync($"{mailbox}/check", $$"""{"code":"{{code}}"}""");
        }

        await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();
        return payer;
    }

    private async Task<string> ReplyToAsync(Payer payer) =>
        hub.Get<MailTokens>().ReplyTo((await hub.MailAsync(payer.Email, "Receipt")).Header("X-OmniHub-Delivery")!)!;

    private static async Task<IReadOnlyList<JsonElement>> MessagesAsync(Payer payer)
    {
        using var browser = await payer.BrowserAsync();
        using var seen = await browser.AskAsync($"/v1/customers/{payer.Id}/conversation");
        return [.. (await seen.MadeAsync()).GetProperty("messages").EnumerateArray()];
    }
}
