using System.Globalization;

namespace Hub.Channels.Templates;

/// <summary>A moment as a reader's clock shows it, with the zone named, so that nobody has to guess whose clock it was.</summary>
/// <param name="Clock">What the clock shows.</param>
/// <param name="Zone"><c>UTC</c>, or how far the clock was from it at that moment, such as <c>UTC+5:30</c>.</param>
internal readonly record struct LocalTime(DateTime Clock, string Zone)
{
    /// <summary>Hours and minutes, 00:00 to 23:59.</summary>
    internal string Time => Clock.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A moment by the clocks of a zone.</summary>
    internal static LocalTime Of(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        if (local.Offset == TimeSpan.Zero) return new LocalTime(local.DateTime, "UTC");
        var sign = local.Offset < TimeSpan.Zero ? '-' : '+';
        var offset = local.Offset.Duration();
        var minutes = offset.Minutes == 0 ? "" : offset.ToString(@"\:mm", CultureInfo.InvariantCulture);
        return new LocalTime(local.DateTime, string.Create(CultureInfo.InvariantCulture, $"UTC{sign}{offset.Hours}{minutes}"));
    }
}
