using System.Globalization;
using Hub.Channels.Notifications;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Tests.Notifications;

/// <summary>A customer's quiet hours in absolute time, above all on the days on which clocks change.</summary>
public sealed class QuietCalendarTests
{
    /// <summary>The night around a change of clocks: how long it truly is. Times in UTC; the span begins at noon of the first day, so many hours later, and lasts 21.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-02", "2026-03-02T21:00", "2026-03-03T06:00")] // Nine hours, as usual.
    [InlineData("Europe/Berlin", "2026-03-28", "2026-03-28T21:00", "2026-03-29T05:00")] // Forward: eight.
    [InlineData("Europe/Berlin", "2026-10-24", "2026-10-24T20:00", "2026-10-25T06:00")] // Back: ten.
    [InlineData("America/New_York", "2026-03-07", "2026-03-08T03:00", "2026-03-08T11:00", 6)]
    [InlineData("America/New_York", "2026-10-31", "2026-11-01T02:00", "2026-11-01T12:00", 6)]
    [InlineData("Australia/Lord_Howe", "2026-04-04", "2026-04-04T11:00", "2026-04-04T20:30", -12)] // Half an hour back.
    [InlineData("Australia/Lord_Howe", "2026-10-03", "2026-10-03T11:30", "2026-10-03T20:00", -12)] // Half an hour forward.
    [InlineData("Asia/Shanghai", "2026-03-28", "2026-03-28T14:00", "2026-03-28T23:00")] // Never any change.
    [InlineData("Asia/Shanghai", "2026-10-24", "2026-10-24T14:00", "2026-10-24T23:00")]
    [InlineData("UTC", "2026-03-28", "2026-03-28T22:00", "2026-03-29T07:00")]
    public void A_night_is_as_long_as_the_clocks_make_it(string zone, string day, string from, string until, int hours = 0)
    {
        var noon = Utc($"{day}T12:00").AddHours(hours);

        Assert.Equal([Window(from, until)], QuietCalendar.Between(Hours("22:00", "07:00", zone), noon, noon.AddHours(21)));
    }

    /// <summary>Hours whose own times the change of clocks skips or repeats.</summary>
    [Theory]
    [InlineData("2026-03-29", "02:15", "02:45", "")] // Skipped as a whole: nobody's clock shows them.
    [InlineData("2026-03-29", "01:30", "02:30", "00:30-01:00")] // The end is skipped: they end at the change.
    [InlineData("2026-03-29", "02:30", "04:00", "01:00-02:00")] // The beginning is skipped: they begin at the change.
    [InlineData("2026-03-29", "02:00", "03:00", "")]
    [InlineData("2026-03-29", "01:00", "02:00", "00:00-01:00")]
    [InlineData("2026-03-29", "03:00", "03:01", "01:00-01:01")]
    [InlineData("2026-10-25", "02:15", "02:45", "00:15-00:45 01:15-01:45")] // Read twice, quiet twice.
    [InlineData("2026-10-25", "01:30", "02:30", "23:30-00:30 01:00-01:30")]
    [InlineData("2026-10-25", "02:30", "04:00", "00:30-01:00 01:30-03:00")]
    [InlineData("2026-10-25", "02:00", "03:00", "00:00-02:00")]
    [InlineData("2026-10-25", "01:00", "03:00", "23:00-02:00")]
    [InlineData("2026-10-25", "03:00", "03:01", "02:00-02:01")]
    public void Times_that_do_not_occur_or_occur_twice_are_right_to_the_minute(string day, string from, string to, string expected)
    {
        var start = Utc($"{day}T00:00").AddHours(-2);

        Assert.Equal(expected, Shown(QuietCalendar.Between(Hours(from, to, "Europe/Berlin"), start, start.AddHours(10))));
    }

    /// <summary>Lord Howe goes back from 02:00 to 01:30, and forward from 02:00 to 02:30.</summary>
    [Theory]
    [InlineData("2026-04-04T13:00", "01:45", "02:15", "14:45-15:00 15:15-15:45")]
    [InlineData("2026-04-04T13:00", "01:30", "02:00", "14:30-15:30")]
    [InlineData("2026-10-03T13:00", "01:45", "02:15", "15:15-15:30")]
    [InlineData("2026-10-03T13:00", "02:15", "02:45", "15:30-15:45")]
    public void So_are_changes_by_half_an_hour(string start, string from, string to, string expected) =>
        Assert.Equal(expected, Shown(QuietCalendar.Between(Hours(from, to, "Australia/Lord_Howe"), Utc(start), Utc(start).AddHours(8))));

    /// <summary>The one rule, minute by minute, for three days around every change.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T03:17")]
    [InlineData("Europe/Berlin", "2026-10-24T03:17")]
    [InlineData("America/New_York", "2026-03-07T03:17")]
    [InlineData("America/New_York", "2026-10-31T03:17")]
    [InlineData("Australia/Lord_Howe", "2026-04-03T03:17")]
    [InlineData("Australia/Lord_Howe", "2026-10-02T03:17")]
    [InlineData("America/St_Johns", "2026-03-07T03:17")]
    [InlineData("Asia/Shanghai", "2026-03-28T03:17")]
    [InlineData("Asia/Kathmandu", "2026-03-28T03:17")]
    [InlineData("Pacific/Kiritimati", "2026-03-28T03:17")]
    [InlineData("Pacific/Pago_Pago", "2026-03-28T03:17")]
    public void It_is_quiet_exactly_while_the_customers_clock_reads_a_time_within_the_hours(string name, string start)
    {
        Assert.True(TimeZones.TryFind(name, out var zone));
        var luck = new Random(7);
        for (var round = 0; round < 12; round++)
        {
            var hours = new QuietHours(luck.Next(1_440), luck.Next(1_440), name);
            var windows = QuietCalendar.Between(hours, Utc(start), Utc(start).AddDays(3));
            for (var at = Utc(start); at < Utc(start).AddDays(3); at = at.AddMinutes(1))
            {
                Assert.True(IsWithin(hours, TimeZoneInfo.ConvertTime(at, zone)) == (QuietWindow.EndOf(windows, at) > at), $"{hours} at {at:O}");
            }
        }
    }

    [Fact]
    public void Windows_stay_within_the_span_and_are_told_apart_only_by_noise()
    {
        var start = Utc("2026-03-02T23:00").AddSeconds(30);
        var allDayButAMinute = QuietCalendar.Between(Hours("12:01", "12:00", "UTC"), start, start.AddDays(2));

        Assert.Equal(
            [
                new QuietWindow(start, Utc("2026-03-03T12:00")),
                Window("2026-03-03T12:01", "2026-03-04T12:00"),
                new QuietWindow(Utc("2026-03-04T12:01"), start.AddDays(2)),
            ],
            allDayButAMinute);
        Assert.Empty(QuietCalendar.Between(Hours("22:00", "07:00", "UTC"), start, start));
    }

    [Fact]
    public void In_a_zone_this_machine_does_not_know_no_phone_rings_at_all() =>
        Assert.Equal(
            [Window("2026-03-02T12:00", "2026-03-05T12:00")],
            QuietCalendar.Between(Hours("22:00", "07:00", "Europe/Atlantis"), Utc("2026-03-02T12:00"), Utc("2026-03-05T12:00")));

    [Theory]
    [InlineData(0)]
    [InlineData(-10)]
    [InlineData(-3_600)]
    public void A_notice_that_comes_up_at_night_is_quiet_by_a_clock_that_is_behind_too(int seconds)
    {
        var asked = Utc("2026-03-02T01:37");

        var wishes = new Preferences(Channel.Sms, [], "en", Quiet: Hours("22:00", "07:00", "Europe/Berlin"));

        var windows = QuietCalendar.Of(wishes, asked, asked.AddDays(3))!.Value;

        Assert.Equal(Utc("2026-03-02T06:00"), QuietWindow.EndOf(windows, asked.AddSeconds(seconds)));
    }

    private static bool IsWithin(QuietHours hours, DateTimeOffset local)
    {
        var minute = (local.Hour * 60) + local.Minute;
        return hours.FromMinute <= hours.ToMinute
            ? minute >= hours.FromMinute && minute < hours.ToMinute
            : minute >= hours.FromMinute || minute < hours.ToMinute;
    }

    private static QuietHours Hours(string from, string to, string zone) => new(Minute(from), Minute(to), zone);

    private static int Minute(string time) => (int)(TimeOnly.Parse(time, CultureInfo.InvariantCulture).Ticks / TimeSpan.TicksPerMinute);

    private static QuietWindow Window(string from, string until) => new(Utc(from), Utc(until));

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Shown(EquatableArray<QuietWindow> windows) =>
        string.Join(' ', windows.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.From:HH:mm}-{w.Until:HH:mm}")));
}
