using System.Globalization;
using Hub.Domain.Notifications.Planning;

namespace Hub.Domain.Tests.Notifications.Planning;

public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("21:59:59", "21:59:59")]
    [InlineData("22:00:00", "07:00:00")]
    [InlineData("23:30:15", "07:00:00")]
    [InlineData("00:00:00", "07:00:00")]
    [InlineData("06:59:59", "07:00:00")]
    [InlineData("07:00:00", "07:00:00")]
    public void A_night_goes_over_midnight(string at, string until) => AssertUntil(new QuietHours(22 * 60, 7 * 60, 0), at, until);

    [Theory]
    [InlineData("20:59:00", "20:59:00")]
    [InlineData("21:00:00", "06:00:00")]
    public void The_day_is_the_persons_own(string at, string until) => AssertUntil(new QuietHours(22 * 60, 7 * 60, OffsetMinutes: 60), at, until);

    [Fact]
    public void An_empty_window_is_never_quiet() => AssertUntil(new QuietHours(60, 60, 0), "01:00:00", "01:00:00");

    private static void AssertUntil(QuietHours quiet, string at, string until)
    {
        var day = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        var end = quiet.Until(day + TimeSpan.Parse(at, CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Parse(until, CultureInfo.InvariantCulture), end.TimeOfDay);
    }
}
