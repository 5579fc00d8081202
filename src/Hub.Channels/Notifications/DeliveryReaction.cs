using System.Globalization;
using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Actors.Reactions;
using Hub.Channels.Confirmations;
using Hub.Channels.Sending;
using Hub.Channels.Sms;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;
using Hub.Domain.Payments;

namespace Hub.Channels.Notifications;

/// <summary>Makes the sends a notification intends, and tells the payment how its confirmation fares.</summary>
/// <remarks>At most one provider call per delivery: it is journaled as started first, and one found started is looked for, never repeated.</remarks>
public sealed class DeliveryReaction(
    IActors actors, IEnumerable<IChannelAdapter> adapters, MessageComposer composer, AddressKeys addresses, SendingBudgets budgets, IPersonalData persons)
    : IReaction
{
    private readonly Dictionary<string, IChannelAdapter> _adapters = adapters.ToDictionary(a => a.Channel, StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "deliveries";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Notification.Name;

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (await actors.FindAsync<Notification>(happened, cancel) is not { } notification) return;
        switch (happened.Body)
        {
            case NotificationEvent.DeliveryIntended e:
                await DeliverAsync(happened, notification, notification.Find(e.Delivery)!, cancel);
                break;
            case NotificationEvent.DeliveryReported e:
                await FollowUpAsync(happened, notification, e, cancel);
                break;
            case NotificationEvent.GaveUp { Reason: GiveUpReason.AllFailed or GiveUpReason.NothingUsable } when IsFirstOfConfirmation(notification):
                await TellPaymentAsync(happened, notification, new PaymentCommand.ReportConfirmationUndeliverable(notification.About.Part!), cancel);
                break;
        }
    }

    private async Task DeliverAsync(FeedEvent happened, Notification notification, Delivery delivery, CancellationToken cancel)
    {
        if (notification.HasEnded || delivery.State is not TryState.InFlight) return;
        var owner = delivery.Route.SealedFor ?? notification.About.Customer;
        var to = persons.Open(owner, delivery.Route.Value);
        var message = to is null ? null : await composer.ComposeAsync(notification, delivery, to, cancel);
        if (message is null)
        {
            // The customer muted all that was in it, after it had left the digest, or gave the address back before the others heard that it was gone: that is nobody's failure.
            if (to is not null && notification.Kind is NotificationKind.Digest or NotificationKind.AddressAdded or NotificationKind.AddressRemoved)
            {
                await actors.ReactAsync(this, happened, happened.Actor, new NotificationCommand.Acknowledge("nothing_left"), "nothing", "", cancel);
                return;
            }

            await ReportAsync(happened, delivery, new DeliveryReport.Failed(ErrorClass.InvalidAddress, "erased"), "erased", cancel);
            return;
        }

        if (delivery.Started)
        {
            await SettleAsync(happened, notification, delivery, message, cancel);
            return;
        }

        if (await LeaveAsync(happened, notification, delivery, message.To, cancel) is { } refused
            || (refused = await AffordAsync(happened, notification, delivery, message, cancel)) is not null)
        {
            await ReportAsync(happened, delivery, refused, "leave", cancel);
            return;
        }

        var fence = await actors.ReactAsync(this, happened, happened.Actor, new NotificationCommand.StartDelivery(delivery.Id), "start", delivery.Id, cancel);
        if (fence is not TurnOutcome.Committed { Repeated: false, Events: [NotificationEvent.DeliveryStarted] })
        {
            // It was put off, or another owner has started it. Whether that one lives to see the end is not known here.
            await DeliverStartedAsync(happened, delivery.Id, message, cancel);
            return;
        }

        var outcome = await AdapterOf(delivery).SendAsync(message, cancel);
        await ReportAsync(happened, delivery, Report(outcome), "sent", cancel);
    }

    // Opt-out, death and caps of an address are its own to know; asked at the moment of sending.
    private async Task<DeliveryReport?> LeaveAsync(FeedEvent happened, Notification notification, Delivery delivery, string to, CancellationToken cancel)
    {
        var route = delivery.Route;
        var grant = new AddressCommand.GrantSend(
            addresses.Identify(route.Channel, route.AddressKey, to), delivery.Id,
            Farewell: notification.Kind is NotificationKind.OptedOut,
            Proof: notification.Kind is NotificationKind.AddressVerification or NotificationKind.WalletCode);
        var outcome = await actors.ReactAsync(this, happened, HubKinds.Address[route.AddressKey], grant, "leave", delivery.Id, cancel);
        return outcome switch
        {
            TurnOutcome.Rejected { Code: RejectionCode.OptedOut } => new DeliveryReport.Failed(ErrorClass.OptedOut, "opted_out"),
            TurnOutcome.Rejected { Code: RejectionCode.AddressDead } => new DeliveryReport.Failed(ErrorClass.AddressGone, "dead"),
            TurnOutcome.Rejected { Code: RejectionCode.SendingCapped } => new DeliveryReport.Failed(ErrorClass.NotAllowed, "capped"),

            // The command's id names this delivery: it was granted before, when the address or our sender still read otherwise.
            TurnOutcome.Rejected { Code: RejectionCode.CommandIdReused } => null,
            TurnOutcome.Rejected { Code: var code } => throw new InvalidOperationException($"An address refused to grant a send: {code}."),
            _ => null,
        };
    }

    // After the address's own leave: what an opted-out phone would have cost is nobody's expense.
    private async Task<DeliveryReport?> AffordAsync(
        FeedEvent happened, Notification notification, Delivery delivery, OutgoingMessage message, CancellationToken cancel)
    {
        if (delivery.Route.Channel is not (Channel.Sms or Channel.Whatsapp) || !E164.TryParse(message.To, out var number)) return null;
        var met = await budgets.TakeAsync(this, happened, delivery.Id, notification.About.Merchant, number, delivery.Route.Channel is Channel.Sms ? SmsText.Segments(message.Text) : 1, cancel);
        return met is null ? null : new DeliveryReport.Failed(ErrorClass.NotAllowed, $"capped_{met}");
    }

    private async Task FollowUpAsync(FeedEvent happened, Notification notification, NotificationEvent.DeliveryReported e, CancellationToken cancel)
    {
        var delivery = notification.Find(e.Delivery)!;
        var address = HubKinds.Address[delivery.Route.AddressKey];
        if (e.Outcome is DeliveryReport.Delivered or DeliveryReport.Read && await actors.FindAsync<AddressState>(address, cancel) is { NotReached: > 0 })
        {
            await actors.ReactAsync(this, happened, address, new AddressCommand.ReportUnreachable(Reached: true), "reached", "", cancel);
        }

        switch (e.Outcome)
        {
            case DeliveryReport.Accepted or DeliveryReport.Delivered or DeliveryReport.Read when notification.Kind is NotificationKind.Confirmation:
                await TellPaymentAsync(happened, notification, new PaymentCommand.ReportConfirmationSent(notification.About.Part!, e.Channel), cancel);
                break;
            case DeliveryReport.Failed { Code: not "erased" } failed when failed.Error.WhatToDo() is WhatToDo.AddressDead:
                await actors.ReactAsync(this, happened, address, new AddressCommand.ReportDead(failed.Code), "dead", "", cancel);
                await TryElsewhereAsync(happened, notification, cancel);
                break;
            case DeliveryReport.Failed { Error: ErrorClass.Unreachable } when delivery.Route.Channel is not Channel.Email:
                await actors.ReactAsync(this, happened, address, new AddressCommand.ReportUnreachable(), "unreachable", "", cancel);
                await TryElsewhereAsync(happened, notification, cancel);
                break;
            case DeliveryReport.Failed { Error: not ErrorClass.OptedOut, Code: not "erased" }:
                await TryElsewhereAsync(happened, notification, cancel);
                break;
            case DeliveryReport.Failed { Error: ErrorClass.OptedOut }:
                await actors.ReactAsync(this, happened, address, new AddressCommand.ReportOptOut(), "opt-out", "", cancel);
                break;
            case DeliveryReport.Unknown when delivery.State is TryState.Unknown:
                var owner = delivery.Route.SealedFor ?? notification.About.Customer;
                if (persons.Open(owner, delivery.Route.Value) is { } to && await composer.ComposeAsync(notification, delivery, to, cancel) is { } message)
                {
                    await SettleAsync(happened, notification, delivery, message, cancel);
                }

                break;
        }
    }

    /// <summary>Asks anew, elsewhere, for a notice that came back after it had counted as told: a mail server takes mails first and bounces them later.</summary>
    /// <remarks>
    /// A notification of its own, since nothing is sent after one has ended (invariant 17). Where nowhere else is left it ends with a case. Codes and
    /// confirmations are not asked for again: what is valid for minutes is over.
    /// </remarks>
    private async Task TryElsewhereAsync(FeedEvent happened, Notification notification, CancellationToken cancel)
    {
        if (notification is not { Outcome: NotificationOutcome.Acknowledged } || (notification.Kind is not NotificationKind.Digest && notification.Kind.Topic() is null)) return;
        if (notification.Deliveries.Any(d => d.State is TryState.Accepted or TryState.Delivered)) return;
        var tried = notification.Deliveries.Select(d => d.Route.AddressId).ToHashSet(StringComparer.Ordinal);
        var left = notification.Recipients.Where(r => !tried.Contains(r.Route.AddressId)).ToEquatableArray();

        // Made from the whole id of the one that came back: several notices of one payment may come back alike.
        var id = string.Create(CultureInfo.InvariantCulture, $"{notification.Id}b{happened.Version}");
        await actors.ReactAsync(
            this, happened, HubKinds.Notification[id],
            new NotificationCommand.Request(id, notification.Kind, notification.About, left, notification.Deadline, notification.Quiet), "elsewhere", "", cancel);
    }

    private async Task DeliverStartedAsync(FeedEvent happened, string delivery, OutgoingMessage message, CancellationToken cancel)
    {
        if (await actors.FindAsync<Notification>(happened, cancel) is { HasEnded: false } notification
            && notification.Find(delivery) is { State: TryState.InFlight, Started: true } started)
        {
            await SettleAsync(happened, notification, started, message, cancel);
        }
    }

    private async Task SettleAsync(FeedEvent happened, Notification notification, Delivery delivery, OutgoingMessage message, CancellationToken cancel)
    {
        var claimed = notification.Deliveries.Select(d => d.ProviderId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var found = await AdapterOf(delivery).FindAsync(new FindRequest(message, delivery.Since, claimed), cancel);
        DeliveryReport report = found switch
        {
            FindOutcome.Found { State: TryState.Failed } f => new DeliveryReport.Failed(f.Error ?? ErrorClass.Other, "listed"),
            FindOutcome.Found { State: TryState.Delivered } => new DeliveryReport.Delivered(),
            FindOutcome.Found f => new DeliveryReport.Accepted(f.ProviderId),
            _ => new DeliveryReport.Unknown("not_settled"),
        };
        await ReportAsync(happened, delivery, report, "settled", cancel);
    }

    private Task<TurnOutcome> ReportAsync(FeedEvent happened, Delivery delivery, DeliveryReport report, string reference, CancellationToken cancel) =>
        actors.ReactAsync(this, happened, happened.Actor, new NotificationCommand.Report(delivery.Id, report), "report", $"{reference}:{report.GetType().Name}", cancel);

    private Task<TurnOutcome> TellPaymentAsync(FeedEvent happened, Notification notification, PaymentCommand command, CancellationToken cancel) =>
        actors.ReactAsync(this, happened, HubKinds.Payment[notification.About.Payment!], command, "payment", "", cancel);

    private IChannelAdapter AdapterOf(Delivery delivery) => _adapters[Notification.NameOf(delivery.Route.Channel)];

    private static bool IsFirstOfConfirmation(Notification notification) =>
        notification.Kind is NotificationKind.Confirmation && notification.Id == ConfirmationReaction.NotificationOf(notification.About.Part!, 0);

    private static DeliveryReport Report(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Sent s => new DeliveryReport.Accepted(s.ProviderId),
        SendOutcome.Refused r => new DeliveryReport.Failed(r.Error, r.ProviderCode),
        SendOutcome.NeverReached n => new DeliveryReport.NeverReached(n.Reason),
        SendOutcome.Unknown u => new DeliveryReport.Unknown(u.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType().Name, "No such outcome."),
    };
}
