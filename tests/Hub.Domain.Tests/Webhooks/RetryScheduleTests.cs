using Hub.Domain.Webhooks;

namespace Hub.Domain.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 5 * 60)]
    [InlineData(3, 30 * 60)]
    [InlineData(4, 2 * 3_600)]
    [InlineData(5, 5 * 3_600)]
    [InlineData(6, 10 * 3_600)]
    [InlineData(7, 14 * 3_600)]
    [InlineData(8, 20 * 3_600)]
    [InlineData(9, 24 * 3_600)]
    public void Each_wait_lies_within_a_fifth_of_its_place_in_the_schedule(int attempts, int seconds)
    {
        var middle = TimeSpan.FromSeconds(seconds);

        Assert.Equal(middle * 0.8, RetrySchedule.DelayAfter(attempts, 0));
        Assert.Equal(middle * 1.2, RetrySchedule.DelayAfter(attempts, 999));
        for (var jitter = 1; jitter < 1_000; jitter++)
        {
            Assert.True(RetrySchedule.DelayAfter(attempts, jitter) >= RetrySchedule.DelayAfter(attempts, jitter - 1));
        }
    }

    [Fact]
    public void After_the_last_place_there_is_no_further_attempt()
    {
        Assert.NotNull(RetrySchedule.DelayAfter(RetrySchedule.MaxAttempts - 1, 0));
        Assert.Null(RetrySchedule.DelayAfter(RetrySchedule.MaxAttempts, 0));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, -1)]
    [InlineData(1, 1_000)]
    public void Outside_its_limits_it_is_a_bug(int attempts, int jitter) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.DelayAfter(attempts, jitter));
}
