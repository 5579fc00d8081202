namespace Hub.Simulation.Core;

/// <summary>What a choice is about. Each strand is a list of its own, so that another choice in one does not shift the others.</summary>
internal enum Strand
{
    /// <summary>Which ready task runs next.</summary>
    Schedule,

    /// <summary>What breaks, and when.</summary>
    Faults,

    /// <summary>What bank, phone network and mail server do.</summary>
    Parties,

    /// <summary>What people do.</summary>
    People,

    /// <summary>Where people can be reached, what they want to hear there, and what becomes of it.</summary>
    Reach,
}

/// <summary>Where every choice of a run comes from: a seed, or a list made before. 0 is always the quiet choice: no fault, the oldest task.</summary>
internal sealed class Choices
{
    private static readonly int Strands = Enum.GetValues<Strand>().Length;

    private readonly ulong[]? _generators;
    private readonly int[][]? _given;
    private readonly List<int>[] _made = [.. Enumerable.Range(0, Strands).Select(_ => new List<int>(256))];

    private Choices(ulong[]? generators, int[][]? given) => (_generators, _given) = (generators, given);

    /// <summary>How many choices were made.</summary>
    public int Count => _made.Sum(strand => strand.Count);

    /// <summary>Choices drawn from a seed.</summary>
    public static Choices FromSeed(ulong seed) =>
        new([.. Enumerable.Range(0, Strands).Select(strand => Mix(unchecked((seed * 0x9E37_79B9_7F4A_7C15) + (ulong)strand + 1)))], null);

    /// <summary>Choices made before; after their end, all is quiet, and so is a strand that there was none of then.</summary>
    public static Choices Replay(IReadOnlyList<IReadOnlyList<int>> made) =>
        new(null, [.. Enumerable.Range(0, Strands).Select(strand => strand < made.Count ? made[strand].ToArray() : [])]);

    /// <summary>A number from 0 to <paramref name="bound"/> − 1.</summary>
    public int Next(Strand strand, int bound)
    {
        var made = _made[(int)strand];
        var choice = _given is { } given
            ? made.Count < given[(int)strand].Length ? given[(int)strand][made.Count] % bound : 0
            : (int)(Draw((int)strand) % (ulong)bound);
        made.Add(choice);
        return choice;
    }

    /// <summary>Whether something that happens so often in a thousand happens now.</summary>
    public bool Chance(Strand strand, int perMille) => perMille > 0 && Next(strand, 1_000) >= 1_000 - perMille;

    /// <summary>One of several; the first is the quiet one.</summary>
    public T Pick<T>(Strand strand, params ReadOnlySpan<T> of) => of[Next(strand, of.Length)];

    /// <summary>Every choice made so far, by strand.</summary>
    public int[][] Made() => [.. _made.Select(strand => strand.ToArray())];

    private ulong Draw(int strand)
    {
        unchecked
        {
            return Mix(_generators![strand] += 0x9E37_79B9_7F4A_7C15);
        }
    }

    // SplitMix64: small, and the same on every machine and in every version of the runtime.
    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
            return z ^ (z >> 31);
        }
    }
}
