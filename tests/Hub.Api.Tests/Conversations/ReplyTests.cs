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
        var told = await talk.Payer.MessagesAsync();
        await AfterAsync(TimeSpan.FromMinutes(10));

        Assert.DoesNotContain(before, m => m.Contains("On its way", StringComparison.Ordinal));
        Assert.EndsWith("writes: On its way. Tomorrow, I think.", told[^1], StringComparison.Ordinal);
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

    private async Task<Talk> StartAsync()
    {
        var talk = new Talk(_hub, await (await _hub.Acme.NewPayerAsync()).VerifiedAsync());
        await talk.SayAsync("Where is my parcel?");
        return talk;
    }

    private async Task AfterAsync(TimeSpan time)
    {
        await _hub.QuietAsync();
        _hub.Clock.Advance(time);
        await _hub.QuietAsync();
    }
}
