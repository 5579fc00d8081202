using Hub.Channels.Sms;
using Hub.Channels.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Channels.Tests;

public sealed class ChannelServicesTests
{
    [Fact]
    public void Every_channel_and_the_webhooks_are_there_once_registered()
    {
        using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddChannels(Options(), TimeProvider.System)
            .BuildServiceProvider();

        Assert.Equal(["email", "sms", "whatsapp"], services.GetServices<IChannelAdapter>().Select(a => a.Channel).Order());
        Assert.NotNull(services.GetRequiredService<WebhookSender>());
        Assert.NotNull(services.GetRequiredService<TwilioSignature>());
    }

    [Fact]
    public void A_wrong_setting_is_named()
    {
        var options = Options();
        options.Twilio.From = "OmniHub";
        options.Smtp.Port = 0;

        var wrong = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddChannels(options, TimeProvider.System));

        Assert.Contains("Twilio:From", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("Smtp:Port", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Live_mode_takes_no_plain_http()
    {
        var options = Options();
        options.Sandbox = false;

        Assert.Equal(2, options.Problems().Count(p => p.Contains("https", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_password_is_never_sent_in_the_clear()
    {
        var options = Options();
        options.Smtp.Password = "secret";

        var problem = Assert.Single(options.Problems());
        Assert.Contains("Smtp:Encrypted", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    private static ChannelOptions Options()
    {
        var options = new ChannelOptions();
        options.Twilio.AccountSid = "AC1";
        options.Twilio.From = "+15005550006";
        options.Twilio.AuthTokens.Add("token");
        return options;
    }
}
