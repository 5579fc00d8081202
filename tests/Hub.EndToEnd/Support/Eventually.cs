using System.Diagnostics;

namespace Hub.EndToEnd.Support;

/// <summary>Waits for what comes by itself. The bound is generous: it is reached only when something is truly broken.</summary>
internal static class Eventually
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>The first thing that is found.</summary>
    /// <param name="look">Looks; <c>null</c> while it is not there.</param>
    /// <param name="what">What is waited for, for the message when it never comes.</param>
    /// <param name="seen">What there is instead, for the same message.</param>
    /// <param name="patience">How long; <see cref="Patience"/> unless told otherwise.</param>
    internal static async Task<T> FindAsync<T>(Func<Task<T?>> look, string what, Func<Task<string>>? seen = null, TimeSpan? patience = null)
        where T : class
    {
        var most = patience ?? Patience;
        var begun = Stopwatch.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            if (await look() is { } found) return found;
            if (Stopwatch.GetElapsedTime(begun) > most)
            {
                throw new Xunit.Sdk.XunitException($"Waited {most.TotalSeconds} s in vain for {what}. {(seen is null ? "" : await seen())}");
            }

            // Looking costs the hub something too, so what takes long is looked at less and less often.
            await Task.Delay(pause);
            pause = pause * 1.1 < LongestPause ? pause * 1.1 : LongestPause;
        }
    }

    /// <summary>Until a condition holds.</summary>
    internal static Task HoldsAsync(Func<Task<bool>> condition, string what, Func<Task<string>>? seen = null) =>
        FindAsync(async () => await condition() ? "" : null, what, seen);
}
