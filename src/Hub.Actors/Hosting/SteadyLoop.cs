using Microsoft.Extensions.Logging;

namespace Hub.Actors.Hosting;

/// <summary>Runs a step again and again until told to stop. A step that throws is an outage: it is logged and tried again after a second.</summary>
internal static partial class SteadyLoop
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(string name, Func<CancellationToken, Task> step, TimeProvider time, ILogger log, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await step(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception outage)
            {
                LogOutage(log, outage, name);
                await PauseAsync(time, stop);
            }
        }
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
}
