using System.Text;
using Hub.Actors.Ports;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Notifications;

namespace Hub.Channels.Confirmations;

/// <summary>Finds the actor of an address without storing the number or mailbox in the clear.</summary>
public sealed class AddressKeys(IKeyring keyring, IPersonalData persons, ChannelOptions options)
{
    /// <summary>The key of the address actor: a keyed digest of our sender and their number or mailbox.</summary>
    /// <param name="channel">How it is reached.</param>
    /// <param name="value">A number in E.164 form, or a mailbox; the case of a mailbox does not matter.</param>
    public string Of(Channel channel, string value) => Of(channel, SenderOf(channel), value);

    /// <summary>The same, for a message that came to one of our senders.</summary>
    public string Of(Channel channel, string sender, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var normal = channel is Channel.Email ? value.Trim().ToUpperInvariant() : value;
        var mac = keyring.Mac(KeyPurpose.Address, Encoding.UTF8.GetBytes($"{Notification.NameOf(channel)}\n{sender}\n{normal}"));
        return Convert.ToHexStringLower(mac);
    }

    /// <summary>What an address actor is told of itself; the value is sealed under a key of the address's own, a new one once that was erased.</summary>
    public AddressIdentity Identify(Channel channel, string key, string value)
    {
        var owner = persons.AddressOwner(key);
        return new AddressIdentity(channel, SenderOf(channel), persons.Seal(owner, value), owner);
    }

    /// <summary>Our own number or mailbox on a channel.</summary>
    public string SenderOf(Channel channel) => channel switch
    {
        Channel.Email => options.Smtp.From,
        Channel.Whatsapp => options.Twilio.WhatsAppFrom,
        Channel.Chat => Notification.NameOf(Channel.Chat),
        _ => options.Twilio.From,
    };

    /// <summary>The key of the same number on the other channel that numbers have; <c>null</c> for anything but a number.</summary>
    public string? TwinOf(Channel channel, string value) => channel switch
    {
        Channel.Sms => Of(Channel.Whatsapp, value),
        Channel.Whatsapp => Of(Channel.Sms, value),
        _ => null,
    };
}
