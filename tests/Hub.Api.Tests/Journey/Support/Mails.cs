using System.Text;
using System.Text.Json;
using Hub.Api.Tests.Edge.Support;
using Hub.Sandbox;

namespace Hub.Api.Tests.Journey.Support;

/// <summary>The sandbox's mailboxes, and the relay that hands mails in.</summary>
internal static class Mails
{
    private const int PollMilliseconds = 50;
    private const int MostPolls = 600;

    /// <summary>Every mail to a mailbox, newest first, with its headers.</summary>
    internal static async Task<IReadOnlyList<JsonElement>> MailsAsync(this JourneyHub hub, string to)
    {
        using var client = hub.Client();
        using var list = await client.AskAsync($"/sandbox/api/mail?to={Uri.EscapeDataString(to)}");
        var mails = new List<JsonElement>();
        foreach (var summary in (await list.MadeAsync()).EnumerateArray().ToList())
        {
            using var mail = await client.AskAsync($"/sandbox/api/mail/{summary.Text("id")}");
            mails.Add(await mail.MadeAsync());
        }

        return mails;
    }

    /// <summary>Completes once a mailbox holds so many mails: what the hub's timers bring about takes a moment after the clock was moved.</summary>
    internal static async Task MailedAsync(this JourneyHub hub, string to, int count)
    {
        for (var poll = 0; poll < MostPolls && (await hub.MailsAsync(to)).Count < count; poll++) await Task.Delay(PollMilliseconds, TestContext.Current.CancellationToken);
        await hub.QuietAsync();
    }

    /// <summary>The newest mail whose subject holds this.</summary>
    internal static async Task<JsonElement> MailAsync(this JourneyHub hub, string to, string subject) =>
        (await hub.MailsAsync(to)).First(m => m.Text("subject").Contains(subject, StringComparison.Ordinal));

    /// <summary>A header of a mail; <c>null</c> when it has none such.</summary>
    internal static string? Header(this JsonElement mail, string name) => mail.GetProperty("headers").EnumerateArray()
        .Where(h => h.Text("name").Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Text("value")).FirstOrDefault();

    /// <summary>Hands a raw mail in, as a relay does.</summary>
    internal static async Task<HttpResponseMessage> RelayAsync(this JourneyHub hub, string recipient, string raw, string? secret = SandboxKeys.MailRelaySecret)
    {
        using var client = hub.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/channels/mail/inbound") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(raw.ReplaceLineEndings("\r\n"))) };
        if (secret is not null) request.Headers.Add("X-Relay-Secret", secret);
        request.Headers.TryAddWithoutValidation("X-Envelope-To", recipient);
        return await client.SendAsync(request);
    }
}
