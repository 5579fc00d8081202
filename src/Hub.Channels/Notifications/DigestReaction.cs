using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Notifications;

/// <summary>Sends what a digest lets go: one mail to the customer, and by itself each notice that no mail can tell them of.</summary>
/// <remarks>Nothing that waited is lost: where no mailbox takes mails by then, or the mail fails, every notice goes the usual way of its topic.</remarks>
/// <param name="actors">The way to every actor.</param>
/// <param name="reach">Knows what a channel needs to be usable.</param>
public sealed class DigestReaction(IActors actors, Reach reach) : IReaction
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(3);

    private readonly SingleNotices _singly = new(actors, reach);

    /// <inheritdoc/>
    public string Name => "digests";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Digest.Name || kind == HubKinds.Notification.Name;

    /// <inheritdoc/>
    public Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return happened.Body switch
        {
            DigestEvent.FellDue e => LeaveAsync(happened, e.Batch, cancel),
            NotificationEvent.Acknowledged or NotificationEvent.GaveUp => AfterAsync(happened, cancel),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>The mailboxes of a customer that can take a mail, proved ones first: one that bounced is none until somebody is heard of there.</summary>
    /// <param name="actors">The way to addresses.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="cancel">Stops waiting.</param>
    internal static async Task<IReadOnlyList<CustomerAddress>> MailboxesAsync(IActors actors, Customer customer, CancellationToken cancel)
    {
        var open = new List<CustomerAddress>();
        foreach (var mailbox in customer.Addresses.Where(a => a is { Channel: Channel.Email, LostReason: null }).OrderBy(a => a.VerifiedAt is null))
        {
            if (await actors.FindAsync<AddressState>(HubKinds.Address[mailbox.AddressKey], cancel) is not ({ Dead: true } or { OptedOut: true })) open.Add(mailbox);
        }

        return open;
    }

    /// <summary>What of a batch its mail tells of: the topics it was asked for (all, where it names none), less those the customer wants no more mails about.</summary>
    internal static IEnumerable<DigestItem> Mailed(DigestBatch batch, About about, Preferences preferences) =>
        batch.Items.Where(item => item.Kind.Topic() is { } topic && about.Topics?.Contains(topic) is not false && IsByMail(preferences, item));

    private async Task LeaveAsync(FeedEvent happened, DigestBatch batch, CancellationToken cancel)
    {
        if (await actors.FindAsync<DigestState>(happened, cancel) is not { Merchant: { } merchant, Customer: { } owner }) return;
        if (await actors.FindAsync<Customer>(HubKinds.Customer[owner], cancel) is not { Erased: false } customer) return;
        var mailboxes = await MailboxesAsync(actors, customer, cancel);
        var mailed = mailboxes.Count == 0 ? [] : batch.Items.Where(item => IsByMail(customer.Preferences, item)).ToList();
        if (mailed.Count > 0)
        {
            var id = happened.MadeId("ntf", 'd');
            var recipients = mailboxes.Select(a => new Recipient(a.Route, a.VerifiedAt is not null)).ToEquatableArray();

            // Whoever unsubscribes from this mail leaves what it was about, long after the digest itself is forgotten.
            var topics = mailed.Select(item => item.Kind.Topic()).OfType<NoticeTopic>().Distinct().Order().ToEquatableArray();
            var about = new About(merchant, owner, Part: batch.Id, Topics: topics);
            await actors.ReactAsync(
                this, happened, HubKinds.Notification[id], new NotificationCommand.Request(id, NotificationKind.Digest, about, recipients, happened.At + Life), "request", "", cancel);
        }

        await AskAsync(happened, customer, batch.Items.Except(mailed), [], cancel);
    }

    // What the mail left out, since the customer changed their mind while it was on its way; all of it, where the mail failed.
    private async Task AfterAsync(FeedEvent happened, CancellationToken cancel)
    {
        if (await actors.FindAsync<Notification>(happened, cancel) is not { Kind: NotificationKind.Digest, About: { Part: { } part } about } mail) return;
        if (await actors.FindAsync<Customer>(HubKinds.Customer[about.Customer], cancel) is not { Erased: false } customer) return;
        if ((await actors.FindAsync<DigestState>(HubKinds.Digest[DigestState.KeyOf(about.Customer)], cancel))?.Find(part) is not { } batch) return;
        var told = happened.Body is NotificationEvent.Acknowledged ? Mailed(batch, about, customer.Preferences) : [];

        // What may have arrived is not sent there again.
        var unknown = mail.Deliveries.Where(d => d.State is TryState.InFlight or TryState.Unknown).Select(d => d.Route.AddressId).ToList();
        await AskAsync(happened, customer, batch.Items.Except(told), unknown, cancel);
    }

    private async Task AskAsync(FeedEvent happened, Customer customer, IEnumerable<DigestItem> items, IReadOnlyCollection<string> passedOver, CancellationToken cancel)
    {
        foreach (var item in items) await _singly.AskAsync(this, happened, customer, item, cancel, item.Id, passedOver);
    }

    private static bool IsByMail(Preferences preferences, DigestItem item) => item.Kind.Topic() is { } topic && preferences.ChannelsFor(topic).Contains(Channel.Email);
}
