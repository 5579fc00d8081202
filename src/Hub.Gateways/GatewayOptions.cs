using Hub.Actors.Journal.Postgres;
using Hub.Gateways.Routing;
using Hub.Gateways.SandboxBank;
using Hub.Gateways.Stripe;

namespace Hub.Gateways;

/// <summary>Everything the gateways and the vault are told at the start.</summary>
public sealed record GatewayOptions
{
    /// <summary><c>Hub:Data</c>: the folder of the vault; made where it is missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The database of the vault; <c>null</c> for a SQLite file in the data folder.</summary>
    public PostgresOptions? Postgres { get; init; }

    /// <summary>Whether this is sandbox mode: a missing master key is made, and the sandbox bank is reached over plain HTTP.</summary>
    public required bool Sandbox { get; init; }

    /// <summary><c>Hub:MasterKey</c>: base64 of 32 bytes; goes before the file.</summary>
    public string? MasterKey { get; init; }

    /// <summary><c>Hub:MasterKeyFile</c>: a file with the same; <c>master.key</c> in the data folder by default.</summary>
    public string? MasterKeyFile { get; init; }

    /// <summary><c>Hub:PublicUrl</c>: where customers come back to from a bank's page.</summary>
    public Uri PublicUrl { get; init; } = new("http://localhost:5080");

    /// <summary>The sandbox bank; <c>null</c> leaves it out.</summary>
    public SandboxBankOptions? SandboxBank { get; init; }

    /// <summary><c>Gateways:Stripe</c>; <c>null</c> leaves it out.</summary>
    public StripeOptions? Stripe { get; init; }

    /// <summary><c>Gateways:Routing</c>.</summary>
    public RoutingOptions Routing { get; init; } = RoutingOptions.Default;

    /// <summary>The second sandbox bank for cards; <c>null</c> leaves it out.</summary>
    public SandboxBankOptions? SecondSandboxBank { get; init; }

    /// <summary>Net banking in the sandbox; <c>null</c> leaves it out.</summary>
    public SandboxBankOptions? SandboxNetBank { get; init; }

    /// <summary>The sandbox's e-check bank; <c>null</c> leaves it out.</summary>
    public SandboxBankOptions? SandboxDebit { get; init; }

    /// <summary>Prints where, never the key.</summary>
    public override string ToString() => $"{nameof(GatewayOptions)} {DataFolder}";
}
