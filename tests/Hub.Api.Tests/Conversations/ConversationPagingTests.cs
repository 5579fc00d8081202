using System.Net;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Api.Tests.Live;

namespace Hub.Api.Tests.Conversations;

/// <summary>Reading back, and coming back: what was said before is there in order and once.</summary>
[Collection("journey")]
public sealed class ConversationPagingTests(JourneyHub hub)
{
    [Fact]
    public async Task Older_messages_are_paged_back_from_the_journal()
    {
        var talk = await Talk.WithAsync(hub);
        await talk.SayAsync("Hello");
        await talk.StaffAsync("assign");
        for (var i = 0; i < 70; i++) await talk.StaffAsync(i % 7 == 0 ? "notes" : "messages", new { text = $"n{i}" });
        await hub.QuietAsync();
        using var browser = await talk.Payer.BrowserAsync();

        var found = new List<string>();
        long? before = null;
        for (var more = true; more;)
        {
            using var answer = await browser.AskAsync($"/v1/conversations/{talk.Id}/messages?limit=20{(before is { } b ? $"&before={b}" : "")}");
            var page = await answer.MadeAsync();
            found.InsertRange(0, page.GetProperty("data").EnumerateArray().Select(m => m.Text("text")));
            (more, before) = (page.GetProperty("has_more").GetBoolean(), page.GetProperty("data")[0].GetProperty("sequence").GetInt64());
        }

        Assert.Equal(["Hello", .. Enumerable.Range(0, 70).Where(i => i % 7 != 0).Select(i => $"n{i}")], found);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("before=0")]
    public async Task A_page_that_is_none_is_refused(string query)
    {
        var talk = await Talk.WithAsync(hub);
        await talk.SayAsync("Hello");
        using var browser = await talk.Payer.BrowserAsync();

        using var answer = await browser.AskAsync($"/v1/conversations/{talk.Id}/messages?{query}");

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    /// <summary>A page that lost its connection gets what it missed, in order and once (invariant 19).</summary>
    [Fact]
    [Trait("Invariant", "19")]
    public async Task A_page_that_comes_back_gets_the_gap_replayed()
    {
        var talk = await Talk.WithAsync(hub);
        var token = await talk.Payer.TokenAsync();
        long last;
        await using (var page = await SignalRJsonClient.ConnectAsync(hub.Address, token))
        {
            await page.InvokeAsync("Watch", $"conversation:{talk.Id}", 0);
            await talk.SayAsync("One");
            last = (await page.NextAsync(3))[^1];
        }

        await talk.StaffAsync("messages", new { text = "Two" });
        await talk.StaffAsync("notes", new { text = "Secret" });
        await talk.StaffAsync("messages", new { text = "Three" });
        await hub.QuietAsync();
        await using var again = await SignalRJsonClient.ConnectAsync(hub.Address, token);
        var started = await again.InvokeAsync("Watch", $"conversation:{talk.Id}", last);

        var texts = new List<string>();
        while (texts.LastOrDefault() != "Three")
        {
            texts.AddRange((await again.NextAsync()).GetProperty("view").GetProperty("messages").EnumerateArray().Select(m => m.Text("text")));
        }

        Assert.Equal(["Two", "Three"], texts);
        Assert.Equal(started.GetProperty("sequence").GetInt64(), (await talk.AsStaffAsync()).GetProperty("sequence").GetInt64());
    }
}
