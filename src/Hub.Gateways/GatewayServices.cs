using Hub.Actors.Ports;
using Hub.Gateways.ECash;
using Hub.Gateways.Http;
using Hub.Gateways.Jwe;
using Hub.Gateways.Routing;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Stripe;
using Hub.Gateways.Vault;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Gateways;

/// <summary>Puts the gateways and the vault into a host's services.</summary>
public static class GatewayServices
{
    /// <summary>Adds every port of the vault, the gateways, their directory, webhook reading and the intake of cards. Needs a <see cref="TimeProvider"/>.</summary>
    /// <remarks>Resolve <see cref="HubVault"/> once at the start, so that a wrong key is told then and not to the first customer.</remarks>
    public static IServiceCollection AddGateways(this IServiceCollection services, GatewayOptions options)
    {
        services.TryAddSingleton<IRandomSource, SystemRandomSource>();
        services.AddSingleton(provider => HubVault.Open(options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IRandomSource>()));
        services.AddSingleton(provider => provider.GetRequiredService<HubVault>().Cards);
        services.AddSingleton(provider => provider.GetRequiredService<HubVault>().Secrets);
        services.AddSingleton(provider => provider.GetRequiredService<HubVault>().Persons);
        services.AddSingleton(provider => provider.GetRequiredService<HubVault>().Keyring);
        services.AddSingleton(provider => provider.GetRequiredService<HubVault>().EncryptionKeys);
        services.AddSingleton(provider => provider.GetRequiredService<HubVault>().SigningKeys);
        services.AddSingleton<CardIntake>();
        services.AddSingleton<GatewayHealths>();
        services.AddSingleton<GatewayDirectory>();
        services.AddSingleton(options.Routing);
        services.AddSingleton<GatewayRouter>();
        services.AddSingleton<IGateway, ECashGateway>();
        services.AddSingleton(new CheckoutAddress(options.PublicUrl));
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = provider.GetRequiredService<HubVault>().DataProtection));
        foreach (var bank in new[] { options.SandboxBank, options.SecondSandboxBank }.OfType<SandboxBankOptions>())
        {
            AddCardBank(services, bank);
        }

        if (options.Stripe is { } stripe)
        {
            AddStripe(services, stripe);
        }
        if (options.SandboxNetBank is { } net) AddNetBank(services, net);
        if (options.SandboxDebit is { } debits) AddDebitBank(services, debits);

        return services;
    }

    /// <summary>What carries calls to a bank: no redirects, which would carry a card elsewhere; no cookies; a time limit and a circuit outside.</summary>
    /// <param name="timeout">How long one call may take.</param>
    /// <param name="time">Whose clock counts.</param>
    /// <param name="health">Is told how the calls go, for the routing; <c>null</c> where nobody asks.</param>
    public static HttpMessageInvoker BankConnection(TimeSpan timeout, TimeProvider time, GatewayHealth? health = null) =>
        BankConnection(new CallPolicy { Timeout = timeout }, time, health);

    /// <summary>The same, with every limit named.</summary>
    internal static HttpMessageInvoker BankConnection(CallPolicy policy, TimeProvider time, GatewayHealth? health = null)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        return new HttpMessageInvoker(new ResilienceHandler(sockets, policy, health ?? new GatewayHealth(time), time), disposeHandler: true);
    }

    /// <summary>The same for a gateway of the hub: its calls count for its own health.</summary>
    internal static HttpMessageInvoker BankConnection(string gateway, TimeSpan timeout, IServiceProvider provider) =>
        BankConnection(timeout, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<GatewayHealths>()[gateway]);

    private static void AddCardBank(IServiceCollection services, SandboxBankOptions bank)
    {
        services.AddSingleton<IGateway>(provider => new SandboxBankGateway(
            BankConnection(bank.Name, bank.Timeout, provider),
            provider.GetRequiredService<ICardVault>(),
            bank,
            provider.GetRequiredService<ILogger<SandboxBankGateway>>()));
        services.AddSingleton<IBankWebhooks>(provider => new BankWebhooks(bank.Name, bank, provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddNetBank(IServiceCollection services, SandboxBankOptions bank)
    {
        services.AddSingleton<IGateway>(provider => new NetBankGateway(
            BankConnection(bank.Name, bank.Timeout, provider), bank, provider.GetRequiredService<ILogger<NetBankGateway>>()));
        services.AddSingleton<IBankWebhooks>(provider => new BankWebhooks(bank.Name, bank, provider.GetRequiredService<TimeProvider>(), BankDialect.NetBanking));
        services.AddSingleton(provider => new NetBankReturn(bank, provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddDebitBank(IServiceCollection services, SandboxBankOptions bank)
    {
        services.AddSingleton<IGateway>(provider => new DebitGateway(
            BankConnection(bank.Name, bank.Timeout, provider),
            provider.GetRequiredService<ICardVault>(),
            bank,
            provider.GetRequiredService<ILogger<DebitGateway>>()));
        services.AddSingleton<IBankWebhooks>(provider => new BankWebhooks(bank.Name, bank, provider.GetRequiredService<TimeProvider>(), BankDialect.Debits));
    }

    private static void AddStripe(IServiceCollection services, StripeOptions stripe)
    {
        services.AddSingleton<IGateway>(provider => new StripeGateway(
            BankConnection(StripeGateway.GatewayName, stripe.Timeout, provider),
            provider.GetRequiredService<ICardVault>(),
            stripe,
            provider.GetRequiredService<ILogger<StripeGateway>>()));
        services.AddSingleton<IBankWebhooks>(provider => new StripeWebhooks(stripe, provider.GetRequiredService<TimeProvider>()));
    }
}
