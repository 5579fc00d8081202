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

    [Fact]
    public void A_number_prints_only_its_end()
    {
        Assert.True(E164.TryParse("+4915112345678", out var number));
        Assert.Equal("+…78", number.ToString());
    }

    [Fact]
    public void A_number_that_was_never_set_is_a_bug() => Assert.Throws<InvalidOperationException>(() => default(E164).Number);
}
