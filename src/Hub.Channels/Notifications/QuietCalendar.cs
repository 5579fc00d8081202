using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Notifications;

/// <summary>Works out when a customer's quiet hours are, in absolute time.</summary>
/// <remarks>
/// One rule: it is quiet exactly while the customer's own clock reads a time within the hours. So where the clock goes forward, hours whose
/// beginning or end is skipped begin or end at the change; where it goes back, a time that is read twice counts both times.
/// </remarks>
public static class QuietCalendar
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Far more than any two clocks do, and as long as a night.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromHours(12);

    // No zone changes its clocks twice within so short a time.
    private static readonly TimeSpan Stride = TimeSpan.FromHours(1);

    /// <summary>A customer's quiet windows for a notice: those before its deadline, and the night in which it comes up, from before it did.</summary>
    /// <remarks>Another machine may send it, by a clock that is behind: by that one, too, the night must have begun.</remarks>
    /// <param name="preferences">The customer's.</param>
    /// <param name="at">When it comes up.</param>
    /// <param name="deadline">When it is no longer worth sending.</param>
    /// <returns><c>null</c> where they have no quiet hours.</returns>
    public static EquatableArray<QuietWindow>? Of(Preferences preferences, DateTimeOffset at, DateTimeOffset deadline) =>
        preferences is { Quiet: { } hours } ? Between(hours, at - ClocksDiffer, deadline) : null;

    /// <summary>The quiet windows within a span of time.</summary>
    /// <param name="hours">The customer's.</param>
    /// <param name="from">When the span begins.</param>
    /// <param name="until">When it ends, exclusive; days after <paramref name="from"/>, not years.</param>
    /// <returns>
    /// In order, each within the span, no two touching, in UTC. Where this machine does not know the zone, the whole span: a notice that finds
    /// no way ends with a case, which is better than a phone that rings at night.
    /// </returns>
    public static EquatableArray<QuietWindow> Between(QuietHours hours, DateTimeOffset from, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(hours);
        var (start, end) = (from.ToUniversalTime(), until.ToUniversalTime());
        if (start >= end) return [];
        if (!TimeZones.TryFind(hours.TimeZone, out var zone)) return [new QuietWindow(start, end)];
        var windows = new List<QuietWindow>();
        while (start < end)
        {
            var change = NextChange(zone, start, end);
            foreach (var window in WithOneOffset(hours, zone.GetUtcOffset(start), start, change)) Append(windows, window);
            start = change;
        }

        return windows.ToEquatableArray();
    }

    // While the offset stays, the hours recur every 24 hours; the first may have begun the day before.
    private static IEnumerable<QuietWindow> WithOneOffset(QuietHours hours, TimeSpan offset, DateTimeOffset start, DateTimeOffset end)
    {
        var lasts = TimeSpan.FromMinutes((hours.ToMinute - hours.FromMinute + 1_440L) % 1_440);
        var midnight = start - start.ToOffset(offset).TimeOfDay;
        for (var begins = midnight - Day + TimeSpan.FromMinutes((long)hours.FromMinute); begins < end; begins += Day)
        {
            var window = new QuietWindow(begins > start ? begins : start, begins + lasts < end ? begins + lasts : end);
            if (window.From < window.Until) yield return window;
        }
    }

    private static void Append(List<QuietWindow> windows, QuietWindow next)
    {
        if (windows.Count > 0 && windows[^1].Until == next.From) windows[^1] = windows[^1] with { Until = next.Until };
        else windows.Add(next);
    }

    /// <summary>The first moment with another offset than <paramref name="start"/> has, to the tick; <paramref name="end"/> where there is none before.</summary>
    private static DateTimeOffset NextChange(TimeZoneInfo zone, DateTimeOffset start, DateTimeOffset end)
    {
        var offset = zone.GetUtcOffset(start);
        var same = start;
        for (var other = same + Stride; same < end; (same, other) = (other, other + Stride))
        {
            if (zone.GetUtcOffset(other) == offset) continue;
            while (other - same > TimeSpan.FromTicks(1))
            {
                var middle = same + ((other - same) / 2);
                if (zone.GetUtcOffset(middle) == offset) same = middle;
                else other = middle;
            }

            return other < end ? other : end;
        }

        return end;
    }
}
