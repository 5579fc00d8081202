using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Channels.Notifications;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Chat;

/// <summary>Has what staff wrote told elsewhere once nobody read it on a page: where the customer last wrote, else at a verified address.</summary>
/// <remarks>It keeps the customer's quiet hours, and is withdrawn when the customer comes back and reads it first.</remarks>
public sealed class ReplyReaction(IActors actors, Reach reach) : IReaction
{
    // Who has not been reached in three days reads it when they come back.
    private static readonly TimeSpan ReplyLife = TimeSpan.FromDays(3);

    /// <inheritdoc/>
    public string Name => "replies";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Conversation.Name;

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        switch (happened.Body)
        {
            case ConversationEvent.ReplyDue e when await actors.FindAsync<Conversation>(happened, cancel) is { } conversation:
                await TellAsync(happened, conversation, e, cancel);
                break;
            case ConversationEvent.Read { Side: Author.Customer } e when await actors.FindAsync<Conversation>(happened, cancel) is { LastReminder: > 0 } conversation && e.Sequence >= conversation.Reminded:
                await actors.ReactAsync(
                    this, happened, HubKinds.Notification[NotificationOf(conversation, conversation.LastReminder)], new NotificationCommand.Acknowledge("read"), "read", "", cancel);
                break;
        }
    }

    private static string NotificationOf(Conversation conversation, long reminder) => $"ntf_{conversation.Id[4..]}y{reminder}";

    private async Task TellAsync(FeedEvent happened, Conversation conversation, ConversationEvent.ReplyDue e, CancellationToken cancel)
    {
        // Read before this could be handled: there is nothing left to tell.
        if (conversation.ReadByCustomer >= e.To) return;
        if (await actors.FindAsync<Customer>(HubKinds.Customer[conversation.Customer], cancel) is not { Erased: false } customer) return;
        var recipients = await reach.KnowAsync(Recipients(customer, e.Channel), NotificationKind.Reply, cancel);
        if (recipients.Count == 0) return;
        var deadline = happened.At + ReplyLife;
        var quiet = QuietCalendar.Of(customer.Preferences, happened.At, deadline);
        var id = NotificationOf(conversation, happened.Version);
        var request = new NotificationCommand.Request(
            id, NotificationKind.Reply, new About(conversation.Merchant, customer.Id, Part: $"{e.From}-{e.To}"), recipients, deadline, quiet);
        await actors.ReactAsync(this, happened, HubKinds.Notification[id], request, "tell", "", cancel);
    }

    // What is said between two people goes to no address that nobody proved.
    private static EquatableArray<Recipient> Recipients(Customer customer, Channel? heardOn)
    {
        List<Channel> order = [.. customer.Preferences.Fallback.Prepend(customer.Preferences.Method), Channel.Sms, Channel.Whatsapp, Channel.Email];
        return customer.Addresses
            .Where(a => a is { VerifiedAt: not null, Channel: Channel.Sms or Channel.Whatsapp or Channel.Email })
            .OrderBy(a => a.Channel != heardOn).ThenBy(a => order.IndexOf(a.Channel))
            .Select(a => new Recipient(a.Route, Verified: true))
            .ToEquatableArray();
    }
}
