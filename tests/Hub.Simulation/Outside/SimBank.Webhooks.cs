using System.Globalization;
using System.Text;
using Hub.Domain.Signatures;

namespace Hub.Simulation.Outside;

// The other half of the bank: what it tells of itself.
internal sealed partial class SimBank
{
    private const string SomebodyElses = "whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LW9mLTMyYnk=";

    private readonly Postman _post = new(world, mix, "bank");

    // Each with the state at the moment it was written.
    private void Tell(BankEntry entry, TimeSpan? after = null)
    {
        var id = $"bev_{++_events}";
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"{{id}}","type":"{{entry.Kind}}.updated","created_at":"{{world.Time:O}}","idempotency_key":"{{entry.Key}}","object":{{entry.Json()}}}""");

        // Somebody else says that all is authorized.
        var better = body.Replace("declined", kind.Word == "order" ? "succeeded" : "authorized", StringComparison.Ordinal).Replace("failed", "succeeded", StringComparison.Ordinal);
        _post.Take(() => SendAsync(id, body, Secret), () => SendAsync("bev_forged", better, SomebodyElses), after);
    }

    private Task<bool> SendAsync(string id, string body, string secret) => Deliver(
        Gateway, id, world.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), StandardWebhook.Sign(id, world.Time, Encoding.UTF8.GetBytes(body), secret), body);
}
