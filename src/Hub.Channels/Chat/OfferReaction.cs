using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Payments;

namespace Hub.Channels.Chat;

/// <summary>Withdraws the buttons of a confirmation in the chat once it ended, on whatever channel: the loser of a race sees what happened.</summary>
public sealed class OfferReaction(IActors actors) : IReaction
{
    /// <inheritdoc/>
    public string Name => "offers";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Payment.Name;

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.Body is not PaymentEvent.ConfirmationEnded e || await actors.FindAsync<Payment>(happened, cancel) is not { } payment) return;
        if (!payment.Attempts.Any(a => a.Confirmation?.Id == e.Confirmation && a.Routes.Any(r => r.Channel is Channel.Chat))) return;
        await actors.ReactAsync(
            this, happened, Threads.Of(payment.Grant.Customer), new ConversationCommand.EndConfirmation(e.Confirmation, e.Status), "end", e.Confirmation, cancel);
    }
}
