using System.Globalization;
using Hub.Api.Edge.Requests;
using Hub.Channels.Notifications;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;

namespace Hub.Api.Customers;

/// <summary>How a customer wants to confirm. Given anew, it replaces the old wish as a whole.</summary>
/// <param name="Method">The channel asked first.</param>
/// <param name="Fallback">The channels after it, in order.</param>
/// <param name="FallbackAfterSeconds">
/// How long a request that arrived waits for its answer before the next channel is asked too: 30 to 600; 120 where it is left out.
/// A request that does not arrive gives way sooner.
/// </param>
public sealed record ConfirmationWish(Channel Method, IReadOnlyList<Channel>? Fallback = null, int? FallbackAfterSeconds = null);

/// <summary>
/// On which channels a customer wants which notices: each list is tried in order, an empty one mutes the topic, and a topic that is left out
/// stays as it is, at first e-mail and then SMS. A channel the customer has no address on yet is passed over. Confirmations and codes go by
/// <c>confirmation</c> and cannot be muted.
/// </summary>
/// <param name="Receipts">The electronic receipt.</param>
/// <param name="PaymentStatus">A payment was declined, canceled, not confirmed in time, or taken back by the bank.</param>
/// <param name="Refunds">Money went back.</param>
/// <param name="Shipping">The goods are on their way, or arrived.</param>
public sealed record NoticeWish(
    IReadOnlyList<Channel>? Receipts = null,
    IReadOnlyList<Channel>? PaymentStatus = null,
    IReadOnlyList<Channel>? Refunds = null,
    IReadOnlyList<Channel>? Shipping = null);

/// <summary>When no phone may ring for a notice, by the customer's own clock; what can wait is sent when they end. Confirmations pass them. An empty object: no quiet hours.</summary>
/// <param name="From">When they begin, such as <c>22:00</c>.</param>
/// <param name="To">When they end, such as <c>07:00</c>; on the next day where it is the earlier one.</param>
/// <param name="TimeZone">The IANA name of the customer's time zone, such as <c>Europe/Berlin</c>.</param>
public sealed record QuietHoursWish(string? From = null, string? To = null, string? TimeZone = null);

/// <summary>Checks and reads what customers prefer.</summary>
internal static class PreferenceChecks
{
    private static readonly Channel[] Reachable = [Channel.Sms, Channel.Whatsapp, Channel.Email];

    // A page of the customer's that is open can show what to confirm; nothing else is told there.
    private static readonly Channel[] Confirmable = [.. Reachable, Channel.Chat];

    internal static Fields Wish(this Fields fields, ConfirmationWish? wish) => wish is null
        ? fields
        : fields
            .Require(Confirmable.Contains(wish.Method), "confirmation.method", "must be sms, whatsapp, chat or email")
            .Require((wish.Fallback ?? []).All(Confirmable.Contains), "confirmation.fallback", "must hold sms, whatsapp, chat and email only")
            .Require(AreDistinct([wish.Method, .. wish.Fallback ?? []]), "confirmation.fallback", "must name each channel once, and not the method again")
            .Require(
                wish.FallbackAfterSeconds is null or (>= Preferences.MinFallbackSeconds and <= Preferences.MaxFallbackSeconds),
                "confirmation.fallback_after_seconds", $"must be {Preferences.MinFallbackSeconds} to {Preferences.MaxFallbackSeconds}");

    internal static Fields Wish(this Fields fields, NoticeWish? wish) => wish is null
        ? fields
        : fields
            .Topic("notifications.receipts", wish.Receipts)
            .Topic("notifications.payment_status", wish.PaymentStatus)
            .Topic("notifications.refunds", wish.Refunds)
            .Topic("notifications.shipping", wish.Shipping);

    internal static Fields Wish(this Fields fields, QuietHoursWish? wish) => wish is null || IsOff(wish)
        ? fields
        : fields
            .Require(Minute(wish.From) is not null, "quiet_hours.from", "must be a time of day, 00:00 to 23:59")
            .Require(Minute(wish.To) is not null, "quiet_hours.to", "must be a time of day, 00:00 to 23:59")
            .Require(Minute(wish.To) is not { } to || to != Minute(wish.From), "quiet_hours.to", "must differ from quiet_hours.from")
            .Require(TimeZones.TryFind(wish.TimeZone, out _), "quiet_hours.time_zone", "must be the IANA name of a time zone, such as Europe/Berlin");

    /// <summary>The preferences with these wishes; what nobody wished for stays. The wishes have been checked.</summary>
    internal static Preferences With(this Preferences old, ConfirmationWish? confirmation, string? locale, NoticeWish? notices, QuietHoursWish? quiet) => new(
        confirmation?.Method ?? old.Method,
        confirmation is null ? old.Fallback : (confirmation.Fallback ?? []).ToEquatableArray(),
        locale ?? old.Locale,
        confirmation is null ? old.FallbackAfterSeconds : confirmation.FallbackAfterSeconds,
        notices is null ? old.Topics : With(old.Topics, notices),
        quiet is null ? old.Quiet : HoursOf(quiet),
        old.Digest);

    private static EquatableArray<TopicChoice>? With(EquatableArray<TopicChoice>? old, NoticeWish wish)
    {
        var topics = Enum.GetValues<NoticeTopic>().Select(topic => With(old?.FirstOrDefault(t => t.Topic == topic), topic, Asked(wish, topic))).OfType<TopicChoice>().ToEquatableArray();
        return topics.Count > 0 || old is not null ? topics : null;
    }

    // Who sends back what they were shown has chosen nothing: the phone still only stands in for the mailbox.
    private static TopicChoice? With(TopicChoice? old, NoticeTopic topic, IReadOnlyList<Channel>? asked) =>
        asked is null || (old is null && Preferences.Usual.SequenceEqual(asked)) ? old : new TopicChoice(topic, asked.ToEquatableArray());

    private static IReadOnlyList<Channel>? Asked(NoticeWish wish, NoticeTopic topic) => topic switch
    {
        NoticeTopic.Receipts => wish.Receipts,
        NoticeTopic.PaymentStatus => wish.PaymentStatus,
        NoticeTopic.Refunds => wish.Refunds,
        NoticeTopic.Shipping => wish.Shipping,
        _ => throw new ArgumentOutOfRangeException(nameof(topic), topic, "No such topic."),
    };

    private static QuietHours? HoursOf(QuietHoursWish wish) => IsOff(wish) ? null : new QuietHours(Minute(wish.From)!.Value, Minute(wish.To)!.Value, wish.TimeZone!);

    private static Fields Topic(this Fields fields, string path, IReadOnlyList<Channel>? channels) => fields
        .Require((channels ?? []).All(Reachable.Contains), path, "must hold sms, whatsapp and email only")
        .Require(AreDistinct(channels ?? []), path, "must name each channel once");

    private static bool IsOff(QuietHoursWish wish) => wish is { From: null, To: null, TimeZone: null };

    private static bool AreDistinct(IReadOnlyList<Channel> channels) => channels.Distinct().Count() == channels.Count;

    /// <summary>The minute of the day that <c>HH:mm</c> names; <c>null</c> for anything else.</summary>
    private static int? Minute(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : null;
}
