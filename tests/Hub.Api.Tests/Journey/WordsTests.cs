using System.Net;
using System.Text.Json;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Journey;

/// <summary>What somebody writes from a phone, and what they are told: by whom it is held, in their language, and never without end.</summary>
/// <remarks>Invariant 22: nothing of one customer reaches a phone that two share.</remarks>
[Trait("Invariant", "22")]
public sealed class WordsTests(JourneyHub hub) : IClassFixture<JourneyHub>
{
    [Fact]
    public async Task STATUS_tells_how_the_open_orders_stand_each_by_its_number()
    {
        var payer = await NewAsync();
        var first = await OrderAsync(payer, "A-1");
        Assert.Equal("OmniHub: order A-1 from ACME Books: placed.", await AskAsync(payer, "STATUS"));

        await hub.Acme.DoAsync($"/v1/orders/{first}/cancel");
        Assert.Equal("OmniHub: order A-1 from ACME Books: canceled.", await AskAsync(payer, "status?"));

        foreach (var reference in new[] { "A-2", "A-3", "A-4", "A-5" }) await OrderAsync(payer, reference);
        Assert.Equal("OmniHub: A-5 placed, A-4 placed, A-3 placed.", await AskAsync(payer, "状态"));
    }

    [Fact]
    public async Task STATUS_of_one_order_takes_the_shops_number_or_the_end_of_ours()
    {
        var payer = await NewAsync();
        var id = await OrderAsync(payer, "B-1");
        await OrderAsync(payer, "B-2");

        Assert.Equal("OmniHub: order B-1 from ACME Books: placed.", await AskAsync(payer, "STATUS b-1"));
        Assert.Equal("OmniHub: order B-1 from ACME Books: placed.", await AskAsync(payer, $"Status ord_{id[^6..].ToUpperInvariant()}"));
        Assert.StartsWith("OmniHub: no order of that number", await AskAsync(payer, "STATUS B-9"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strangers_phone_gets_a_neutral_hint_and_no_more_than_ten_an_hour()
    {
        const string Phone = "+14155558801";
        var stranger = new Payer(hub, hub.Acme, "", Phone, "", "");

        for (var i = 0; i < 15; i++) await TextAsync(Phone, i % 2 == 0 ? "STATUS" : "HUMAN");

        var told = await stranger.MessagesAsync();
        Assert.Equal(10, told.Count);
        Assert.All(told, text => Assert.StartsWith("OmniHub: payment confirmations.", text, StringComparison.Ordinal));
        await TextAsync(Phone, "PAY 4839");
        Assert.Equal(10, (await stranger.MessagesAsync()).Count);
    }

    [Fact]
    public async Task A_phone_that_two_share_is_told_of_an_order_only_by_its_number()
    {
        var ada = await NewAsync();
        var made = await hub.Acme.DoAsync("/v1/customers", $$"""{"name":"Bob","phone":"{{ada.Phone}}"}""");
        var bob = await (ada with { Id = made.Text("id"), PhoneAddress = made.GetProperty("addresses")[0].Text("id") }).VerifiedAsync();
        await hub.QuietAsync();
        await OrderAsync(ada, "C-1");
        await OrderAsync(bob, "C-2");

        Assert.StartsWith("OmniHub: several people use this number.", await AskAsync(ada, "STATUS"), StringComparison.Ordinal);
        Assert.StartsWith("OmniHub: several people use this number.", await AskAsync(ada, "HUMAN"), StringComparison.Ordinal);
        Assert.Equal("OmniHub: order C-2 from ACME Books: placed.", await AskAsync(ada, "STATUS C-2"));
        Assert.Equal(["customer.said_status sms"], await SaidAsync(bob));
        Assert.Empty(await SaidAsync(ada));
    }

    [Fact]
    public async Task HUMAN_and_REFUND_are_acknowledged_and_shown_to_staff_and_the_hub_gives_nothing_back_by_itself()
    {
        var payer = await NewAsync();
        var sale = await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();

        Assert.Equal("OmniHub: thank you. Somebody will write to you here.", await AskAsync(payer, "MENSCH"));
        Assert.StartsWith("OmniHub: your wish for a refund is with the shop.", await AskAsync(payer, "REFUND"), StringComparison.Ordinal);

        Assert.Equal(["customer.said_human sms", "customer.said_refund sms"], await SaidAsync(payer));
        Assert.Empty((await sale.StateAsync()).Refunds);
    }

    [Fact]
    public async Task RECEIPT_goes_to_the_proved_mailbox_once_more_and_never_over_the_phone()
    {
        var payer = await NewAsync();
        await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();
        Assert.StartsWith("OmniHub: there is no receipt to send, or no mailbox that you confirmed.", await AskAsync(payer, "RECEIPT"), StringComparison.Ordinal);

        await payer.MailProvedAsync();
        var before = await ReceiptsAsync(payer);
        Assert.EndsWith("is on its way to your mailbox.", await AskAsync(payer, "Beleg"), StringComparison.Ordinal);
        Assert.Equal(before + 1, await ReceiptsAsync(payer));
    }

    [Theory]
    [InlineData("STOPP", "ANMELDEN")]
    [InlineData("停止", "开始")]
    [InlineData("stop.", "start.")]
    public async Task Our_own_word_for_stop_gets_one_answer_and_then_nothing_does_until_a_start(string stop, string start)
    {
        var payer = await NewAsync();

        Assert.StartsWith("OmniHub: you will get no more messages", await AskAsync(payer, stop), StringComparison.Ordinal);
        var silent = (await payer.MessagesAsync()).Count;
        foreach (var word in new[] { stop, "STATUS", "HELP", "PAY 0000" }) await TextAsync(payer.Phone, word);
        Assert.Equal(silent, (await payer.MessagesAsync()).Count);
        Assert.True((await payer.AddressAsync()).GetProperty("opted_out").GetBoolean());
        Assert.NotEqual(JsonValueKind.Null, (await payer.AddressAsync()).GetProperty("opted_out_at").ValueKind);

        Assert.StartsWith("OmniHub: you will get payment messages again.", await AskAsync(payer, start), StringComparison.Ordinal);
        Assert.False((await payer.AddressAsync()).GetProperty("opted_out").GetBoolean());
        Assert.Equal(["customer.said_stop sms", "customer.said_status sms", "customer.said_help sms", "customer.said_start sms"], await SaidAsync(payer));
        var count = (await payer.MessagesAsync()).Count;
        await TextAsync(payer.Phone, start);
        Assert.Equal(count, (await payer.MessagesAsync()).Count);
    }

    [Fact]
    public async Task The_carriers_own_words_are_answered_by_the_carrier_and_not_by_the_hub_as_well()
    {
        var payer = await NewAsync();
        var before = (await payer.MessagesAsync()).Count;

        await TextAsync(payer.Phone, "STOP");
        await TextAsync(payer.Phone, "START");

        Assert.Equal(before, (await payer.MessagesAsync()).Count);
        Assert.Equal(["customer.said_stop sms", "customer.said_start sms"], await SaidAsync(payer));
    }

    /// <summary>The expected timeline: asked by SMS, stopped there, asked by mail at once, paid.</summary>
    [Fact]
    public async Task STOP_in_the_middle_of_a_confirmation_asks_on_the_next_channel_at_once()
    {
        var payer = await NewAsync();
        await payer.MailProvedAsync();
        var sale = await (await hub.Acme.SellAsync(payer)).AwaitingConfirmationAsync();

        await TextAsync(payer.Phone, "STOP");

        using var browser = await payer.BrowserAsync();
        await browser.DoAsync($"/v1/payments/{sale.Payment}/confirmation", $$"""{"answer":"approve","code":"{{await sale.PageCodeAsync()}}"}""");
        await hub.QuietAsync();
        Assert.Equal("succeeded", await sale.StatusAsync());
        string[] steps = ["payment.confirmation_requested", "payment.confirmation_sent sms", "customer.said_stop sms", "payment.confirmation_sent email", "payment.confirmation_matched web"];
        Assert.Equal(steps, (await payer.TimelineAsync()).Where(steps.Contains));
    }

    [Fact]
    public async Task A_wallets_code_says_what_it_is_for()
    {
        var payer = await NewAsync();
        using var browser = await payer.BrowserAsync();

        await browser.DoAsync($"/v1/customers/{payer.Id}/wallet/code", $$"""{"address":"{{payer.PhoneAddress}}"}""");
        await hub.QuietAsync();

        Assert.Matches("^OmniHub: code [0-9]{6} sets the password of your wallet, valid 10 min. Nobody may ask you for it.\n", (await payer.MessagesAsync())[^1]);
    }

    [Fact]
    [Trait("Invariant", "23")]
    public async Task A_card_number_typed_as_an_orders_name_is_written_nowhere()
    {
        var payer = await NewAsync();

        await TextAsync(payer.Phone, "STATUS 4242424242424242");

        Assert.Empty(hub.Query("journal.db", "SELECT type FROM events WHERE payload LIKE '%4242424242424242%'"));
    }

    private async Task<Payer> NewAsync()
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        await hub.QuietAsync();
        return payer;
    }

    private async Task<string> OrderAsync(Payer payer, string reference) => (await hub.Acme.OrderAsync(payer, reference: $"{reference}")).Text("id");

    /// <summary>The answer to a text: the one message that came after it.</summary>
    private async Task<string> AskAsync(Payer payer, string words)
    {
        var before = (await payer.MessagesAsync()).Count;
        await TextAsync(payer.Phone, words);
        var after = await payer.MessagesAsync();
        Assert.True(after.Count == before + 1, $"'{words}' was answered {after.Count - before} times: {string.Join(" | ", after.Skip(before))}");
        return after[^1];
    }

    private async Task TextAsync(string phone, string words)
    {
        using var answer = await hub.TextAsync(phone, words);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await hub.QuietAsync();
    }

    private static async Task<int> ReceiptsAsync(Payer payer) => (await payer.MailsAsync()).Count(m => m.Text("subject").StartsWith("Receipt", StringComparison.Ordinal));

    /// <summary>What they said, by the customer's timeline.</summary>
    private static async Task<IReadOnlyList<string>> SaidAsync(Payer payer) => [.. (await payer.TimelineAsync()).Where(line => line.StartsWith("customer.said_", StringComparison.Ordinal))];
}
