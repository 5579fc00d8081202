using System.Globalization;
using System.Text;
using System.Text.Json;
using Hub.Channels.Sms;
using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

/// <summary>A phone network that speaks Twilio's shape, and keeps books of what it was asked to send and what reached a phone.</summary>
internal sealed class SimPhones(World world, Mix mix) : IParty
{
    /// <summary>The hub's account.</summary>
    public const string Account = "AC00000000000000000000000000000001";

    /// <summary>What callbacks are signed with.</summary>
    public const string Token = "simulated-phone-network-token";

    /// <summary>The hub's number.</summary>
    public const string Sender = "+15005550006";

    private static readonly TimeSpan[] Slowness =
        [TimeSpan.FromSeconds(1), TimeSpan.Zero, TimeSpan.FromSeconds(40), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(30), TimeSpan.FromHours(20)];

    private readonly TwilioSignature _signature = new([Token]);
    private readonly HashSet<string> _optedOut = new(StringComparer.Ordinal);
    private readonly WhatsApp _whatsApp = new(world);
    private int _ids;

    /// <inheritdoc/>
    public string Name => "phones";

    /// <summary>Every message it took.</summary>
    public List<Text> Texts { get; } = [];

    /// <summary>Asks whether a call may leave now; told the delivery's id.</summary>
    public Action<string> OnLeaves { get; set; } = _ => { };

    /// <summary>A text came to a phone.</summary>
    public Action<string, string> OnText { get; set; } = (_, _) => { };

    /// <summary>Brings a form to the hub: path, form, signature; hears whether it was taken.</summary>
    public Func<string, string, string, Task<bool>> Deliver { get; set; } = (_, _, _) => Task.FromResult(true);

    /// <inheritdoc/>
    public void Leaves(Call call)
    {
        if (call.Method == "POST")
        {
            OnLeaves(DeliveryOf(Fields(call)["StatusCallback"]));
        }
    }

    /// <inheritdoc/>
    public Reply Handle(Call call)
    {
        world.Progress();
        world.Mark((ulong)call.Body.Length + 7);
        if (call.Method == "GET")
        {
            return List(call.Path);
        }

        var fields = Fields(call);
        if (_optedOut.Contains(fields["To"]))
        {
            world.Counters.Add("phones: refused, opted out");
            return new Reply(400, """{"code":21610,"status":400}""");
        }

        if (Odd() && world.Choices.Next(Strand.Parties, 4) == 3)
        {
            world.Counters.Add("phones: refused");
            var code = WhatsApp.Is(fields["To"])
                ? world.Choices.Pick(Strand.Reach, 63003, 63024, 63018, 63032, 63013)
                : world.Choices.Pick(Strand.Parties, 21211, 21614, 21408, 30001);
            return new Reply(400, $$"""{"code":{{code}},"status":400}""");
        }

        var (words, refused) = WhatsApp.Is(fields["To"]) ? _whatsApp.Read(fields["To"], fields) : (fields["Body"], false);
        var text = new Text($"SM{++_ids:D32}", fields["To"], words, DeliveryOf(fields["StatusCallback"]), world.Time) { Error = refused ? 63016 : null };
        Texts.Add(text);
        Send(text);
        return new Reply(201, text.Json());
    }

    /// <summary>Somebody writes to the hub.</summary>
    public void Write(string from, string words)
    {
        if (WhatsApp.Is(from))
        {
            _whatsApp.Writes(from, words);
        }
        else if (words is "STOP")
        {
            _optedOut.Add(from);
        }
        else if (words is "START")
        {
            _optedOut.Remove(from);
        }

        var sid = $"SM{++_ids:D32}";
        world.Story?.Tell(world.Now, "phones", $"{from} writes: {words}");
        Bring("/channels/twilio/inbound", [("MessageSid", sid), ("AccountSid", Account), ("From", from), ("To", WhatsApp.OursFor(from)), ("Body", words), ("NumMedia", "0")]);
        if (world.Faulty && world.Choices.Chance(Strand.Parties, mix.Messages))
        {
            world.Counters.Add("phones: inbound doubled");
            world.After(TimeSpan.FromSeconds(world.Choices.Next(Strand.Parties, 30)), () =>
                Bring("/channels/twilio/inbound", [("MessageSid", sid), ("AccountSid", Account), ("From", from), ("To", WhatsApp.OursFor(from)), ("Body", words), ("NumMedia", "0")]));
        }
    }

    private bool Odd() => world.Faulty && world.Choices.Chance(Strand.Parties, mix.Messages);

    private void Send(Text text)
    {
        var odd = Odd();
        if (odd && world.Choices.Next(Strand.Parties, 3) == 2)
        {
            world.Counters.Add("phones: a status before the response");
            Report(text, "sent");
        }

        var delay = odd ? world.Choices.Pick(Strand.Parties, Slowness) : Slowness[0];
        var fails = (odd && world.Choices.Next(Strand.Parties, 3) == 1) || text.Error is not null;
        world.After(delay, () => Arrive(text, fails, odd));
    }

    private void Arrive(Text text, bool fails, bool odd)
    {
        text.Status = fails ? "undelivered" : "delivered";
        text.Error ??= fails ? world.Choices.Pick(Strand.Parties, 30003, 30005, 30006, 30007) : null;
        var silent = odd && world.Choices.Next(Strand.Parties, 4) == 3;
        world.Counters.Add(fails ? "phones: not delivered" : "phones: delivered");
        if (silent)
        {
            world.Counters.Add("phones: no status told");
        }
        else
        {
            Report(text, text.Status);
            if (odd && world.Choices.Next(Strand.Parties, 2) == 1)
            {
                world.Counters.Add("phones: statuses out of order and twice");
                Report(text, "sent");
                Report(text, text.Status);
            }
        }

        if (!fails && !silent && WhatsApp.Is(text.To) && world.Choices.Next(Strand.Reach, 3) > 0)
        {
            world.Counters.Add("whatsapp: read");
            world.After(TimeSpan.FromSeconds(world.Choices.Next(Strand.Reach, 40)), () => Report(text, "read"));
        }

        if (!fails)
        {
            world.Story?.Tell(world.Now, "phones", $"{text.To} reads: {text.Body.Replace('\n', ' ')}");
            OnText(text.To, text.Body);
        }
    }

    private void Report(Text text, string status)
    {
        List<(string, string)> form = [("MessageSid", text.Sid), ("AccountSid", Account), ("MessageStatus", status), ("To", text.To), ("From", WhatsApp.OursFor(text.To))];
        if (text.Error is { } error && status == "undelivered")
        {
            form.Add(("ErrorCode", error.ToString(CultureInfo.InvariantCulture)));
        }

        world.After(TimeSpan.FromMilliseconds(world.Choices.Next(Strand.Parties, 200)), () => Bring($"/channels/twilio/status/{text.Delivery}", form));
    }

    private void Bring(string path, IReadOnlyList<(string Name, string Value)> form, int tries = 0)
    {
        var fields = form.Select(field => KeyValuePair.Create(field.Name, field.Value)).ToList();
        var body = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        var signature = _signature.Sign($"http://hub.example{path}", fields);
        _ = world.Home.Start(async () =>
        {
            var taken = await Deliver(path, body, signature);
            if (!taken && tries < 4)
            {
                world.After(TimeSpan.FromSeconds(5 << tries), () => Bring(path, form, tries + 1));
            }

            var said = form.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
            if (taken && said.TryGetValue("Body", out var words) && WhatsApp.Is(said["From"]))
            {
                _whatsApp.Taken(said["From"], words);
            }
        });
    }

    private Reply List(string path)
    {
        var to = Uri.UnescapeDataString(path.Split("To=")[1].Split('&')[0]);
        var found = Texts.Where(text => text.To == to).Reverse().Take(50).Select(text => text.Json());
        return new Reply(200, $$"""{"messages":[{{string.Join(',', found)}}]}""");
    }

    private static string DeliveryOf(string callback) => Uri.UnescapeDataString(callback[(callback.LastIndexOf('/') + 1)..]);

    private static Dictionary<string, string> Fields(Call call) =>
        Encoding.UTF8.GetString(call.Body).Split('&').Select(field => field.Split('='))
            .ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1].Replace('+', ' ')), StringComparer.Ordinal);
}

/// <summary>A text the network took.</summary>
internal sealed class Text(string sid, string to, string body, string delivery, DateTimeOffset at)
{
    /// <summary>The network's id.</summary>
    public string Sid { get; } = sid;

    /// <summary>The number.</summary>
    public string To { get; } = to;

    /// <summary>The words.</summary>
    public string Body { get; } = body;

    /// <summary>The hub's delivery.</summary>
    public string Delivery { get; } = delivery;

    /// <summary>How far it got.</summary>
    public string Status { get; set; } = "queued";

    /// <summary>Why it failed.</summary>
    public int? Error { get; set; }

    /// <summary>As the network shows it.</summary>
    public string Json() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"sid":"{{Sid}}","status":"{{Status}}","error_code":{{(Error is { } e ? e.ToString(CultureInfo.InvariantCulture) : "null")}},"num_segments":"1","body":"{{JsonEncodedText.Encode(Body)}}","from":"{{WhatsApp.OursFor(To)}}","to":"{{To}}","direction":"outbound-api","date_created":"{{at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture)}}"}""");
}
