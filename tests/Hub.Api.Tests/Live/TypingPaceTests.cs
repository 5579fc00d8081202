using Hub.Api.Live;
using Hub.Api.Tests.Edge.Support;

namespace Hub.Api.Tests.Live;

/// <summary>Whoever types is said to be typing once a second, in each topic.</summary>
public sealed class TypingPaceTests
{
    [Theory]
    [InlineData(999, false)]
    [InlineData(1_000, true)]
    [InlineData(1_001, true)]
    public void It_is_told_once_a_second(int milliseconds, bool told)
    {
        var time = new ManualTime();
        var pace = new TypingPace(time);

        Assert.True(pace.MayTell("conversation:cnv_1"));
        time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(told, pace.MayTell("conversation:cnv_1"));
        Assert.True(pace.MayTell("conversation:cnv_2"));
    }
}
