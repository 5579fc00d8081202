using System.Text;

namespace Hub.Fuzz;

/// <summary>Makes inputs out of inputs: the same ones for the same seed, on every machine.</summary>
public sealed class Mutator(ulong seed, IReadOnlyList<string> words)
{
    /// <summary>The longest input that is made.</summary>
    public const int MaxLength = 80 * 1024;

    private const int MostSteps = 6;
    private static readonly byte[] Telling = [0, 1, 9, 10, 13, 32, 34, 37, 38, 43, 46, 47, 48, 57, 58, 61, 92, 127, 128, 0xC0, 0xED, 0xEF, 0xFE, 0xFF];

    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes)];
    private ulong _state = seed;

    /// <summary>A number from 0 up to, and without, a bound.</summary>
    public int Next(int bound) => bound <= 1 ? 0 : (int)(NextBits() % (ulong)bound);

    /// <summary>One input, some steps away from what is there.</summary>
    public byte[] Make(IReadOnlyList<byte[]> corpus)
    {
        var made = corpus[Next(corpus.Count)];
        var steps = 1 + Next(MostSteps);
        for (var step = 0; step < steps; step++) made = Step(made, corpus);
        return made.Length > MaxLength ? made[..MaxLength] : made;
    }

    private byte[] Step(byte[] input, IReadOnlyList<byte[]> corpus)
    {
        var (from, to) = Range(input.Length);
        switch (Next(11))
        {
            case 0 when input.Length > 0:
                var flipped = (byte[])input.Clone();
                flipped[from] ^= (byte)(1 << Next(8));
                return flipped;
            case 1 when input.Length > 0:
                var set = (byte[])input.Clone();
                set[from] = Telling[Next(Telling.Length)];
                return set;
            case 2:
                return [.. input[..from], .. input[to..]];
            case 3:
                return [.. input[..to], .. input[from..]];
            case 4:
                return input[..from];
            case 5 or 6 when _words.Length > 0:
                return [.. input[..from], .. _words[Next(_words.Length)], .. input[from..]];
            case 7 when _words.Length > 0:
                return [.. input[..from], .. _words[Next(_words.Length)], .. input[to..]];
            case 8:
                var other = corpus[Next(corpus.Count)];
                var (start, end) = Range(other.Length);
                return [.. input[..from], .. other[start..end], .. input[to..]];
            case 9 when input.Length is > 0 and < 4_096:
                return [.. input[..from], .. Repeated(input[from..to]), .. input[to..]];
            default:
                return [.. input[..from], Telling[Next(Telling.Length)], .. input[from..]];
        }
    }

    // Long runs find what grows faster than its input.
    private byte[] Repeated(byte[] piece)
    {
        if (piece.Length == 0) return [];
        var times = 1 << Next(13);
        var repeated = new byte[Math.Min(piece.Length * times, MaxLength)];
        for (var i = 0; i < repeated.Length; i++) repeated[i] = piece[i % piece.Length];
        return repeated;
    }

    private (int From, int To) Range(int length)
    {
        var (one, other) = (Next(length + 1), Next(length + 1));
        if (one == length && length > 0) one--;
        return one <= other ? (one, other) : (other, one);
    }

    // SplitMix64, since the framework's own generator may change with its version.
    private ulong NextBits()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var bits = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            return bits ^ (bits >> 31);
        }
    }
}
