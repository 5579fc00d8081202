using System.Text;
using System.Text.Json;
using Hub.Domain.Signatures;
using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

/// <summary>The merchant's server: it verifies every webhook, drops repeats by their id, and is sometimes down.</summary>
internal sealed class SimShop(World world, Mix mix) : IParty
{
    /// <summary>What the hub signs with.</summary>
    public const string Secret = "whsec_c2ltdWxhdGVkLXNob3Atc2VjcmV0LW9mLTMyYi4=";

    /// <inheritdoc/>
    public string Name => "shop";

    /// <summary>What it was told, by id: type and payment.</summary>
    public Dictionary<string, (string Type, string Body)> Told { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Leaves(Call call)
    {
    }

    /// <inheritdoc/>
    public Reply Handle(Call call)
    {
        world.Progress();
        var (id, stamp) = (call.Headers["webhook-id"], call.Headers["webhook-timestamp"]);
        var expected = StandardWebhook.Sign(id, DateTimeOffset.FromUnixTimeSeconds(long.Parse(stamp, System.Globalization.CultureInfo.InvariantCulture)), call.Body, Secret);
        if (expected != call.Headers["webhook-signature"])
        {
            world.Break(23, $"webhook {id} came with a wrong signature");
        }

        if (world.Faulty && world.Choices.Chance(Strand.Parties, mix.Messages))
        {
            world.Counters.Add("shop: an error");
            return new Reply(world.Choices.Pick(Strand.Parties, 500, 503, 404, 302));
        }

        var body = Encoding.UTF8.GetString(call.Body);
        using var told = JsonDocument.Parse(body);
        var type = told.RootElement.GetProperty("type").GetString()!;
        if (!Told.TryAdd(id, (type, body)))
        {
            world.Counters.Add("shop: a webhook came again");
            if (Told[id].Body != body)
            {
                world.Break(12, $"webhook {id} came again and said something else");
            }
        }
        else
        {
            world.Story?.Tell(world.Now, "shop", $"hears {type} ({id})");
        }

        return new Reply(200);
    }
}
