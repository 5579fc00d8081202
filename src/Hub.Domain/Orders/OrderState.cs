using System.Text.Json.Serialization;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;

namespace Hub.Domain.Orders;

/// <summary>Where an order stands.</summary>
[JsonConverter(typeof(SnakeCaseNames<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>The customer has not accepted the invoice.</summary>
    Placed,

    /// <summary>The customer accepted the invoice.</summary>
    Accepted,

    /// <summary>Paid in full or in the part the merchant captured.</summary>
    Paid,

    /// <summary>On its way.</summary>
    Shipped,

    /// <summary>Arrived.</summary>
    Delivered,

    /// <summary>Withdrawn.</summary>
    Canceled,
}

/// <summary>What an order is.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(NoOrder), "none")]
[JsonDerivedType(typeof(Order), "order")]
public abstract record OrderState : State;

/// <summary>Not placed.</summary>
public sealed record NoOrder : OrderState
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => Subjects.Nobody;
}

/// <summary>On its way to the customer.</summary>
public sealed record Shipment(string Carrier, string Tracking, DateTimeOffset At);

/// <summary>An order that was placed.</summary>
public sealed record Order(
    string Id,
    string Merchant,
    string Payee,
    string Customer,
    string Reference,
    Invoice Invoice,
    string InvoiceHash,
    Consignee Consignee,
    DeliveryTerms Delivery,
    SignatureProof Signature,
    DateTimeOffset CreatedAt) : OrderState
{
    /// <summary>Where it stands.</summary>
    public OrderStatus Status { get; init; }

    /// <summary>The customer's acceptance.</summary>
    public Acceptance? Acceptance { get; init; }

    /// <summary>The payment that may move the total; the last one, when it ended.</summary>
    public string? Payment { get; init; }

    /// <summary>Whether that payment may still move money.</summary>
    public bool PaymentOpen { get; init; }

    /// <summary>When the customer's bank took the money back; <c>null</c> where it has not, or where it was paid anew.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>When it was handed over.</summary>
    public Shipment? Shipment { get; init; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Subjects Subjects => new(Merchant, Customer, Id, Payment);

    /// <summary>Whether the goods have left.</summary>
    [JsonIgnore]
    public bool IsSent => Status is OrderStatus.Shipped or OrderStatus.Delivered;

    /// <summary>Whether nothing more is to be paid.</summary>
    [JsonIgnore]
    public bool IsPaid => ReturnedAt is null && Status is OrderStatus.Paid or OrderStatus.Shipped or OrderStatus.Delivered;

    /// <summary>What a payment for this order may move.</summary>
    [JsonIgnore]
    public OrderGrant Grant => new(Id, Merchant, Payee, Customer, Invoice.Total, InvoiceHash, Signature.KeyId);
}
