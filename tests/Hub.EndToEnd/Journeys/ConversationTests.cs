using System.Text.Json;
using Hub.EndToEnd.Support;

namespace Hub.EndToEnd.Journeys;

/// <summary>One conversation over the page, the desk and the phone, as its parties live it over HTTP and SignalR.</summary>
public sealed class ConversationTests(RunningHub hub) : AtRest(hub)
{
    [Fact]
    public async Task What_begins_on_the_page_goes_on_by_text_in_the_same_thread()
    {
        var journey = await Journey.BeginAsync(Hub);
        var staff = await Staff.SignInAsync(Hub.Http);
        var path = $"/v1/customers/{journey.Customer.Id}/conversation";
        var empty = await journey.Customer.Api.GetAsync(path);
        var (id, topic) = (empty.Text("id")!, $"conversation:{empty.Text("id")}");
        await using var desk = await SignalRJsonClient.ConnectAsync(Hub.Address, null, staff.Cookie);
        await desk.WatchAsync(topic, empty.GetProperty("sequence").GetInt64());

        await using (var page = await SignalRJsonClient.ConnectAsync(Hub.Address, journey.Customer.Token))
        {
            await page.WatchAsync(topic);
            (await journey.Customer.Api.PostAsync($"{path}/messages", new { text = "Is this in stock?" })).Expect(201);
            await desk.UntilAsync("conversation.queued");
            Assert.Contains((await staff.Api.GetAsync("/v1/conversations?status=waiting&limit=100")).List("data"), c => c.Text("id") == id);
            (await staff.Api.PostAsync($"/v1/conversations/{id}/assign")).Expect(200);
            (await staff.Api.PostAsync($"/v1/conversations/{id}/notes", new { text = "Second time they ask." })).Expect(201);
            (await staff.Api.PostAsync($"/v1/conversations/{id}/messages", new { text = "Yes, ten of them." })).Expect(201);
            var answer = await page.UntilAsync("conversation.message", u => Texts(u).Contains("Yes, ten of them."));
            (await journey.Customer.Api.PostAsync($"/v1/conversations/{id}/read", new { sequence = answer.GetProperty("sequence").GetInt64() })).Expect(200);
            Assert.DoesNotContain(page.Seen, u => u.GetRawText().Contains("Second time", StringComparison.Ordinal));
        }

        await journey.PayAndApproveAsync();
        (await staff.Api.PostAsync($"/v1/conversations/{id}/messages", new { text = "Thank you. Which colour?" })).Expect(201);
        await Hub.SettledAsync();
        await Hub.Clock.AdvanceAsync(TimeSpan.FromSeconds(61));
        Assert.EndsWith("writes: Thank you. Which colour?", await journey.Phone.NextAsync("Which colour"), StringComparison.Ordinal);
        Assert.DoesNotContain(await journey.Phone.ReceivedAsync(), t => t.Contains("ten of them", StringComparison.Ordinal));

        await journey.Phone.TypeAsync("Green, please");
        var texted = await desk.UntilAsync("conversation.message", u => Texts(u).Contains("Green, please"));
        var thread = (await staff.Api.GetAsync($"/v1/conversations/{id}")).List("messages");

        Assert.Equal("sms", texted.GetProperty("view").GetProperty("messages")[0].Text("channel"));
        Assert.Equal(["chat", "chat", "chat", "sms"], thread.Where(m => !m.GetProperty("note").GetBoolean()).Select(m => m.Text("channel")));
        await HoldsTwiceAsync(journey, id);
    }

    // Whoever reads the thread twice reads the same, and the staff's note is in none of the customer's answers.
    private static async Task HoldsTwiceAsync(Journey journey, string id)
    {
        var first = await journey.Customer.Api.GetAsync($"/v1/conversations/{id}");
        var again = await journey.Customer.Api.GetAsync($"/v1/conversations/{id}");
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.DoesNotContain("Second time", first.GetRawText(), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Texts(JsonElement update) =>
        update.TryGetProperty("view", out var view) && view.ValueKind is JsonValueKind.Object && view.TryGetProperty("messages", out var messages)
            ? messages.EnumerateArray().Select(m => m.Text("text"))
            : [];
}
