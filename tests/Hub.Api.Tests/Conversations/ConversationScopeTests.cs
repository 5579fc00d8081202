using System.Text.Json;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Api.Tests.Live;

namespace Hub.Api.Tests.Conversations;

/// <summary>Who sees what of a conversation (invariant 22): not every word is for every session.</summary>
[Collection("journey")]
public sealed class ConversationScopeTests(JourneyHub hub)
{
    /// <summary>Notes and staff's addresses show in nothing a customer or a merchant's key reads.</summary>
    [Fact]
    [Trait("Invariant", "22")]
    public async Task A_note_shows_in_nothing_that_a_customer_can_read()
    {
        const string secret = "thinks-we-owe-them";
        var talk = await Talk.WithAsync(hub);
        await using var page = await SignalRJsonClient.ConnectAsync(hub.Address, await talk.Payer.TokenAsync());
        await page.InvokeAsync("Watch", $"conversation:{talk.Id}", 0);
        await page.InvokeAsync("Watch", $"customer:{talk.Payer.Id}", 0);
        await talk.SayAsync("Hello");
        await talk.StaffAsync("assign");
        await talk.StaffAsync("notes", new { text = $"The customer {secret}." });
        await talk.StaffAsync("messages", new { text = "Good day" });
        await hub.QuietAsync();

        var live = new List<string>();
        while (!live.Any(u => u.Contains("Good day", StringComparison.Ordinal))) live.Add($"{await page.NextAsync()}");
        using var browser = await talk.Payer.BrowserAsync();
        string[] read =
        [
            await talk.AsCustomerAsync(), .. live,
            await Talk.TextAsync(browser, $"/v1/conversations/{talk.Id}"), await Talk.TextAsync(browser, $"/v1/conversations/{talk.Id}/messages?limit=100"),
            await Talk.TextAsync(browser, $"/v1/customers/{talk.Payer.Id}/timeline"), await Talk.TextAsync(browser, $"/v1/customers/{talk.Payer.Id}"),
        ];
        var merchants = await Talk.TextAsync(hub.Acme.Client, $"/v1/customers/{talk.Payer.Id}/timeline");

        Assert.All(read.Append(merchants), text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.All(read.Append(merchants), text => Assert.DoesNotContain("support@acme.example", text, StringComparison.Ordinal));
        Assert.DoesNotContain(read, text => text.Contains("\"note\":true", StringComparison.Ordinal) || text.Contains("conversation.note", StringComparison.Ordinal));
        Assert.Contains(secret, $"{await talk.AsStaffAsync()}", StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Invariant", "22")]
    public async Task A_session_for_one_payment_writes_of_that_payment_and_sees_nothing_of_another()
    {
        var talk = await Talk.WithAsync(hub);
        var (one, other) = (await hub.Acme.SellAsync(talk.Payer), await hub.Acme.SellAsync(talk.Payer));
        var first = await talk.SayAsync("About the first", one.Payment);
        var answered = await talk.StaffAsync("messages", new { text = "Answer to the first" });
        await talk.SayAsync("About everything");
        await talk.StaffAsync("messages", new { text = "Answer to everything" });
        var (own, others, all) = (await talk.AsCustomerAsync(one.Payment), await talk.AsCustomerAsync(other.Payment), await talk.AsCustomerAsync());

        Assert.Equal((one.Payment, one.Payment), (first.Text("payment"), answered.Text("payment")));
        Assert.Equal(["About the first", "Answer to the first"], TextsOf(own));
        Assert.Empty(TextsOf(others));
        Assert.Equal(["About the first", "Answer to the first", "About everything", "Answer to everything"], TextsOf(all));
        Assert.Equal([1, 0, 2], new[] { own, others, all }.Select(seen => JsonSerializer.Deserialize<JsonElement>(seen).GetProperty("unread").GetProperty("customer").GetInt32()));
    }

    /// <summary>What a stolen link cannot read it cannot mark as read either: else nobody would be told of it elsewhere.</summary>
    [Fact]
    [Trait("Invariant", "22")]
    public async Task A_session_for_one_payment_marks_nothing_that_it_does_not_see()
    {
        var talk = await Talk.WithAsync(hub);
        var (one, other) = (await hub.Acme.SellAsync(talk.Payer), await hub.Acme.SellAsync(talk.Payer));
        await talk.SayAsync("About the first", one.Payment);
        var seen = await talk.StaffAsync("messages", new { text = "Answer to the first" });
        await talk.SayAsync("About everything");
        await talk.StaffAsync("messages", new { text = "Answer to everything" });
        await talk.SayAsync("More about the first", one.Payment);
        await talk.StaffAsync("messages", new { text = "Another answer to the first" });

        var nothing = await MarkAsync(talk, other.Payment);
        var own = await MarkAsync(talk, one.Payment);
        var all = await MarkAsync(talk, null);

        Assert.Equal(0, nothing);
        Assert.Equal(seen.GetProperty("sequence").GetInt64(), own);
        Assert.True(all > own);
    }

    private static IEnumerable<string> TextsOf(string conversation) =>
        JsonSerializer.Deserialize<JsonElement>(conversation).GetProperty("messages").EnumerateArray().Select(m => m.Text("text"));

    private static async Task<long> MarkAsync(Talk talk, string? payment)
    {
        using var browser = await talk.Payer.BrowserAsync(payment);
        return (await browser.DoAsync($"/v1/conversations/{talk.Id}/read", """{"sequence":999999}""")).GetProperty("read").GetProperty("customer").GetInt64();
    }
}
