namespace Hub.Actors.Hosting;

/// <summary>Waits that stay on the scheduler of whoever waits.</summary>
/// <remarks>
/// <see cref="Task.WaitAsync(CancellationToken)"/>, <c>WhenAny</c> and the like over a task that continues asynchronously go through the
/// thread pool. Nothing is wrong with that on a machine, but a simulation cannot own it.
/// </remarks>
internal static class Awaiting
{
    /// <summary>The same task; it completes on the caller's scheduler.</summary>
    public static async Task HereAsync(this Task task) => await task;

    /// <summary>Waits for a signal, at most a while.</summary>
    /// <returns>Whether it was given.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was triggered.</exception>
    public static async Task<bool> GivenAsync(this Task signal, TimeSpan atMost, TimeProvider time, CancellationToken cancel)
    {
        // That nobody gives it is the ordinary case: no exception is thrown for it.
        var given = signal.HereAsync().WaitAsync(atMost, time, cancel);
        await Task.WhenAny(given);
        if (given.Exception is not null)
        {
            return false;
        }

        await given;
        return true;
    }

    /// <summary>Cancels right here. <see cref="CancellationTokenSource.CancelAsync"/> would do it on the thread pool.</summary>
    public static void CancelHere(this CancellationTokenSource source) => source.Cancel();
}
