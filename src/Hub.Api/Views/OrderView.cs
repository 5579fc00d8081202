using System.Text.Json.Serialization;
using Hub.Actors.Ports;
using Hub.Domain.Orders;

namespace Hub.Api.Views;

/// <summary>One line of an order.</summary>
public sealed record OrderLineView(string Sku, string Name, int Quantity, long UnitPrice, long Tax, long Total);

/// <summary>Who receives the goods; <c>null</c> fields once the customer was erased.</summary>
public sealed record ConsigneeView(string? Name, string? Address);

/// <summary>How the goods travel.</summary>
public sealed record DeliveryView(string Method, string? By);

/// <summary>On its way.</summary>
public sealed record ShipmentView(string Carrier, string Tracking, DateTimeOffset At);

/// <summary>The merchant's signature over the order.</summary>
public sealed record SignatureView(string KeyId, bool Verified);

/// <summary>An order with its invoice.</summary>
public sealed record OrderView(
    string Id,
    string Reference,
    PayeeView Merchant,
    string Customer,
    string Status,
    IReadOnlyList<OrderLineView> Lines,
    long Shipping,
    long Tax,
    AmountView Total,
    string InvoiceHash,
    DateTimeOffset? AcceptedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ConsigneeView? Consignee,
    DeliveryView Delivery,
    string? Payment,
    ShipmentView? Shipment,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? PaymentReturnedAt,
    SignatureView Signature,
    DateTimeOffset CreatedAt,
    long Version)
{
    /// <summary>Always <c>order</c>.</summary>
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Shape { get; } = "order";

    /// <summary>The view of a state.</summary>
    /// <param name="order">The state.</param>
    /// <param name="version">Its version.</param>
    /// <param name="persons">Opens the personal fields; <c>null</c> leaves them out, as in a webhook.</param>
    public static OrderView Of(Order order, long version, IPersonalData? persons)
    {
        ArgumentNullException.ThrowIfNull(order);
        var invoice = order.Invoice;
        return new OrderView(
            order.Id, order.Reference, new PayeeView(order.Merchant, order.Payee), order.Customer, StatusOf(order),
            [.. invoice.Lines.Select(l => new OrderLineView(l.Sku, l.Name, l.Quantity, l.UnitPrice, l.Tax, l.Total))],
            invoice.Shipping, invoice.Tax.Minor, AmountView.Of(invoice.Total), order.InvoiceHash, order.Acceptance?.At,
            persons is null ? null : new ConsigneeView(persons.Open(order.Customer, order.Consignee.Name), persons.Open(order.Customer, order.Consignee.Address)),
            new DeliveryView(order.Delivery.Method, order.Delivery.By), order.Payment,
            order.Shipment is { } s ? new ShipmentView(s.Carrier, s.Tracking, s.At) : null,
            order.DeliveredAt, order.ReturnedAt, new SignatureView(order.Signature.KeyId, Verified: true), order.CreatedAt, version);
    }

    private static string StatusOf(Order order) => order switch
    {
        { Status: OrderStatus.Accepted, PaymentOpen: true } => "paying",
        _ => Edge.Json.WireJson.Snake(order.Status.ToString()),
    };
}
