using Hub.Channels.Email;
using Hub.Channels.Sending;
using Hub.Channels.Sms;
using Hub.Domain.Customers;

namespace Hub.Channels;

/// <summary>What the channels need to know; read from the configuration by the executable.</summary>
public sealed class ChannelOptions
{
    /// <summary>Where providers and people reach the hub.</summary>
    public Uri PublicUrl { get; set; } = new("http://localhost:5080");

    /// <summary>Whether the hub runs in sandbox mode.</summary>
    public bool Sandbox { get; set; } = true;

    /// <summary>Settings under <c>Twilio:</c>.</summary>
    public TwilioOptions Twilio { get; } = new();

    /// <summary>Settings under <c>Smtp:</c>.</summary>
    public SmtpOptions Smtp { get; } = new();

    /// <summary>Settings under <c>Sending:</c>.</summary>
    public SendingCaps Sending { get; } = new();

    /// <summary>
    /// <c>Hub:Confirmations:NewNumberHoldHours</c>: for how long no confirmation goes to an address that comes after a proved one, in hours, 0 to 168; 0 for not at all.
    /// </summary>
    /// <remarks>A day: the older addresses are told meanwhile, and somebody asleep or without signal still reads it in time.</remarks>
    public int NewNumberHoldHours { get; set; } = 24;

    /// <summary>How long one call to Twilio may take.</summary>
    public TimeSpan ProviderTimeLimit { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a merchant's server may take to answer a webhook.</summary>
    public TimeSpan WebhookTimeLimit { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>What is wrong with these settings, one line each; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        var own = new List<string>();
        if (!Sandbox && PublicUrl.Scheme != Uri.UriSchemeHttps) own.Add("Hub:PublicUrl must be https in live mode: callbacks are not sent in the clear.");
        if (!Sandbox && Twilio.BaseUrl.Scheme != Uri.UriSchemeHttps) own.Add("Twilio:BaseUrl must be https in live mode.");
        if (NewNumberHoldHours is < 0 or > AddressRules.MaxHoldHours) own.Add($"Hub:Confirmations:NewNumberHoldHours must be 0 to {AddressRules.MaxHoldHours}.");
        return own.Concat(Sending.Problems()).Concat(Twilio.Problems()).Concat(Smtp.Problems());
    }
}
