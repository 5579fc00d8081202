using Hub.Domain.Payments.Bank;

namespace Hub.Gateways.SandboxBank;

/// <summary>How one of the sandbox's banks calls what it does; the rest of its wire is the same at each.</summary>
/// <param name="Authorize">Its word for what an authorization makes, in paths, kinds and events.</param>
/// <param name="Hold">Whether that is a hold; otherwise it moves the money itself.</param>
internal sealed record BankDialect(string Authorize, bool Hold)
{
    /// <summary>A card acquirer.</summary>
    internal static BankDialect Cards { get; } = new("authorization", true);

    /// <summary>Net banking.</summary>
    internal static BankDialect NetBanking { get; } = new("order", false);

    /// <summary>E-checks.</summary>
    internal static BankDialect Debits { get; } = new("debit", false);

    /// <summary>The bank's word for an operation.</summary>
    internal string Kind(BankOperationKind operation) => operation switch
    {
        BankOperationKind.Authorize => Authorize,
        BankOperationKind.Capture => "capture",
        BankOperationKind.Void => "void",
        BankOperationKind.Refund => "refund",
        BankOperationKind.DisputeAnswer => "dispute_answer",
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    /// <summary>The operation that an event is about; <c>null</c> for events nobody follows.</summary>
    internal BankOperationKind? Operation(string eventType) => eventType switch
    {
        _ when eventType == $"{Authorize}.updated" => BankOperationKind.Authorize,
        "capture.updated" when Hold => BankOperationKind.Capture,
        "void.updated" when Hold => BankOperationKind.Void,
        "refund.updated" => BankOperationKind.Refund,
        _ => null,
    };

    /// <summary>The bank's id of what an operation acted on, as the answer repeats it.</summary>
    internal string? Parent(BankObject found, BankOperationKind operation) => operation switch
    {
        BankOperationKind.Capture or BankOperationKind.Void => found.Authorization,
        BankOperationKind.Refund => Hold ? found.Capture : found.Order ?? found.Debit,
        BankOperationKind.DisputeAnswer => found.Id,
        _ => null,
    };
}
