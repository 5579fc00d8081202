using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Channels.Incoming;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;

namespace Hub.Channels.Chat;

/// <summary>Puts what people wrote into their conversation, sealed. The one way in for every channel.</summary>
/// <param name="persons">Seals it.</param>
/// <param name="orders">Knows how a customer's orders are called; <c>null</c>: none is known.</param>
public sealed class Threads(IPersonalData persons, ICustomerOrders? orders = null)
{
    /// <summary>The actor of a customer's conversation.</summary>
    public static ActorId Of(string customer) => HubKinds.Conversation[Conversation.IdOf(customer)];

    /// <summary>Whose conversation it is.</summary>
    public static Parties PartiesOf(Customer customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return new Parties(Conversation.IdOf(customer.Id), customer.Merchant, customer.Id);
    }

    /// <summary>Whether a person has to read what was written; anything else the hub answers by itself.</summary>
    public static bool IsForStaff(Inbound kind) => kind is Inbound.Other or Inbound.Human or Inbound.Refund;

    /// <summary>What a single word asks staff for; <c>null</c> for nothing, as free text does.</summary>
    public static Wish? WishOf(Inbound kind) => kind switch
    {
        Inbound.Human => Wish.Person,
        Inbound.Refund => Wish.Refund,
        _ => null,
    };

    /// <summary>What the customer wrote over a channel other than the hub's own pages, such as a text message or a mail, as a command for its conversation.</summary>
    /// <param name="customer">Who wrote; not erased.</param>
    /// <param name="id">The message's id, <c>msg_…</c>, made from the provider's, so that a repeat is the same.</param>
    /// <param name="channel">How it came.</param>
    /// <param name="text">The words as they came.</param>
    /// <param name="kind">What the edge read in it.</param>
    /// <returns><c>null</c> when there is nothing to keep.</returns>
    public ConversationCommand? Receive(Customer customer, string id, Channel channel, string text, Inbound kind = Inbound.Other)
    {
        ArgumentNullException.ThrowIfNull(customer);
        var words = FreeText.Clean(text, digits => IsName(customer.Id, digits));
        return words.Length == 0 || customer.Erased ? null : new ConversationCommand.Write(PartiesOf(customer), Draft(customer.Id, id, channel, words), ForStaff: true, WishOf(kind));
    }

    /// <summary>What came from an address and a person has to read, sealed under the address's own key until it is known whose it is.</summary>
    /// <param name="who">The address.</param>
    /// <param name="holders">Whose it is, as far as is known: the names of their orders are no codes.</param>
    /// <param name="text">The words as they came.</param>
    /// <returns><c>null</c> where nothing is left of it.</returns>
    public Sealed? ForStaff(AddressIdentity who, IReadOnlyCollection<Holder> holders, string text)
    {
        ArgumentNullException.ThrowIfNull(who);
        var words = FreeText.Clean(text, digits => holders.Any(holder => IsName(holder.Customer, digits)));
        return words.Length == 0 ? null : persons.Seal(who.Owner, words);
    }

    /// <summary>What the hub itself says in the chat, sealed under the customer's key; every digit of it is meant to be read.</summary>
    /// <param name="customer">Whose conversation.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="text">The words; no one-time code stands in them.</param>
    /// <param name="order">The order it speaks of.</param>
    /// <param name="payment">The payment it speaks of.</param>
    public Draft OfHub(string customer, string id, string text, string? order = null, string? payment = null) => new(id, Channel.Chat, persons.Seal(customer, text), order, payment);

    /// <summary>A message that a person wrote, sealed under the customer's key.</summary>
    /// <param name="customer">Whose conversation.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="channel">How it came.</param>
    /// <param name="text">The words; codes in them become stars.</param>
    /// <param name="order">The order it speaks of.</param>
    /// <param name="payment">The payment it speaks of.</param>
    /// <param name="namesOrder">Whether it is a command that names an order: six digits in it are that name, and no code.</param>
    public Draft Draft(string customer, string id, Channel channel, string text, string? order = null, string? payment = null, bool namesOrder = false) =>
        new(id, channel, persons.Seal(customer, namesOrder ? text : FreeText.WithoutCodes(text, digits => IsName(customer, digits))), order, payment);

    private bool IsName(string customer, string digits) => orders?.Newest(customer).Any(order => order.Reference == digits) is true;
}
