using System.Globalization;
using Hub.Channels.Notifications;

namespace Hub.Channels.Tests.Notifications;

/// <summary>When a customer's clock next reads a time: once for every date, whatever the clocks do.</summary>
public sealed class DailyTimeTests
{
    [Theory]
    [InlineData(9 * 60, "Europe/Berlin", "2026-01-15T07:59:59Z", "2026-01-15T08:00:00Z")]
    [InlineData(9 * 60, "Europe/Berlin", "2026-01-15T08:00:00Z", "2026-01-16T08:00:00Z")]
    [InlineData(9 * 60, "Europe/Berlin", "2026-01-15T08:00:01Z", "2026-01-16T08:00:00Z")]
    [InlineData(9 * 60, "UTC", "2026-01-15T08:59:59Z", "2026-01-15T09:00:00Z")]
    [InlineData(0, "Asia/Shanghai", "2026-01-15T15:59:59Z", "2026-01-15T16:00:00Z")]
    [InlineData(1439, "Pacific/Kiritimati", "2026-01-15T09:58:59Z", "2026-01-15T09:59:00Z")]
    [InlineData(1439, "Pacific/Pago_Pago", "2026-01-15T10:58:59Z", "2026-01-15T10:59:00Z")]

    // The clocks go forward on 29 March 2026 at 01:00Z, from 02:00 to 03:00: 02:30 is skipped, and stands for the change.
    [InlineData(150, "Europe/Berlin", "2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z")]
    [InlineData(150, "Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z")]
    [InlineData(150, "Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData(180, "Europe/Berlin", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData(119, "Europe/Berlin", "2026-03-29T00:00:00Z", "2026-03-29T00:59:00Z")]

    // They go back on 25 October 2026 at 01:00Z, from 03:00 to 02:00: 02:30 is read twice, and counts the first time.
    [InlineData(150, "Europe/Berlin", "2026-10-25T00:29:59Z", "2026-10-25T00:30:00Z")]
    [InlineData(150, "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData(150, "Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData(540, "Europe/Berlin", "2026-10-24T07:00:00Z", "2026-10-25T08:00:00Z")]

    // Half an hour, on Lord Howe.
    [InlineData(135, "Australia/Lord_Howe", "2026-10-03T15:00:00Z", "2026-10-03T15:30:00Z")]

    // Midnight itself is skipped in Beirut: the day begins at one.
    [InlineData(0, "Asia/Beirut", "2026-03-28T12:00:00Z", "2026-03-28T22:00:00Z")]
    public void The_next_time_is_strictly_later_and_on_the_customers_calendar(int minute, string zone, string after, string next) =>
        Assert.Equal(Time(next), DailyTime.Next(minute, zone, Time(after)));

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/St_Johns")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Beirut")]
    [InlineData("Africa/Cairo")]
    public void Over_a_year_it_comes_exactly_once_on_every_date(string zone)
    {
        var rules = TimeZoneInfo.FindSystemTimeZoneById(zone);
        foreach (var minute in new[] { 0, 30, 60, 119, 120, 150, 180, 540, 1439 })
        {
            var dates = new List<DateTime>();
            var at = Time("2026-01-01T12:00:00Z");
            for (var day = 0; day < 365; day++)
            {
                at = DailyTime.Next(minute, zone, at);
                dates.Add(TimeZoneInfo.ConvertTime(at, rules).Date);
            }

            Assert.Equal(Enumerable.Range(0, 365).Select(day => dates[0].AddDays(day)), dates);
        }
    }

    [Fact]
    public void Where_the_zone_is_not_known_it_is_UTCs_clock() =>
        Assert.Equal(Time("2026-01-15T09:00:00Z"), DailyTime.Next(540, "Mars/Olympus", Time("2026-01-15T08:00:00Z")));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
