using System.Globalization;
using System.Text;
using Hub.Gateways.Stripe;
using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

// What Stripe tells of itself.
internal sealed partial class SimStripe
{
    private readonly Postman _post = new(world, mix, "stripe");
    private bool _early;
    private int _events;

    /// <summary>Brings a webhook to the hub: the signature header and the body; hears whether it was taken.</summary>
    public Func<string, string, Task<bool>> Deliver { get; set; } = (_, _) => Task.FromResult(true);

    private void Tell(StripeIntent intent, string type, string? key) => Tell(type, intent.Json(), key);

    private void Tell(BankEntry refund, string type, string? key) => Tell(type, RefundJson(refund), key);

    private void Tell(string type, string json, string? key)
    {
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"id":"evt_{{{++_events}}}","object":"event","type":"{{{type}}}","created":{{{world.Time.ToUnixTimeSeconds()}}},"data":{"object":{{{json}}}},"request":{"idempotency_key":{{{(key is null ? "null" : $"\"{key}\"")}}}}}""");
        var better = body.Replace("requires_payment_method", "requires_capture", StringComparison.Ordinal)
            .Replace("canceled", "succeeded", StringComparison.Ordinal).Replace("failed", "succeeded", StringComparison.Ordinal);
        _post.Take(() => SendAsync(body, Secret), () => SendAsync(better, "whsec_somebody_elses"), _early ? TimeSpan.Zero : null);
    }

    private Task<bool> SendAsync(string body, string secret) => Deliver(StripeSignature.Sign(world.Time, Encoding.UTF8.GetBytes(body), secret), body);

    private static string RefundJson(BankEntry refund) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"{{refund.Id}}","object":"refund","status":"{{refund.Status}}","amount":{{refund.Amount}},"currency":"eur","payment_intent":"{{refund.Parent!.Id}}","failure_reason":{{(refund.Status == "failed" ? "\"expired_or_canceled_card\"" : "null")}},"metadata":{{StripeIntent.MetadataJson([new("hub_key", refund.Key), new("hub_reference", refund.Reference)])}}}""");
}
