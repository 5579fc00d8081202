using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Actors.Reactions;
using Hub.Channels.Incoming;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;

namespace Hub.Channels.Chat;

/// <summary>Takes what people write by SMS and WhatsApp, and no command answers by itself, into their conversation.</summary>
/// <remarks>
/// Into that of the one customer who proved the number, or whose order was named. Between two nothing is guessed: the hub says once that it
/// cannot tell, and nobody's staff reads it. What a stranger writes is not even kept.
/// </remarks>
/// <param name="actors">The way to every actor.</param>
/// <param name="orders">Finds whom something was written about.</param>
/// <param name="threads">Seals it for the conversation.</param>
/// <param name="persons">Opens what the edge has sealed.</param>
public sealed class TextReaction(IActors actors, OrderLookup orders, Threads threads, IPersonalData persons) : IReaction
{
    /// <inheritdoc/>
    public string Name => "texts";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Address.Name;

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.Body is not AddressEvent.Received { Text: { } text } e || !Threads.IsForStaff(e.Kind)) return;
        if (await actors.FindAsync<AddressState>(happened, cancel) is not { Who: { } who } address || persons.Open(who.Owner, text) is not { } words) return;
        if (who.Channel is Channel.Chat) return;
        switch (orders.Find(address, e.Reference))
        {
            case Found.One one:
                await WriteAsync(happened, who.Channel, one.Who, e.Kind, words, cancel);
                break;
            case Found.Several when e is { Kind: Inbound.Other, Silent: false }:
                await AskAsync(happened, who, cancel);
                break;
        }
    }

    private async Task WriteAsync(FeedEvent happened, Channel channel, Holder holder, Inbound kind, string words, CancellationToken cancel)
    {
        if (await actors.FindAsync<Customer>(HubKinds.Customer[holder.Customer], cancel) is not { Erased: false } customer) return;
        if (threads.Receive(customer, happened.MadeId("msg", 't'), channel, words, kind) is not { } command) return;
        await actors.ReactAsync(this, happened, Threads.Of(customer.Id), command, "write", "", cancel);
    }

    // Under a name of the address's own, so that it is asked once, however much is written there.
    private async Task AskAsync(FeedEvent happened, AddressIdentity who, CancellationToken cancel)
    {
        var request = Replies.To(happened, who, NotificationKind.WhichOrder) with { Id = $"ntf_{happened.Actor.Key[..26]}w" };
        await actors.ReactAsync(this, happened, HubKinds.Notification[request.Id], request, "which", "", cancel);
    }
}
