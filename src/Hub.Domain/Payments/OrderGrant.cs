using System.Text.Json.Serialization;
using Hub.Domain.Money;

namespace Hub.Domain.Payments;

/// <summary>What an order lets one payment know and move. It travels in commands, so no turn asks another actor.</summary>
/// <param name="Order">The order, <c>ord_…</c>.</param>
/// <param name="Merchant">The payee's id, <c>mer_…</c>.</param>
/// <param name="Payee">The payee's name as the confirmation shows it.</param>
/// <param name="Customer">The payer, <c>cus_…</c>.</param>
/// <param name="Amount">The invoice's total.</param>
/// <param name="InvoiceHash">SHA-256 of the invoice, hex.</param>
/// <param name="SignatureKey">The merchant key whose signature over the order was verified.</param>
public sealed record OrderGrant(
    string Order,
    string Merchant,
    string Payee,
    string Customer,
    Amount Amount,
    string InvoiceHash,
    string SignatureKey);

/// <summary>Proof that the customer accepted one invoice.</summary>
/// <param name="InvoiceHash">Which invoice.</param>
/// <param name="At">When.</param>
public sealed record Acceptance(string InvoiceHash, DateTimeOffset At);

/// <summary>What a payment knows of an instrument; the rest lies in the vault.</summary>
/// <param name="Id">The token, <c>ins_…</c>.</param>
/// <param name="Type">One of <see cref="InstrumentType"/>.</param>
/// <param name="Brand">A card's scheme, such as <c>visa</c>; a bank account's bank; <c>ecash</c>.</param>
/// <param name="Last4">The last four digits; empty where it has no number.</param>
/// <param name="ExpMonth">1 to 12; 0 where it does not expire.</param>
/// <param name="ExpYear">Four digits; 0 where it does not expire.</param>
public sealed record InstrumentRef(string Id, string Type, string Brand, string Last4, int ExpMonth, int ExpYear)
{
    /// <summary>The first moment at which it is no longer valid: the month after its last, in UTC; the end of time where it does not expire.</summary>
    [JsonIgnore]
    public DateTimeOffset ExpiresAt =>
        ExpYear == 0 ? DateTimeOffset.MaxValue : new DateTimeOffset(ExpYear, ExpMonth, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);

    /// <summary>Whether it is a card, in the wallet or not, and so needs its security code.</summary>
    [JsonIgnore]
    public bool IsCard => Type is InstrumentType.Card or InstrumentType.WalletCard;
}
