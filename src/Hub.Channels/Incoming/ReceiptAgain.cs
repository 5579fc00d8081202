using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Orders;
using Hub.Domain.Payments;

namespace Hub.Channels.Incoming;

/// <summary>Sends a receipt once more, for whoever asked for it by a word: always to mailboxes that were proved, and never by the channel it was asked for on, since it holds name and goods.</summary>
internal static class ReceiptAgain
{
    // A receipt that a mailbox would not take for so long is asked for anew.
    private static readonly TimeSpan Life = TimeSpan.FromDays(3);

    /// <summary>The first of some orders whose money came and has not gone back.</summary>
    public static async Task<(Order Order, Payment Payment)?> FindPaidAsync(this IActors actors, IEnumerable<Order> candidates, CancellationToken cancel)
    {
        foreach (var order in candidates.Where(o => o is { IsPaid: true, Payment: not null }))
        {
            if (await actors.FindAnewAsync<Payment>(HubKinds.Payment[order.Payment!], cancel) is { Captures: [.., var paid] } payment && !payment.HasReturned(paid.Id)) return (order, payment);
        }

        return null;
    }

    /// <summary>Asks for the receipt to be sent.</summary>
    /// <returns>Whether there is a mailbox for it.</returns>
    public static async Task<bool> SendAsync(IActors actors, IReaction by, FeedEvent happened, Customer customer, Payment payment, CancellationToken cancel)
    {
        var mailboxes = customer.Addresses.Where(a => a.Channel is Channel.Email && a.VerifiedAt is not null).Select(a => new Recipient(a.Route, Verified: true)).ToEquatableArray();
        if (mailboxes.Count == 0) return false;
        var about = new About(payment.Grant.Merchant, payment.Grant.Customer, payment.Grant.Order, payment.Id, payment.Captures[^1].Id);
        var request = new NotificationCommand.Request(happened.MadeId("ntf", 'r'), NotificationKind.Receipt, about, mailboxes, happened.At + Life);
        await actors.ReactAsync(by, happened, HubKinds.Notification[request.Id], request, "receipt", "", cancel);
        return true;
    }
}
