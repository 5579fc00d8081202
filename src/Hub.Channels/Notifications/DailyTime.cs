namespace Hub.Channels.Notifications;

/// <summary>Works out when a customer's own clock next reads a time of day.</summary>
/// <remarks>
/// Once for every date of the customer's calendar: where the clocks skip the time, at the change; where they read it twice, the first time.
/// </remarks>
public static class DailyTime
{
    // No zone is further from UTC, and none changes its clocks twice within an hour.
    private static readonly TimeSpan Furthest = TimeSpan.FromHours(15);
    private static readonly TimeSpan Stride = TimeSpan.FromHours(1);

    /// <summary>The next time, strictly after a moment.</summary>
    /// <param name="minute">Minute of the local day, 0 to 1,439.</param>
    /// <param name="timeZone">The zone's IANA name; where this machine does not know it, UTC's clock is read.</param>
    /// <param name="after">The moment.</param>
    /// <returns>In UTC.</returns>
    public static DateTimeOffset Next(int minute, string timeZone, DateTimeOffset after)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minute);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(minute, 1_440);
        var zone = TimeZones.TryFind(timeZone, out var known) ? known : TimeZoneInfo.Utc;
        var date = TimeZoneInfo.ConvertTime(after, zone).Date;
        for (var day = 0; ; day++)
        {
            var time = On(date.AddDays(day), minute, zone);
            if (time > after) return time;
        }
    }

    /// <summary>The first moment at which the clock reads the time on this date, or a later one.</summary>
    private static DateTimeOffset On(DateTime date, int minute, TimeZoneInfo zone)
    {
        var wanted = DateTime.SpecifyKind(date.AddMinutes(minute), DateTimeKind.Utc);
        for (var start = new DateTimeOffset(wanted) - Furthest; ; start += Stride)
        {
            // Within a stride the offset changes once at most, so of two halves one may hold the change.
            var change = ChangeWithin(zone, start);
            if (Within(zone, wanted, start, change) is { } before) return before;
            if (change < start + Stride && Within(zone, wanted, change, start + Stride) is { } behind) return behind;
        }
    }

    // With one offset the clock runs as time does; what it has passed already it reads at the beginning.
    private static DateTimeOffset? Within(TimeZoneInfo zone, DateTime wanted, DateTimeOffset start, DateTimeOffset end)
    {
        var moment = new DateTimeOffset(wanted) - zone.GetUtcOffset(start);
        return moment >= end ? null : moment > start ? moment : start;
    }

    private static DateTimeOffset ChangeWithin(TimeZoneInfo zone, DateTimeOffset start)
    {
        var (same, other) = (start, start + Stride);
        var offset = zone.GetUtcOffset(start);
        if (zone.GetUtcOffset(other) == offset) return other;
        while (other - same > TimeSpan.FromTicks(1))
        {
            var middle = same + ((other - same) / 2);
            if (zone.GetUtcOffset(middle) == offset) same = middle;
            else other = middle;
        }

        return other;
    }
}
