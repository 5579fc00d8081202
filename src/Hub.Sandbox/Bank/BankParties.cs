using System.Globalization;
using System.Text;
using Hub.Domain.Signatures;
using Hub.Sandbox.Outbox;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox.Bank;

/// <summary>Sends one bank's webhooks to the hub, signed; five more attempts with growing pauses.</summary>
internal sealed class BankWebhooks(BankIdentity bank, SandboxHttp http, IOptions<SandboxOptions> options, TimeProvider time) : IOutboxParty
{
    public string Name => bank.WebhookParty;

    public IReadOnlyList<TimeSpan> Pauses { get; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60)];

    public async Task<bool> DeliverAsync(OutboxDelivery delivery, string body, CancellationToken cancel)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var now = time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Value.HubUrl, delivery.Target));
        request.Content = new ByteArrayContent(bytes);
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(StandardWebhook.IdHeader, delivery.Name);
        request.Headers.Add(StandardWebhook.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(StandardWebhook.SignatureHeader, StandardWebhook.Sign(delivery.Name, now, bytes, bank.WebhookSecret));
        using var response = await http.Client.SendAsync(request, cancel);
        return response.IsSuccessStatusCode;
    }
}

/// <summary>Does what one bank does late: declines an authorization, fails a refund, opens a dispute, returns a debit.</summary>
/// <param name="bank">Which bank.</param>
/// <param name="banks">Made later than this, since they need the outbox that this belongs to.</param>
internal sealed class BankLateWork(BankIdentity bank, Lazy<SandboxBanks> banks) : IOutboxParty
{
    public string Name => bank.LateParty;

    public IReadOnlyList<TimeSpan> Pauses { get; } = [];

    public async Task<bool> DeliverAsync(OutboxDelivery delivery, string body, CancellationToken cancel)
    {
        await banks.Value.Of(bank).WorkAsync(delivery.Name, delivery.Target);
        return true;
    }
}
