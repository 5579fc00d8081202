using Hub.Channels.Sms;
using Hub.Sandbox;

namespace Hub.Api.Tests.Journey.Support;

/// <summary>Text messages as the phone network hands them over: signed, whoever sent them.</summary>
internal static class TextsIn
{
    /// <summary>A message that seems to come from a number.</summary>
    internal static async Task<HttpResponseMessage> TextAsync(this JourneyHub hub, string from, string body, string? optOutType = null)
    {
        const string path = "/channels/twilio/inbound";
        var form = new Dictionary<string, string>
        {
            ["MessageSid"] = $"SM{Guid.NewGuid():N}", ["AccountSid"] = SandboxKeys.TwilioAccountSid, ["From"] = from,
            ["To"] = SandboxKeys.TwilioSender, ["Body"] = body, ["NumMedia"] = "0",
        };
        if (optOutType is not null) form["OptOutType"] = optOutType;
        using var client = hub.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", new TwilioSignature([SandboxKeys.TwilioAuthToken]).Sign(hub.Address.GetLeftPart(UriPartial.Authority) + path, form));
        return await client.SendAsync(request);
    }
}
