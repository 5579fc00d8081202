using Hub.Simulation.Core;
using Hub.Simulation.Runs;

namespace Hub.Simulation.Tests;

/// <summary>A run is its choices: they repeat, they can be stored, and after their end all is quiet.</summary>
public sealed class ChoicesTests
{
    [Fact]
    public void The_same_seed_makes_the_same_choices_and_another_one_others()
    {
        Assert.Equal(Draw(Choices.FromSeed(7)), Draw(Choices.FromSeed(7)));
        Assert.NotEqual(Draw(Choices.FromSeed(7)), Draw(Choices.FromSeed(8)));
    }

    [Fact]
    public void Choices_made_once_are_made_again_and_then_all_is_quiet()
    {
        var choices = Choices.FromSeed(7);
        var drawn = Draw(choices);
        var again = Choices.Replay(choices.Made());

        Assert.Equal(drawn, Draw(again));
        Assert.Equal(0, again.Next(Strand.Faults, 1_000));
        Assert.False(again.Chance(Strand.Faults, 999));
    }

    [Fact]
    public void A_choice_in_one_strand_does_not_shift_another()
    {
        var (one, other) = (Choices.FromSeed(7), Choices.FromSeed(7));
        other.Next(Strand.People, 10);
        Assert.Equal(Enumerable.Range(0, 20).Select(_ => one.Next(Strand.Faults, 100)), Enumerable.Range(0, 20).Select(_ => other.Next(Strand.Faults, 100)));
    }

    [Fact]
    public void A_strand_that_was_not_stored_is_quiet()
    {
        var older = Choices.Replay([[1], [2], [3], [4]]);

        Assert.Equal([4, 0, 0], [older.Next(Strand.People, 10), older.Next(Strand.People, 10), older.Next(Strand.Reach, 10)]);
        Assert.False(older.Chance(Strand.Reach, 999));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1_000, true)]
    public void What_never_happens_never_does_and_what_always_happens_always_does(int perMille, bool happens) =>
        Assert.Equal(happens, Choices.FromSeed(1).Chance(Strand.Faults, perMille));

    [Fact]
    public void A_stored_failure_reads_back_as_it_was()
    {
        int[][] made = [[0, 0, 3, 0, 1, 0], [], [5], [0, 0]];
        var path = Path.GetTempFileName();
        Failure.Of(new Violation(11, "twice"), 20, made).Write(path);
        var read = Failure.Read(path);

        Assert.Equal((11, "twice", 20), (read.Invariant, read.What, read.Journeys));
        Assert.Equal([[0, 0, 3, 0, 1], [], [5], []], read.Unpacked());
        File.Delete(path);
    }

    private static int[] Draw(Choices choices) => [.. Enumerable.Range(0, 50).Select(i => choices.Next((Strand)(i % 4), 1_000))];
}
