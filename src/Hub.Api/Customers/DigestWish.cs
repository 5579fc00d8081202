using System.Globalization;
using Hub.Api.Edge.Requests;
using Hub.Channels.Notifications;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;

namespace Hub.Api.Customers;

/// <summary>
/// Which notices a customer wants in one mail a day instead of one by one, by their own clock. Given anew, it replaces the old wish as a whole; an
/// empty object: no digest. Requests to confirm, codes and how payments stand never wait.
/// </summary>
/// <param name="At">When it is sent, such as <c>09:00</c>; on a day without such notices nothing is.</param>
/// <param name="TimeZone">The IANA name of the customer's time zone, such as <c>Europe/Berlin</c>.</param>
/// <param name="Topics">What waits for it: <c>receipts</c>, <c>refunds</c>, <c>shipping</c>.</param>
public sealed record DigestWish(string? At = null, string? TimeZone = null, IReadOnlyList<NoticeTopic>? Topics = null);

/// <summary>The digest a customer chose.</summary>
/// <param name="At">When it is sent.</param>
/// <param name="TimeZone">By which clock.</param>
/// <param name="Topics">What waits for it.</param>
public sealed record DigestView(string At, string TimeZone, IReadOnlyList<NoticeTopic> Topics)
{
    /// <summary>The view of a choice.</summary>
    public static DigestView? Of(DigestChoice? choice) => choice is null
        ? null
        : new DigestView(string.Create(CultureInfo.InvariantCulture, $"{choice.AtMinute / 60:00}:{choice.AtMinute % 60:00}"), choice.TimeZone, [.. choice.Topics]);
}

/// <summary>Checks and reads what a customer wants in a digest.</summary>
internal static class DigestWishes
{
    internal static Fields Wish(this Fields fields, DigestWish? wish) => wish is null || IsOff(wish)
        ? fields
        : fields
            .Require(Minute(wish.At) is not null, "digest.at", "must be a time of day, 00:00 to 23:59")
            .Require(TimeZones.TryFind(wish.TimeZone, out _), "digest.time_zone", "must be the IANA name of a time zone, such as Europe/Berlin")
            .Require(wish.Topics is { Count: > 0 } && wish.Topics.All(DigestChoice.CanWait), "digest.topics", "must hold at least one of receipts, refunds and shipping")
            .Require(wish.Topics is null || wish.Topics.Distinct().Count() == wish.Topics.Count, "digest.topics", "must name each topic once");

    /// <summary>The preferences with this wish, which has been checked; without one, as they were.</summary>
    internal static Preferences With(this Preferences old, DigestWish? wish) => wish is null
        ? old
        : old with { Digest = IsOff(wish) ? null : new DigestChoice(Minute(wish.At)!.Value, wish.TimeZone!, wish.Topics!.Order().ToEquatableArray()) };

    private static bool IsOff(DigestWish wish) => wish is { At: null, TimeZone: null, Topics: null };

    private static int? Minute(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : null;
}
