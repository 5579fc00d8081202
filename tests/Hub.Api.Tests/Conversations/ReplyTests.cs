using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Domain.Conversations;

namespace Hub.Api.Tests.Conversations;

/// <summary>The conversation goes on elsewhere when the customer has left the page. The clock stands still and is moved, hence a hub of its own.</summary>
[Collection("journey")]
public sealed class ReplyTests : IAsyncLifetime
{
    private readonly JourneyHub _hub = new();

    public async ValueTask InitializeAsync()
    {
        await _hub.InitializeAsync();
        _hub.Clock.Freeze();
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task An_answer_that_nobody_read_within_a_minute_goes_to_the_phone()
    {
        var talk = await StartAsync();
        await talk.StaffAsync("messages", new { text = "On its way." });
        await talk.StaffAsync("messages", new { text = "Tomorrow, I think." });
        await talk.StaffAsync("notes", new { text = "Not for them." });
        await AfterAsync(TimeSpan.FromSeconds(59));
        var before = await talk.Payer.MessagesAsync();
        await AfterAsync(TimeSpan.FromSeconds(1));
        await DueAsync(talk);
        var told = await talk.Payer.MessagesAsync();
        await AfterAsync(TimeSpan.FromMinutes(10));

        Assert.DoesNotContain(before, m => m.Contains("On its way", StringComparison.Ordinal));
        Assert.Contains(told, m => m.EndsWith("writes: On its way. Tomorrow, I think.", StringComparison.Ordinal));
        Assert.Equal(told, await talk.Payer.MessagesAsync());
    }

    [Fact]
    public async Task An_answer_that_was_read_on_the_page_goes_nowhere_else()
    {
        var talk = await StartAsync();
        var answer = await talk.StaffAsync("messages", new { text = "On its way." });
        using var browser = await talk.Payer.BrowserAsync();
        await browser.DoAsync($"/v1/conversations/{talk.Id}/read", $$"""{"sequence":{{answer.GetProperty("sequence").GetInt64()}}}""");
        await AfterAsync(TimeSpan.FromSeconds(61));

        Assert.DoesNotContain(await talk.Payer.MessagesAsync(), m => m.Contains("On its way", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_customer_texts_back_is_in_the_same_thread_and_answered_on_the_phone()
    {
        var talk = await StartAsync();
        await talk.StaffAsync("messages", new { text = "Where do you live?" });
        await AfterAsync(TimeSpan.FromSeconds(61));
        await DueAsync(talk);
        using var texted = await _hub.TextAsync(talk.Payer.Phone, "In Timbuktu, and my code is 839207");
        texted.EnsureSuccessStatusCode();
        await _hub.QuietAsync();
        var seen = await talk.AsStaffAsync();

        Assert.Equal(["Where is my parcel?", "Where do you live?", "In Timbuktu, and my code is ******"], seen.GetProperty("messages").EnumerateArray().Select(m => m.Text("text")));
        Assert.Equal("sms", seen.GetProperty("messages")[2].Text("channel"));
        Assert.DoesNotContain(_hub.Query("journal.db", "SELECT payload FROM events"), p => p.Contains("Timbuktu", StringComparison.Ordinal) || p.Contains("839207", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Staff_read_which_order_a_text_is_about_though_its_name_looks_like_a_code()
    {
        var talk = await StartAsync();
        await _hub.Acme.OrderAsync(talk.Payer, reference: "483920");
        await _hub.QuietAsync();
        using var texted = await _hub.TextAsync(talk.Payer.Phone, "483920 has not come, and 839207 is my code");
        texted.EnsureSuccessStatusCode();
        await _hub.QuietAsync();

        Assert.Equal("483920 has not come, and ****** is my code", (await talk.AsStaffAsync()).GetProperty("messages")[1].Text("text"));
    }

    [Theory]
    [InlineData("HUMAN", "person")]
    [InlineData("REFUND", "refund")]
    public async Task A_word_for_a_person_waits_in_the_queue_marked(string word, string wish)
    {
        var talk = await StartAsync();
        await talk.StaffAsync("resolve");
        using var texted = await _hub.TextAsync(talk.Payer.Phone, word);
        await _hub.QuietAsync();
        var seen = await talk.AsStaffAsync();

        Assert.Equal(("waiting", wish, "sms"), (seen.Text("status"), seen.GetProperty("messages")[1].Text("wish"), seen.GetProperty("messages")[1].Text("channel")));
    }

    /// <summary>Between two customers of one phone nothing is guessed: nobody's staff reads it, and the hub says so once.</summary>
    [Fact]
    [Trait("Invariant", "22")]
    public async Task A_text_from_a_phone_that_two_share_is_in_nobodys_thread()
    {
        var one = await StartAsync();
        var made = await _hub.Acme.DoAsync("/v1/customers", $$"""{"name":"Byron","phone":"{{one.Payer.Phone}}"}""");
        var other = await (one.Payer with { Id = made.Text("id"), PhoneAddress = made.GetProperty("addresses")[0].Text("id") }).VerifiedAsync();
        await _hub.QuietAsync();
        for (var i = 0; i < 2; i++) (await _hub.TextAsync(one.Payer.Phone, "Where is it?")).Dispose();
        await _hub.QuietAsync();

        Assert.Single((await one.AsStaffAsync()).GetProperty("messages").EnumerateArray());
        Assert.Contains("\"messages\":[]", await new Talk(_hub, other).AsCustomerAsync(), StringComparison.Ordinal);
        Assert.Single(await one.Payer.MessagesAsync(), m => m.Contains("several people", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_stranger_texts_is_kept_nowhere()
    {
        using var texted = await _hub.TextAsync("+4915199999999", "Greetings from Timbuktu");
        await _hub.QuietAsync();

        Assert.DoesNotContain(_hub.Query("journal.db", "SELECT payload FROM events WHERE type = 'address.received'"), p => p.Contains("\"text\"", StringComparison.Ordinal));
    }

    private async Task<Talk> StartAsync()
    {
        var talk = new Talk(_hub, await (await _hub.Acme.NewPayerAsync()).VerifiedAsync());
        await talk.SayAsync("Where is my parcel?");
        return talk;
    }

    private async Task DueAsync(Talk talk)
    {
        await JourneyHub.UntilAsync(() => _hub.Query("journal.db", $"SELECT 1 FROM events e JOIN streams s ON s.id = e.stream_id WHERE s.key = 'conversation/{talk.Id}' AND e.type = 'conversation.reply_due'").Count > 0);
        await _hub.QuietAsync();
    }

    private async Task AfterAsync(TimeSpan time)
    {
        await _hub.QuietAsync();
        _hub.Clock.Advance(time);
        await _hub.QuietAsync();
    }
}
