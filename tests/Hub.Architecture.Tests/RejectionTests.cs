using Hub.Domain.Kernel;

namespace Hub.Architecture.Tests;

/// <summary>A refusal's number and name are part of the API.</summary>
public sealed class RejectionTests
{
    [Fact]
    public void Every_refusal_has_a_number_of_its_own_and_says_whether_to_try_again()
    {
        var names = Enum.GetNames<RejectionCode>();

        Assert.Equal(names.Length, Enum.GetValues<RejectionCode>().Distinct().Count());
        Assert.All(Enum.GetValues<RejectionCode>(), code => Assert.True(Enum.IsDefined(code.Retry())));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99_999)]
    public void A_refusal_nobody_decided_about_is_a_bug(int number) => Assert.Throws<ArgumentOutOfRangeException>(() => ((RejectionCode)number).Retry());

    [Fact]
    public void Every_refusal_is_given_somewhere()
    {
        var sources = House.Sources("src").Where(f => !f.Path.EndsWith("/RejectionCode.cs", StringComparison.Ordinal)).Select(f => f.Text).ToList();
        var silent = Enum.GetNames<RejectionCode>().Except(Reserved).Where(name => !sources.Any(t => t.Contains($"RejectionCode.{name}", StringComparison.Ordinal)));

        Assert.Empty(silent);
    }

    /// <summary>Codes that a part of the hub to come will give; their numbers are kept for it.</summary>
    private static readonly string[] Reserved = ["CommandIdReused", "WrongCode"];
}
