using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Hub.Actors.Ports;

namespace Hub.Channels.Email;

/// <summary>What a token of a mail lets whoever has it do.</summary>
public enum MailUse
{
    /// <summary>Tell what became of the mail: the envelope's sender.</summary>
    Bounce,

    /// <summary>Write to staff as whoever got the mail: the mailbox that replies go to.</summary>
    Reply,

    /// <summary>Mute the mail's topic: the link in its headers.</summary>
    Unsubscribe,
}

/// <summary>Names one mail, unforgeably, in what comes back of it: bounces, replies, and the link that unsubscribes.</summary>
/// <remarks>
/// A token is the delivery's id and a MAC of id and use, under a key of the hub's own that is never replaced, so a link in an old mail still
/// works. Delivery ids can be worked out by whoever knows a payment's id; without the MAC anybody could report somebody's mailbox dead.
/// Lower case throughout, since mail servers may change the case of mailboxes. Source: RFC 5321, 4.5.3.1.1 (64 characters before the @); RFC 5233 (plus-addresses).
/// </remarks>
/// <param name="keyring">Makes the MACs.</param>
/// <param name="options">The hub's mailbox, and where its pages are.</param>
public sealed class MailTokens(IKeyring keyring, ChannelOptions options)
{
    private const int LongestLocalPart = 64;
    private const int LongestDelivery = 64;

    // 65 bits where a mailbox has to hold it, and every guess costs a mail; 130 where there is room.
    private const int ShortMac = 13;
    private const int LongMac = 26;

    /// <summary>The envelope's sender of a mail: where its bounces go.</summary>
    /// <returns><c>null</c> where no relay hands mail in, or the delivery's id is too long for a mailbox.</returns>
    public string? BounceTo(string delivery) => MailboxOf("bounce", MailUse.Bounce, delivery);

    /// <summary>Where replies to a mail go.</summary>
    /// <returns>As for <see cref="BounceTo"/>.</returns>
    public string? ReplyTo(string delivery) => MailboxOf("reply", MailUse.Reply, delivery);

    /// <summary>The link that mutes a mail's topic.</summary>
    public Uri Unsubscribe(string delivery) => new(options.PublicUrl, $"/unsubscribe/{Token(MailUse.Unsubscribe, delivery)}");

    /// <summary>Reads the mailbox that a mail came to.</summary>
    /// <param name="mailbox">As the envelope names it; the case does not matter.</param>
    /// <param name="use">What it is for.</param>
    /// <param name="delivery">Of which mail.</param>
    /// <returns>Whether this hub made it. The domain is not looked at: relays may rewrite it, and the MAC says enough.</returns>
    public bool TryReadMailbox(string? mailbox, out MailUse use, [NotNullWhen(true)] out string? delivery)
    {
        (use, delivery) = (default, null);
        if (mailbox is not { Length: <= 254 }) return false;
        var local = mailbox.Split('@')[0].ToLowerInvariant();
        var plus = local.IndexOf('+', StringComparison.Ordinal);
        if (plus < 0) return false;
        MailUse? named = local[..plus] switch { "bounce" => MailUse.Bounce, "reply" => MailUse.Reply, _ => null };
        if (named is not { } known || Read(known, local[(plus + 1)..]) is not { } read) return false;
        (use, delivery) = (known, read);
        return true;
    }

    /// <summary>Reads what follows <c>/unsubscribe/</c> in a link.</summary>
    /// <returns>The delivery; <c>null</c> when this hub did not make the link.</returns>
    public string? ReadUnsubscribe(string? token) => token is { Length: <= LongestDelivery + 1 + LongMac } ? Read(MailUse.Unsubscribe, token) : null;

    /// <summary>Which mail a trace is of: a mailbox of ours, or an unsubscribe link.</summary>
    /// <returns>The delivery; <c>null</c> when this hub made neither.</returns>
    public string? Trace(string trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        if (TryReadMailbox(trace, out _, out var delivery)) return delivery;
        return ReadUnsubscribe(trace[(trace.LastIndexOf('/') + 1)..]);
    }

    private string? MailboxOf(string name, MailUse use, string delivery)
    {
        if (!options.Smtp.TakesMail) return null;
        var local = $"{name}+{Token(use, delivery)}";
        return local.Length <= LongestLocalPart ? $"{local}@{options.Smtp.ReturnDomain}" : null;
    }

    private string? Read(MailUse use, string token)
    {
        var dash = token.LastIndexOf('-');
        if (dash is < 1 or > LongestDelivery) return null;
        var delivery = token[..dash];
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Token(use, delivery)), Encoding.UTF8.GetBytes(token)) ? delivery : null;
    }

    private string Token(MailUse use, string delivery) => $"{delivery}-{Mac(use, delivery, use is MailUse.Unsubscribe ? LongMac : ShortMac)}";

    private string Mac(MailUse use, string delivery, int length)
    {
        var mac = keyring.Mac(KeyPurpose.Mail, Encoding.UTF8.GetBytes($"{NameOf(use)}\n{delivery}"));
        return string.Create(length, mac, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                // Five bits from the ten that begin at the byte where they start.
                var (at, shift) = (i * 5 / 8, i * 5 % 8);
                text[i] = IdSource.Alphabet[(((bytes[at] << 8) | bytes[at + 1]) >> (11 - shift)) & 31];
            }
        });
    }

    private static string NameOf(MailUse use) => use switch
    {
        MailUse.Bounce => "bounce",
        MailUse.Reply => "reply",
        MailUse.Unsubscribe => "unsubscribe",
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, "A token has a use."),
    };
}
