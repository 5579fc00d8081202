using Hub.Channels.Email;
using Hub.Channels.Http;
using Hub.Channels.Sms;
using Hub.Channels.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Hub.Channels;

/// <summary>Registers the channels.</summary>
public static class ChannelServices
{
    private const long ProviderAnswerCap = 1024 * 1024;

    /// <summary>
    /// Adds every <see cref="IChannelAdapter"/>, <see cref="TwilioSignature"/>, <see cref="WebhookTargets"/> and <see cref="WebhookSender"/>.
    /// The hub's <see cref="TimeProvider"/> and logging must be there already; an <see cref="ISmtpTransport"/> that was registered before stays.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">The settings.</param>
    /// <param name="wall">Measures how long calls take: the machine's own clock, also where the hub's is frozen or moved on.</param>
    /// <exception cref="ArgumentException">A setting is wrong; the message says which.</exception>
    public static IServiceCollection AddChannels(this IServiceCollection services, ChannelOptions options, TimeProvider wall)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        var problems = string.Join(" ", options.Problems());
        if (problems.Length > 0) throw new ArgumentException(problems, nameof(options));

        options.Sending.Complete(options.Sandbox);
        services.AddSingleton(options);
        services.AddSingleton(options.Sending);
        services.AddSingleton(new TwilioSignature([.. options.Twilio.AuthTokens]));
        services.AddSingleton(new WebhookTargets(options.Sandbox));
        services.TryAddSingleton<ISmtpTransport>(_ => new SystemSmtpTransport(options.Smtp, wall));
        foreach (var line in (TwilioLine[])[TwilioLine.Sms(options.Twilio), TwilioLine.WhatsApp(options.Twilio)])
        {
            services.AddSingleton<IChannelAdapter>(s => new TwilioMessages(
                new HttpMessageInvoker(Limited(wall, ProviderHandler(), options.ProviderTimeLimit, ProviderAnswerCap)),
                line,
                options.Twilio,
                options.PublicUrl,
                s.GetRequiredService<ILogger<TwilioMessages>>()));
        }

        services.AddSingleton<IChannelAdapter>(s => new SmtpEmail(
            s.GetRequiredService<ISmtpTransport>(),
            options.Smtp,
            s.GetRequiredService<ILogger<SmtpEmail>>()));
        services.AddSingleton(s => new WebhookSender(
            new HttpMessageInvoker(Limited(wall, s.GetRequiredService<WebhookTargets>().CreateHandler(), options.WebhookTimeLimit, null)),
            s.GetRequiredService<WebhookTargets>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<WebhookSender>>()));
        return services;
    }

    private static SocketsHttpHandler ProviderHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private static TimeLimitHandler Limited(TimeProvider wall, HttpMessageHandler inner, TimeSpan limit, long? cap) =>
        new(wall, limit, cap) { InnerHandler = inner };
}
