using System.Text;
using Hub.Sandbox.Outbox;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox.Mail;

/// <summary>Hands mails in at the hub, as a real mail server's pipe would: one raw mail a request, with the envelope's recipient.</summary>
internal sealed class MailRelay(SandboxHttp http, IOptions<SandboxOptions> options) : IOutboxParty
{
    internal const string Party = "mail-relay";

    public string Name => Party;

    public IReadOnlyList<TimeSpan> Pauses { get; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    public async Task<bool> DeliverAsync(OutboxDelivery delivery, string body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Value.HubUrl, "/channels/mail/inbound"));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new("message/rfc822");
        request.Headers.Add("X-Relay-Secret", SandboxKeys.MailRelaySecret);
        request.Headers.TryAddWithoutValidation("X-Envelope-To", delivery.Target);
        using var response = await http.Client.SendAsync(request, cancel);
        return response.IsSuccessStatusCode;
    }
}
