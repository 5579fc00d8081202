using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;
using Hub.Domain.Orders;
using Hub.Domain.Payments;

namespace Hub.Channels.Notifications;

/// <summary>Decides what a customer is told: the code that proves an address, the receipt, how a payment ended, where the goods are.</summary>
/// <remarks>Notices go by the customer's choice of channels for their topic, and keep its quiet hours; a code that the customer asked for does neither.</remarks>
/// <param name="actors">The way to every actor.</param>
/// <param name="reach">Knows what a channel needs to be usable.</param>
public sealed class NoticeReaction(IActors actors, Reach reach) : IReaction
{
    private readonly SingleNotices _singly = new(actors, reach);

    /// <inheritdoc/>
    public string Name => "notices";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind is "payment" or "order" or "customer";

    /// <inheritdoc/>
    public Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return happened.Body switch
        {
            CustomerEvent.VerificationRequested e => VerifyAsync(happened, e, cancel),
            PaymentEvent.CaptureSucceeded e => OfPaymentAsync(happened, NotificationKind.Receipt, e.Capture, cancel),
            PaymentEvent.CaptureReturned e => OfPaymentAsync(happened, NotificationKind.PaymentReturned, e.Capture, cancel),
            PaymentEvent.Debited { TooLate: false } e => OfPaymentAsync(happened, NotificationKind.Receipt, e.Capture, cancel),
            PaymentEvent.Declined e => OfPaymentAsync(happened, NotificationKind.PaymentDeclined, e.Attempt, cancel),
            PaymentEvent.Canceled => OfPaymentAsync(happened, NotificationKind.PaymentCanceled, null, cancel),
            PaymentEvent.Expired => OfPaymentAsync(happened, NotificationKind.PaymentExpired, null, cancel),
            PaymentEvent.RefundCameLate e => OfPaymentAsync(happened, NotificationKind.Refunded, e.Refund, cancel),
            PaymentEvent.RefundSucceeded e => OfPaymentAsync(happened, NotificationKind.Refunded, e.Refund, cancel),
            OrderEvent.Shipped => OfOrderAsync(happened, NotificationKind.Shipped, cancel),
            OrderEvent.Delivered => OfOrderAsync(happened, NotificationKind.Delivered, cancel),
            _ => Task.CompletedTask,
        };
    }

    private async Task VerifyAsync(FeedEvent happened, CustomerEvent.VerificationRequested e, CancellationToken cancel)
    {
        if (await actors.FindAsync<Customer>(happened, cancel) is not { Erased: false } customer) return;
        if (customer.FindAddress(e.Address) is not { } address || AddressRules.ProvedBy(address, customer) is not { } to) return;
        var about = new About(customer.Merchant, customer.Id, Part: e.Verification);
        var kind = e.ForWallet ? NotificationKind.WalletCode : NotificationKind.AddressVerification;
        var id = happened.MadeId("ntf", 'v');
        var recipient = new Recipient(to.Route, Verified: e.ForWallet || to.Id != address.Id);
        var known = await reach.KnowAsync([recipient], kind, cancel);
        await actors.ReactAsync(this, happened, HubKinds.Notification[id], new NotificationCommand.Request(id, kind, about, known, e.ExpiresAt), "request", "", cancel);
    }

    private async Task OfPaymentAsync(FeedEvent happened, NotificationKind kind, string? part, CancellationToken cancel)
    {
        if (await actors.FindAsync<Payment>(happened, cancel) is not { } payment) return;

        // No receipt for money that has gone back meanwhile, and no bad news of money that paid for nothing.
        if (kind is NotificationKind.Receipt && payment.HasReturned(part)) return;
        if (kind is NotificationKind.PaymentReturned && !payment.PaidWith(part!)) return;
        var about = new About(payment.Grant.Merchant, payment.Grant.Customer, payment.Grant.Order, payment.Id, part);
        await NoticeAsync(happened, kind, about, cancel);
    }

    private async Task OfOrderAsync(FeedEvent happened, NotificationKind kind, CancellationToken cancel)
    {
        if (await actors.FindAsync<Order>(happened, cancel) is not { } order) return;
        await NoticeAsync(happened, kind, new About(order.Merchant, order.Customer, order.Id, order.Payment), cancel);
    }

    private async Task NoticeAsync(FeedEvent happened, NotificationKind kind, About about, CancellationToken cancel)
    {
        if (await actors.FindAsync<Customer>(HubKinds.Customer[about.Customer], cancel) is not { Erased: false } customer) return;
        var notice = new DigestItem(happened.MadeId("itm", 'v'), kind, about, happened.At);
        if (!await WaitsAsync(customer, notice, cancel))
        {
            await _singly.AskAsync(this, happened, customer, notice, cancel);
            return;
        }

        var digest = customer.Preferences.Digest!;
        var due = DailyTime.Next(digest.AtMinute, digest.TimeZone, happened.At);
        await actors.ReactAsync(
            this, happened, HubKinds.Digest[DigestState.KeyOf(customer.Id)], new DigestCommand.Collect(about.Merchant!, customer.Id, notice, due), "digest", "", cancel);
    }

    // Where no mailbox takes mails, a digest would only make the news late. What was asked for by itself, when this was handled before, stays so.
    private async Task<bool> WaitsAsync(Customer customer, DigestItem notice, CancellationToken cancel) =>
        notice.Kind.Topic() is { } topic && customer.Preferences.Waits(topic)
        && (await DigestReaction.MailboxesAsync(actors, customer, cancel)).Count > 0
        && await actors.FindAnewAsync<Notification>(SingleNotices.Of(notice.Id), cancel) is null;
}
