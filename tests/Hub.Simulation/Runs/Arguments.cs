using System.Globalization;
using Hub.Simulation.Bugs;

namespace Hub.Simulation.Runs;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    /// <summary>How it is called.</summary>
    public const string Usage = """
        Simulates whole hubs: seeded choices, one thread each, every fault.

          --seeds N        how many seeds (1,000)
          --from S         the first seed (1)
          --minutes M      stop after so many minutes
          --journeys N     journeys in each world (20)
          --threads N      worlds side by side (one per core)
          --resume FILE    keep in FILE how far it has come, and go on from there
          --seed S         one seed, and its story
          --replay FILE    a stored failure, and its story
          --stored         every failure stored in Failures; none may fail any more
          --bug NAME       plant a bug and look until it is found: --bug list names them
          --planted        plant each bug in turn; each must be found within --seeds (500)
        """;

    public long? Seeds { get; init; }

    public ulong From { get; init; } = 1;

    public double? Minutes { get; init; }

    public int Journeys { get; init; } = 20;

    public int Threads { get; init; } = Environment.ProcessorCount;

    public string? Resume { get; init; }

    public ulong? Seed { get; init; }

    public string? Replay { get; init; }

    public bool Stored { get; init; }

    public PlantedBug Bug { get; init; }

    public bool Planted { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <returns><c>null</c> with a problem.</returns>
    public static Arguments? Read(string[] args, out string problem)
    {
        var read = new Arguments();
        problem = "";
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            if (name is "--stored" or "--planted")
            {
                read = name == "--stored" ? read with { Stored = true } : read with { Planted = true };
                continue;
            }

            if (i + 1 == args.Length || read.With(name, args[++i]) is not { } next)
            {
                problem = $"{name} {(i < args.Length ? args[i] : "")} cannot be read.";
                return null;
            }

            read = next;
        }

        return read;
    }

    private Arguments? With(string name, string value)
    {
        var whole = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
        return name switch
        {
            "--seeds" when whole => this with { Seeds = number },
            "--from" when whole => this with { From = (ulong)number },
            "--seed" when whole => this with { Seed = (ulong)number },
            "--journeys" when whole && number <= 1_000 => this with { Journeys = (int)number },
            "--threads" when whole && number <= 256 => this with { Threads = (int)number },
            "--minutes" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) && minutes > 0 => this with { Minutes = minutes },
            "--resume" => this with { Resume = value },
            "--replay" when File.Exists(value) => this with { Replay = value },
            "--bug" when Enum.TryParse<PlantedBug>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var bug) => this with { Bug = bug },
            _ => null,
        };
    }
}
