using System.Net;
using System.Text.Json;
using Hub.Api.Access;
using Hub.Api.Tests.Edge.Support;
using Hub.Api.Tests.Journey.Support;
using Hub.Domain.Conversations;

namespace Hub.Api.Tests.Conversations;

/// <summary>A customer and two of the staff, and what they say to each other over HTTP.</summary>
internal sealed record Talk(JourneyHub Hub, Payer Payer)
{
    internal string Id => Conversation.IdOf(Payer.Id);

    internal static async Task<Talk> WithAsync(JourneyHub hub, string name = "Ada Lovelace") => new(hub, await hub.Acme.NewPayerAsync(name));

    internal async Task<JsonElement> SayAsync(string text, string? payment = null)
    {
        using var browser = await Payer.BrowserAsync(payment);
        return await browser.DoAsync($"/v1/customers/{Payer.Id}/conversation/messages", JsonSerializer.Serialize(new { text }));
    }

    internal async Task<JsonElement> StaffAsync(string what, object? body = null, StaffRole role = StaffRole.Support)
    {
        using var staff = Hub.CopyOf(await Hub.StaffAsync(role));
        return await staff.DoAsync($"/v1/conversations/{Id}/{what}", JsonSerializer.Serialize(body ?? new { }));
    }

    internal async Task<string> AsCustomerAsync(string? payment = null)
    {
        using var browser = await Payer.BrowserAsync(payment);
        using var answer = await browser.AskAsync($"/v1/customers/{Payer.Id}/conversation");
        await answer.MadeAsync();
        return await answer.TextAsync();
    }

    internal async Task<JsonElement> AsStaffAsync(StaffRole role = StaffRole.Support)
    {
        using var staff = Hub.CopyOf(await Hub.StaffAsync(role));
        using var answer = await staff.AskAsync($"/v1/conversations/{Id}");
        return await answer.MadeAsync();
    }

    /// <summary>What is answered, to the letter.</summary>
    internal static async Task<string> TextAsync(HttpClient client, string path)
    {
        using var answer = await client.AskAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.TextAsync();
    }
}
