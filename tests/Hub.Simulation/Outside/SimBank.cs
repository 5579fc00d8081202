using System.Text;
using System.Text.Json;
using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

/// <summary>A bank with books of its own. It carries each key out once, whatever arrives how often, and answers as banks do.</summary>
internal sealed partial class SimBank(World world, Mix mix, BankKind kind, List<BankEntry> books) : IParty
{
    /// <summary>What the bank signs its webhooks with.</summary>
    public const string Secret = "whsec_c2ltdWxhdGVkLWJhbmstc2VjcmV0LW9mLTMyYg==";

    private static readonly TimeSpan Hold = TimeSpan.FromDays(7);
    private readonly Dictionary<string, BankEntry> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BankEntry> _byId = new(StringComparer.Ordinal);
    private int _ids;
    private int _events;

    /// <inheritdoc/>
    public string Name => kind.Party;

    /// <summary>Its connector's name in the hub.</summary>
    public string Gateway => kind.Gateway;

    /// <summary>Asks whether a call may leave now; told its idempotency key.</summary>
    public Action<string> OnLeaves { get; set; } = _ => { };

    /// <summary>Brings a webhook to the hub: gateway, id, timestamp, signature, body; hears whether it was taken.</summary>
    public Func<string, string, string, string, string, Task<bool>> Deliver { get; set; } = (_, _, _, _, _) => Task.FromResult(true);

    /// <inheritdoc/>
    public void Leaves(Call call)
    {
        if (call.Method == "POST")
        {
            OnLeaves(call.Headers["idempotency-key"]);
        }
    }

    /// <inheritdoc/>
    public Reply Handle(Call call)
    {
        world.Progress();
        world.Mark((ulong)call.Path.Length + 1_000_003UL * (ulong)call.Body.Length);
        var parts = call.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (call.Method == "GET")
        {
            return parts[1] == "disputes" ? ShowDispute(parts[2]) : Query(string.Join('/', parts.Skip(2)));
        }

        var key = call.Headers["idempotency-key"];
        var body = Encoding.UTF8.GetString(call.Body);
        if (_byKey.TryGetValue(key, out var known))
        {
            world.Counters.Add("bank: a key came again");
            if (known.Request != call.Path + body)
            {
                world.Break(9, $"the bank was sent key {key} with another request than before");
                return new Reply(422, """{"error":{"code":"idempotency_key_reused"}}""");
            }

            return new Reply(200, known.Json());
        }

        using var asked = JsonDocument.Parse(body);
        var entry = Carry(parts, asked.RootElement, key, call.Path + body);
        if (entry is null)
        {
            return new Reply(404, """{"error":{"code":"not_found"}}""");
        }

        _byKey[key] = _byId[entry.Id] = entry;
        books.Add(entry);
        world.Story?.Tell(world.Now, Name, $"{entry.Kind} {entry.Id} for {entry.Reference}: {entry.Status} {entry.Amount}");
        return Answer(entry);
    }

    /// <summary>What the bank's people see when they look a key up.</summary>
    public BankEntry? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The customer does what the bank's page asks, or does not.</summary>
    public void Resolve(string id, bool approve)
    {
        if (_byId.GetValueOrDefault(id) is not { Kind: "authorization" or "order", Status: "requires_action" or "pending", Voided: false } entry)
        {
            return;
        }

        Decide(entry, approve);
        Tell(entry);
    }

    private Reply? Fault(BankEntry entry)
    {
        if (!world.Faulty || !world.Choices.Chance(Strand.Parties, mix.Bank / 2))
        {
            return null;
        }

        switch (world.Choices.Next(Strand.Parties, 3))
        {
            case 0:
                world.Counters.Add("bank: done, and 500");
                return new Reply(500, """{"error":{"code":"internal_error"}}""");
            case 1:
                world.Counters.Add("bank: done, and no answer");
                return new Reply(0);
            default:
                world.Counters.Add("bank: webhook before the response");
                Tell(entry, TimeSpan.Zero);
                return null;
        }
    }

    private Reply Answer(BankEntry entry)
    {
        var said = Fault(entry) ?? new Reply(201, entry.Json());
        Tell(entry);
        return said;
    }

    private BankEntry? Carry(string[] parts, JsonElement asked, string key, string request)
    {
        var reference = asked.GetProperty("reference").GetString()!;
        var entry = parts switch
        {
            ["v1", "authorizations"] when kind.Word == "authorization" => Authorize(asked),
            ["v1", "orders"] when kind.Word == "order" => Order(asked),
            ["v1", "debits"] when kind.Word == "debit" => Debit(asked),
            ["v1", "authorizations", var id, "captures"] when _byId.TryGetValue(id, out var held) => Capture(held, asked),
            ["v1", "authorizations", var id, "void"] when _byId.TryGetValue(id, out var held) => Void(held),
            ["v1", "captures" or "orders" or "debits", var id, "refunds"] when _byId.TryGetValue(id, out var taken) => Refund(taken, asked),
            ["v1", "disputes", var id, var answer] when _byId.TryGetValue(id, out var dispute) => AnswerDispute(dispute, answer == "accept"),
            _ => null,
        };
        if (entry is not null)
        {
            (entry.Key, entry.Reference, entry.Request, entry.KnownFrom) = (key, reference, request, QueryableFrom());
        }

        return entry;
    }

    // A query may lag behind: for a while the bank says that it knows of nothing.
    private TimeSpan QueryableFrom() => world.Faulty && world.Choices.Chance(Strand.Parties, mix.Bank / 4)
        ? Lag()
        : world.Now;

    private TimeSpan Lag()
    {
        world.Counters.Add("bank: a query lags");
        return world.Now + TimeSpan.FromSeconds(1 + world.Choices.Next(Strand.Parties, 20));
    }

    private BankEntry Authorize(JsonElement asked)
    {
        var entry = New("authorization", asked.GetProperty("amount").GetInt64());
        entry.Currency = asked.GetProperty("currency").GetString()!;
        if (!world.Faulty || !world.Choices.Chance(Strand.Parties, mix.Bank))
        {
            Decide(entry, approve: true);
            return entry;
        }

        switch (world.Choices.Next(Strand.Parties, 5))
        {
            case 0:
                world.Counters.Add("bank: declined");
                Decide(entry, approve: false);
                break;
            case 1:
                world.Counters.Add("bank: the customer has to act");
                entry.Status = "requires_action";
                ActLater(entry);
                break;
            case 2:
                world.Counters.Add("bank: decides later");
                entry.Status = "pending";
                ActLater(entry);
                break;
            case 3:
                world.Counters.Add("bank: another amount");
                entry.Amount++;
                Decide(entry, approve: true);
                break;
            default:
                world.Counters.Add("bank: a short hold");
                Decide(entry, approve: true);
                entry.HeldUntil = world.Time + TimeSpan.FromMinutes(world.Choices.Next(Strand.Parties, 90));
                break;
        }

        return entry;
    }

    private void ActLater(BankEntry entry)
    {
        var after = TimeSpan.FromSeconds(world.Choices.Pick(Strand.Parties, 2, 40, 700, 40_000, 400_000));
        var approve = world.Choices.Next(Strand.Parties, 3) > 0;
        world.After(after, () => Resolve(entry.Id, approve));
    }

    private void Decide(BankEntry entry, bool approve)
    {
        entry.Status = !approve ? "declined" : entry.Kind == "order" ? "succeeded" : "authorized";
        entry.HeldUntil = world.Time + Hold;
    }

    private BankEntry Capture(BankEntry held, JsonElement asked)
    {
        var entry = New("capture", asked.GetProperty("amount").GetInt64());
        (entry.Parent, entry.Currency) = (held, held.Currency);
        var fails = held.Status != "authorized" || held.Voided || held.Closed || world.Time >= held.HeldUntil || entry.Amount > held.Amount - held.Taken;
        if (!fails && world.Faulty && world.Choices.Chance(Strand.Parties, mix.Bank / 4))
        {
            world.Counters.Add("bank: a capture fails");
            fails = true;
        }

        entry.Status = fails ? "failed" : "succeeded";
        if (!fails)
        {
            held.Taken += entry.Amount;
            held.Closed = asked.GetProperty("final").GetBoolean();
            MaybeDisputed(entry);
        }

        return entry;
    }

    private BankEntry Void(BankEntry held)
    {
        var entry = New("void", 0);
        (entry.Parent, entry.Currency) = (held, held.Currency);
        var fails = held.Voided || held.Status == "declined" || held.Taken == held.Amount || (held.Status == "authorized" && world.Time >= held.HeldUntil);
        if (!fails && world.Faulty && world.Choices.Chance(Strand.Parties, mix.Bank / 8))
        {
            world.Counters.Add("bank: a void fails");
            fails = true;
        }

        entry.Status = fails ? "failed" : "succeeded";
        held.Voided |= !fails;
        return entry;
    }

    private BankEntry Refund(BankEntry taken, JsonElement asked)
    {
        var entry = New("refund", asked.GetProperty("amount").GetInt64());
        (entry.Parent, entry.Currency) = (taken, taken.Currency);
        if (!taken.HasMoved || entry.Amount > taken.Amount - taken.Taken)
        {
            entry.Status = "failed";
            return entry;
        }

        taken.Taken += entry.Amount;
        entry.Status = "succeeded";
        if (world.Faulty && world.Choices.Chance(Strand.Parties, mix.Bank))
        {
            RefundLater(taken, entry);
        }

        return entry;
    }

    // Pending and then paid or failed; or paid at once and come back days later.
    private void RefundLater(BankEntry taken, BankEntry entry)
    {
        var (after, fails) = (TimeSpan.FromHours(1 + world.Choices.Next(Strand.Parties, 72)), world.Choices.Next(Strand.Parties, 2) == 1);
        entry.Status = world.Choices.Next(Strand.Parties, 2) == 0 ? "pending" : "succeeded";
        world.Counters.Add(entry.Status == "pending" ? "bank: a refund takes days" : fails ? "bank: done, then reversed" : "bank: a refund told twice");
        world.After(after, () =>
        {
            entry.Status = fails ? "failed" : "succeeded";
            taken.Taken -= fails ? entry.Amount : 0;
            world.Story?.Tell(world.Now, Name, $"refund {entry.Id}: {entry.Status}");
            Tell(entry);
        });
    }

    private BankEntry New(string what, long amount) => new(what, $"{what[..2]}_{++_ids}", amount) { Gateway = Gateway };

    private Reply ShowDispute(string id) => _byId.TryGetValue(id, out var dispute) ? new Reply(200, dispute.Json()) : new Reply(404, """{"error":{"code":"not_found"}}""");

    private Reply Query(string rest)
    {
        var key = Uri.UnescapeDataString(rest);
        if (!_byKey.TryGetValue(key, out var entry) || world.Now < entry.KnownFrom)
        {
            return new Reply(404, """{"error":{"code":"not_found"}}""");
        }

        return new Reply(200, $$"""{"kind":"{{entry.Kind}}","object":{{entry.Json()}}}""");
    }
}
