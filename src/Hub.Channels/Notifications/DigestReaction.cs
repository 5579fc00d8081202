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

/// <summary>Sends what a digest lets go: one mail, and where no mail can tell of it, one text that says how much there is.</summary>
/// <remarks>
/// Where the mail fails, the text is the next step of the same notification; what has to go by phone alone has a notification of its own. Never a
/// text for each notice: fifty of them would take all that one phone is sent in an hour, confirmations among it.
/// </remarks>
/// <param name="actors">The way to every actor.</param>
/// <param name="reach">Knows what a channel needs to be usable.</param>
public sealed class DigestReaction(IActors actors, Reach reach) : IReaction
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
        if (await actors.FindAsync<DigestState>(happened, cancel) is not { Customer: { } owner }) return;
        if (await actors.FindAsync<Customer>(HubKinds.Customer[owner], cancel) is not { Erased: false } customer) return;
        var (mail, text) = (happened.MadeId("ntf", 'd'), happened.MadeId("ntf", 's'));

        // What was asked for when this was handled before stays so, though the customer has changed their mind since.
        var (mailed, texted) = (await AskedAsync(mail, cancel), await AskedAsync(text, cancel));
        var open = batch.Items.Select(item => item.Kind.Topic()).OfType<NoticeTopic>().Distinct().Order().Except(mailed ?? []).Except(texted ?? []).ToList();
        var mailboxes = await MailboxesAsync(actors, customer, cancel);
        var byMail = mailed is not null || mailboxes.Count == 0 ? [] : open.Where(topic => customer.Preferences.ChannelsFor(topic).Contains(Channel.Email)).ToList();
        await RequestAsync(happened, mail, batch, customer, byMail, mailboxes.Concat(AddressesFor(customer, byMail).Where(a => a.Channel is not Channel.Email)), cancel);
        if (texted is not null) return;
        var byText = open.Except(byMail).ToList();
        await RequestAsync(happened, text, batch, customer, byText, AddressesFor(customer, byText), cancel);
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

    /// <summary>What of a batch a message tells of: the topics it was asked for, less those the customer wants nothing about on its channel any more.</summary>
    internal static IEnumerable<DigestItem> Told(DigestBatch batch, About about, Preferences preferences, Channel channel) =>
        batch.Items.Where(item => item.Kind.Topic() is { } topic && DigestChoice.TopicsOf(about).Contains(topic) && preferences.ChannelsFor(topic).Contains(channel));

    private static IEnumerable<CustomerAddress> AddressesFor(Customer customer, IEnumerable<NoticeTopic> topics) =>
        topics.SelectMany(topic => SingleNotices.AddressesFor(customer, topic)).DistinctBy(a => a.Id);

    private async Task<EquatableArray<NoticeTopic>?> AskedAsync(string notification, CancellationToken cancel) =>
        await actors.FindAnewAsync<Notification>(HubKinds.Notification[notification], cancel) is { About: var about } ? DigestChoice.TopicsOf(about) : null;

    private async Task RequestAsync(
        FeedEvent happened, string id, DigestBatch batch, Customer customer, List<NoticeTopic> topics, IEnumerable<CustomerAddress> addresses, CancellationToken cancel)
    {
        var recipients = addresses.Select(a => new Recipient(a.Route, a.VerifiedAt is not null)).ToEquatableArray();
        if (topics.Count == 0 || recipients.Count == 0) return;

        // Whoever unsubscribes from the mail leaves what it was about, long after the digest itself is forgotten.
        var about = new About(customer.Merchant, customer.Id, Part: batch.Id, Topics: topics.ToEquatableArray());
        var deadline = happened.At + Life;
        var known = await reach.KnowAsync(recipients, NotificationKind.Digest, cancel);
        var request = new NotificationCommand.Request(id, NotificationKind.Digest, about, known, deadline, QuietCalendar.Of(customer.Preferences, happened.At, deadline));
        await actors.ReactAsync(this, happened, HubKinds.Notification[id], request, "request", id, cancel);
    }
}
