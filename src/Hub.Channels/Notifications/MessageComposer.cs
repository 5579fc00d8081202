using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Actors.Reactions;
using Hub.Channels.Chat;
using Hub.Channels.Confirmations;
using Hub.Channels.Email;
using Hub.Channels.Incoming;
using Hub.Channels.Templates;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Captures;

namespace Hub.Channels.Notifications;

/// <summary>Puts a notification into words at the moment it is sent: codes are made anew and personal fields opened only here.</summary>
public sealed class MessageComposer(IActors actors, Codes codes, IPersonalData persons, MailTokens tokens, ChannelOptions options)
{
    private readonly Standings _standings = new(actors);
    private readonly ReplyWords _replies = new(actors, persons);

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
        var content = notification.Kind switch
        {
            NotificationKind.OrderStatus => await _standings.SayAsync(notification.About, cancel),
            NotificationKind.Reply => await _replies.SayAsync(notification.About, cancel),
            NotificationKind.Digest => await DigestAsync(notification, delivery, about.Customer, cancel),
            _ => Content(notification, delivery, about),
        };
        if (content is null) return null;
        var locale = await LocaleAsync(about, delivery, cancel);
        var secret = notification.Kind is NotificationKind.Confirmation or NotificationKind.AddressVerification or NotificationKind.WalletCode;

        // Beside a code stands no link: whoever fishes for codes writes mails that look like that.
        var page = secret ? null : PageOf(notification.Kind, about);
        var words = MessageTemplate.Render(content, Capabilities.Of(Notification.NameOf(delivery.Route.Channel)), locale, ZoneOf(about.Customer), page);
        var message = new OutgoingMessage(delivery.Id, to, words.Text)
        {
            Subject = words.Subject,
            Html = words.Html,
            ToName = about.Name,
            ValidFor = secret ? TimeSpan.FromMinutes(PaymentLimits.ConfirmationMinutes) : null,
            DiscardContent = secret,
            About = notification.About,
            Offer = delivery.Route.Channel is Channel.Chat && about.Payment is { } payment ? OfferOf(notification, delivery, payment, locale) : null,
            Template = delivery.Route.Channel is Channel.Whatsapp ? options.Twilio.TemplateFor(notification.Kind, content, locale) : null,
        };
        return delivery.Route.Channel is Channel.Email ? Addressed(message, notification, about.Customer?.FindAddress(delivery.Route.AddressId)) : message;
    }

    // A digest says of each receipt only what it was; its lines stand on the page.
    private Uri? PageOf(NotificationKind kind, Facts about) => (kind, about.Payment?.Id ?? about.Order?.Payment) switch
    {
        (NotificationKind.Digest, _) => new Uri(options.PublicUrl, "/my"),
        (_, { } payment) => new Uri(options.PublicUrl, $"/my?payment={payment}"),
        _ => null,
    };

    // In a conversation the request itself is kept, and its digits are made whenever the device that was asked looks.
    private static Offer? OfferOf(Notification notification, Delivery delivery, Payment payment, string locale) => notification.Kind is NotificationKind.Confirmation
        ? new Offer(
            payment.Id, payment.Grant.Order, notification.About.Part!, notification.About.Generation, delivery.Route.AddressKey,
            payment.Grant.Amount, payment.Grant.Payee, locale, notification.Deadline)
        : null;

    /// <summary>The mail with what comes back of it: the thread it stands in, where it bounces to, who reads replies, how one gets no more of it.</summary>
    private OutgoingMessage Addressed(OutgoingMessage mail, Notification notification, CustomerAddress? address) => mail with
    {
        Thread = notification.About.Order ?? (notification.Kind is NotificationKind.Reply ? Conversation.IdOf(notification.About.Customer) : null),
        BounceTo = tokens.BounceTo(mail.DeliveryId),

        // Whoever has a mailbox that nobody proved may be a stranger, whose words would stand under the customer's name.
        ReplyTo = address?.VerifiedAt is not null ? tokens.ReplyTo(mail.DeliveryId) : null,
        Unsubscribe = notification.Kind is NotificationKind.Digest || notification.Kind.Topic() is not null ? tokens.Unsubscribe(mail.DeliveryId) : null,
    };

    // Every notice of it is put into words as if it were sent alone, which the letter says in brief. What the customer muted since, and what was asked for by itself, is left out.
    private async Task<MessageContent?> DigestAsync(Notification notification, Delivery delivery, Customer? customer, CancellationToken cancel)
    {
        if (customer is null || notification.About.Part is not { } id) return null;
        if ((await actors.FindAsync<DigestState>(HubKinds.Digest[DigestState.KeyOf(customer.Id)], cancel))?.Find(id) is not { } batch) return null;
        var items = new List<MessageContent>();
        foreach (var item in DigestReaction.Told(batch, notification.About, customer.Preferences, delivery.Route.Channel))
        {
            if (await actors.FindAsync<Notification>(SingleNotices.Of(item.Id), cancel) is not null) continue;
            var alone = notification with { Kind = item.Kind, About = item.About };
            if (Content(alone, delivery, await AboutAsync(alone, cancel)) is { } words) items.Add(words);
        }

        return items.Count > 1 ? new MessageContent.Digest(items.ToEquatableArray()) : items.FirstOrDefault();
    }

    // The one clock the customer has named; a zone this machine does not know is as good as none.
    private static TimeZoneInfo? ZoneOf(Customer? customer) => TimeZones.TryFind(customer?.Preferences.Quiet?.TimeZone ?? customer?.Preferences.Digest?.TimeZone, out var zone) ? zone : null;

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
        if (address is { OnlyHolder: { } only }) return (await actors.FindAsync<Customer>(HubKinds.Customer[only.Customer], cancel))?.Preferences.Locale ?? MessageTemplate.DefaultLanguage;
        if (address is not { Codes: [.., var asked] }) return MessageTemplate.DefaultLanguage;
        if (await actors.FindAsync<Payment>(HubKinds.Payment[asked.Payment], cancel) is not { } payment) return MessageTemplate.DefaultLanguage;
        return (await actors.FindAsync<Customer>(HubKinds.Customer[payment.Grant.Customer], cancel))?.Preferences.Locale ?? MessageTemplate.DefaultLanguage;
    }

    private MessageContent? Content(Notification notification, Delivery delivery, Facts about) => notification.Kind switch
    {
        NotificationKind.AddressVerification => new MessageContent.VerifyAddress(codes.ForVerification(notification.About.Part!), CustomerDecider.VerificationMinutes, Host),
        NotificationKind.WalletCode => new MessageContent.WalletCode(codes.ForVerification(notification.About.Part!), CustomerDecider.VerificationMinutes, Host),
        NotificationKind.AddressAdded => Added(about.Customer, notification),
        NotificationKind.AddressRemoved => Removed(about.Customer, notification),
        NotificationKind.AddressStopped => new MessageContent.AddressStopped(),
        NotificationKind.NoSuchOrder => new MessageContent.NoSuchOrder(),
        NotificationKind.WhichOrder => new MessageContent.WhichOrder(),
        NotificationKind.PassedOn => new MessageContent.PassedOn(),
        NotificationKind.RefundNoted => new MessageContent.RefundNoted(),
        NotificationKind.ReceiptSent when about.Order is { } order => new MessageContent.ReceiptSent(order.Reference),
        NotificationKind.ReceiptNowhere => new MessageContent.ReceiptNowhere(),
        NotificationKind.OptedOut => new MessageContent.OptedOut(),
        NotificationKind.OptedIn => new MessageContent.OptedIn(),
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

    // Once it is no longer held, or no longer the customer's, there is nothing left to warn of.
    private MessageContent.AddressAdded? Added(Customer? customer, Notification notification)
    {
        if (customer?.FindAddress(notification.About.Part!) is not { HeldUntil: { } until } added || persons.Open(customer.Id, added.Value) is not { } value) return null;
        var left = until - notification.CreatedAt;
        return new MessageContent.AddressAdded(EndingOf(value), (int)Math.Max(1, (left.Ticks + TimeSpan.TicksPerHour - 1) / TimeSpan.TicksPerHour));
    }

    // Once it was given back there is nothing left to tell.
    private MessageContent.AddressRemoved? Removed(Customer? customer, Notification notification) =>
        customer?.Removed.FirstOrDefault(r => r.Address.Id == notification.About.Part) is { } removed && persons.Open(customer.Id, removed.Address.Value) is { } value
            ? new MessageContent.AddressRemoved(EndingOf(value), AddressRules.RestoreDays)
            : null;

    // The last digits of a number, and of a mailbox its server: enough for its owner to know it, and too little for anybody else.
    private static string EndingOf(string value) => value.Contains('@', StringComparison.Ordinal) ? value[(value.LastIndexOf('@') + 1)..] : value[^2..];

    private string Host => options.PublicUrl.Host;

    private sealed record Facts(Customer? Customer, Order? Order, Payment? Payment, string? Name);
}
