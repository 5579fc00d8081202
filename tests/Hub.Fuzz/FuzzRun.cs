namespace Hub.Fuzz;

/// <summary>What a run came to.</summary>
/// <param name="Cases">Inputs tried, the corpus included.</param>
/// <param name="Outcomes">How many different things came of them.</param>
/// <param name="Failure">The first input for which something does not hold, made as short as it could be; <c>null</c> when all held.</param>
/// <param name="Why">What does not hold.</param>
public sealed record FuzzResult(long Cases, int Outcomes, byte[]? Failure, string? Why);

/// <summary>Runs one target over its corpus and over mutations of it.</summary>
/// <remarks>
/// Guided by outcomes: an input of which something new comes is mutated further. Coverage of branches would guide better, but no
/// package that instruments .NET for a fuzzer is to be had from the registry.
/// </remarks>
public static class FuzzRun
{
    /// <summary>Tries the corpus, then so many mutations.</summary>
    /// <param name="target">What is tried.</param>
    /// <param name="cases">How many mutations.</param>
    /// <param name="seed">The same seed makes the same inputs.</param>
    /// <param name="progress">Told after every thousand cases.</param>
    public static FuzzResult Go(FuzzTarget target, long cases, ulong seed, Action<long, int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        var outcomes = new HashSet<string>(StringComparer.Ordinal);
        var living = new List<byte[]>();
        var tried = 0L;
        foreach (var (file, input) in Corpus.Of(target.Name))
        {
            tried++;
            if (Check(target, input, out var outcome) is { } why) return new(tried, outcomes.Count, input, $"{file}: {why}");
            outcomes.Add(outcome);
            living.Add(input);
        }

        var mutator = new Mutator(seed, target.Words);
        for (var number = 0L; number < cases; number++)
        {
            var input = mutator.Make(living);
            tried++;
            if (Check(target, input, out var outcome) is { } why) return new(tried, outcomes.Count, Shorten(target, input), why);
            if (Corpus.HasRoom(outcomes.Count) && outcomes.Add(outcome)) living.Add(input);
            if (tried % 1_000 == 0) progress?.Invoke(tried, outcomes.Count);
        }

        return new(tried, outcomes.Count, null, null);
    }

    /// <summary>Why an input shows a bug; <c>null</c> when everything holds.</summary>
    public static string? Check(FuzzTarget target, byte[] input, out string outcome)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(input);
        outcome = "";
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            outcome = target.Try(input);
        }
        catch (Exception bug)
        {
            return bug is PropertyBrokenException ? bug.Message : bug.ToString();
        }

        var took = GC.GetAllocatedBytesForCurrentThread() - before;
        var most = target.FreeBytes + (target.BytesPerByte * input.Length);
        return took <= most ? null : $"It took {took} bytes of memory for {input.Length} bytes of input; {most} is the most.";
    }

    // Halves, then ever smaller pieces, are left out as long as something still does not hold.
    private static byte[] Shorten(FuzzTarget target, byte[] failing)
    {
        for (var piece = failing.Length / 2; piece > 0; piece /= 2)
        {
            for (var at = 0; at + piece <= failing.Length;)
            {
                byte[] shorter = [.. failing[..at], .. failing[(at + piece)..]];
                if (Check(target, shorter, out _) is null) at += piece;
                else failing = shorter;
            }
        }

        return failing;
    }
}
