using System.Net.ServerSentEvents;
using System.Text.Json;
using Hub.Sandbox.Clock;
using Hub.Sandbox.Tests.Bank;

namespace Hub.Sandbox.Tests;

/// <summary>An open page hears of every change.</summary>
public sealed class SandboxStreamTests
{
    [Fact]
    public async Task A_page_hears_what_changed_and_where()
    {
        var clock = new SandboxClock();
        await using var sandbox = await SandboxFixture.StartAsync(time: clock);
        await using var stream = await sandbox.Http.GetStreamAsync("/sandbox/api/stream", TestContext.Current.CancellationToken);
        var events = SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await events.MoveNextAsync();
        Assert.Equal("open", events.Current.EventType);

        var id = (await sandbox.AuthorizeAsync("k1").JsonAsync()).Text("id");
        await events.MoveNextAsync();
        Assert.Equal("bank", events.Current.EventType);
        Assert.Equal(id, JsonSerializer.Deserialize<JsonElement>(events.Current.Data).Text("id"));

        // The host does not wait for a page that stays.
        await sandbox.DisposeAsync();
        Assert.False(await events.MoveNextAsync());
        await events.DisposeAsync();
    }
}
