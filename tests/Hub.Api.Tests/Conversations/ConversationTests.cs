using System.Net;
using System.Text.Json;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Api.Tests.Live;

namespace Hub.Api.Tests.Conversations;

/// <summary>Customers and staff speak over HTTP and hear of each other live.</summary>
[Collection("journey")]
public sealed class ConversationTests(JourneyHub hub)
{
    [Fact]
    public async Task Nobody_has_written_yet_and_the_conversation_can_be_watched_already()
    {
        var talk = await Talk.WithAsync(hub);

        var empty = JsonSerializer.Deserialize<JsonElement>(await talk.AsCustomerAsync());
        await using var page = await SignalRJsonClient.ConnectAsync(hub.Address, await talk.Payer.TokenAsync());
        await page.InvokeAsync("Watch", $"conversation:{talk.Id}", empty.GetProperty("sequence").GetInt64());
        await talk.SayAsync("Hello?");

        Assert.Equal((talk.Id, "resolved", 0), (empty.Text("id"), empty.Text("status"), empty.GetProperty("messages").GetArrayLength()));
        Assert.Equal("conversation.begun", (await page.NextAsync()).Text("type"));
        var said = await page.NextAsync();
        Assert.Equal("Hello?", said.GetProperty("view").GetProperty("messages")[0].Text("text"));
        Assert.Equal("waiting", (await page.NextAsync()).GetProperty("view").Text("status"));
    }

    [Fact]
    public async Task A_question_is_answered_and_each_side_sees_what_the_other_read()
    {
        var talk = await Talk.WithAsync(hub);
        var asked = await talk.SayAsync("Where is my parcel?");
        var waiting = await talk.AsStaffAsync();
        await talk.StaffAsync("read", new { sequence = asked.GetProperty("sequence").GetInt64() });
        var answered = await talk.StaffAsync("messages", new { text = "On its way." });
        var read = await talk.StaffAsync("resolve");

        Assert.Equal(("customer", "chat", "waiting"), (asked.Text("author"), asked.Text("channel"), waiting.Text("status")));
        Assert.Equal((1, 0), (waiting.GetProperty("unread").GetProperty("staff").GetInt32(), waiting.GetProperty("unread").GetProperty("customer").GetInt32()));
        Assert.Equal(("staff", "support@acme.example"), (answered.Text("author"), answered.Text("by")));
        Assert.Equal("resolved", read.Text("status"));
        var seen = JsonSerializer.Deserialize<JsonElement>(await talk.AsCustomerAsync());
        Assert.Equal(["Where is my parcel?", "On its way."], seen.GetProperty("messages").EnumerateArray().Select(m => m.Text("text")));
        Assert.Equal("support", seen.GetProperty("messages")[1].Text("by"));
        Assert.True(seen.GetProperty("read").GetProperty("staff").GetInt64() > 0);
    }

    [Fact]
    public async Task Typing_is_told_to_the_others_who_watch_and_once_a_second()
    {
        var talk = await Talk.WithAsync(hub);
        await using var page = await SignalRJsonClient.ConnectAsync(hub.Address, await talk.Payer.TokenAsync());
        using var staff = hub.CopyOf(await hub.StaffAsync(StaffRole.Support));
        await using var desk = await SignalRJsonClient.ConnectAsync(hub.Address, null, [.. staff.DefaultRequestHeaders.Where(h => h.Key is "Cookie" or "Origin").Select(h => (h.Key, h.Value.Single()))]);
        var topic = $"conversation:{talk.Id}";
        await page.InvokeAsync("Watch", topic, 0);
        await desk.InvokeAsync("Watch", topic, 0);

        await page.InvokeAsync("Typing", topic);
        await page.InvokeAsync("Typing", topic);
        await desk.InvokeAsync("Typing", topic);

        Assert.Equal("customer", (await desk.TypingAsync()).Text("author"));
        var told = await page.TypingAsync();
        Assert.Equal(("staff", "support"), (told.Text("author"), told.Text("name")));
        Assert.False(desk.HasTyping);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2_000, true)]
    [InlineData(2_001, false)]
    public async Task A_message_has_so_many_characters(int length, bool taken)
    {
        var talk = await Talk.WithAsync(hub);
        using var browser = await talk.Payer.BrowserAsync();

        using var answer = await browser.SendAsync($"/v1/customers/{talk.Payer.Id}/conversation/messages", JsonSerializer.Serialize(new { text = new string('x', length) }));

        if (taken) Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        else Assert.Contains("\"text\":[", (await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request")).GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("   ")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u0007b")]
    [InlineData("my card is 4242 4242 4242 4242")]
    public async Task A_message_that_may_not_be_kept_is_refused_with_its_field(string text)
    {
        var talk = await Talk.WithAsync(hub);
        using var browser = await talk.Payer.BrowserAsync();

        using var answer = await browser.SendAsync($"/v1/customers/{talk.Payer.Id}/conversation/messages", JsonSerializer.Serialize(new { text }));

        Assert.Contains("\"text\":[", (await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_request")).GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>Codes that people type are kept as stars, and what was written is sealed.</summary>
    [Fact]
    [Trait("Invariant", "23")]
    public async Task Codes_and_words_are_nowhere_in_the_journal()
    {
        var talk = await Talk.WithAsync(hub);
        var said = await talk.SayAsync("They sent 839207, I answered\npay 4839, greetings from Timbuktu");
        await hub.QuietAsync();

        Assert.Equal("They sent ******, I answered\npay ****, greetings from Timbuktu", said.Text("text"));
        var stored = hub.Query("journal.db", $"SELECT e.payload FROM events e JOIN streams s ON s.id = e.stream_id WHERE s.key = 'conversation/{talk.Id}'");
        Assert.NotEmpty(stored);
        Assert.DoesNotContain(stored, p => p.Contains("839207", StringComparison.Ordinal) || p.Contains("4839", StringComparison.Ordinal) || p.Contains("Timbuktu", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_erased_customer_said_is_forgotten()
    {
        var talk = await Talk.WithAsync(hub);
        await talk.SayAsync("I live in Timbuktu");
        await hub.Acme.DoAsync($"/v1/customers/{talk.Payer.Id}/erase");
        await hub.QuietAsync();

        Assert.True(hub.Get<IPersonalData>().IsErased(talk.Payer.Id));
        var seen = await talk.AsStaffAsync();
        Assert.Equal(("(forgotten)", "resolved"), (seen.GetProperty("messages")[0].Text("text"), seen.Text("status")));
        using var staff = hub.CopyOf(await hub.StaffAsync(StaffRole.Support));
        using var refused = await staff.SendAsync($"/v1/conversations/{talk.Id}/messages", """{"text":"Hello?"}""");
        await refused.ProblemAsync(HttpStatusCode.Conflict, "customer_erased");
    }

    /// <summary>Between what a request read and what it seals, the person may be forgotten.</summary>
    [Fact]
    public async Task Whoever_writes_to_somebody_who_is_being_erased_is_told_so()
    {
        var talk = await Talk.WithAsync(hub);
        await talk.SayAsync("I live in Timbuktu");
        hub.Get<IPersonalData>().Erase(talk.Payer.Id);

        using var staff = hub.CopyOf(await hub.StaffAsync(StaffRole.Support));
        using var refused = await staff.SendAsync($"/v1/conversations/{talk.Id}/messages", """{"text":"Hello?"}""");
        await refused.ProblemAsync(HttpStatusCode.Conflict, "customer_erased");
    }
}
