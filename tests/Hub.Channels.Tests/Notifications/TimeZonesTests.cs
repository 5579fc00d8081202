using Hub.Channels.Notifications;

namespace Hub.Channels.Tests.Notifications;

/// <summary>Which zones there are: the IANA names that browsers report, and nothing a path could be made of.</summary>
public sealed class TimeZonesTests
{
    [Theory]
    [InlineData("UTC")]
    [InlineData("Etc/UTC")]
    [InlineData("Etc/GMT+5")]
    [InlineData("Europe/Berlin")]
    [InlineData("Asia/Shanghai")]
    [InlineData("Asia/Calcutta")] // An old name that browsers still report.
    [InlineData("America/Port-au-Prince")]
    [InlineData("America/Argentina/Buenos_Aires")]
    public void A_zone_is_found_by_its_name(string name)
    {
        Assert.True(TimeZones.TryFind(name, out var zone));
        Assert.Equal(name, zone.Id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("CET")]
    [InlineData("Berlin")]
    [InlineData("Europe")]
    [InlineData("Europe/")]
    [InlineData("/Berlin")]
    [InlineData("Europe/Atlantis")]
    [InlineData("europe/berlin")]
    [InlineData(" Europe/Berlin")]
    [InlineData("Europe/Berlin\n")]
    [InlineData("Europe//Berlin")]
    [InlineData("localtime")]
    [InlineData("right/Europe/Berlin")]
    [InlineData("posix/Europe/Berlin")]
    [InlineData("Europe/../Asia/Tokyo")]
    [InlineData("Europe/../../../../etc/passwd")]
    [InlineData("/usr/share/zoneinfo/Europe/Berlin")]
    [InlineData("America/Argentina/Buenos_Aires/x")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("+01:00")]
    public void Anything_else_is_no_zone(string? name) => Assert.False(TimeZones.TryFind(name, out _));
}
