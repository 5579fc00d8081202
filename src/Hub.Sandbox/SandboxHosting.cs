using Hub.Sandbox.Bank;
using Hub.Sandbox.Clock;
using Hub.Sandbox.Mail;
using Hub.Sandbox.Outbox;
using Hub.Sandbox.Phones;
using Hub.Sandbox.Shop;
using Hub.Sandbox.Staff;
using Hub.Sandbox.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox;

/// <summary>Adds the outside parties to a host: the hub's own, or one of their own.</summary>
public static class SandboxHosting
{
    /// <summary>Registers the sandbox. It follows the host's <see cref="TimeProvider"/>; without one, the system's.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Kept as it is: the addresses may still be set after the host has started listening.</param>
    public static IServiceCollection AddSandbox(this IServiceCollection services, SandboxOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Options.Create(options));
        services.AddSingleton<SandboxHttp>();
        services.AddSingleton<SandboxStream>();
        services.AddSingleton<SandboxStore>();
        services.AddSingleton<SandboxOutbox>();
        services.AddSingleton(SandboxOutbox.Tables);
        AddBank(services);
        AddPhones(services);
        AddMail(services);
        AddShop(services);
        services.AddHostedService<SandboxStart>();
        return services;
    }

    /// <summary>Maps everything under <c>/sandbox</c>; none of it appears in the API description.</summary>
    public static IEndpointRouteBuilder MapSandbox(this IEndpointRouteBuilder routes)
    {
        var sandbox = routes.MapGroup("/sandbox").ExcludeFromDescription();
        BankApi.Map(sandbox);
        PhoneApi.Map(sandbox);
        MailApi.Map(sandbox);
        ShopApi.Map(sandbox);
        ClockApi.Map(sandbox);
        AuthenticatorApi.Map(sandbox);
        sandbox.MapGet("/api/stream", (SandboxStream stream, CancellationToken cancel) => TypedResults.ServerSentEvents(stream.ListenAsync(cancel)));
        return routes;
    }

    private static void AddBank(IServiceCollection services)
    {
        services.AddSingleton<SandboxBanks>();
        services.AddSingleton(s => new Lazy<SandboxBanks>(s.GetRequiredService<SandboxBanks>));
        foreach (var bank in BankIdentity.All)
        {
            services.AddSingleton(BankBooks.Tables(bank));
            services.AddSingleton<IOutboxParty>(s => new BankWebhooks(
                bank, s.GetRequiredService<SandboxHttp>(), s.GetRequiredService<IOptions<SandboxOptions>>(), s.GetRequiredService<TimeProvider>()));
            services.AddSingleton<IOutboxParty>(s => new BankLateWork(bank, s.GetRequiredService<Lazy<SandboxBanks>>()));
        }
    }

    private static void AddPhones(IServiceCollection services)
    {
        services.AddSingleton(PhoneBook.Tables);
        services.AddSingleton<PhoneNetwork>();
        services.AddSingleton<IOutboxParty, TwilioCallbacks>();
    }

    private static void AddMail(IServiceCollection services)
    {
        services.AddSingleton(Mailbox.Tables);
        services.AddSingleton<Mailbox>();
        services.AddSingleton<IOutboxParty, MailRelay>();
        services.AddSingleton(s => new SmtpListener(s.GetRequiredService<IOptions<SandboxOptions>>(), s.GetRequiredService<Mailbox>(), s.GetRequiredService<ILogger<SmtpListener>>()));
        services.AddHostedService(s => s.GetRequiredService<SmtpListener>());
    }

    private static void AddShop(IServiceCollection services)
    {
        services.AddSingleton(ShopBook.Tables);
        services.AddSingleton<HubClient>();
        services.AddSingleton<DemoShop>();
    }
}

/// <summary>Takes up what an earlier process left, once the host listens; lets open pages go before it stops.</summary>
internal sealed class SandboxStart(SandboxOutbox outbox, SandboxStream stream) : IHostedLifecycleService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        outbox.Resume();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        stream.End();
        return Task.CompletedTask;
    }
}
