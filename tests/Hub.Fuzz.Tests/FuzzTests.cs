using System.Globalization;
using System.Text;
using Hub.Fuzz.Tests;

[assembly: AssemblyFixture(typeof(FuzzFigures))]

namespace Hub.Fuzz.Tests;

/// <summary>Every parser that faces the outside: its corpus, found failures among it, and a fixed number of mutations, the same in every run.</summary>
public sealed class FuzzTests
{
    private const long Cases = 10_000;
    private const ulong Seed = 20_260_301;

    /// <summary>Every target.</summary>
    public static TheoryData<string> Names => [.. Targets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_comes_in_is_read_as_one_thing_or_refused(string name)
    {
        var result = FuzzRun.Go(Targets.All.Single(target => target.Name == name), Cases, Seed);
        FuzzFigures.Tried(result.Cases);

        Assert.True(result.Failure is null, $"{result.Why}\nInput, base64: {Convert.ToBase64String(result.Failure ?? [])}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_corpus_reaches_more_than_one_outcome(string name)
    {
        var target = Targets.All.Single(target => target.Name == name);
        var outcomes = Corpus.Of(name).Select(seed => FuzzRun.Check(target, seed.Input, out var outcome) ?? outcome).ToHashSet();

        Assert.True(outcomes.Count >= 2, string.Join('\n', outcomes));
    }

    [Fact]
    public void Every_folder_of_the_corpus_is_some_targets() =>
        Assert.Equal(
            Targets.All.Select(target => target.Name).Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(Path.GetDirectoryName(Corpus.FolderOf("x"))!).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    /// <summary>A fuzzer that could find nothing would find nothing.</summary>
    [Fact]
    public void A_planted_bug_is_found_and_its_input_shortened()
    {
        var result = FuzzRun.Go(new Planted(), Cases, Seed);

        Assert.Equal("PAY!!", Encoding.ASCII.GetString(result.Failure!));
    }

    [Fact]
    public void The_same_seed_makes_the_same_inputs()
    {
        var (one, other) = (new Mutator(7, ["x"]), new Mutator(7, ["x"]));
        byte[][] corpus = ["PAY 4839"u8.ToArray()];

        for (var number = 0; number < 1_000; number++) Assert.Equal(one.Make(corpus), other.Make(corpus));
    }

    private sealed class Planted : FuzzTarget
    {
        public override string Name => "sms";

        public override IReadOnlyList<string> Words => ["!!"];

        public override string Try(byte[] input)
        {
            Must(!Latin(input).Contains("PAY!!", StringComparison.Ordinal), "planted");
            return "read";
        }
    }
}

/// <summary>Says at the end how many inputs were tried, in the file that <c>HUB_FIGURES</c> names.</summary>
public sealed class FuzzFigures : IDisposable
{
    private static long _cases;

    internal static void Tried(long cases) => Interlocked.Add(ref _cases, cases);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("HUB_FIGURES") is not { Length: > 0 } path || _cases == 0) return;
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"fuzz cases\t{_cases}\n")));
    }
}
