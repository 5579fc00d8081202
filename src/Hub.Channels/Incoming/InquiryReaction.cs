using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Orders;
using Hub.Domain.Payments;

namespace Hub.Channels.Incoming;

/// <summary>Answers the words that ask for something: how an order stands, a receipt, a person, money back, no more messages.</summary>
/// <remarks>The hub gives no money back by itself: that word, like the one for a person, goes to staff. What the address has called silent is not answered.</remarks>
/// <param name="actors">The way to every actor.</param>
/// <param name="orders">Finds the customer and the order.</param>
/// <param name="standings">Tells how orders stand.</param>
public sealed class InquiryReaction(IActors actors, OrderLookup orders, Standings standings) : IReaction
{
    /// <inheritdoc/>
    public string Name => "inquiries";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Address.Name;

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (await actors.FindAsync<AddressState>(happened, cancel) is not { Who: { } who } address) return;
        switch (happened.Body)
        {
            case AddressEvent.OptedOut { Owed: true }:
                await ReplyAsync(happened, Replies.To(happened, who, NotificationKind.OptedOut), cancel);
                break;
            case AddressEvent.OptedIn { Owed: true }:
                await ReplyAsync(happened, Replies.To(happened, who, NotificationKind.OptedIn), cancel);
                break;
            case AddressEvent.Received { Silent: false, Kind: Inbound.Status or Inbound.Human or Inbound.Receipt or Inbound.Refund } e:
                await AnswerAsync(happened, who, e, orders.Find(address, e.Reference), cancel);
                break;
        }
    }

    private async Task AnswerAsync(FeedEvent happened, AddressIdentity who, AddressEvent.Received e, Found found, CancellationToken cancel)
    {
        if (found is not Found.One one)
        {
            await ReplyAsync(happened, Replies.To(happened, who, WithoutOne(found)), cancel);
            return;
        }

        var (kind, about) = e.Kind switch
        {
            Inbound.Status => await StatusAsync(one, cancel),
            Inbound.Receipt => await ReceiptAsync(happened, one, cancel),
            Inbound.Human => (NotificationKind.PassedOn, Standings.AboutOf(one.Who.Merchant, one.Who.Customer, [])),
            _ => (NotificationKind.RefundNoted, Standings.AboutOf(one.Who.Merchant, one.Who.Customer, e.Reference is null ? [] : one.Orders)),
        };
        await ReplyAsync(happened, Replies.To(happened, who, kind, about, one.Who.AddressId), cancel);
    }

    // Whoever holds no address here gets the hint that anybody gets.
    private static NotificationKind WithoutOne(Found found) => found switch
    {
        Found.Several => NotificationKind.WhichOrder,
        Found.NoSuchOrder => NotificationKind.NoSuchOrder,
        _ => NotificationKind.Help,
    };

    private async Task<(NotificationKind Kind, About About)> StatusAsync(Found.One one, CancellationToken cancel)
    {
        var told = await standings.ToTellAsync(one.Orders, cancel);
        return told.Count == 0
            ? (NotificationKind.NoSuchOrder, Standings.AboutOf(one.Who.Merchant, one.Who.Customer, []))
            : (NotificationKind.OrderStatus, Standings.AboutOf(one.Who.Merchant, one.Who.Customer, told));
    }

    private async Task<(NotificationKind Kind, About About)> ReceiptAsync(FeedEvent happened, Found.One one, CancellationToken cancel)
    {
        var nowhere = (NotificationKind.ReceiptNowhere, Standings.AboutOf(one.Who.Merchant, one.Who.Customer, []));
        if (await actors.FindAsync<Customer>(HubKinds.Customer[one.Who.Customer], cancel) is not { Erased: false } customer) return nowhere;
        if (await actors.FindPaidAsync(one.Orders, cancel) is not var (order, payment) || !await ReceiptAgain.SendAsync(actors, this, happened, customer, payment, cancel)) return nowhere;
        return (NotificationKind.ReceiptSent, new About(order.Merchant, order.Customer, order.Id, payment.Id));
    }

    private Task<TurnOutcome> ReplyAsync(FeedEvent happened, NotificationCommand.Request request, CancellationToken cancel) =>
        actors.ReactAsync(this, happened, HubKinds.Notification[request.Id], request, "reply", "", cancel);
}
