using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Actors.Reactions;
using Hub.Channels.Confirmations;
using Hub.Channels.Templates;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Captures;

namespace Hub.Channels.Notifications;

/// <summary>Puts a notification into words at the moment it is sent: codes are made anew and personal fields opened only here.</summary>
public sealed class MessageComposer(IActors actors, Codes codes, IPersonalData persons, ChannelOptions options)
{
    /// <summary>The message for one delivery.</summary>
    /// <param name="notification">Why and about what.</param>
    /// <param name="delivery">Over which channel.</param>
    /// <param name="to">The opened number or mailbox.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns><c>null</c> when what it is about no longer exists.</returns>
    public async Task<OutgoingMessage?> ComposeAsync(Notification notification, Delivery delivery, string to, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(notification);
        ArgumentNullException.ThrowIfNull(delivery);
        var about = await AboutAsync(notification, cancel);
        if (Content(notification, delivery, about) is not { } content) return null;
        var words = MessageTemplate.Render(content, Capabilities.Of(Notification.NameOf(delivery.Route.Channel)), await LocaleAsync(about, delivery, cancel), ZoneOf(about.Customer));
        var secret = notification.Kind is NotificationKind.Confirmation or NotificationKind.AddressVerification;
        return new OutgoingMessage(delivery.Id, to, words.Text)
        {
            Subject = words.Subject,
            Html = words.Html,
            ToName = about.Name,
            ValidFor = secret ? TimeSpan.FromMinutes(PaymentLimits.ConfirmationMinutes) : null,
            DiscardContent = secret,
        };
    }

    // The one clock the customer has named; a zone this machine does not know is as good as none.
    private static TimeZoneInfo? ZoneOf(Customer? customer) => TimeZones.TryFind(customer?.Preferences.Quiet?.TimeZone, out var zone) ? zone : null;

    private async Task<Facts> AboutAsync(Notification notification, CancellationToken cancel)
    {
        var about = notification.About;
        if (about.Merchant is null) return new Facts(null, null, null, null);
        var customer = await actors.FindAsync<Customer>(HubKinds.Customer[about.Customer], cancel);

        // A message tells of what has happened, and another owner may have written that since it was read here: it is read anew.
        var order = about.Order is null ? null : await actors.FindAnewAsync<Order>(HubKinds.Order[about.Order], cancel);
        var payment = about.Payment is null ? null : await actors.FindAnewAsync<Payment>(HubKinds.Payment[about.Payment], cancel);
        return new Facts(customer, order, payment, customer is null ? null : persons.Open(customer.Id, customer.Name));
    }

    // A reply to a number is for whoever holds it. It speaks as the last request there did, so that one conversation keeps one language.
    private async Task<string> LocaleAsync(Facts about, Delivery delivery, CancellationToken cancel)
    {
        if (about.Customer is { } customer) return customer.Preferences.Locale;
        var address = await actors.FindAsync<AddressState>(HubKinds.Address[delivery.Route.AddressKey], cancel);
        if (address is not { Codes: [.., var asked] }) return MessageTemplate.DefaultLanguage;
        if (await actors.FindAsync<Payment>(HubKinds.Payment[asked.Payment], cancel) is not { } payment) return MessageTemplate.DefaultLanguage;
        return (await actors.FindAsync<Customer>(HubKinds.Customer[payment.Grant.Customer], cancel))?.Preferences.Locale ?? MessageTemplate.DefaultLanguage;
    }

    private MessageContent? Content(Notification notification, Delivery delivery, Facts about) => notification.Kind switch
    {
        NotificationKind.AddressVerification => new MessageContent.VerifyAddress(codes.ForVerification(notification.About.Part!), CustomerDecider.VerificationMinutes, Host),
        NotificationKind.WrongNumber => new MessageContent.WrongNumber(),
        NotificationKind.Help => new MessageContent.Help(),
        NotificationKind.Shipped when about.Order is { Shipment: { } shipment } order => new MessageContent.Shipped(order.Payee, order.Reference, shipment.Carrier, shipment.Tracking),
        NotificationKind.Delivered when about.Order is { } order => new MessageContent.Delivered(order.Payee, order.Reference),
        _ => about is { Payment: { } payment, Order: { } order } ? OfPayment(notification, delivery, about, payment, order) : null,
    };

    private MessageContent? OfPayment(Notification notification, Delivery delivery, Facts about, Payment payment, Order order)
    {
        var (amount, payee) = (payment.Grant.Amount, payment.Grant.Payee);
        return notification.Kind switch
        {
            NotificationKind.Confirmation => Confirm(notification.About, delivery, amount, payee),

            // Mail that waited for days says nothing of thanks for money that has gone back meanwhile.
            NotificationKind.Receipt when payment.HasReturned(notification.About.Part) => new MessageContent.Returned(amount, payee, order.Reference),
            NotificationKind.Receipt when delivery.Route.Channel is Channel.Email => Receipt(about, payment, order),
            NotificationKind.Receipt => new MessageContent.Succeeded(amount, payee, order.Reference, payment.Captures.Any(payment.IsClearing)),
            NotificationKind.PaymentDeclined => new MessageContent.Declined(amount, payee, order.Reference),
            NotificationKind.PaymentCanceled => new MessageContent.Canceled(amount, payee, order.Reference),
            NotificationKind.PaymentExpired when payment.LastAttempt is { Confirmation.Status: ConfirmationStatus.Matched } => new MessageContent.Canceled(amount, payee, order.Reference),
            NotificationKind.PaymentExpired => new MessageContent.Expired(amount, payee, order.Reference),
            NotificationKind.PaymentReturned => new MessageContent.Returned(amount, payee, order.Reference),
            NotificationKind.Refunded when payment.Refunds.FirstOrDefault(r => r.Id == notification.About.Part) is { } refund =>
                new MessageContent.Refunded(refund.Amount, payee, order.Reference),
            NotificationKind.AlreadyAnswered => TooLate(notification.About.Part, payment, order),
            _ => null,
        };
    }

    private MessageContent Confirm(About about, Delivery delivery, Amount amount, string payee) =>
        Capabilities.Of(Notification.NameOf(delivery.Route.Channel)).Answers
            ? new MessageContent.ConfirmByAnswer(amount, payee, codes.ForPhone(about.Part!, about.Generation), (int)PaymentLimits.ConfirmationMinutes, codes.ForPage(about.Part!, about.Generation))
            : new MessageContent.ConfirmByCode(amount, payee, codes.ForPage(about.Part!, about.Generation), (int)PaymentLimits.ConfirmationMinutes, Host);

    // Whoever answers a request that ended is told how it ended, and is not told of an answer that nobody gave.
    private static MessageContent TooLate(string? confirmation, Payment payment, Order order)
    {
        var (amount, payee) = (payment.Grant.Amount, payment.Grant.Payee);
        return payment.Attempts.Select(a => a.Confirmation).FirstOrDefault(c => c?.Id == confirmation)?.Status switch
        {
            ConfirmationStatus.Matched => new MessageContent.AlreadyAnswered(amount, payee, Approved: true),
            ConfirmationStatus.Rejected => new MessageContent.AlreadyAnswered(amount, payee, Approved: false),
            ConfirmationStatus.Exhausted or ConfirmationStatus.Superseded => new MessageContent.Canceled(amount, payee, order.Reference),
            _ => new MessageContent.Expired(amount, payee, order.Reference),
        };
    }

    private static MessageContent.Receipt Receipt(Facts about, Payment payment, Order order)
    {
        var captured = payment.Captures.LastOrDefault(c => c.Status is CaptureStatus.Succeeded);
        var with = payment.LastAttempt!.Instrument;
        var currency = order.Invoice.Currency;
        var lines = order.Invoice.Lines.Select(l => new ReceiptLine(l.Name, l.Quantity, new Amount(l.UnitPrice, currency), new Amount(l.Total, currency)));
        return new MessageContent.Receipt(new ReceiptDetails(
            order.Payee,
            about.Name ?? "",
            order.Reference,
            payment.Id,
            captured?.SucceededAt ?? payment.CreatedAt,
            new PaidWith(with.Type, with.Brand, with.Last4),
            lines.ToEquatableArray(),
            order.Invoice.Tax,
            new Amount(order.Invoice.Shipping, currency),
            new Amount(payment.Captured, currency),
            captured is not null && payment.IsClearing(captured)));
    }

    private string Host => options.PublicUrl.Host;

    private sealed record Facts(Customer? Customer, Order? Order, Payment? Payment, string? Name);
}
