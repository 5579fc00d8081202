using Hub.Actors;
using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Api;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Live;
using Hub.Channels;
using Hub.Gateways;
using Hub.Gateways.Routing;
using Hub.Gateways.Vault;
using Hub.Sandbox;
using Hub.Sandbox.Clock;
using Hub.Sandbox.Mail;
using Hub.Silo.Cluster;
using Hub.Web;

namespace Hub.Silo;

/// <summary>Wires the hub: engine, gateways, channels, API, pages and, in sandbox mode, the outside parties.</summary>
internal static class HubHost
{
    /// <summary>Builds the hub; it runs once started.</summary>
    /// <param name="args">As on the command line, without a sub-command.</param>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    /// <param name="withJournal">Whether the journal is opened too: not for commands on vault and staff, which may run beside hubs that share those.</param>
    internal static WebApplication Build(string[] args, bool withJournal = true)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settings = HubSettings.Read(builder.Configuration);
        builder.WebHost.UseUrls(builder.Configuration["urls"] ?? settings.Listen.ToString());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        Quieten(builder.Logging);
        MakeFolder(settings.Data);

        var channels = Channels(settings, builder.Configuration);
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton<TimeProvider>(_ => settings.Sandbox ? Clock(settings) : TimeProvider.System);
        services.AddHubEngine(Engine(settings), [.. HubKinds.All]);
        if (settings.Cluster is { } cluster) ClusterNode.Join(builder, cluster);
        services.AddGateways(Gateways(settings));
        services.AddChannels(channels, TimeProvider.System);
        services.AddHubAccess(new AccessOptions
        {
            DatabasePath = Path.Combine(settings.Data, "access.db"),
            Postgres = settings.Vault,
            Origins = [settings.PublicUrl.GetLeftPart(UriPartial.Authority)],
            ChatOrigins = settings.ChatOrigins,
            PasswordIterations = settings.PasswordIterations,
            Prefixes = settings.Sandbox ? CredentialPrefixesOption.Test : CredentialPrefixesOption.Live,
        });
        services.AddHubEdge(new EdgeOptions { PublicUrl = builder.Configuration["Hub:PublicUrl"] is null ? null : settings.PublicUrl });
        services.AddHubLive(new LiveOptions());
        services.AddHubJourney();
        services.AddHealthChecks().AddCheck<EngineHealth>("engine").AddCheck<DiskHealth>("disk");
        if (settings.Sandbox) AddSandbox(services, settings);

        var app = builder.Build();

        // Opened before the host starts: what is wrong with them is then one line, and not the host's own report of a failed start.
        app.Services.OpenHubAccess(app.Services.GetRequiredService<HubVault>().WhileAlone);
        if (withJournal)
        {
            app.Services.GetRequiredService<IJournalStore>();
            app.Services.GetRequiredService<GatewayRouter>();
        }

        if (settings is { Sandbox: true, SandboxUrl: null }) channels.Smtp.Port = app.Services.GetRequiredService<SmtpListener>().Port;
        Map(app, settings);
        return app;
    }

    private static EngineOptions Engine(HubSettings settings) => new()
    {
        DataFolder = settings.Data,
        Postgres = settings.Cluster is null ? settings.Journal : settings.Journal! with { Alone = false },
        OwnsEverything = settings.Cluster is null,
    };

    private static SandboxClock Clock(HubSettings settings)
    {
        var clock = new SandboxClock();
        if (settings.SandboxClock is { } begins) clock.Advance(begins - clock.GetUtcNow());
        return clock;
    }

    private static void AddSandbox(IServiceCollection services, HubSettings settings)
    {
        services.AddHostedService<SandboxSeed>();
        if (settings.SandboxUrl is { } remote)
        {
            services.AddRemoteSandbox(remote);
            return;
        }

        services.AddSandbox(new SandboxOptions { HubUrl = settings.PublicUrl, DataFolder = settings.Data, SmtpPort = settings.SandboxSmtpPort });
    }

    private static void Map(WebApplication app, HubSettings settings)
    {
        app.UseHubEdge();
        app.UseRouting();
        app.UseHubAccess();
        app.UseRateLimiter();
        app.MapHubEdge();
        app.MapHubAccess();
        app.MapHubLive();
        app.MapHubJourney();
        app.MapPages(settings.Sandbox);
        if (!settings.Sandbox) return;
        app.UseSwaggerUI(ui => ui.SwaggerEndpoint("/openapi/v1.json", "v1"));
        if (settings.SandboxUrl is null) app.MapSandbox();
        else app.MapRemoteSandbox();
    }

    private static GatewayOptions Gateways(HubSettings settings) => new()
    {
        PublicUrl = settings.PublicUrl,
        DataFolder = settings.Data,
        Postgres = settings.Vault,
        Sandbox = settings.Sandbox,
        MasterKey = settings.MasterKey,
        MasterKeyFile = settings.MasterKeyFile,
        Stripe = settings.Stripe,
        Routing = settings.Routing,
        SandboxBank = settings.Sandbox ? SandboxBanks.First(settings.OutsideUrl) : null,
        SecondSandboxBank = settings.Sandbox ? SandboxBanks.Second(settings.OutsideUrl) : null,
        SandboxNetBank = settings.Sandbox ? SandboxBanks.NetBanking(settings.OutsideUrl) : null,
        SandboxDebit = settings.Sandbox ? SandboxBanks.Debits(settings.OutsideUrl) : null,
    };

    private static ChannelOptions Channels(HubSettings settings, ConfigurationManager configuration)
    {
        var options = new ChannelOptions { PublicUrl = settings.PublicUrl, Sandbox = settings.Sandbox };
        configuration.GetSection("Twilio").Bind(options.Twilio);
        configuration.GetSection("Smtp").Bind(options.Smtp);
        configuration.GetSection("Sending").Bind(options.Sending);
        options.NewNumberHoldHours = configuration.GetValue("Hub:Confirmations:NewNumberHoldHours", options.NewNumberHoldHours);
        if (!settings.Sandbox) return options;
        options.Twilio.BaseUrl = new Uri(settings.OutsideUrl, "/sandbox/twilio");
        options.Twilio.AccountSid = SandboxKeys.TwilioAccountSid;
        options.Twilio.AuthTokens.Clear();
        options.Twilio.AuthTokens.Add(SandboxKeys.TwilioAuthToken);
        options.Twilio.From = SandboxKeys.TwilioSender;
        options.Smtp.InboundSecrets.Clear();
        options.Smtp.InboundSecrets.Add(SandboxKeys.MailRelaySecret);
        options.Twilio.WhatsAppFrom = SandboxKeys.WhatsAppSender;
        foreach (var (kind, sid) in SandboxKeys.WhatsAppTemplates) options.Twilio.WhatsAppTemplates.TryAdd(kind, sid);
        options.Smtp.Host = settings.SandboxUrl is { IsLoopback: false } elsewhere ? elsewhere.DnsSafeHost : "127.0.0.1";
        options.Smtp.Port = settings.SandboxSmtpPort is 0 ? 2525 : settings.SandboxSmtpPort;
        return options;
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"Hub:Data is '{folder}': this folder cannot be made. {refused.Message}");
        }
    }

    private static void Quieten(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);

        // Every call to the sandbox's bank carries the bank's own key past the hub's sign-in, which would speak of each.
        logging.AddFilter("Hub.Api.Access.Authentication", LogLevel.Warning);

        // It warns of keys in the clear where it does not know who seals them: they lie in the vault, sealed.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement", LogLevel.Error);
    }
}
