namespace Hub.Gateways.SandboxBank;

/// <summary>Where the sandbox bank is and how it knows us.</summary>
public sealed record SandboxBankOptions
{
    /// <summary>The bank's API, such as <c>http://localhost:5080/sandbox/bank/v1</c>.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The bearer key; a secret outside the sandbox.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Every <c>whsec_…</c> the bank may sign its webhooks with: one, or two while one is being replaced.</summary>
    public required IReadOnlyList<string> WebhookSecrets { get; init; }

    /// <summary>How long one call may take; 20 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Prints where, never the keys.</summary>
    public override string ToString() => $"{nameof(SandboxBankOptions)} {BaseAddress}";
}
