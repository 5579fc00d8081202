using Hub.Domain.Kernel;
using Hub.Domain.Notifications.Planning;

namespace Hub.Domain.Tests.Notifications.Planning;

/// <summary>When silence ends.</summary>
public sealed class QuietWindowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly EquatableArray<QuietWindow> Windows = [Window(0, 60), Window(60, 90), Window(120, 121)];

    /// <summary>Minutes after noon, and when it is no longer quiet from then on. The first two windows touch.</summary>
    [Theory]
    [InlineData(-1, -1)]
    [InlineData(0, 90)]
    [InlineData(1, 90)]
    [InlineData(59, 90)]
    [InlineData(60, 90)]
    [InlineData(61, 90)]
    [InlineData(89, 90)]
    [InlineData(90, 90)]
    [InlineData(91, 91)]
    [InlineData(119, 119)]
    [InlineData(120, 121)]
    [InlineData(121, 121)]
    public void A_window_is_quiet_from_its_first_minute_to_the_one_before_its_end(long at, long until) =>
        Assert.Equal(Noon.AddMinutes(until), QuietWindow.EndOf(Windows, Noon.AddMinutes(at)));

    [Fact]
    public void The_last_tick_is_quiet_too()
    {
        Assert.Equal(Noon.AddMinutes(121), QuietWindow.EndOf(Windows, Noon.AddMinutes(121).AddTicks(-1)));
        Assert.Equal(Noon.AddTicks(-1), QuietWindow.EndOf(Windows, Noon.AddTicks(-1)));
    }

    [Fact]
    public void Without_windows_it_is_never_quiet() => Assert.Equal(Noon, QuietWindow.EndOf([], Noon));

    private static QuietWindow Window(long from, long until) => new(Noon.AddMinutes(from), Noon.AddMinutes(until));
}
