using Hub.Actors.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Tests.Hosting;

public sealed class SteadyLoopTests
{
    private readonly Lines _log = new();

    [Fact]
    public async Task An_outage_is_told_with_its_stack_once_and_then_ever_more_rarely_in_a_line()
    {
        await RunAsync([.. Enumerable.Repeat(false, 20)]);

        Assert.Equal(
            [
                "loop failed and goes on in a second + stack",
                .. new[] { 2, 4, 8, 16 }.Select(times => $"loop failed {times} times in a row and goes on every second: away"),
            ],
            _log.Written);
    }

    [Fact]
    public async Task An_outage_after_work_that_was_done_is_a_new_one()
    {
        await RunAsync([false, false, false, true, false, false]);

        string[] told = ["loop failed and goes on in a second + stack", "loop failed 2 times in a row and goes on every second: away"];
        Assert.Equal([.. told, .. told], _log.Written);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public async Task A_step_that_went_on_for_ten_seconds_had_recovered(int milliseconds, bool isNew)
    {
        var time = new SteppingTime { EachStep = SteadyLoop.Recovered + TimeSpan.FromMilliseconds(milliseconds) };

        await RunAsync([false, false], time);

        Assert.Equal(isNew ? 2 : 1, _log.Written.Count(line => line.EndsWith("+ stack", StringComparison.Ordinal)));
    }

    private async Task RunAsync(bool[] works, SteppingTime? time = null)
    {
        using var stop = new CancellationTokenSource();
        var runs = 0;
        await SteadyLoop.RunAsync(
            "loop",
            _ =>
            {
                if (runs == works.Length)
                {
                    stop.Cancel();
                    return Task.CompletedTask;
                }

                return works[runs++] ? Task.CompletedTask : throw new InvalidOperationException("away");
            },
            time ?? new SteppingTime(),
            _log,
            stop.Token);
    }

    /// <summary>A clock on which every pause is over at once and every step takes as long as it is told.</summary>
    private sealed class SteppingTime : TimeProvider
    {
        private long _now;

        public TimeSpan EachStep { get; init; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += EachStep.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception) + (exception is null ? "" : " + stack"));
    }
}
