using Hub.Simulation.Bugs;
using Hub.Simulation.Core;
using Hub.Simulation.Runs;
using Simulated = Hub.Simulation.Runs.Simulation;

namespace Hub.Simulation.Tests;

/// <summary>Whole worlds, few of them: that they repeat, that the simulator sees what is planted, and that what was mended stays mended.</summary>
public sealed class WorldTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-simulation-").FullName;

    public static TheoryData<PlantedBug> Bugs => [.. Enum.GetValues<PlantedBug>().Where(bug => bug != PlantedBug.None)];

    public static TheoryData<string> Stored => [.. StoredFailures.Select(path => Path.GetFileName(path)!)];

    private static IEnumerable<string> StoredFailures
    {
        get
        {
            var folder = Path.Combine(AppContext.BaseDirectory, "Failures");
            return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal) : [];
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_seed_goes_the_same_way_each_time_and_every_invariant_holds(int seed)
    {
        var (one, other) = (Run(Choices.FromSeed((ulong)seed), PlantedBug.None), Run(Choices.FromSeed((ulong)seed), PlantedBug.None));

        Assert.Null(one.Broken);
        Assert.Equal((one.Trace, one.Steps), (other.Trace, other.Steps));
    }

    [Fact]
    public void Choices_that_were_made_lead_the_same_way_again()
    {
        var seeded = Run(Choices.FromSeed(4), PlantedBug.None);

        Assert.Equal((seeded.Trace, seeded.Steps), (Run(Choices.Replay(seeded.Made), PlantedBug.None) is var again ? (again.Trace, again.Steps) : default));
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_found_within_500_seeds(PlantedBug bug)
    {
        var campaign = new Campaign(new Setup(20, bug, _folder), 1, 500, null, threads: 1);
        campaign.Run();

        Assert.NotNull(campaign.Failed);
        Assert.NotNull(campaign.Failed.Value.Outcome.Broken);
    }

    [Fact]
    public void Fewer_choices_are_left_after_shrinking_and_they_still_break_the_same_rule()
    {
        var setup = new Setup(4, PlantedBug.MissingStarted, _folder);
        var outcome = Enumerable.Range(1, 50).Select(seed => Simulated.Run(Choices.FromSeed((ulong)seed), setup)).First(run => run.Broken is not null);

        var small = new Shrinker(setup, outcome.Broken!.Invariant, mostRuns: 60).Shrink(outcome.Made);

        Assert.True(Left(small) < Left(outcome.Made));
        Assert.Equal(outcome.Broken.Invariant, Simulated.Run(Choices.Replay(small), setup).Broken?.Invariant);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Stored))]
    public void A_failure_that_was_mended_stays_mended(string name)
    {
        var failure = Failure.Read(Path.Combine(AppContext.BaseDirectory, "Failures", name));

        Assert.Null(Simulated.Run(Choices.Replay(failure.Unpacked()), new Setup(failure.Journeys, PlantedBug.None, _folder)).Broken);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static int Left(int[][] choices) => choices.Sum(strand => strand.Count(choice => choice != 0));

    private Outcome Run(Choices choices, PlantedBug bug) => Simulated.Run(choices, new Setup(20, bug, _folder));
}
