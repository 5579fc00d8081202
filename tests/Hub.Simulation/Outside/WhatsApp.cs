using System.Text.Json;
using Hub.Simulation.Core;

namespace Hub.Simulation.Outside;

/// <summary>What is particular to WhatsApp: who wrote when, the words it has approved, and that nobody but the hub itself heeds a STOP there.</summary>
internal sealed class WhatsApp(World world)
{
    /// <summary>What stands before a number.</summary>
    public const string Prefix = "whatsapp:";

    /// <summary>The hub's number there.</summary>
    public const string Sender = "+15005550007";

    /// <summary>The approved words that ask for a confirmation.</summary>
    public const string Confirmation = "HXconfirmation";

    /// <summary>The approved words that carry a code.</summary>
    public const string Code = "HXcode";

    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    // Clocks are wrong by up to two hours between them, and a message that was planned in time may wait for a process to come back.
    private static readonly TimeSpan LatestByFar = Window + TimeSpan.FromHours(6);
    private static readonly TimeSpan HeardByThen = TimeSpan.FromHours(4);

    private readonly Dictionary<string, TimeSpan> _heard = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _stopped = new(StringComparer.Ordinal);

    /// <summary>Whether a number is one of there.</summary>
    public static bool Is(string number) => number.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Our own number on whichever of the two.</summary>
    public static string OursFor(string number) => Is(number) ? Prefix + Sender : SimPhones.Sender;

    /// <summary>Somebody writes: the window is open from now on.</summary>
    public void Writes(string from, string words)
    {
        _heard[from] = world.Now;
        if (words == "START") _stopped.Remove(from);
    }

    /// <summary>The hub was told of what somebody wrote, and took it.</summary>
    public void Taken(string from, string words)
    {
        if (words == "STOP") _stopped.TryAdd(from, world.Now);
    }

    /// <summary>The words of a message, as the phone shows them.</summary>
    /// <returns>And whether they are refused: words of one's own a day after the person last wrote.</returns>
    public (string Words, bool Refused) Read(string to, IReadOnlyDictionary<string, string> fields)
    {
        if (_stopped.TryGetValue(to, out var stopped) && world.Now - stopped > HeardByThen)
        {
            world.Break(17, $"{to} said STOP at {stopped}, and is written to");
        }

        if (fields.TryGetValue("ContentSid", out var sid))
        {
            world.Counters.Add("whatsapp: approved words");
            using var places = JsonDocument.Parse(fields["ContentVariables"]);
            var number = places.RootElement;
            return (sid == Confirmation
                ? $"{number.GetProperty("2")} asks for {number.GetProperty("1")}. Reply PAY {number.GetProperty("3")} or NO {number.GetProperty("3")}."
                : $"OmniHub: your code is {number.GetProperty("1")}.", false);
        }

        world.Counters.Add("whatsapp: words of our own");
        var isOpen = _heard.TryGetValue(to, out var heard) && world.Now - heard < Window;
        if (!isOpen && (!_heard.ContainsKey(to) || world.Now - heard > LatestByFar))
        {
            world.Break(17, $"words that nobody approved leave for {to}, who last wrote {(_heard.ContainsKey(to) ? $"at {heard}" : "never")}");
        }

        return (fields["Body"], !isOpen);
    }
}
