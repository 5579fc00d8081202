using System.Text.Json;

namespace Hub.Simulation.Runs;

/// <summary>A world that broke a rule, kept by its choices: a seed dies with the code, choices go on saying something.</summary>
/// <param name="Invariant">The rule it broke.</param>
/// <param name="What">What was seen then.</param>
/// <param name="Journeys">How many journeys it had.</param>
/// <param name="Choices">By strand; a negative number stands for so many zeros.</param>
internal sealed record Failure(int Invariant, string What, int Journeys, int[][] Choices)
{
    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web);

    /// <summary>A failure with its choices packed.</summary>
    public static Failure Of(Core.Violation broken, int journeys, int[][] made) => new(broken.Invariant, broken.What, journeys, [.. made.Select(Pack)]);

    /// <summary>Reads a stored one.</summary>
    public static Failure Read(string path) =>
        JsonSerializer.Deserialize<Failure>(File.ReadAllText(path), Shape) ?? throw new InvalidDataException($"{path} holds no failure.");

    /// <summary>Stores it.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Shape));

    /// <summary>The choices as they were made.</summary>
    public int[][] Unpacked() => [.. Choices.Select(Unpack)];

    private static int[] Pack(int[] made)
    {
        var packed = new List<int>();
        var zeros = 0;
        foreach (var choice in made)
        {
            if (choice == 0)
            {
                zeros++;
                continue;
            }

            if (zeros > 0)
            {
                packed.Add(-zeros);
                zeros = 0;
            }

            packed.Add(choice);
        }

        // Zeros at the end say nothing: after the end of the list all is quiet anyway.
        return [.. packed];
    }

    private static int[] Unpack(int[] packed) => [.. packed.SelectMany(choice => choice < 0 ? Enumerable.Repeat(0, -choice) : [choice])];
}
