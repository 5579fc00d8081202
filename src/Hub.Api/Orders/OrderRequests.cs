using Hub.Api.Edge.Requests;
using Hub.Domain.Kernel;
using Hub.Domain.Money;
using Hub.Domain.Orders;

namespace Hub.Api.Orders;

/// <summary>One line: unit price and contained tax in minor units.</summary>
public sealed record PlaceOrderLine(string Sku, string Name, int Quantity, long UnitPrice, long Tax = 0);

/// <summary>Who receives the goods, and where.</summary>
public sealed record PlaceOrderConsignee(string Name, string Address);

/// <summary>How and by when they travel.</summary>
public sealed record PlaceOrderDelivery(string Method, string? By = null);

/// <summary>An order, signed by the merchant.</summary>
/// <param name="Reference">The merchant's own number for it; unique for that merchant.</param>
/// <param name="Customer">The payer, <c>cus_…</c>.</param>
/// <param name="Lines">What is bought.</param>
/// <param name="Currency">ISO 4217, of every amount.</param>
/// <param name="Consignee">Who receives it.</param>
/// <param name="Delivery">How it travels.</param>
/// <param name="Shipping">Minor units, tax included.</param>
/// <param name="Total">The merchant's own total in minor units; when given, it must be what the lines and shipping come to.</param>
public sealed record PlaceOrder(
    string Reference,
    string Customer,
    IReadOnlyList<PlaceOrderLine> Lines,
    string Currency,
    PlaceOrderConsignee Consignee,
    PlaceOrderDelivery Delivery,
    long Shipping = 0,
    long? Total = null)
{
    /// <summary>The invoice; only after <see cref="OrderChecks.Check"/>.</summary>
    internal Invoice ToInvoice() => new(
        Hub.Domain.Money.Currency.Parse(Currency),
        Lines.Select(l => new InvoiceLine(l.Sku, l.Name, l.Quantity, l.UnitPrice, l.Tax)).ToEquatableArray(),
        Shipping);
}

/// <summary>The invoice the customer was shown.</summary>
public sealed record AcceptInvoice(string InvoiceHash);

/// <summary>Who carries the goods.</summary>
public sealed record ShipOrder(string Carrier, string Tracking);

/// <summary>Why it is withdrawn.</summary>
public sealed record CancelOrder(string? Reason = null);

/// <summary>A body that says nothing: <c>{}</c>.</summary>
public sealed record Nothing;

/// <summary>Checks what a shape cannot say of orders.</summary>
internal static class OrderChecks
{
    internal static Fields Check(this Fields fields, PlaceOrder body)
    {
        fields.Token("reference", body.Reference).Token("customer", body.Customer)
            .Require(Currency.TryParse(body.Currency, out _), "currency", "must be an ISO 4217 code the hub accepts, such as EUR")
            .Require(body.Lines.Count is > 0 and <= Invoice.MaxLines, "lines", $"must hold 1 to {Invoice.MaxLines} lines")
            .Minor("shipping", body.Shipping, least: 0)
            .Line("consignee.name", body.Consignee.Name)
            .Lines("consignee.address", body.Consignee.Address)
            .Line("delivery.method", body.Delivery.Method, 60)
            .Line("delivery.by", body.Delivery.By, 60);
        foreach (var (line, index) in body.Lines.Select((line, index) => (line, index)))
        {
            var at = $"lines[{index}]";
            fields.Token($"{at}.sku", line.Sku).Line($"{at}.name", line.Name)
                .Require(line.Quantity is >= 1 and <= Invoice.MaxQuantity, $"{at}.quantity", $"must be 1 to {Invoice.MaxQuantity}")
                .Minor($"{at}.unit_price", line.UnitPrice, least: 0)
                .Minor($"{at}.tax", line.Tax, least: 0);
        }

        if (fields.Problem is null && body.Total is { } total)
        {
            fields.Require(body.ToInvoice().Total.Minor == total, "total", "is not what the lines and shipping come to");
        }

        return fields;
    }
}
