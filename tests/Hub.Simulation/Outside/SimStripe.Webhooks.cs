using System.Globalization;
using System.Text;
using Hub.Gateways.Stripe;
using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

// What Stripe tells of itself, and of customers who want their money back.
internal sealed partial class SimStripe
{
    private static readonly TimeSpan DecidesAfter = TimeSpan.FromDays(5);

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

    private void MaybeDisputed(StripeIntent intent)
    {
        if (!world.Faulty || !world.Choices.Chance(Strand.Parties, mix.Bank / 2))
        {
            return;
        }

        var id = $"dp_{++_ids}";
        var after = TimeSpan.FromMinutes(30 + world.Choices.Next(Strand.Parties, 1_000));
        switch (world.Choices.Next(Strand.Parties, 3))
        {
            case 0:
                world.After(after, () => OpenDispute(intent, id));
                break;
            case 1:
                // The card's bank only asks; no money has moved, and nothing becomes of it.
                world.After(after, () => Inquire(intent, id));
                break;
            default:
                world.After(after, () => Inquire(intent, id));
                world.After(after + TimeSpan.FromHours(20), () => OpenDispute(intent, id));
                break;
        }
    }

    private void Inquire(StripeIntent intent, string id)
    {
        world.Counters.Add("stripe: an inquiry");
        Tell("charge.dispute.created", DisputeJson(intent, id, intent.Taken!.Amount, "warning_needs_response"), null);
    }

    private void OpenDispute(StripeIntent intent, string id)
    {
        world.Counters.Add("stripe: a dispute");
        var (taken, wins) = (intent.Taken!, world.Choices.Next(Strand.Parties, 2) == 0);
        var dispute = new BankEntry("dispute", id, taken.Amount) { Parent = taken, Reference = taken.Reference, Gateway = Gateway, Status = "needs_response" };
        books.Add(dispute);
        world.Story?.Tell(world.Now, Name, $"dispute {id} of {intent.Id}");
        Tell("charge.dispute.funds_withdrawn", DisputeJson(intent, id, dispute.Amount, dispute.Status), null);
        world.After(DecidesAfter, () =>
        {
            dispute.Status = wins ? "won" : "lost";
            world.Counters.Add($"stripe: a dispute is {dispute.Status}");
            Tell("charge.dispute.closed", DisputeJson(intent, id, dispute.Amount, dispute.Status), null);
        });
    }

    private string DisputeJson(StripeIntent intent, string id, long amount, string status) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"id":"{{{id}}}","object":"dispute","status":"{{{status}}}","amount":{{{amount}}},"currency":"{{{intent.Currency}}}","reason":"product_not_received","payment_intent":"{{{intent.Id}}}","evidence_details":{"due_by":{{{(world.Time + TimeSpan.FromDays(4)).ToUnixTimeSeconds()}}}}}""");

    private static string RefundJson(BankEntry refund) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"{{refund.Id}}","object":"refund","status":"{{refund.Status}}","amount":{{refund.Amount}},"currency":"eur","payment_intent":"{{refund.Parent!.Id}}","failure_reason":{{(refund.Status == "failed" ? "\"expired_or_canceled_card\"" : "null")}},"metadata":{{StripeIntent.MetadataJson([new("hub_key", refund.Key), new("hub_reference", refund.Reference)])}}}""");
}
