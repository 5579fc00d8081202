using Hub.Actors;
using Hub.Channels.Chat;
using Hub.Channels.Confirmations;
using Hub.Channels.Incoming;
using Hub.Channels.Templates;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Notifications.Planning;

namespace Hub.Api.Conversations;

/// <summary>Takes a yes or no that was typed or pressed in the chat where one by text message goes: to the address it came from, as a keyed digest.</summary>
/// <remarks>It counts from a device that was proved, and from nowhere else; elsewhere its digits are compared with nothing. NOT ME alone objects to a new address, as from a phone.</remarks>
internal sealed class ChatAnswers(IActors actors, AddressKeys addresses, ChatDevices devices, Codes codes, Threads threads)
{
    /// <summary>Whether what is written counts: a yes or no, or NOT ME, from a device that was proved.</summary>
    internal bool CanCount(Customer customer, string? secret, InboundCommand answer) =>
        answer.Kind is Inbound.Approve or Inbound.Reject or Inbound.NotMe && ProvedKey(customer, secret) is not null;

    /// <summary>Takes the answer, or says that nothing is open here.</summary>
    /// <param name="customer">Who writes.</param>
    /// <param name="secret">The secret of the device they write from; <c>null</c> for none.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="payment">The only payment the session is for; <c>null</c> for all.</param>
    /// <param name="answer">What the edge read.</param>
    /// <param name="commandId">The request's.</param>
    /// <param name="cancel">Stops waiting; the answer may still count.</param>
    internal async Task TakeAsync(Customer customer, string? secret, string message, string? payment, InboundCommand answer, string commandId, CancellationToken cancel)
    {
        if (ProvedKey(customer, secret) is { } key)
        {
            var who = addresses.Identify(Channel.Chat, key, devices.ValueOf(customer.Id, secret!));
            var digest = answer.Answered is { } typed ? codes.DigestAtAddress(key, typed.Digits) : null;
            var receive = new AddressCommand.Receive(who, message, answer.Kind, digest);
            await actors.SendAsync(HubKinds.Address[key], new Envelope($"{commandId}:answer", receive), cancel);
            return;
        }

        var words = MessageTemplate.Render(new MessageContent.WrongNumber(), Capabilities.Chat, customer.Preferences.Locale).Text;
        var say = new ConversationCommand.Say(Threads.PartiesOf(customer), threads.OfHub(customer.Id, $"{message}a", words, payment: payment));
        await actors.TurnAsync(customer.Id, $"{commandId}:hint", say, cancel);
    }

    private string? ProvedKey(Customer customer, string? secret) =>
        devices.KeyOf(customer.Id, secret) is { } key && customer.Addresses.Any(a => a.AddressKey == key && a.VerifiedAt is not null) ? key : null;
}
