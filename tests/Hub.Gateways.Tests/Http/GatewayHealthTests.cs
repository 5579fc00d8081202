using Hub.Gateways.Http;
using Hub.Gateways.Tests.Support;

namespace Hub.Gateways.Tests.Http;

public sealed class GatewayHealthTests
{
    private readonly FakeTime _time = new();

    [Theory]
    [InlineData(0, 0, 10_000)]
    [InlineData(0, 1, 9_523)]
    [InlineData(0, 20, 5_000)]
    [InlineData(100, 0, 10_000)]
    [InlineData(80, 100, 5_000)]
    [InlineData(9_980, 100, 9_900)]
    public void Twenty_answered_calls_are_assumed_on_top_of_those_that_were_made(int answers, int failures, int basisPoints) =>
        Assert.Equal(new GatewayStanding(false, basisPoints), After(answers, failures).Standing);

    [Theory]
    [InlineData(0, 5_000)]
    [InlineData(1, 6_666)]
    [InlineData(2, 8_000)]
    [InlineData(10, 9_990)]
    [InlineData(100_000, 10_000)]
    public void A_call_counts_half_after_ten_minutes(int halfLives, int basisPoints)
    {
        var health = After(0, 20);
        _time.Advance(GatewayHealth.HalfLife * halfLives);

        Assert.Equal(basisPoints, health.Standing.AnsweredBasisPoints);
    }

    [Fact]
    public void Decay_does_not_depend_on_how_often_somebody_looks()
    {
        var (often, seldom) = (After(3, 20), After(3, 20));
        for (var minute = 0; minute < 45; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            _ = often.Standing;
        }

        Assert.Equal(seldom.Standing, often.Standing);
    }

    [Fact]
    public void A_clock_that_was_set_back_forgets_nothing()
    {
        var health = After(0, 20);
        _time.Advance(TimeSpan.FromHours(-1));
        Assert.Equal(5_000, health.Standing.AnsweredBasisPoints);
        _time.Advance(GatewayHealth.HalfLife);

        Assert.Equal(6_666, health.Standing.AnsweredBasisPoints);
    }

    [Fact]
    public void Every_gateway_has_a_health_of_its_own()
    {
        var healths = new GatewayHealths(_time);
        healths["stripe"].Count(answered: false);

        Assert.Same(healths["stripe"], healths["stripe"]);
        Assert.Equal(GatewayStanding.Unknown, healths["sandbox"].Standing);
        Assert.NotEqual(GatewayStanding.Unknown, healths["stripe"].Standing);
    }

    private GatewayHealth After(int answers, int failures)
    {
        var health = new GatewayHealth(_time);
        for (var i = 0; i < answers; i++) health.Count(answered: true);
        for (var i = 0; i < failures; i++) health.Count(answered: false);
        return health;
    }
}
