using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Payments;

namespace Hub.Domain.Orders;

/// <summary>Everything an order can be asked.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Place), "place")]
[JsonDerivedType(typeof(Accept), "accept")]
[JsonDerivedType(typeof(GrantPayment), "grant_payment")]
[JsonDerivedType(typeof(PaymentSucceeded), "payment_succeeded")]
[JsonDerivedType(typeof(PaymentEnded), "payment_ended")]
[JsonDerivedType(typeof(PaymentReturned), "payment_returned")]
[JsonDerivedType(typeof(Ship), "ship")]
[JsonDerivedType(typeof(Deliver), "deliver")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(TimerDue), "timer_due")]
public abstract record OrderCommand : Command
{
    /// <summary>The merchant places an order it has signed.</summary>
    /// <param name="Id">The order's own id, <c>ord_…</c>.</param>
    /// <param name="Merchant">The payee.</param>
    /// <param name="Payee">The payee's name, as customers know it.</param>
    /// <param name="Customer">The payer.</param>
    /// <param name="Reference">The merchant's own number for it.</param>
    /// <param name="Invoice">What is to be paid.</param>
    /// <param name="Consignee">Who receives the goods, and where; sealed.</param>
    /// <param name="Delivery">How and by when, in the merchant's words.</param>
    /// <param name="Signature">The proof of the merchant's signature.</param>
    public sealed record Place(
        string Id,
        string Merchant,
        string Payee,
        string Customer,
        string Reference,
        Invoice Invoice,
        Consignee Consignee,
        DeliveryTerms Delivery,
        SignatureProof Signature) : OrderCommand;

    /// <summary>The customer accepts exactly one invoice.</summary>
    public sealed record Accept(string InvoiceHash, Channel By) : OrderCommand;

    /// <summary>Lets one payment move this order's total. A second one is refused while it is open.</summary>
    public sealed record GrantPayment(string Payment, CaptureMode Mode) : OrderCommand;

    /// <summary>The granted payment has captured.</summary>
    public sealed record PaymentSucceeded(string Payment) : OrderCommand;

    /// <summary>The granted payment ended without money moved; another one may be granted.</summary>
    public sealed record PaymentEnded(string Payment) : OrderCommand;

    /// <summary>The customer's bank took the granted payment's money back; another one may be granted.</summary>
    public sealed record PaymentReturned(string Payment) : OrderCommand;

    /// <summary>The merchant handed the goods over.</summary>
    public sealed record Ship(string Carrier, string Tracking) : OrderCommand;

    /// <summary>The goods arrived.</summary>
    public sealed record Deliver : OrderCommand;

    /// <summary>The merchant withdraws an order nobody has paid.</summary>
    public sealed record Cancel(string Reason) : OrderCommand;

    /// <summary>A durable timer fired; orders have none yet.</summary>
    public sealed record TimerDue(string Name) : OrderCommand;
}

/// <summary>Who receives the goods; each field sealed under the customer's key.</summary>
public sealed record Consignee(Sealed Name, Sealed Address);

/// <summary>How the goods travel, in the merchant's words.</summary>
/// <param name="Method">Such as <c>parcel</c>.</param>
/// <param name="By">When they are promised; free text.</param>
public sealed record DeliveryTerms(string Method, string? By);

/// <summary>Proof that the merchant signed the order's request.</summary>
/// <param name="KeyId">The merchant's registered key, <c>sig_…</c>.</param>
/// <param name="Digest">The content digest the signature covers.</param>
/// <param name="Signature">The signature, base64.</param>
/// <param name="Created">When it was made, by the signer's clock.</param>
/// <remarks>Source: RFC 9421 and RFC 9530.</remarks>
public sealed record SignatureProof(string KeyId, string Digest, string Signature, DateTimeOffset Created);
