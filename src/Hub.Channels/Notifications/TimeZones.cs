using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Hub.Channels.Notifications;

/// <summary>Time zones by their IANA names, as the tz database of this machine has them.</summary>
public static class TimeZones
{
    private const int LongestName = 64;

    // What lies beside them in the database depends on the machine (localtime) or counts leap seconds (right/…).
    private static readonly FrozenSet<string> Areas =
        new[] { "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Etc", "Europe", "Indian", "Pacific" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Finds a zone.</summary>
    /// <param name="name">Area and place, such as <c>Europe/Berlin</c> or <c>America/Indiana/Knox</c>, or <c>UTC</c>; the case counts.</param>
    /// <param name="zone">The zone and its rules.</param>
    /// <returns>Whether there is one of this name.</returns>
    public static bool TryFind(string? name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        return HasShape(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }

    // The name becomes a path below the database's folder: nothing may lead out of it.
    private static bool HasShape([NotNullWhen(true)] string? name)
    {
        if (name is "UTC") return true;
        if (name is not { Length: <= LongestName }) return false;
        var parts = name.Split('/');
        return parts.Length is 2 or 3 && Areas.Contains(parts[0]) && parts.All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+'));
    }
}
