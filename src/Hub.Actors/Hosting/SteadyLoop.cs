using Microsoft.Extensions.Logging;

namespace Hub.Actors.Hosting;

/// <summary>Runs a step again and again until told to stop. A step that throws is an outage: it is logged and tried again after a second.</summary>
/// <remarks>
/// An outage is told with its stack once; from then on as one line, each time it has lasted twice as many tries. A step that did its
/// work, or went on for <see cref="Recovered"/>, ends it.
/// </remarks>
internal static partial class SteadyLoop
{
    /// <summary>How long a step that never returns has to go on to count as working.</summary>
    internal static readonly TimeSpan Recovered = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(string name, Func<CancellationToken, Task> step, TimeProvider time, ILogger log, CancellationToken stop)
    {
        var failures = 0L;
        while (!stop.IsCancellationRequested)
        {
            var begun = time.GetTimestamp();
            try
            {
                await step(stop);
                failures = 0;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception outage)
            {
                failures = time.GetElapsedTime(begun) < Recovered ? failures + 1 : 1;
                Tell(log, outage, name, failures);
                await PauseAsync(time, stop);
            }
        }
    }

    private static void Tell(ILogger log, Exception outage, string name, long failures)
    {
        if (failures == 1) LogOutage(log, outage, name);
        else if (long.IsPow2(failures)) LogStill(log, name, failures, outage.Message);
    }

    private static async Task PauseAsync(TimeProvider time, CancellationToken stop)
    {
        try
        {
            await Task.Delay(Pause, time, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop while pausing: the loop sees it.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Name} failed and goes on in a second")]
    private static partial void LogOutage(ILogger log, Exception outage, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Name} failed {Failures} times in a row and goes on every second: {Problem}")]
    private static partial void LogStill(ILogger log, string name, long failures, string problem);
}
