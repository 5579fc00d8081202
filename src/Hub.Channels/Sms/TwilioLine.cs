using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Sms;

/// <summary>One of the two ways that Twilio carries a message: they differ in how numbers are written and in what a message may ask for.</summary>
/// <remarks>Source: Twilio, "WhatsApp API": the Messages resource with <c>whatsapp:</c> before both numbers.</remarks>
/// <param name="Capabilities">What it can do.</param>
/// <param name="From">Our number, in E.164 form; empty where there is none.</param>
/// <param name="Prefix">What stands before a number.</param>
/// <param name="Expires">Whether a message can be dropped by the provider once it is too late.</param>
public sealed record TwilioLine(Capabilities Capabilities, string From, string Prefix, bool Expires)
{
    /// <summary>What stands before a number on WhatsApp.</summary>
    public const string WhatsAppPrefix = "whatsapp:";

    /// <summary>Text messages.</summary>
    public static TwilioLine Sms(TwilioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TwilioLine(Capabilities.Sms, options.From, "", Expires: true);
    }

    /// <summary>WhatsApp.</summary>
    public static TwilioLine WhatsApp(TwilioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TwilioLine(Capabilities.Whatsapp, options.WhatsAppFrom, WhatsAppPrefix, Expires: false);
    }

    /// <summary>A number as this way writes it.</summary>
    public string Address(string number) => Prefix + number;
}
