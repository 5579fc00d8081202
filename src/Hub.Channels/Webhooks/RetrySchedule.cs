namespace Hub.Channels.Webhooks;

/// <summary>When a webhook that was not taken is sent again.</summary>
/// <remarks>Source: Standard Webhooks, "Retry schedule". Jitter of a fifth either way, so that a merchant who comes back is not met by everything at once.</remarks>
public static class RetrySchedule
{
    /// <summary>One more than the largest jitter.</summary>
    public const int JitterSteps = 1_000;

    private const int LeastPermille = 800;
    private const int PermilleRange = 400;

    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>How often it is sent at most: once, and once after every delay.</summary>
    public static int MaxAttempts => Delays.Length + 1;

    /// <summary>How long to wait after an attempt failed.</summary>
    /// <param name="attempts">How many were made, at least 1.</param>
    /// <param name="jitter">0 to 999, from a port of randomness: 0 waits a fifth less, 999 a fifth more.</param>
    /// <returns><c>null</c> when there is no further attempt.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A limit above is broken: a caller's bug.</exception>
    public static TimeSpan? DelayAfter(int attempts, int jitter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(jitter);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(jitter, JitterSteps);
        if (attempts > Delays.Length) return null;
        var permille = LeastPermille + (PermilleRange * jitter / (JitterSteps - 1));
        return new TimeSpan(Delays[attempts - 1].Ticks / 1_000 * permille);
    }
}
