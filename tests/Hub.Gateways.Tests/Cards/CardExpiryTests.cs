using System.Globalization;
using Hub.Gateways.Cards;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.Cards;

public sealed class CardExpiryTests
{
    [Theory]
    [InlineData("2026-03-31T23:59:59Z", 2026, 2, CardProblem.Expired)]
    [InlineData("2026-03-31T23:59:59Z", 2026, 3, null)]
    [InlineData("2026-04-01T00:00:00Z", 2026, 3, CardProblem.Expired)]
    [InlineData("2026-04-01T13:59:59+14:00", 2026, 3, null)]
    [InlineData("2026-03-31T12:00:00-12:00", 2026, 3, CardProblem.Expired)]
    [InlineData("2026-12-31T23:59:59Z", 2026, 12, null)]
    [InlineData("2027-01-01T00:00:00Z", 2026, 12, CardProblem.Expired)]
    [InlineData("2026-03-31T23:59:59Z", 2046, 3, null)]
    [InlineData("2026-03-31T23:59:59Z", 2046, 4, CardProblem.ExpiryTooFar)]
    [InlineData("2026-04-01T00:00:00Z", 2046, 4, null)]
    [InlineData("2026-03-31T23:59:59Z", 2030, 0, CardProblem.ExpiryMalformed)]
    [InlineData("2026-03-31T23:59:59Z", 2030, 1, null)]
    [InlineData("2026-03-31T23:59:59Z", 2030, 12, null)]
    [InlineData("2026-03-31T23:59:59Z", 2030, 13, CardProblem.ExpiryMalformed)]
    [InlineData("2026-03-31T23:59:59Z", 30, 1, CardProblem.ExpiryMalformed)]
    [InlineData("2026-03-31T23:59:59Z", 1999, 12, CardProblem.ExpiryMalformed)]
    [InlineData("2026-03-31T23:59:59Z", 2199, 12, CardProblem.ExpiryTooFar)]
    [InlineData("2026-03-31T23:59:59Z", 2200, 1, CardProblem.ExpiryMalformed)]
    [InlineData("2026-03-31T23:59:59Z", int.MaxValue, 1, CardProblem.ExpiryMalformed)]
    [InlineData("2026-03-31T23:59:59Z", int.MinValue, int.MinValue, CardProblem.ExpiryMalformed)]
    public void A_card_is_good_through_the_last_moment_of_its_month_in_utc(string now, int year, int month, CardProblem? problem) =>
        Assert.Equal(problem, new CardExpiry(year, month).Check(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0, null)]
    [InlineData(119, null)]
    [InlineData(120, null)]
    [InlineData(121, CardProblem.HolderMalformed)]
    public void A_holder_has_at_most_120_characters(int length, CardProblem? problem) =>
        Assert.Equal(problem, Card.TryCreate(Samples.VisaNumber, new CardExpiry(2031, 4), new string('a', length), FakeTime.Noon, out _));

    [Fact]
    public void A_holder_has_no_control_characters() =>
        Assert.Equal(CardProblem.HolderMalformed, Card.TryCreate(Samples.VisaNumber, new CardExpiry(2031, 4), "Ada\r\nLovelace", FakeTime.Noon, out _));
}
