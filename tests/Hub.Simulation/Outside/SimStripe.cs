using System.Globalization;
using System.Text;
using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

/// <summary>
/// Stripe, as far as its contract goes: intents that are made first and confirmed then, keys that are remembered for a day with whatever
/// was answered under them, and books of its own. What it does with money stands in the other halves.
/// </summary>
internal sealed partial class SimStripe(World world, Mix mix, List<BankEntry> books) : IParty
{
    /// <summary>Its connector's name in the hub.</summary>
    public const string Gateway = "stripe";

    /// <summary>What it signs its webhooks with.</summary>
    public const string Secret = "whsec_simulated_stripe_secret";

    private const string Conflict = """{"error":{"type":"idempotency_error","code":"idempotency_key_in_use"}}""";
    private const string Broken = """{"error":{"type":"api_error"}}""";

    // A hub whose clock is wrong does not know when a day is over; that is not promised, so where clocks jump the keys live longer than that.
    private readonly TimeSpan _keyLife = TimeSpan.FromHours(mix.ClockJumps > 0 ? 26 : 24);
    private readonly Dictionary<string, Remembered> _replies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StripeIntent> _intents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BankEntry> _byKey = new(StringComparer.Ordinal);
    private int _ids;

    private delegate (Reply Reply, Action Told) Operation(IReadOnlyDictionary<string, string> form, string key);

    /// <inheritdoc/>
    public string Name => "stripe";

    /// <summary>Asks whether a call may leave now; told the operation's key.</summary>
    public Action<string> OnLeaves { get; set; } = _ => { };

    /// <inheritdoc/>
    public void Leaves(Call call)
    {
        if (call.Method == "POST")
        {
            OnLeaves(OperationOf(call.Headers["idempotency-key"]));
        }
    }

    /// <inheritdoc/>
    public Reply Handle(Call call)
    {
        world.Progress();
        world.Mark((ulong)call.Path.Length + 1_000_033UL * (ulong)call.Body.Length);
        if (call.Method == "GET")
        {
            return Show(call.Path);
        }

        var (key, request) = (call.Headers["idempotency-key"], call.Path + Encoding.UTF8.GetString(call.Body));
        if (Recall(key, request) is { } before)
        {
            return before;
        }

        var odd = world.Faulty && world.Choices.Chance(Strand.Parties, mix.Bank / 2) ? 1 + world.Choices.Next(Strand.Parties, 5) : 0;
        if (odd == 1)
        {
            world.Counters.Add("stripe: busy with the same key");
            return new Reply(409, Conflict);
        }

        if (odd == 2)
        {
            world.Counters.Add("stripe: not done, and 500");
            return Remember(key, request, new Reply(500, Broken));
        }

        var (reply, tell) = Find(call.Path)(Fields(call), key);
        return Answer(odd, Remember(key, request, odd == 3 ? new Reply(500, Broken) : reply), tell);
    }

    /// <summary>What Stripe's people see when they look a key up.</summary>
    public BankEntry? Look(string key) => _byKey.GetValueOrDefault(key);

    private Reply? Recall(string key, string request)
    {
        if (!_replies.TryGetValue(key, out var known))
        {
            return null;
        }

        if (world.Now - known.At >= _keyLife)
        {
            world.Counters.Add("stripe: a key came again after its end");
            return null;
        }

        world.Counters.Add(known.Reply.Status == 500 ? "stripe: a 500 said again" : "stripe: a key came again");
        if (known.Request != request)
        {
            world.Break(9, $"Stripe was sent key {key} with another request than before");
        }

        return known.Reply;
    }

    private Reply Remember(string key, string request, Reply reply)
    {
        _replies[key] = new Remembered(request, reply, world.Now);
        return reply;
    }

    private Reply Answer(int odd, Reply reply, Action tell)
    {
        if (odd is 3 or 4)
        {
            world.Counters.Add(odd == 3 ? "stripe: done, and 500" : "stripe: done, and no answer");
        }

        if (odd == 5)
        {
            world.Counters.Add("stripe: webhook before the response");
        }

        _early = odd == 5;
        tell();
        _early = false;
        return odd == 4 ? new Reply(0) : reply;
    }

    private Operation Find(string path)
    {
        var parts = path.Split('/');
        return (parts[2], parts.ElementAtOrDefault(4)) switch
        {
            ("payment_intents", null) => Create,
            ("refunds", null) => Refund,
            ("disputes", null) => (form, key) => AnswerDispute(parts[3], gives: false, key),
            ("disputes", "close") => (form, key) => AnswerDispute(parts[3], gives: true, key),
            (_, "confirm") => (form, key) => Confirm(_intents[parts[3]], key),
            (_, "capture") => (form, key) => Capture(_intents[parts[3]], form, key),
            (_, "cancel") => (form, key) => Cancel(_intents[parts[3]], key),
            _ => throw new InvalidOperationException($"The hub asked Stripe for {path}."),
        };
    }

    private Reply Show(string path)
    {
        if (path.StartsWith("/v1/refunds?", StringComparison.Ordinal))
        {
            var intent = path.Split("payment_intent=")[1].Split('&')[0];
            var found = books.Where(entry => entry is { Kind: "refund", Gateway: Gateway } && entry.Parent!.Id == intent).Reverse().Select(RefundJson);
            return new Reply(200, $$"""{"object":"list","data":[{{string.Join(',', found)}}],"has_more":false}""");
        }

        if (path.StartsWith("/v1/disputes/", StringComparison.Ordinal) && _disputes.TryGetValue(path.Split('/')[3], out var disputed))
        {
            return new Reply(200, DisputeJson(disputed.Intent, disputed.Dispute));
        }

        return _intents.TryGetValue(path.Split('/')[3].Split('?')[0], out var known)
            ? new Reply(200, known.Json())
            : new Reply(404, """{"error":{"type":"invalid_request_error","code":"resource_missing"}}""");
    }

    // Making the intent is a call of its own, under a key of its own.
    private static string OperationOf(string key) => key.EndsWith("/create", StringComparison.Ordinal) ? key[..^"/create".Length] : key;

    private static Dictionary<string, string> Fields(Call call) => Encoding.UTF8.GetString(call.Body)
        .Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('='))
        .ToDictionary(field => Uri.UnescapeDataString(field[0]), field => Uri.UnescapeDataString(field[1].Replace('+', ' ')), StringComparer.Ordinal);

    private static long Number(string words) => long.Parse(words, CultureInfo.InvariantCulture);

    private sealed record Remembered(string Request, Reply Reply, TimeSpan At);
}
