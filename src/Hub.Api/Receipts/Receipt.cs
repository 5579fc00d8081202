using System.Text.Json.Serialization;
using Hub.Domain.Orders;

namespace Hub.Api.Receipts;

/// <summary>What a receipt says: what was bought, from whom, what was paid and what was given back. Nothing of the customer is in it.</summary>
/// <param name="Version">Of this shape; a shape once handed out never changes.</param>
/// <param name="IssuedAt">When the last money moved, or cleared: since then it says what it says.</param>
/// <param name="Payment"><c>pay_…</c></param>
/// <param name="Order"><c>ord_…</c></param>
/// <param name="Reference">The merchant's own number of the order.</param>
/// <param name="Merchant">Who was paid.</param>
/// <param name="Invoice">What the customer accepted.</param>
/// <param name="Currency">Of every amount in it; ISO 4217.</param>
/// <param name="Captures">What was taken, oldest first.</param>
/// <param name="Refunds">What was given back, oldest first.</param>
/// <param name="Returns">What the customer's bank took back, oldest first.</param>
/// <param name="AmountCaptured">Everything taken, in minor units.</param>
/// <param name="AmountRefunded">Everything given back, in minor units.</param>
/// <param name="AmountReturned">Everything the customer's bank took back, in minor units.</param>
/// <param name="AmountPaid">What was paid in total: taken, less given back and taken back.</param>
public sealed record Receipt(
    int Version,
    DateTimeOffset IssuedAt,
    string Payment,
    string Order,
    string Reference,
    ReceiptMerchant Merchant,
    ReceiptInvoice Invoice,
    string Currency,
    IReadOnlyList<ReceiptCapture> Captures,
    IReadOnlyList<ReceiptRefund> Refunds,
    IReadOnlyList<ReceiptReturn> Returns,
    long AmountCaptured,
    long AmountRefunded,
    long AmountReturned,
    long AmountPaid)
{
    /// <summary>The shape that is written now.</summary>
    public const int CurrentVersion = 1;

    /// <summary>What its signature says it is, so that it passes for nothing else.</summary>
    public const string SignedAs = "omnihub-receipt+jws";

    /// <summary>Always <c>receipt</c>.</summary>
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Shape { get; } = "receipt";

    /// <summary>The receipt of a payment for an order.</summary>
    /// <param name="order">The order that was paid.</param>
    /// <param name="payment">The payment's id.</param>
    /// <param name="money">What moved; at least one capture.</param>
    internal static Receipt Of(Order order, string payment, MoneyMoved money) => new(
        CurrentVersion, money.LastMovedAt, payment, order.Id, order.Reference, new ReceiptMerchant(order.Merchant, order.Payee),
        ReceiptInvoice.Of(order.Invoice), order.Invoice.Currency.Code, [.. money.Captures], [.. money.Refunds], [.. money.Returns],
        money.Captured, money.Refunded, money.Returned, money.Captured - money.Refunded - money.Returned);
}

/// <summary>Who was paid.</summary>
public sealed record ReceiptMerchant(string Id, string Name);

/// <summary>One line of the invoice; amounts in minor units, tax included.</summary>
public sealed record ReceiptLine(string Sku, string Name, int Quantity, long UnitPrice, long Tax, long Total);

/// <summary>The invoice as the customer accepted it; amounts in minor units.</summary>
/// <param name="Lines">What was bought.</param>
/// <param name="Shipping">Tax included.</param>
/// <param name="Tax">Contained in the lines.</param>
/// <param name="Total">Lines and shipping.</param>
public sealed record ReceiptInvoice(IReadOnlyList<ReceiptLine> Lines, long Shipping, long Tax, long Total)
{
    internal static ReceiptInvoice Of(Invoice invoice) => new(
        [.. invoice.Lines.Select(l => new ReceiptLine(l.Sku, l.Name, l.Quantity, l.UnitPrice, l.Tax, l.Total))], invoice.Shipping, invoice.Tax.Minor, invoice.Total.Minor);
}

/// <summary>What was paid with: never more than the brand and the last four digits.</summary>
/// <param name="Type">Such as <c>card</c>.</param>
/// <param name="Brand">Such as <c>visa</c>; an account's bank; <c>ecash</c>.</param>
/// <param name="Last4">The last four digits; empty where there is no number.</param>
public sealed record ReceiptInstrument(string Type, string Brand, string Last4);

/// <summary>Money that was taken.</summary>
/// <param name="Id"><c>cap_…</c></param>
/// <param name="At">When.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Instrument">What was paid with.</param>
/// <param name="Clearing">Whether the customer's bank has yet to clear it: it may still come back.</param>
public sealed record ReceiptCapture(string Id, DateTimeOffset At, long Amount, ReceiptInstrument Instrument, bool Clearing = false);

/// <summary>Money that was given back.</summary>
/// <param name="Id"><c>ref_…</c></param>
/// <param name="At">When.</param>
/// <param name="Amount">Minor units.</param>
public sealed record ReceiptRefund(string Id, DateTimeOffset At, long Amount);

/// <summary>Money that the customer's bank took back: a debit it returned, or a dispute that was decided for the customer.</summary>
/// <param name="Id"><c>cap_…</c> or <c>dsp_…</c></param>
/// <param name="At">When.</param>
/// <param name="Amount">Minor units.</param>
public sealed record ReceiptReturn(string Id, DateTimeOffset At, long Amount);
