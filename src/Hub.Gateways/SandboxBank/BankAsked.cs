using Hub.Domain.Payments.Bank;

namespace Hub.Gateways.SandboxBank;

/// <summary>What a bank was asked for. An answer counts where it is about exactly this.</summary>
/// <param name="Operation">What.</param>
/// <param name="Key">The hub's idempotency key of it.</param>
/// <param name="Payee">
/// The merchant's name; <c>null</c> where no money can have moved, or where the bank spoke unasked: then <see cref="BankReport.Payee"/> is compared
/// with the payment.
/// </param>
internal sealed record BankAsked(BankOperationKind Operation, string Key, string? Payee)
{
    /// <summary>The hub's name for it, which the bank repeats; empty where the bank spoke unasked.</summary>
    public string Reference { get; init; } = "";

    /// <summary>The bank's id of what was acted on, which a response repeats; <c>null</c> where that is nothing.</summary>
    public string? Parent { get; init; }
}
