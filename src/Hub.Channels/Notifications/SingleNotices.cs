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
/// <remarks>Its id follows from what happened, so it is asked for once.</remarks>
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
    public async Task AskAsync(IReaction by, FeedEvent cause, Customer customer, DigestItem notice, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(cause);
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(notice);
        var topic = notice.Kind.Topic() ?? throw new ArgumentOutOfRangeException(nameof(notice), notice.Kind, "A notice belongs to a topic.");
        var recipients = AddressesFor(customer, topic).Select(a => new Recipient(a.Route, a.VerifiedAt is not null)).ToEquatableArray();
        if (recipients.Count == 0) return;
        var deadline = cause.At + Life;
        var known = await reach.KnowAsync(recipients, notice.Kind, cancel);
        var notification = Of(notice.Id);
        await actors.ReactAsync(
            by, cause, notification, new NotificationCommand.Request(notification.Key, notice.Kind, notice.About, known, deadline, QuietCalendar.Of(customer.Preferences, cause.At, deadline)), "request", "", cancel);
    }

    /// <summary>Where a customer is told of a topic, in the order of their choice, proved addresses first on each channel.</summary>
    /// <remarks>Of a topic that is muted, or whose channels the customer has no address on, nobody is told, and nobody has to look why.</remarks>
    internal static IEnumerable<CustomerAddress> AddressesFor(Customer customer, NoticeTopic topic) =>
        customer.Preferences.ChannelsFor(topic).SelectMany(channel => customer.Addresses.Where(a => a.Channel == channel).OrderBy(a => a.VerifiedAt is null));
}
