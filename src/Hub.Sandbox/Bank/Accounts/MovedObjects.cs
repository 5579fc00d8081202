using System.Text.Json.Serialization;

namespace Hub.Sandbox.Bank.Accounts;

/// <summary>A customer's order to pay from their bank account. Status: requires_action, succeeded, declined, returned.</summary>
internal sealed record NetOrder(
    string Id, string Status, string Bank, long Amount, string Currency, string Reference, string? DeclineCode, string? ReturnCode, string? ActionUrl,
    BankTransfer? Transfer) : IMoney;

/// <summary>A debit of a bank account. Status: accepted, declined, cleared, returned.</summary>
internal sealed record DebitOrder(
    string Id, string Status, long Amount, string Currency, string Reference, string? DeclineCode, string? ReturnCode, BankTransfer? Transfer) : IMoney;

/// <summary>A refund to a bank account. Status: succeeded, failed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Order">What it pays back, at net banking.</param>
/// <param name="Debit">What it pays back, among the e-checks.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Reference">The hub's.</param>
/// <param name="FailureCode">Why it failed.</param>
/// <param name="Transfer">That the money moved, signed.</param>
internal sealed record AccountRefund(
    string Id, string? Order, string? Debit, string Status, long Amount, string Currency, string Reference, string? FailureCode, BankTransfer? Transfer) : IMoney;

/// <summary>An order in the books.</summary>
/// <param name="Object">As the API shows it.</param>
/// <param name="Key">The idempotency key that made it.</param>
/// <param name="Payee">The merchant's name.</param>
/// <param name="ReturnUrl">Where the customer goes afterwards; <c>null</c> for nowhere.</param>
/// <param name="Wrong">Wrong passwords so far.</param>
/// <param name="Session">Given out at a right password; an answer needs it.</param>
/// <param name="Refunded">Minor units.</param>
/// <param name="At">When it was made.</param>
internal sealed record NetOrderEntry(
    NetOrder Object, string Key, string Payee, string? ReturnUrl, int Wrong, string? Session, long Refunded, DateTimeOffset At) : IMovedEntry<NetOrderEntry>
{
    /// <summary>How the books call it.</summary>
    internal const string Kind = "order";

    [JsonIgnore]
    IBankObject IBankEntry.Shown => Object;

    [JsonIgnore]
    IMoney IMovedEntry<NetOrderEntry>.Moved => Object;

    [JsonIgnore]
    string IMovedEntry<NetOrderEntry>.Account => Object.Bank;

    [JsonIgnore]
    long IMovedEntry<NetOrderEntry>.Refundable => Object.Status == "succeeded" ? Object.Amount - Refunded : 0;

    NetOrderEntry IMovedEntry<NetOrderEntry>.PaidBack(long minor) => this with { Refunded = Refunded + minor };
}

/// <summary>A debit in the books. The account number is not kept.</summary>
/// <param name="Object">As the API shows it.</param>
/// <param name="Key">The idempotency key that made it.</param>
/// <param name="Behaviour">What its account does.</param>
/// <param name="Payee">The merchant's name.</param>
/// <param name="Last4">The account's last four digits.</param>
/// <param name="Refunded">Minor units.</param>
/// <param name="At">When it was made.</param>
internal sealed record DebitEntry(DebitOrder Object, string Key, AccountBehaviour Behaviour, string Payee, string Last4, long Refunded, DateTimeOffset At)
    : IMovedEntry<DebitEntry>
{
    /// <summary>How the books call it.</summary>
    internal const string Kind = "debit";

    [JsonIgnore]
    IBankObject IBankEntry.Shown => Object;

    [JsonIgnore]
    IMoney IMovedEntry<DebitEntry>.Moved => Object;

    [JsonIgnore]
    string IMovedEntry<DebitEntry>.Account => Last4;

    [JsonIgnore]
    long IMovedEntry<DebitEntry>.Refundable => Object.Status is "accepted" or "cleared" ? Object.Amount - Refunded : 0;

    DebitEntry IMovedEntry<DebitEntry>.PaidBack(long minor) => this with { Refunded = Refunded + minor };
}

/// <summary>A refund in the books.</summary>
internal sealed record AccountRefundEntry(AccountRefund Object, string Key, DateTimeOffset At) : IBankEntry
{
    /// <summary>How the books call it.</summary>
    internal const string Kind = "refund";

    [JsonIgnore]
    IBankObject IBankEntry.Shown => Object;
}

/// <summary>POST /orders.</summary>
internal sealed record NetOrderRequest(string Bank, long Amount, string Currency, string Payee, string Reference, string? ReturnUrl = null);

/// <summary>POST /debits.</summary>
internal sealed record DebitRequest(long Amount, string Currency, AccountDetails Account, string Payee, string Reference);

/// <summary>The account of a debit.</summary>
internal sealed record AccountDetails(string RoutingNumber, string AccountNumber, string Holder)
{
    /// <summary>Says nothing, so that no account number can slip into a log.</summary>
    public override string ToString() => "an account";
}
