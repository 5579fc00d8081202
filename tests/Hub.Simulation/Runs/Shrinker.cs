using Hub.Simulation.Core;

namespace Hub.Simulation.Runs;

/// <summary>Takes choices away from a failure for as long as it still fails: what is left is what it takes.</summary>
/// <remarks>A choice is taken away by making it 0, the quiet one, so that those after it keep their places.</remarks>
internal sealed class Shrinker(Setup setup, int invariant, int mostRuns)
{
    private int _runs;

    /// <summary>Hears how far it has come: runs, and choices left.</summary>
    public Action<int, int> Told { get; set; } = (_, _) => { };

    /// <summary>The smallest choices found that break the same rule.</summary>
    public int[][] Shrink(int[][] made)
    {
        var best = made;
        for (var before = int.MaxValue; Left(best) < before && _runs < mostRuns;)
        {
            before = Left(best);
            for (var strand = 0; strand < best.Length; strand++)
            {
                best = ShrinkStrand(best, strand);
            }
        }

        return best;
    }

    private int[][] ShrinkStrand(int[][] best, int strand)
    {
        for (var size = best[strand].Length; size > 0; size /= 2)
        {
            for (var start = 0; start < best[strand].Length && _runs < mostRuns; start += size)
            {
                var end = Math.Min(best[strand].Length, start + size);
                if (best[strand].AsSpan(start, end - start).ContainsAnyExcept(0) && Try(Quieten(best, strand, start, end)) is { } smaller)
                {
                    best = smaller;
                    Told(_runs, Left(best));
                }
            }
        }

        return best;
    }

    private int[][]? Try(int[][] choices)
    {
        _runs++;
        return Simulation.Run(Choices.Replay(choices), setup).Broken?.Invariant == invariant ? choices : null;
    }

    private static int[][] Quieten(int[][] choices, int strand, int start, int end)
    {
        var changed = (int[])choices[strand].Clone();
        Array.Clear(changed, start, end - start);
        return [.. choices.Select((one, index) => index == strand ? changed : one)];
    }

    private static int Left(int[][] choices) => choices.Sum(strand => strand.Count(choice => choice != 0));
}
