using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;

namespace Hub.Domain.Customers;

/// <summary>How a customer wants to confirm and be spoken to.</summary>
/// <remarks>Confirmations, and what keeps the customer's account safe, go by the first three alone: they cannot be muted, and pass quiet hours.</remarks>
/// <param name="Method">The channel confirmations go out on first.</param>
/// <param name="Fallback">The channels after it, in order.</param>
/// <param name="Locale">A BCP 47 tag, such as <c>en</c>.</param>
/// <param name="FallbackAfterSeconds">
/// How long a confirmation that arrived waits for its answer before the next channel is tried beside it, in seconds, 30 to 600;
/// <c>null</c>: <see cref="DefaultFallbackSeconds"/>. One that does not arrive gives way sooner.
/// </param>
/// <param name="Topics">What the customer chose for each kind of notice; a topic that is not in it goes the usual way.</param>
/// <param name="Quiet">When no phone may ring for a notice; <c>null</c>: it may at any time.</param>
/// <param name="Digest">Which notices wait for one mail a day; <c>null</c>: none.</param>
public sealed record Preferences(
    Channel Method,
    EquatableArray<Channel> Fallback,
    string Locale,
    int? FallbackAfterSeconds = null,
    EquatableArray<TopicChoice>? Topics = null,
    QuietHours? Quiet = null,
    DigestChoice? Digest = null)
{
    /// <summary>The shortest time before the fallback, in seconds: a message needs some time to be read.</summary>
    public const int MinFallbackSeconds = 30;

    /// <summary>The longest time before the fallback, in seconds: no confirmation is valid for longer.</summary>
    public const int MaxFallbackSeconds = 600;

    /// <summary>The time before the fallback where nobody chose one, in seconds.</summary>
    public static int DefaultFallbackSeconds { get; } = (int)(Pace.Confirmation.Answer.Ticks / TimeSpan.TicksPerSecond);

    /// <summary>The channels of a topic nobody chose any for. A letter first: it is kept, and it disturbs nobody. A phone only where there is no mailbox, or mail fails.</summary>
    public static EquatableArray<Channel> Usual { get; } = [Channel.Email, Channel.Sms];

    /// <summary>The channels a topic may use, the first one first.</summary>
    /// <returns>None when the topic is muted.</returns>
    public EquatableArray<Channel> ChannelsFor(NoticeTopic topic) => Topics?.FirstOrDefault(t => t.Topic == topic)?.Channels ?? Usual;

    /// <summary>Whether a notice of this topic waits for the digest. Only what may go by mail does.</summary>
    public bool Waits(NoticeTopic topic) => Digest is { } digest && digest.Topics.Contains(topic) && ChannelsFor(topic).Contains(Channel.Email);

    /// <summary>The preferences with one topic gone from one channel.</summary>
    /// <remarks>
    /// The channels after it stay where the customer named them. Where nobody chose, they only stood in for it: who wants no more mails about
    /// something has not asked for text messages about it.
    /// </remarks>
    public Preferences Without(NoticeTopic topic, Channel channel)
    {
        var chosen = Topics?.FirstOrDefault(t => t.Topic == topic)?.Channels ?? [channel];
        var left = new TopicChoice(topic, chosen.Where(c => c != channel).ToEquatableArray());
        return this with { Topics = (Topics ?? []).Where(t => t.Topic != topic).Append(left).OrderBy(t => t.Topic).ToEquatableArray() };
    }
}

/// <summary>What a customer chose for one kind of notice.</summary>
/// <param name="Topic">Which.</param>
/// <param name="Channels">The channels it may use, in order; none: it is muted.</param>
public sealed record TopicChoice(NoticeTopic Topic, EquatableArray<Channel> Channels);

/// <summary>A daily stretch, by the customer's own clock, in which no phone rings for a notice.</summary>
/// <remarks>
/// What this means in absolute time depends on the zone's rules, which governments change and this assembly does not know: whoever asks for a
/// notification works out its <see cref="QuietWindow"/>s.
/// </remarks>
/// <param name="FromMinute">Minute of the local day it begins, 0 to 1,439.</param>
/// <param name="ToMinute">Minute of the local day it ends, exclusive; before <paramref name="FromMinute"/>: over midnight. The two differ.</param>
/// <param name="TimeZone">The zone's IANA name, such as <c>Europe/Berlin</c>.</param>
public sealed record QuietHours(int FromMinute, int ToMinute, string TimeZone);

/// <summary>What a customer wants in one mail a day, by their own clock.</summary>
/// <param name="AtMinute">Minute of the local day it is sent, 0 to 1,439.</param>
/// <param name="TimeZone">The zone's IANA name, such as <c>Europe/Berlin</c>.</param>
/// <param name="Topics">What waits for it; each passes <see cref="CanWait"/>.</param>
public sealed record DigestChoice(int AtMinute, string TimeZone, EquatableArray<NoticeTopic> Topics)
{
    /// <summary>Whether news of a topic may wait for a day: not how a payment stands, about which something may have to be done.</summary>
    public static bool CanWait(NoticeTopic topic) => topic is NoticeTopic.Receipts or NoticeTopic.Refunds or NoticeTopic.Shipping;

    /// <summary>The topics that a digest's message is about; one that names none is about all that can wait.</summary>
    public static EquatableArray<NoticeTopic> TopicsOf(About about)
    {
        ArgumentNullException.ThrowIfNull(about);
        return about.Topics ?? Enum.GetValues<NoticeTopic>().Where(CanWait).ToEquatableArray();
    }
}
