using Hub.Domain.Kernel;
using Hub.Domain.Money;

namespace Hub.Gateways.SandboxBank;

/// <summary>Where a sandbox bank is, how it knows us, and what it can do.</summary>
public sealed record SandboxBankOptions
{
    /// <summary>The bank's API, such as <c>http://localhost:5080/sandbox/bank/v1</c>.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The bearer key; a secret outside the sandbox.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Every <c>whsec_…</c> the bank may sign its webhooks with: one, or two while one is being replaced.</summary>
    public required IReadOnlyList<string> WebhookSecrets { get; init; }

    /// <summary>The gateway's name, in the journal, in the route of its webhooks, and in what the bank signs.</summary>
    public string Name { get; init; } = SandboxBankGateway.GatewayName;

    /// <summary>The currencies it takes; <c>null</c> for all.</summary>
    public EquatableArray<Currency>? Currencies { get; init; }

    /// <summary>Whether a card's hold can be captured several times.</summary>
    public bool MultiCapture { get; init; } = true;

    /// <summary>
    /// Every public key the bank may sign with what it says of money, as SubjectPublicKeyInfo in PEM: one, or two while one is being replaced.
    /// None where the bank signs nothing. A key stays for as long as something signed with it may be asked about.
    /// </summary>
    public IReadOnlyList<string> PublicKeys { get; init; } = [];

    /// <summary>How long one call may take; 20 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Prints where, never the keys.</summary>
    public override string ToString() => $"{nameof(SandboxBankOptions)} {Name} {BaseAddress}";
}
