using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Hub.Domain.Tests.Testing;

/// <summary>Runs a property over random luck. The seed is fixed, unless <c>HUB_SEED</c> names another; a failure prints it and the shortest luck that fails.</summary>
internal static class Properties
{
    private static readonly string? Chosen = Environment.GetEnvironmentVariable("HUB_SEED");

    /// <summary>Whether somebody named a seed.</summary>
    internal static bool IsChosen => Chosen is not null;

    internal static void Check(int runs, int length, Action<int[]> property)
    {
        var seed = ulong.TryParse(Chosen, out var given) ? given : 20_260_302UL;
        var luck = Arb.From(Gen.Choose(0, 99_999).ArrayOf(length), Shorter);
        var config = Config.QuickThrowOnFailure.WithMaxTest(runs).WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));
        FsCheck.Check.One($"HUB_SEED={seed}", config, Prop.ForAll(luck, property));
    }

    // Without its end, without one of its halves, without one of its steps.
    private static IEnumerable<int[]> Shorter(int[] luck)
    {
        for (var keep = luck.Length / 2; keep > 0 && keep < luck.Length; keep += Math.Max(1, (luck.Length - keep) / 2)) yield return luck[..keep];
        if (luck.Length > 60) yield break;
        for (var i = 0; i < luck.Length; i++) yield return [.. luck[..i], .. luck[(i + 1)..]];
    }
}

/// <summary>Choices drawn from a list of numbers; zeroes once it is used up.</summary>
internal sealed class Luck(int[] numbers)
{
    private int _next;

    internal bool IsSpent => _next >= numbers.Length;

    internal int Below(int limit) => (_next < numbers.Length ? numbers[_next++] : 0) % limit;

    internal bool OneIn(int chances) => Below(chances) == chances - 1;

    internal T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
