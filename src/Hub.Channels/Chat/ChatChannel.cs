using Hub.Actors;
using Hub.Actors.Reactions;
using Hub.Channels.Confirmations;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Notifications.Planning;
using Hub.Domain.Payments;

namespace Hub.Channels.Chat;

/// <summary>Shows messages in the customer's conversation: a confirmation with its two buttons while the device's page is open, other words whenever.</summary>
/// <remarks>
/// The conversation is the provider here. What is put there under a delivery's id is put there once, so that an unknown outcome is settled by
/// looking. A page that is open on another node counts as closed: the confirmation then goes the customer's next way.
/// </remarks>
/// <param name="actors">The way to conversations.</param>
/// <param name="threads">Seals what is said.</param>
/// <param name="addresses">Names the device.</param>
/// <param name="presence">Knows which pages are open.</param>
public sealed class ChatChannel(IActors actors, Threads threads, AddressKeys addresses, IChatPresence presence) : IChannelAdapter
{
    /// <inheritdoc/>
    public string Channel => "chat";

    /// <inheritdoc/>
    public Capabilities Capabilities => Capabilities.Chat;

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        var id = MessageOf(message.DeliveryId);
        if (await actors.FindAsync<Customer>(HubKinds.Customer[ChatDevices.CustomerOf(message.To)], cancel) is not { Erased: false } customer)
        {
            return new SendOutcome.Refused(ErrorClass.InvalidAddress, "", "The customer is gone.");
        }

        if (message.Offer is { } asked && !presence.IsOpen(addresses.Of(Domain.Confirmations.Channel.Chat, message.To), asked.Payment))
        {
            return new SendOutcome.Refused(ErrorClass.NobodyThere, "page_closed", "No page of this device shows the conversation.");
        }

        ConversationCommand command = message.Offer is { } offer
            ? new ConversationCommand.OfferConfirmation(Threads.PartiesOf(customer), id, offer)
            : new ConversationCommand.Say(Threads.PartiesOf(customer), DraftOf(message, customer.Id, id));
        await actors.SendAsync(Threads.Of(customer.Id), new Envelope($"delivery:{message.DeliveryId}", command), cancel);
        if (message.Offer is { } shown) await WithdrawIfEndedAsync(customer.Id, message.DeliveryId, shown, cancel);
        return new SendOutcome.Sent(id, 1);
    }

    /// <inheritdoc/>
    public async Task<FindOutcome> FindAsync(FindRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = MessageOf(request.Message.DeliveryId);
        var conversation = await actors.FindAnewAsync<Conversation>(Threads.Of(ChatDevices.CustomerOf(request.Message.To)), cancel);
        return conversation?.Messages.Any(m => m.Id == id) is true ? new FindOutcome.Found(id, 1, TryState.Accepted, null) : new FindOutcome.NotListed();
    }

    // A code that somebody had sent here becomes stars: whoever has a session reads the conversation, and must not read codes.
    private Draft DraftOf(OutgoingMessage message, string customer, string id) => message.DiscardContent
        ? threads.Draft(customer, id, Domain.Confirmations.Channel.Chat, message.Text, message.About?.Order, message.About?.Payment)
        : threads.OfHub(customer, id, message.Text, message.About?.Order, message.About?.Payment);

    private static string MessageOf(string delivery) => $"msg_{delivery[(delivery.IndexOf('_', StringComparison.Ordinal) + 1)..]}";

    // Answered elsewhere while it was on its way here: the reaction that withdraws it may have found nothing to withdraw.
    private async Task WithdrawIfEndedAsync(string customer, string delivery, Offer offer, CancellationToken cancel)
    {
        var payment = await actors.FindAnewAsync<Payment>(HubKinds.Payment[offer.Payment], cancel);
        if (payment?.Attempts.Select(a => a.Confirmation).FirstOrDefault(c => c?.Id == offer.Confirmation) is not { IsOpen: false } ended) return;
        await actors.SendAsync(Threads.Of(customer), new Envelope($"delivery:{delivery}:ended", new ConversationCommand.EndConfirmation(offer.Confirmation, ended.Status)), cancel);
    }
}
