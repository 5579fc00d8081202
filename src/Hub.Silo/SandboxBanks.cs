using Hub.Domain.Money;
using Hub.Gateways.SandboxBank;
using Hub.Sandbox;

namespace Hub.Silo;

/// <summary>How the hub reaches the sandbox's banks, with the keys everybody knows.</summary>
internal static class SandboxBanks
{
    internal static SandboxBankOptions First(Uri sandbox) => new()
    {
        BaseAddress = new Uri(sandbox, "/sandbox/bank/v1"),
        ApiKey = SandboxKeys.BankApiKey,
        WebhookSecrets = [SandboxKeys.BankWebhookSecret],
        PublicKeys = [SandboxKeys.PublicHalf(SandboxKeys.BankSigningKey)],
    };

    internal static SandboxBankOptions Second(Uri sandbox) => new()
    {
        Name = SandboxBankGateway.SecondName,
        BaseAddress = new Uri(sandbox, "/sandbox/bank-b/v1"),
        ApiKey = SandboxKeys.SecondBankApiKey,
        WebhookSecrets = [SandboxKeys.SecondBankWebhookSecret],
        PublicKeys = [SandboxKeys.PublicHalf(SandboxKeys.SecondBankSigningKey)],
        Currencies = [Currency.Eur, Currency.Usd, Currency.Parse("GBP")],
        MultiCapture = false,
    };

    internal static SandboxBankOptions NetBanking(Uri sandbox) => new()
    {
        Name = NetBankGateway.GatewayName,
        BaseAddress = new Uri(sandbox, "/sandbox/netbank/v1"),
        ApiKey = SandboxKeys.NetBankApiKey,
        WebhookSecrets = [SandboxKeys.NetBankWebhookSecret],
        PublicKeys = [SandboxKeys.PublicHalf(SandboxKeys.NetBankSigningKey)],
    };

    internal static SandboxBankOptions Debits(Uri sandbox) => new()
    {
        Name = DebitGateway.GatewayName,
        BaseAddress = new Uri(sandbox, "/sandbox/debit/v1"),
        ApiKey = SandboxKeys.DebitApiKey,
        WebhookSecrets = [SandboxKeys.DebitWebhookSecret],
        PublicKeys = [SandboxKeys.PublicHalf(SandboxKeys.DebitSigningKey)],
    };
}
