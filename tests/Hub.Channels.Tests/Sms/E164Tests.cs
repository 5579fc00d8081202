using Hub.Channels.Sms;

namespace Hub.Channels.Tests.Sms;

public sealed class E164Tests
{
    [Theory]
    [InlineData("+1234567", false)]
    [InlineData("+12345678", true)]
    [InlineData("+123456789012345", true)]
    [InlineData("+1234567890123456", false)]
    [InlineData("+02345678", false)]
    [InlineData("4915112345678", false)]
    [InlineData("+49 151 12345678", false)]
    [InlineData("+49151123456٧8", false)]
    [InlineData("++4915112345", false)]
    [InlineData("+491511234567\n", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_number_is_a_plus_and_8_to_15_digits(string? text, bool isNumber) => Assert.Equal(isNumber, E164.TryParse(text, out _));

    [Theory]
    [InlineData("+4915112345678", "DE")]
    [InlineData("+15005550001", "US")]
    [InlineData("+14165550100", "CA")]
    [InlineData("+18765550100", "JM")]
    [InlineData("+18095550100", "DO")]
    [InlineData("+77015550100", "KZ")]
    [InlineData("+79165550100", "RU")]
    [InlineData("+35315550100", "IE")]
    [InlineData("+88216555010", null)]
    [InlineData("+9791234567", null)]
    [InlineData("+2101234567", null)]
    public void The_country_is_the_longest_prefix_that_is_known(string text, string? country)
    {
        Assert.True(E164.TryParse(text, out var number));
        Assert.Equal(country, number.Country);
    }

    /// <summary>Premium, shared-cost and satellite numbers, and the neighbours that are somebody's phone.</summary>
    [Theory]
    [InlineData("+19005550100", true)]
    [InlineData("+19015550100", false)]
    [InlineData("+18995550100", false)]
    [InlineData("+15005550001", false)]
    [InlineData("+88216555010", true)]
    [InlineData("+881612345678", true)]
    [InlineData("+870772001122", true)]
    [InlineData("+9791234567", true)]
    [InlineData("+80012345678", true)]
    [InlineData("+4990012345678", true)]
    [InlineData("+4915112345678", false)]
    [InlineData("+4917612345678", false)]
    [InlineData("+447012345678", true)]
    [InlineData("+447112345678", false)]
    [InlineData("+449012345678", true)]
    [InlineData("+33899123456", true)]
    [InlineData("+33612345678", false)]
    [InlineData("+4390012345", true)]
    [InlineData("+436641234567", false)]
    [InlineData("+41900123456", true)]
    [InlineData("+41791234567", false)]
    [InlineData("+48701123456", true)]
    [InlineData("+48601123456", false)]
    [InlineData("+4790123456", false)]
    [InlineData("+4590123456", true)]
    [InlineData("+4520123456", false)]
    public void A_number_that_costs_whoever_sends_to_it_is_known(string text, bool costly)
    {
        Assert.True(E164.TryParse(text, out var number));
        Assert.Equal(costly, number.IsCostly);
    }

    [Fact]
    public void A_number_prints_only_its_end()
    {
        Assert.True(E164.TryParse("+4915112345678", out var number));
        Assert.Equal("+…78", number.ToString());
    }

    [Fact]
    public void A_number_that_was_never_set_is_a_bug() => Assert.Throws<InvalidOperationException>(() => default(E164).Number);
}
