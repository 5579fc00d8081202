using System.Globalization;
using System.Text;
using Hub.Domain.Signatures;
using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

// The other half of the bank: what it tells of itself.
internal sealed partial class SimBank
{
    // Webhooks come late, twice, in any order, and each with the state at the moment it was written.
    private void Tell(BankEntry entry, TimeSpan? after = null)
    {
        var id = $"bev_{++_events}";
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"{{id}}","type":"{{entry.Kind}}.updated","created_at":"{{world.Time:O}}","idempotency_key":"{{entry.Key}}","object":{{entry.Json()}}}""");
        var odd = world.Faulty && world.Choices.Chance(Strand.Parties, mix.Bank);
        var delay = after ?? (odd ? world.Choices.Pick(Strand.Parties, WebhookAfter) : WebhookAfter[0]);
        if (delay > TimeSpan.FromMinutes(1))
        {
            world.Counters.Add("bank: a webhook late");
        }

        world.After(delay, () => Send(id, body, 0));
        if (odd && world.Choices.Next(Strand.Parties, 3) == 2)
        {
            world.Counters.Add("bank: a webhook doubled");
            world.After(delay + TimeSpan.FromMilliseconds(world.Choices.Next(Strand.Parties, 5_000)), () => Send(id, body, 0));
        }

        if (odd && world.Choices.Next(Strand.Parties, 4) == 3)
        {
            world.Counters.Add("bank: a webhook forged");
            world.After(delay, () => Forge(body));
        }
    }

    private void Send(string id, string body, int tries)
    {
        var signature = StandardWebhook.Sign(id, world.Time, Encoding.UTF8.GetBytes(body), Secret);
        _ = world.Home.Start(async () =>
        {
            if (!await Deliver(Gateway, id, Seconds(), signature, body) && tries < ToldAgainAfter.Length)
            {
                world.After(ToldAgainAfter[tries], () => Send(id, body, tries + 1));
            }
        });
    }

    // Somebody else says that all is authorized.
    private void Forge(string body)
    {
        var forged = body.Replace("declined", kind.Word == "order" ? "succeeded" : "authorized", StringComparison.Ordinal).Replace("failed", "succeeded", StringComparison.Ordinal);
        var signature = StandardWebhook.Sign("bev_forged", world.Time, Encoding.UTF8.GetBytes(forged), "whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LW9mLTMyYnk=");
        _ = world.Home.Start(async () =>
        {
            if (await Deliver(Gateway, "bev_forged", Seconds(), signature, forged))
            {
                world.Break(11, "the hub took a forged webhook for the bank's");
            }
        });
    }

    private string Seconds() => world.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
