using System.Text.RegularExpressions;

namespace Hub.Architecture.Tests;

/// <summary>What a reader must not have to look for.</summary>
public sealed partial class SourceTests
{
    private const int MaxLines = 350;

    /// <summary>Files that may be longer, each with its reason. Keep it empty.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    [Fact]
    public void No_file_is_longer_than_a_reader_holds_in_mind()
    {
        var tooLong = House.Sources("src").Where(f => Lines(f.Text) > MaxLines && !LongFiles.ContainsKey(f.Path)).Select(f => $"{f.Path}: {Lines(f.Text)} lines");

        Assert.Empty(tooLong);
        Assert.All(LongFiles, e => Assert.True(e.Value.Length > 20 && File.Exists(Path.Combine(House.Root, e.Key)), $"{e.Key} is excepted without a reason."));
    }

    [Theory]
    [InlineData("NotImplementedException")]
    [InlineData("TO" + "DO")]
    [InlineData("FIX" + "ME")]
    [InlineData("#pragma warning disable")]
    [InlineData("Thread.Sleep")]
    [InlineData("#region")]
    public void Nothing_in_the_source_is_left_for_later_or_hidden(string words) =>
        Assert.Empty(House.Sources("src").Where(f => f.Text.Contains(words, StringComparison.Ordinal)).Select(f => f.Path));

    [Fact]
    public void No_failure_is_turned_into_a_success() =>
        Assert.Empty(House.Sources("src").Where(f => SwallowsAndReturns().IsMatch(f.Text)).Select(f => f.Path));

    [Fact]
    public void No_test_is_skipped_unconditionally_or_waits_by_the_clock()
    {
        Assert.Empty(House.Sources("tests").Where(f => SkippedForGood().IsMatch(f.Text)).Select(f => f.Path));
        Assert.Empty(House.Sources("tests").Where(f => f.Text.Contains("Thread.Sleep" + "(", StringComparison.Ordinal)).Select(f => f.Path));
    }

    private static int Lines(string text) => text.Count(c => c == '\n');

    // A named failure may become a named answer; any failure whatever, or one that becomes nothing at all, may not.
    [GeneratedRegex(@"catch\s*(\(\s*Exception\b[^)]*\))?\s*\{\s*(return\b[^;]*;\s*)?\}|catch\s*\([^)]*\)\s*\{\s*(return default;\s*)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex SwallowsAndReturns();

    [GeneratedRegex(@"\[(Fact|Theory)\([^\]]*\bSkip\s*=(?![^\]]*\b(SkipWhen|SkipUnless)\b)", RegexOptions.CultureInvariant)]
    private static partial Regex SkippedForGood();
}
