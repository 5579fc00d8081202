using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Signatures;

namespace Hub.Gateways;

/// <summary>What the bank reported on its own.</summary>
/// <param name="EventId">The same on every repeat; whoever acts on the report drops repeats by it (invariant 12).</param>
/// <param name="Operation">Which operation it is about.</param>
/// <param name="IdempotencyKey">The hub's key of that operation.</param>
/// <param name="Reference">The hub's name for it, as the bank kept it.</param>
/// <param name="Answer">What became of it; <see cref="GatewayAnswer.Unknown"/> where the bank's words make no sense.</param>
/// <param name="CreatedAt">When the bank wrote it, by the bank's clock.</param>
public sealed record BankReport(
    string EventId, BankOperationKind Operation, string IdempotencyKey, string Reference, GatewayAnswer Answer, DateTimeOffset CreatedAt)
{
    /// <summary>
    /// The merchant's name that the bank says the money is about; <c>null</c> where it says none. Whether it is the payment's is for
    /// <see cref="Reactions.BankReports"/> to see.
    /// </summary>
    public string? Payee { get; init; }
}

/// <summary>What a bank tells of a dispute.</summary>
/// <param name="EventId">The bank's id of the telling; the same in every copy.</param>
/// <param name="IdempotencyKey">The hub's key of the operation that took the money; empty where the bank does not repeat it, and <see cref="BankPayment"/> says what to ask about.</param>
/// <param name="BankId">The bank's id of the dispute.</param>
/// <param name="Status">Where it stands at the bank.</param>
/// <param name="Amount">What is disputed.</param>
/// <param name="Reason">The bank's word for why, in snake case.</param>
/// <param name="RespondBy">Until when evidence counts; <c>null</c> where it does not any more.</param>
public sealed record DisputeReport(
    string EventId, string IdempotencyKey, string BankId, DisputeStatus Status, Amount Amount, string Reason, DateTimeOffset? RespondBy)
{
    /// <summary>The bank's id of the payment, where its telling names that instead of the hub's key; <see cref="IKeyFinder"/> finds the key.</summary>
    public string? BankPayment { get; init; }
}

/// <summary>What a webhook turned out to be.</summary>
public abstract record BankWebhook
{
    /// <summary>From the bank, and readable.</summary>
    public sealed record Reported(BankReport Report) : BankWebhook;

    /// <summary>From the bank, about a dispute.</summary>
    public sealed record Disputed(DisputeReport Report) : BankWebhook;

    /// <summary>From the bank, about something this hub does not follow; acknowledged and left.</summary>
    public sealed record Irrelevant(string EventId) : BankWebhook;

    /// <summary>Not from the bank, or not from now: answered 401.</summary>
    public sealed record Forged(WebhookFault Fault) : BankWebhook;

    /// <summary>Signed, and no JSON of the agreed shape: answered 400, so that the bank's people see it.</summary>
    public sealed record Unreadable : BankWebhook;
}

/// <summary>Verifies and reads the webhooks of one gateway, under that bank's secrets and no others.</summary>
public interface IBankWebhooks
{
    /// <summary>The largest body worth verifying: 64 KiB.</summary>
    const int MaxBody = 64 * 1024;

    /// <summary>Whose bank.</summary>
    string Gateway { get; }

    /// <summary>Verifies over the raw bytes, then reads.</summary>
    /// <param name="header">The value of a header by its name; <c>null</c> where it did not come.</param>
    /// <param name="body">The body as it came.</param>
    BankWebhook Read(Func<string, string?> header, ReadOnlySpan<byte> body);
}
