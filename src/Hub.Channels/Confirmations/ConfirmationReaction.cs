using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Actors.Reactions;
using Hub.Channels.Notifications;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Attempts;

namespace Hub.Channels.Confirmations;

/// <summary>Prepares what the customer must confirm, sends it, and withdraws it once it was answered.</summary>
public sealed class ConfirmationReaction(IActors actors, Codes codes, AddressKeys addresses, Reach reach, IPersonalData persons) : IReaction
{
    // With 20 codes open at one phone, a number of four digits is free within a few tries; this many mean that something is broken.
    private const int MaxGenerations = 100;

    private enum Opening
    {
        /// <summary>Every phone keeps the number for this confirmation.</summary>
        Kept,

        /// <summary>One of them keeps it for another.</summary>
        Taken,

        /// <summary>One of them keeps as many as it can.</summary>
        Full,
    }

    /// <inheritdoc/>
    public string Name => "confirmations";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Payment.Name;

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (await actors.FindAsync<Payment>(happened, cancel) is not { } payment) return;
        switch (happened.Body)
        {
            case PaymentEvent.Authorized e:
                await PrepareAsync(happened, payment, e.Attempt, cancel);
                break;

            // Where there is no hold, the customer confirms before the bank is called.
            case PaymentEvent.Submitted { Terms.Hold: false } e:
                await PrepareAsync(happened, payment, e.Attempt, cancel);
                break;
            case PaymentEvent.ConfirmationRequested e:
                await SendAsync(happened, payment, e.Confirmation, 0, null, cancel);
                break;
            case PaymentEvent.ConfirmationResent e:
                await SendAsync(happened, payment, e.Confirmation, e.Number, e.Channel, cancel);
                break;
            case PaymentEvent.ConfirmationEnded e:
                await WithdrawAsync(happened, payment, e.Confirmation, cancel);
                break;
        }
    }

    /// <summary>The notification that carries a confirmation: the first, or its n-th repetition.</summary>
    public static string NotificationOf(string confirmation, int number)
    {
        ArgumentNullException.ThrowIfNull(confirmation);
        return confirmation.Split('_') is [_, var suffix, var attempt]
            ? $"ntf_{suffix}c{attempt}r{number}"
            : throw new ArgumentException($"'{confirmation}' names no confirmation.", nameof(confirmation));
    }

    private async Task PrepareAsync(FeedEvent happened, Payment payment, string attemptId, CancellationToken cancel)
    {
        if (payment.LastAttempt is not { Confirmation: null } attempt || attempt.Id != attemptId) return;
        if (attempt is not ({ Status: AttemptStatus.Authorized } or { IsUnasked: true })) return;
        var confirmation = payment.ConfirmationIdOf(attemptId);
        var expires = happened.At.AddMinutes(PaymentLimits.ConfirmationMinutes);
        for (var generation = 0; generation < MaxGenerations; generation++)
        {
            var opening = await OpenAsync(happened, payment, attempt, confirmation, generation, expires, cancel);
            if (opening is Opening.Taken) continue;
            var challenge = new Challenge(
                generation,
                codes.DigestOfPhone(confirmation, codes.ForPhone(confirmation, generation)),
                codes.DigestOfPage(confirmation, codes.ForPage(confirmation, generation)));
            var requested = await actors.ReactAsync(
                this, happened, happened.Actor, new PaymentCommand.RequestConfirmation(attemptId, challenge), "request", "", cancel);
            if (requested is TurnOutcome.Rejected) await CloseAsync(happened, attempt, confirmation, cancel);
            else if (opening is Opening.Full) await GiveUpAsync(happened, confirmation, cancel);
            return;
        }

        throw new InvalidOperationException($"No free number for {confirmation} after {MaxGenerations} tries.");
    }

    // A number that is open nowhere must not be sent: an answer with it would count against everything that is.
    private Task<TurnOutcome> GiveUpAsync(FeedEvent happened, string confirmation, CancellationToken cancel) =>
        actors.ReactAsync(this, happened, happened.Actor, new PaymentCommand.ReportConfirmationUndeliverable(confirmation), "full", "", cancel);

    // The number must be free at every phone it may be answered from.
    private async Task<Opening> OpenAsync(
        FeedEvent happened, Payment payment, Attempt attempt, string confirmation, int generation, DateTimeOffset expires, CancellationToken cancel)
    {
        var digits = codes.ForPhone(confirmation, generation);
        foreach (var route in attempt.Routes.Where(r => r.Channel is Channel.Sms or Channel.Whatsapp or Channel.Chat))
        {
            if (persons.Open(payment.Grant.Customer, route.Value) is not { } value) continue;
            var code = new OpenCode(confirmation, payment.Id, route.AddressId, codes.DigestAtAddress(route.AddressKey, digits), expires);
            var opened = await actors.ReactAsync(
                this, happened, HubKinds.Address[route.AddressKey], new AddressCommand.Open(addresses.Identify(route.Channel, route.AddressKey, value), code),
                "open", $"{generation}:{route.AddressId}", cancel);
            switch (opened)
            {
                case TurnOutcome.Rejected { Code: RejectionCode.CodeTaken }:
                    return Opening.Taken;
                case TurnOutcome.Rejected { Code: RejectionCode.SendingCapped }:
                    return Opening.Full;
            }
        }

        return Opening.Kept;
    }

    private async Task SendAsync(FeedEvent happened, Payment payment, string confirmation, int number, Channel? first, CancellationToken cancel)
    {
        // Answered or given up before it could be sent: nothing is to be asked any more (invariant 17).
        var attempt = payment.Attempts.First(a => a.Confirmation?.Id == confirmation);
        if (attempt.Confirmation is not { IsOpen: true } open) return;
        var id = NotificationOf(confirmation, number);
        var about = new About(payment.Grant.Merchant, payment.Grant.Customer, payment.Grant.Order, payment.Id, confirmation, open.Challenge.Generation);
        var recipients = attempt.Routes.OrderBy(r => r.Channel != first).Select(r => new Recipient(r, Verified: true)).ToEquatableArray();
        recipients = await reach.KnowAsync(recipients, NotificationKind.Confirmation, cancel);
        var customer = await actors.FindAsync<Customer>(HubKinds.Customer[payment.Grant.Customer], cancel);
        var request = new NotificationCommand.Request(
            id, NotificationKind.Confirmation, about, recipients, open.ExpiresAt, FallbackAfterSeconds: customer?.Preferences.FallbackAfterSeconds);
        await actors.ReactAsync(this, happened, HubKinds.Notification[id], request, "notify", "", cancel);
    }

    private async Task WithdrawAsync(FeedEvent happened, Payment payment, string confirmation, CancellationToken cancel)
    {
        var attempt = payment.Attempts.First(a => a.Confirmation?.Id == confirmation);
        for (var number = 0; number <= attempt.Confirmation!.Resends; number++)
        {
            await actors.ReactAsync(
                this, happened, HubKinds.Notification[NotificationOf(confirmation, number)], new NotificationCommand.Acknowledge("answered"), "withdraw", $"{number}", cancel);
        }

        await CloseAsync(happened, attempt, confirmation, cancel);
    }

    private async Task CloseAsync(FeedEvent happened, Attempt attempt, string confirmation, CancellationToken cancel)
    {
        foreach (var route in attempt.Routes.Where(r => r.Channel is Channel.Sms or Channel.Whatsapp or Channel.Chat))
        {
            await actors.ReactAsync(this, happened, HubKinds.Address[route.AddressKey], new AddressCommand.Close(confirmation), "close", route.AddressId, cancel);
        }
    }
}
