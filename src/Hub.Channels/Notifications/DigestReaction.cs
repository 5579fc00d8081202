using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;

namespace Hub.Channels.Notifications;

/// <summary>Sends what a digest lets go: one mail to the customer, of what they still want to hear of.</summary>
public sealed class DigestReaction(IActors actors) : IReaction
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(3);

    /// <inheritdoc/>
    public string Name => "digests";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Digest.Name;

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.Body is not DigestEvent.FellDue { Batch: var batch }) return;
        if (await actors.FindAsync<DigestState>(happened, cancel) is not { Merchant: { } merchant, Customer: { } owner }) return;
        if (await actors.FindAsync<Customer>(HubKinds.Customer[owner], cancel) is not { Erased: false } customer) return;
        var mailboxes = customer.Addresses.Where(a => a.Channel is Channel.Email).OrderBy(a => a.VerifiedAt is null).ToList();
        if (mailboxes.Count == 0 || !StillWanted(batch, customer.Preferences).Any()) return;
        var id = happened.MadeId("ntf", 'd');
        var recipients = mailboxes.Select(a => new Recipient(new Route(a.Channel, a.Id, a.AddressKey, a.Value), a.VerifiedAt is not null)).ToEquatableArray();
        await actors.ReactAsync(
            this, happened, HubKinds.Notification[id],
            new NotificationCommand.Request(id, NotificationKind.Digest, new About(merchant, owner, Part: batch.Id), recipients, happened.At + Life), "request", "", cancel);
    }

    /// <summary>What of a batch the customer still wants by mail: they may have muted a topic since it was collected.</summary>
    public static IEnumerable<DigestItem> StillWanted(DigestBatch batch, Preferences preferences)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(preferences);
        return batch.Items.Where(item => item.Kind.Topic() is { } topic && preferences.ChannelsFor(topic).Contains(Channel.Email));
    }
}
