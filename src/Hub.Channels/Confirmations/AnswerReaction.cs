using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;

namespace Hub.Channels.Confirmations;

/// <summary>Takes what a person wrote at an address to the payment it answers, and tells them when it answered nothing.</summary>
public sealed class AnswerReaction(IActors actors) : IReaction
{
    // A hint is worth little after a while.
    private static readonly TimeSpan HintLife = TimeSpan.FromMinutes(10);

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
            case AddressEvent.Received { Kind: Inbound.Help }:
                await HintAsync(happened, who, NotificationKind.Help, cancel);
                break;
        }
    }

    private async Task AnswerAsync(FeedEvent happened, AddressIdentity who, AddressEvent.Answered e, CancellationToken cancel)
    {
        if (await actors.FindAsync<Payment>(HubKinds.Payment[e.Code.Payment], cancel) is not { } payment) return;

        // The number was compared where it is known to be unique, at the address; the payment compares what that number stands for.
        var expected = payment.Attempts.Select(a => a.Confirmation).FirstOrDefault(c => c?.Id == e.Code.Confirmation)?.Challenge.PhoneDigest;
        var command = new PaymentCommand.AnswerConfirmation(who.Channel, e.Approves, expected ?? "", e.Code.AddressId, e.Code.Confirmation, e.NotMe);
        var outcome = await actors.ReactAsync(this, happened, HubKinds.Payment[e.Code.Payment], command, "answer", "", cancel);
        if (outcome is TurnOutcome.Rejected)
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

    private async Task CountAsync(FeedEvent happened, AddressIdentity who, AddressEvent.AnswerUnmatched e, CancellationToken cancel)
    {
        foreach (var code in e.Open)
        {
            var command = new PaymentCommand.AnswerConfirmation(who.Channel, e.Approves, e.Digest, code.AddressId, code.Confirmation);
            await actors.ReactAsync(this, happened, HubKinds.Payment[code.Payment], command, "wrong", code.Confirmation, cancel);
        }

        await HintAsync(happened, who, NotificationKind.WrongNumber, cancel);
    }

    private Task<TurnOutcome> HintAsync(
        FeedEvent happened, AddressIdentity who, NotificationKind kind, CancellationToken cancel, About? about = null, string? addressId = null)
    {
        var id = happened.MadeId("ntf", 'h');
        var key = happened.Actor.Key;

        // To a stranger the reply goes under the address's own name and seal, and no merchant hears of it.
        var owner = about ?? new About(null, who.Owner);
        var route = new Route(who.Channel, addressId ?? who.Owner, key, who.Value) { SealedFor = who.Owner };
        return actors.ReactAsync(
            this, happened, HubKinds.Notification[id],
            new NotificationCommand.Request(id, kind, owner, [new Recipient(route, Verified: true)], happened.At + HintLife), "hint", "", cancel);
    }
}
