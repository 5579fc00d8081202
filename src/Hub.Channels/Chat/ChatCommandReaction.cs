using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Actors.Reactions;
using Hub.Channels.Incoming;
using Hub.Channels.Templates;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Notifications.Planning;
using Hub.Domain.Orders;
using Hub.Domain.Payments;

namespace Hub.Channels.Chat;

/// <summary>Answers the words that ask for something in the chat: how an order stands, a receipt, a person, money back, help.</summary>
/// <remarks>
/// The same words as by text message, in the customer's language. In a session for one payment they are about that payment alone. Money is
/// never given back because of a word, and the receipt itself goes to a proved mailbox, never into the chat.
/// </remarks>
/// <param name="actors">The way to every actor.</param>
/// <param name="orders">The customer's orders.</param>
/// <param name="standings">Tells how they stand.</param>
/// <param name="threads">Seals what the hub says.</param>
/// <param name="persons">Opens what was written.</param>
/// <param name="meters">Counts what is said.</param>
public sealed class ChatCommandReaction(IActors actors, ICustomerOrders orders, Standings standings, Threads threads, IPersonalData persons, ChatMeters meters) : IReaction
{
    /// <inheritdoc/>
    public string Name => "chat-commands";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Conversation.Name;

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.Body is ConversationEvent.MessageWritten said) meters.Written(said.Author, said.Channel);
        if (happened.Body is not ConversationEvent.MessageWritten { Author: Author.Customer, Channel: Channel.Chat } e) return;
        var customerId = Conversation.CustomerOf(happened.Actor.Key);
        if (persons.Open(customerId, e.Text) is not { } words || InboundCommand.Parse(words) is not { Kind: not Inbound.Other } asked) return;
        if (await actors.FindAsync<Customer>(HubKinds.Customer[customerId], cancel) is not { Erased: false } customer) return;
        if (await AnswerAsync(happened, customer, asked, e.Payment, cancel) is not { } answer) return;
        var text = MessageTemplate.Render(answer.Content, Capabilities.Chat, customer.Preferences.Locale).Text;
        var say = new ConversationCommand.Say(Threads.PartiesOf(customer), threads.OfHub(customerId, happened.MadeId("msg", 'a'), text, answer.Order, answer.Payment));
        await actors.ReactAsync(this, happened, happened.Actor, say, "say", "", cancel);
    }

    private async Task<Answer?> AnswerAsync(FeedEvent happened, Customer customer, InboundCommand asked, string? payment, CancellationToken cancel) => asked.Kind switch
    {
        Inbound.Status => await StatusAsync(customer, asked.Order, payment, cancel),
        Inbound.Receipt => await ReceiptAsync(happened, customer, asked.Order, payment, cancel),
        Inbound.Human => new Answer(new MessageContent.PassedOn(), null, payment),
        Inbound.Refund => new Answer(new MessageContent.RefundNoted(), null, payment),
        Inbound.Help or Inbound.Stop or Inbound.Start => new Answer(new MessageContent.Help(), null, payment),

        // Answers to a confirmation were taken at the edge, where their digits ended.
        _ => null,
    };

    private async Task<Answer> StatusAsync(Customer customer, string? reference, string? payment, CancellationToken cancel)
    {
        var told = await standings.ToTellAsync(OrdersOf(customer, reference, payment), cancel);
        var about = Standings.AboutOf(customer.Merchant, customer.Id, told);
        return told.Count > 0 && await standings.SayAsync(about, cancel) is { } content
            ? new Answer(content, told[0].Id, told.Count == 1 ? told[0].Payment : null)
            : new Answer(new MessageContent.NoSuchOrder(), null, payment);
    }

    private async Task<Answer> ReceiptAsync(FeedEvent happened, Customer customer, string? reference, string? payment, CancellationToken cancel)
    {
        if (await actors.FindPaidAsync(OrdersOf(customer, reference, payment), cancel) is not var (order, paid)) return new Answer(new MessageContent.ReceiptNowhere(), null, payment);

        // The page has the receipt of the payment that is named; the letter goes to a mailbox.
        var isSent = await ReceiptAgain.SendAsync(actors, this, happened, customer, paid, cancel);
        return new Answer(isSent ? new MessageContent.ReceiptSent(order.Reference) : new MessageContent.ReceiptNowhere(), order.Id, paid.Id);
    }

    private List<Order> OrdersOf(Customer customer, string? reference, string? payment) =>
        [.. orders.Newest(customer.Id).Where(o => (payment is null || o.Payment == payment) && (reference is null || OrderLookup.IsNamed(o, reference)))];

    /// <summary>What the hub says, and what it speaks of: a session for one payment is shown nothing of another.</summary>
    private sealed record Answer(MessageContent Content, string? Order, string? Payment);
}
