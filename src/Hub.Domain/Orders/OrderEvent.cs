using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;

namespace Hub.Domain.Orders;

/// <summary>Everything that can have happened to an order. Released shapes never change (<c>events.contract.txt</c>).</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Placed), "order.placed")]
[JsonDerivedType(typeof(Accepted), "order.accepted")]
[JsonDerivedType(typeof(PaymentGranted), "order.payment_granted")]
[JsonDerivedType(typeof(Paid), "order.paid")]
[JsonDerivedType(typeof(PaymentReleased), "order.payment_released")]
[JsonDerivedType(typeof(PaymentReturned), "order.payment_returned")]
[JsonDerivedType(typeof(Shipped), "order.shipped")]
[JsonDerivedType(typeof(Delivered), "order.delivered")]
[JsonDerivedType(typeof(Canceled), "order.canceled")]
public abstract record OrderEvent : Event
{
    /// <summary>Placed, with the invoice that follows from it.</summary>
    public sealed record Placed(
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
        DateTimeOffset At) : OrderEvent;

    /// <summary>The customer accepted this invoice.</summary>
    public sealed record Accepted(string InvoiceHash, Channel By, DateTimeOffset At) : OrderEvent;

    /// <summary>One payment may move this order's total.</summary>
    public sealed record PaymentGranted(string Payment, CaptureMode Mode, OrderGrant Grant, DateTimeOffset At) : OrderEvent;

    /// <summary>The payment captured.</summary>
    public sealed record Paid(string Payment, DateTimeOffset At) : OrderEvent;

    /// <summary>The payment ended without money moved.</summary>
    public sealed record PaymentReleased(string Payment) : OrderEvent;

    /// <summary>The customer's bank took the money back: the order can, and has to, be paid anew.</summary>
    public sealed record PaymentReturned(string Payment, DateTimeOffset At) : OrderEvent;

    /// <summary>On its way.</summary>
    public sealed record Shipped(string Carrier, string Tracking, DateTimeOffset At) : OrderEvent;

    /// <summary>Arrived.</summary>
    public sealed record Delivered(DateTimeOffset At) : OrderEvent;

    /// <summary>Withdrawn.</summary>
    public sealed record Canceled(string Reason, DateTimeOffset At) : OrderEvent;
}
