using Hub.Sandbox.Outbox;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox.Phones;

/// <summary>Posts status callbacks and typed messages to the hub: a signed form, as Twilio does.</summary>
internal sealed class TwilioCallbacks(SandboxHttp http, IOptions<SandboxOptions> options) : IOutboxParty
{
    public string Name => PhoneNetwork.Party;

    public IReadOnlyList<TimeSpan> Pauses { get; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60)];

    public async Task<bool> DeliverAsync(OutboxDelivery delivery, string body, CancellationToken cancel)
    {
        var form = SandboxJson.Read<Dictionary<string, string>>(body);
        // What is signed is what was asked for, to the letter: a Uri would write some addresses anew.
        var url = delivery.Target.StartsWith('/') ? options.Value.HubUrl.ToString().TrimEnd('/') + delivery.Target : delivery.Target;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url));
        request.Content = new FormUrlEncodedContent(form);
        request.Headers.Add(TwilioSignature.Header, TwilioSignature.Sign(url, form));
        request.Headers.UserAgent.ParseAdd("TwilioProxy/1.1");
        using var response = await http.Client.SendAsync(request, cancel);
        return response.IsSuccessStatusCode;
    }
}
