using Hub.Channels.Email;
using Hub.Channels.Sending;
using Hub.Channels.Sms;

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
        return own.Concat(Sending.Problems()).Concat(Twilio.Problems()).Concat(Smtp.Problems());
    }
}
