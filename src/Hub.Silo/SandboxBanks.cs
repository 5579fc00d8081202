using Hub.Domain.Money;
using Hub.Gateways.SandboxBank;
using Hub.Sandbox.Bank;

namespace Hub.Silo;

/// <summary>How the hub reaches the sandbox's banks, with the keys everybody knows.</summary>
internal static class SandboxBanks
{
    internal static SandboxBankOptions First(Uri sandbox) => Of(BankIdentity.Cards, sandbox);

    internal static SandboxBankOptions Second(Uri sandbox) => Of(BankIdentity.SecondCards, sandbox) with
    {
        Currencies = [Currency.Eur, Currency.Usd, Currency.Parse("GBP")],
        MultiCapture = false,
    };

    internal static SandboxBankOptions NetBanking(Uri sandbox) => Of(BankIdentity.NetBanking, sandbox);

    internal static SandboxBankOptions Debits(Uri sandbox) => Of(BankIdentity.Debits, sandbox);

    private static SandboxBankOptions Of(BankIdentity bank, Uri sandbox) => new()
    {
        Name = bank.Name,
        BaseAddress = new Uri(sandbox, $"/sandbox/{bank.Path}/v1"),
        ApiKey = bank.ApiKey,
        WebhookSecrets = [bank.WebhookSecret],
        PublicKeys = [bank.PublicKey],
    };
}
