using System.Text.Json;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;

namespace Hub.Api.Tests.Conversations;

/// <summary>Words that the hub answers by itself in the chat, in the customer's language.</summary>
[Collection("journey")]
public sealed class ChatCommandTests(JourneyHub hub)
{
    [Fact]
    public async Task Status_tells_how_the_orders_stand_and_waits_for_nobody()
    {
        var talk = await Talk.WithAsync(hub);
        var (first, second) = (await hub.Acme.OrderAsync(talk.Payer), await hub.Acme.OrderAsync(talk.Payer));
        await hub.QuietAsync();

        var all = await AskAsync(talk, "Status?");
        var one = await AskAsync(talk, $"STATUS {first.Text("reference")}");
        var none = await AskAsync(talk, "STATUS 000000");

        Assert.Contains(first.Text("reference")[..10], all.Text("text"), StringComparison.Ordinal);
        Assert.Contains(second.Text("reference")[..10], all.Text("text"), StringComparison.Ordinal);
        Assert.Contains($"order {first.Text("reference")[..10]}", one.Text("text"), StringComparison.Ordinal);
        Assert.Equal(first.Text("id"), one.Text("order"));
        Assert.Contains("no order", none.Text("text"), StringComparison.Ordinal);
        Assert.Equal(("hub", "resolved"), (all.Text("author"), (await talk.AsStaffAsync()).Text("status")));
    }

    /// <summary>Six digits are a code, unless an order of the customer's is called so.</summary>
    [Fact]
    public async Task The_number_of_an_order_is_read_by_everybody_as_it_was_written()
    {
        var talk = await Talk.WithAsync(hub);
        await hub.Acme.OrderAsync(talk.Payer, reference: "483920");
        await hub.QuietAsync();

        var standing = await AskAsync(talk, "STATUS 483920");
        var asked = await talk.SayAsync("My order no. 1001 came, 483920 did not, and my code is 839207");
        var answered = await talk.StaffAsync("messages", new { text = "483920 is on its way" });

        Assert.Contains("order 483920", standing.Text("text"), StringComparison.Ordinal);
        Assert.Equal("My order no. 1001 came, 483920 did not, and my code is ******", asked.Text("text"));
        Assert.Equal("483920 is on its way", answered.Text("text"));
    }

    [Fact]
    [Trait("Invariant", "22")]
    public async Task In_a_session_for_one_payment_status_is_about_that_payment_alone()
    {
        var talk = await Talk.WithAsync(hub);
        var (one, other) = (await hub.Acme.SellAsync(talk.Payer), await hub.Acme.SellAsync(talk.Payer));
        await hub.QuietAsync();
        await AskAsync(talk, "status", one.Payment);
        await AskAsync(talk, "status");

        var seen = JsonSerializer.Deserialize<JsonElement>(await talk.AsCustomerAsync(one.Payment)).GetProperty("messages").EnumerateArray().Select(m => m.Text("text")).ToList();

        Assert.Contains(seen, t => t.Contains(one.Order.Text("reference")[..10], StringComparison.Ordinal));
        Assert.DoesNotContain(seen, t => t.Contains(other.Order.Text("reference")[..10], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("human", "person", "Somebody will write to you")]
    [InlineData("MENSCH", "person", "Somebody will write to you")]
    [InlineData("退款", "refund", "wish for a refund is with the shop")]
    public async Task A_word_for_staff_is_acknowledged_and_marked(string word, string wish, string says)
    {
        var talk = await Talk.WithAsync(hub);
        var answer = await AskAsync(talk, word);
        var seen = await talk.AsStaffAsync();

        Assert.Contains(says, answer.Text("text"), StringComparison.Ordinal);
        Assert.Equal(("waiting", wish), (seen.Text("status"), seen.GetProperty("messages")[0].Text("wish")));
    }

    [Fact]
    public async Task A_receipt_is_linked_and_goes_only_to_a_mailbox_that_was_proved()
    {
        var payer = await (await hub.Acme.NewPayerAsync()).VerifiedAsync();
        var sale = await (await hub.Acme.SellAsync(payer)).ConfirmedAsync();

        var answer = await AskAsync(new Talk(hub, payer), "receipt");

        Assert.Equal(sale.Payment, answer.Text("payment"));
        Assert.Contains("no mailbox that you confirmed", answer.Text("text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help")]
    [InlineData("STOP")]
    public async Task Help_says_what_one_can_write(string word) =>
        Assert.Contains("PAY or NO", (await AskAsync(await Talk.WithAsync(hub), word)).Text("text"), StringComparison.Ordinal);

    [Fact]
    public async Task It_answers_in_the_customers_language()
    {
        var talk = await Talk.WithAsync(hub);
        using var browser = await talk.Payer.BrowserAsync();
        using var changed = await browser.CallAsync("PATCH", $"/v1/customers/{talk.Payer.Id}", """{"locale":"de"}""", $"{Guid.NewGuid()}");

        Assert.Contains("Antworten Sie PAY oder NO", (await AskAsync(talk, "hilfe")).Text("text"), StringComparison.Ordinal);
    }

    private async Task<JsonElement> AskAsync(Talk talk, string word, string? payment = null)
    {
        await talk.SayAsync(word, payment);
        await hub.QuietAsync();
        var messages = (await talk.AsStaffAsync()).GetProperty("messages");
        return messages[messages.GetArrayLength() - 1];
    }
}
