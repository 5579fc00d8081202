using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Channels.Incoming;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;

namespace Hub.Channels.Confirmations;

/// <summary>Takes what a person wrote at an address to the payment it answers, and tells them when it answered nothing.</summary>
public sealed class AnswerReaction(IActors actors) : IReaction
{
    // No address has this name, so an answer from it is the wrong sender's, and recorded as that.
    private const string Nobody = "adr_none";

    /// <inheritdoc/>
    public string Name => "answers";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Address.Name;

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (await actors.FindAsync<AddressState>(happened, cancel) is not { Who: { } who }) return;
        switch (happened.Body)
        {
            case AddressEvent.Answered e:
                await AnswerAsync(happened, who, e, cancel);
                break;
            case AddressEvent.AnswerUnmatched e:
                await CountAsync(happened, who, e, cancel);
                break;
            case AddressEvent.Received { Kind: Inbound.Help, Silent: false }:
                await HintAsync(happened, who, NotificationKind.Help, cancel);
                break;
        }
    }

    private async Task AnswerAsync(FeedEvent happened, AddressIdentity who, AddressEvent.Answered e, CancellationToken cancel)
    {
        if (await actors.FindAsync<Payment>(HubKinds.Payment[e.Code.Payment], cancel) is not { } payment) return;

        // The number was compared where it is known to be unique, at the address; the payment compares what that number stands for.
        var expected = payment.Attempts.Select(a => a.Confirmation).FirstOrDefault(c => c?.Id == e.Code.Confirmation)?.Challenge.PhoneDigest;
        var isTheirs = !e.Approves || await HoldsAsync(payment, e.Code.AddressId, happened.At, cancel);
        var from = isTheirs ? e.Code.AddressId : Nobody;
        var command = new PaymentCommand.AnswerConfirmation(who.Channel, e.Approves, expected ?? "", from, e.Code.Confirmation, e.NotMe);
        var outcome = await actors.ReactAsync(this, happened, HubKinds.Payment[e.Code.Payment], command, "answer", "", cancel);
        if (outcome is TurnOutcome.Rejected || !isTheirs)
        {
            await HintAsync(happened, who, NotificationKind.WrongNumber, cancel);
            return;
        }

        if (outcome is TurnOutcome.Committed { Events: [PaymentEvent.AnswerIgnored, ..] })
        {
            await HintAsync(happened, who, NotificationKind.AlreadyAnswered, cancel, new About(
                payment.Grant.Merchant, payment.Grant.Customer, payment.Grant.Order, payment.Id, e.Code.Confirmation), e.Code.AddressId);
        }
    }

    // A yes counts only as long as the address is the customer's; a no moves no money, and is believed of whoever has the phone now.
    private async Task<bool> HoldsAsync(Payment payment, string addressId, DateTimeOffset at, CancellationToken cancel) =>
        await actors.FindAsync<Customer>(HubKinds.Customer[payment.Grant.Customer], cancel) is { } customer && customer.FindAddress(addressId)?.MayConfirm(at) is true;

    private async Task CountAsync(FeedEvent happened, AddressIdentity who, AddressEvent.AnswerUnmatched e, CancellationToken cancel)
    {
        foreach (var code in e.Open)
        {
            var command = new PaymentCommand.AnswerConfirmation(who.Channel, e.Approves, e.Digest, code.AddressId, code.Confirmation);
            await actors.ReactAsync(this, happened, HubKinds.Payment[code.Payment], command, "wrong", code.Confirmation, cancel);
        }

        if (!e.Silent) await HintAsync(happened, who, NotificationKind.WrongNumber, cancel);
    }

    private Task<TurnOutcome> HintAsync(
        FeedEvent happened, AddressIdentity who, NotificationKind kind, CancellationToken cancel, About? about = null, string? addressId = null)
    {
        var request = Replies.To(happened, who, kind, about, addressId);
        return actors.ReactAsync(this, happened, HubKinds.Notification[request.Id], request, "hint", "", cancel);
    }
}
