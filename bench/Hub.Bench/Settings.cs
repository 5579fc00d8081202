using System.Globalization;

namespace Hub.Bench;

/// <summary>What to measure and for how long.</summary>
/// <param name="What">One of <see cref="All"/>, or <c>all</c>.</param>
/// <param name="Span">How long each contender runs in a round.</param>
/// <param name="Rounds">How many rounds; the medians are taken over them.</param>
/// <param name="Events">How many events the large journal holds.</param>
/// <param name="Clients">How many journeys are under way at the same time.</param>
internal sealed record Settings(string What, TimeSpan Span, int Rounds, int Events, int Clients)
{
    public const string Usage = "bench [turns|journal|http|journeys|rivals|memory|live|all] [--seconds n] [--rounds n] [--events n] [--clients n]";

    private static readonly string[] Known = ["turns", "journal", "http", "journeys", "rivals", "memory", "live", "all"];

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">Something in it is not known; the message says what.</exception>
    public static Settings Read(string[] args)
    {
        var settings = new Settings("all", TimeSpan.FromSeconds(2), 5, 1_000_000, 32);
        for (var i = 0; i < args.Length; i++)
        {
            settings = args[i] switch
            {
                "--seconds" => settings with { Span = TimeSpan.FromSeconds(Number(args, ++i)) },
                "--rounds" => settings with { Rounds = Number(args, ++i) },
                "--events" => settings with { Events = Number(args, ++i) },
                "--clients" => settings with { Clients = Number(args, ++i) },
                var what when Known.Contains(what) => settings with { What = what },
                var other => throw new FormatException($"'{other}' is not known. {Usage}"),
            };
        }

        return settings;
    }

    /// <summary>Whether a part was asked for.</summary>
    public bool Wants(string part) => What == part || What == "all";

    private static int Number(string[] args, int index) =>
        index < args.Length && int.TryParse(args[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"{args[index - 1]} wants a whole number above 0. {Usage}");
}
