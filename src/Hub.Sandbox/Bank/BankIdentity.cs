using Hub.Gateways.SandboxBank;

namespace Hub.Sandbox.Bank;

/// <summary>One bank of the sandbox: how the hub names and reaches it, and the secrets it shares with the hub.</summary>
/// <param name="Name">The hub's name of it, as in the route of its webhooks.</param>
/// <param name="Title">For people.</param>
/// <param name="Path">Where its API lies under <c>/sandbox</c>.</param>
/// <param name="Books">How its tables and its deliveries are called; no two banks share a book or a key.</param>
/// <param name="ApiKey">The hub's bearer key.</param>
/// <param name="WebhookSecret">Signs its webhooks.</param>
/// <param name="SigningKey">Signs what it says of money that moved: ECDSA P-256, PKCS #8 in PEM.</param>
public sealed record BankIdentity(string Name, string Title, string Path, string Books, string ApiKey, string WebhookSecret, string SigningKey)
{
    /// <summary>Cards, in every currency, with several captures of one hold.</summary>
    public static BankIdentity Cards { get; } = new(
        SandboxBankGateway.GatewayName, "Sandbox Bank", "bank", "bank", SandboxKeys.BankApiKey, SandboxKeys.BankWebhookSecret, SandboxKeys.BankSigningKey);

    /// <summary>Cards again, at another acquirer.</summary>
    public static BankIdentity SecondCards { get; } = new(
        SandboxBankGateway.SecondName, "Second Sandbox Bank", "bank-b", "bank_b", SandboxKeys.SecondBankApiKey, SandboxKeys.SecondBankWebhookSecret, SandboxKeys.SecondBankSigningKey);

    /// <summary>Net banking: several banks behind one connector.</summary>
    public static BankIdentity NetBanking { get; } = new(
        NetBankGateway.GatewayName, "Net banking", "netbank", "netbank", SandboxKeys.NetBankApiKey, SandboxKeys.NetBankWebhookSecret, SandboxKeys.NetBankSigningKey);

    /// <summary>E-checks.</summary>
    public static BankIdentity Debits { get; } = new(
        DebitGateway.GatewayName, "E-checks", "debit", "debit", SandboxKeys.DebitApiKey, SandboxKeys.DebitWebhookSecret, SandboxKeys.DebitSigningKey);

    /// <summary>Every bank.</summary>
    public static IReadOnlyList<BankIdentity> All { get; } = [Cards, SecondCards, NetBanking, Debits];

    /// <summary>What its signatures are checked with: SubjectPublicKeyInfo in PEM.</summary>
    public string PublicKey => SandboxKeys.PublicHalf(SigningKey);

    internal string WebhookPath => $"/gateways/{Name}/webhook";

    /// <summary>What the outbox calls its webhooks.</summary>
    internal string WebhookParty => Books;

    /// <summary>What the outbox calls what it does by itself, later.</summary>
    internal string LateParty => $"{Books}-late";

    /// <summary>Prints its name, never a key.</summary>
    public override string ToString() => Name;
}
