using Hub.Actors.Ports;
using Hub.Gateways.Http;
using Hub.Gateways.Jwe;
using Hub.Gateways.SandboxBank;
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
        services.AddSingleton<CardIntake>();
        services.AddSingleton<GatewayDirectory>();
        services.AddSingleton(new CheckoutAddress(options.PublicUrl));
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = provider.GetRequiredService<HubVault>().DataProtection));
        foreach (var bank in new[] { options.SandboxBank, options.SecondSandboxBank }.OfType<SandboxBankOptions>())
        {
            AddCardBank(services, bank);
        }

        if (options.SandboxNetBank is { } net) AddNetBank(services, net);
        if (options.SandboxDebit is { } debits) AddDebitBank(services, debits);

        return services;
    }

    /// <summary>What carries calls to a bank: no redirects, which would carry a card elsewhere; no cookies; a time limit outside.</summary>
    /// <param name="timeout">How long one call may take.</param>
    /// <param name="time">Whose clock counts.</param>
    public static HttpMessageInvoker BankConnection(TimeSpan timeout, TimeProvider time)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        return new HttpMessageInvoker(new TimeoutHandler(sockets, timeout, BankHttp.MaxBody, time), disposeHandler: true);
    }

    private static void AddCardBank(IServiceCollection services, SandboxBankOptions bank)
    {
        services.AddSingleton<IGateway>(provider => new SandboxBankGateway(
            BankConnection(bank.Timeout, provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<ICardVault>(),
            bank,
            provider.GetRequiredService<ILogger<SandboxBankGateway>>()));
        services.AddSingleton<IBankWebhooks>(provider => new BankWebhooks(bank.Name, bank, provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddNetBank(IServiceCollection services, SandboxBankOptions bank)
    {
        services.AddSingleton<IGateway>(provider => new NetBankGateway(
            BankConnection(bank.Timeout, provider.GetRequiredService<TimeProvider>()), bank, provider.GetRequiredService<ILogger<NetBankGateway>>()));
        services.AddSingleton<IBankWebhooks>(provider => new BankWebhooks(bank.Name, bank, provider.GetRequiredService<TimeProvider>(), BankDialect.NetBanking));
        services.AddSingleton(provider => new NetBankReturn(bank, provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddDebitBank(IServiceCollection services, SandboxBankOptions bank)
    {
        services.AddSingleton<IGateway>(provider => new DebitGateway(
            BankConnection(bank.Timeout, provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<ICardVault>(),
            bank,
            provider.GetRequiredService<ILogger<DebitGateway>>()));
        services.AddSingleton<IBankWebhooks>(provider => new BankWebhooks(bank.Name, bank, provider.GetRequiredService<TimeProvider>(), BankDialect.Debits));
    }
}
