using System.Text.Json.Serialization;
using Hub.Domain.Kernel;

namespace Hub.Domain.Payments;

/// <summary>Where a payment stands, as its merchant and customer see it.</summary>
[JsonConverter(typeof(SnakeCaseNames<PaymentStatus>))]
public enum PaymentStatus
{
    /// <summary>Waits for the customer to submit an instrument.</summary>
    RequiresPaymentMethod,

    /// <summary>The customer has to act at the bank first.</summary>
    RequiresAction,

    /// <summary>The hub or the bank is at work; transient.</summary>
    Processing,

    /// <summary>The bank authorized; the customer is asked to confirm out of band.</summary>
    AwaitingConfirmation,

    /// <summary>Held until a person decides.</summary>
    RequiresReview,

    /// <summary>Confirmed; the merchant has to capture.</summary>
    RequiresCapture,

    /// <summary>Captured in part; more may follow.</summary>
    PartiallyCaptured,

    /// <summary>Captured, and nothing more to come.</summary>
    Succeeded,

    /// <summary>Ended without money moved, by decision.</summary>
    Canceled,

    /// <summary>Ended without money moved, by time.</summary>
    Expired,
}

/// <summary>Who captures an authorized and confirmed payment.</summary>
[JsonConverter(typeof(SnakeCaseNames<CaptureMode>))]
public enum CaptureMode
{
    /// <summary>The hub, at once and in full.</summary>
    Automatic,

    /// <summary>The merchant, in one or more captures.</summary>
    Manual,
}
