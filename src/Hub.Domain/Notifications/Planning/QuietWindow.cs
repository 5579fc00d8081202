using Hub.Domain.Kernel;

namespace Hub.Domain.Notifications.Planning;

/// <summary>A stretch of absolute time in which channels that ring stay silent for notices.</summary>
/// <remarks>It travels with the request as a grant, so that a plan needs no zone, and gives the same step wherever and whenever it is folded.</remarks>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends, exclusive; after <paramref name="From"/>.</param>
public sealed record QuietWindow(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>The first moment from <paramref name="at"/> on that lies in none of the windows.</summary>
    /// <param name="windows">In order; they may touch.</param>
    /// <param name="at">From when on; itself, where it is not quiet.</param>
    public static DateTimeOffset EndOf(EquatableArray<QuietWindow> windows, DateTimeOffset at) =>
        windows.Aggregate(at, (moment, window) => window.From <= moment && moment < window.Until ? window.Until : moment);
}
