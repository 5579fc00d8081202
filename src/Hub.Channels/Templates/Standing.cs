namespace Hub.Channels.Templates;

/// <summary>How an order stands, as its customer is told when they ask.</summary>
public enum Standing
{
    /// <summary>Placed; the customer has not accepted the invoice.</summary>
    Placed,

    /// <summary>Waits for the customer to pay.</summary>
    AwaitingPayment,

    /// <summary>The customer was asked to confirm and has not answered.</summary>
    AwaitingConfirmation,

    /// <summary>The hub or a bank is at work.</summary>
    Processing,

    /// <summary>A person decides.</summary>
    InReview,

    /// <summary>Paid.</summary>
    Paid,

    /// <summary>On its way.</summary>
    Shipped,

    /// <summary>Arrived.</summary>
    Delivered,

    /// <summary>Withdrawn; nothing is charged.</summary>
    Canceled,

    /// <summary>The time to pay ran out; nothing was charged.</summary>
    Expired,

    /// <summary>The customer's bank took the money back; it is owed again.</summary>
    Returned,
}
