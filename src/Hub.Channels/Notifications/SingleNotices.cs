using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Notifications;

/// <summary>Asks for one notice by itself: over the channels the customer chose for its topic, outside their quiet hours.</summary>
/// <remarks>Its id follows from what happened, so it is asked for once: at once, or after a digest that could not carry it.</remarks>
/// <param name="actors">The way to every actor.</param>
/// <param name="reach">Knows what a channel needs to be usable.</param>
public sealed class SingleNotices(IActors actors, Reach reach)
{
    // A notice that nobody could be given for three days is no news any more.
    private static readonly TimeSpan Life = TimeSpan.FromDays(3);

    /// <summary>The notification that tells of a notice by itself.</summary>
    /// <param name="item">The notice's id, <c>itm_…</c>.</param>
    public static ActorId Of(string item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return HubKinds.Notification[$"ntf{item[item.IndexOf('_', StringComparison.Ordinal)..]}"];
    }

    /// <summary>Asks for it, unless nobody is to be told.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="cause">The event being handled.</param>
    /// <param name="customer">Who is told.</param>
    /// <param name="notice">Of what.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <param name="reference">Tells several of one event apart.</param>
    /// <param name="passedOver">Addresses it must not go to.</param>
    public async Task AskAsync(
        IReaction by, FeedEvent cause, Customer customer, DigestItem notice, CancellationToken cancel, string reference = "", IReadOnlyCollection<string>? passedOver = null)
    {
        ArgumentNullException.ThrowIfNull(cause);
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(notice);
        var recipients = Recipients(customer, notice.Kind).Where(r => passedOver?.Contains(r.Route.AddressId) is not true).ToEquatableArray();
        if (recipients.Count == 0) return;
        var deadline = cause.At + Life;
        var quiet = QuietCalendar.Of(customer.Preferences, cause.At, deadline);
        var known = await reach.KnowAsync(recipients, notice.Kind, cancel);
        var notification = Of(notice.Id);
        await actors.ReactAsync(
            by, cause, notification, new NotificationCommand.Request(notification.Key, notice.Kind, notice.About, known, deadline, quiet), "request", reference, cancel);
    }

    // Of a topic that is muted, or whose channels the customer has no address on, nobody is told, and nobody has to look why.
    private static IEnumerable<Recipient> Recipients(Customer customer, NotificationKind kind)
    {
        var topic = kind.Topic() ?? throw new ArgumentOutOfRangeException(nameof(kind), kind, "A notice belongs to a topic.");
        return customer.Preferences.ChannelsFor(topic)
            .SelectMany(channel => customer.Addresses.Where(a => a.Channel == channel).OrderBy(a => a.VerifiedAt is null))
            .Select(a => new Recipient(a.Route, a.VerifiedAt is not null));
    }
}
