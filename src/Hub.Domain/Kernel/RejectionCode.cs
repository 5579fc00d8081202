namespace Hub.Domain.Kernel;

/// <summary>Why a command was refused. Numbers are never reused; the names, in snake case, are the API's <c>code</c>.</summary>
/// <remarks>Whether the caller may try again stands in <see cref="Rejections.Retry"/>, for every code.</remarks>
public enum RejectionCode
{
    // Any actor.
    NotFound = 1,
    AlreadyExists = 2,
    IllegalState = 3,
    CommandIdReused = 4,
    NothingToDo = 5,
    VersionMismatch = 6,

    // Money.
    AmountNotPositive = 100,
    AmountTooLarge = 101,
    CurrencyMismatch = 102,
    TotalMismatch = 103,

    // Orders.
    OrderHasNoLines = 200,
    InvoiceHashMismatch = 201,
    OrderHasOpenPayment = 202,
    OrderAlreadyPaid = 203,
    OrderNotPaid = 204,
    OrderNotShipped = 205,
    InvoiceNotAccepted = 206,
    OrderCanceled = 207,
    OrderReferenceTaken = 208,
    TooManyLines = 209,

    // Payments.
    AttemptInProgress = 300,
    OutcomeUnknown = 301,
    TooManyAttempts = 302,
    CaptureExceedsAuthorized = 303,
    AuthorizationExpired = 304,
    ConfirmationRequired = 305,
    RefundExceedsCaptured = 306,
    RefundWindowClosed = 307,
    RefundBlockedByDispute = 308,
    NoConfirmationRoute = 309,
    PaymentExpired = 310,
    Fenced = 311,
    SecurityCodeMissing = 312,
    InstrumentExpired = 313,
    NothingCaptured = 314,
    NoGateway = 315,
    CannotHold = 316,
    PartialCaptureNotSupported = 317,
    RefundNotSupported = 318,
    SecondPersonRequired = 319,
    DisputeOverdue = 320,
    DisputeAnswered = 321,

    // Confirmations.
    NoOpenConfirmation = 400,
    WrongCode = 401,
    AlreadyAnswered = 402,
    ConfirmationExpired = 403,
    ConfirmationSuperseded = 404,
    ConfirmationExhausted = 405,
    NotTheAddressee = 406,
    ResendTooSoon = 407,
    TooManyResends = 408,

    // Customers.
    AddressAlreadyVerified = 500,
    NoSuchAddress = 501,
    VerificationExpired = 502,
    VerificationExhausted = 503,
    NoSuchInstrument = 504,
    CustomerErased = 505,
    TooManyAddresses = 506,
    TooManyInstruments = 507,
    WalletNotSet = 508,
    WalletLocked = 509,
    WalletClosed = 510,
    WrongWalletPassword = 511,
    ECashInsufficient = 512,
    NoSuchHold = 513,
    WalletProofRequired = 514,
    AddressNotVerified = 515,
    AddressHeld = 516,
    TooManyAddressChanges = 517,

    // Addresses and notifications.
    CodeTaken = 600,
    OptedOut = 601,
    NotificationEnded = 602,
    AddressDead = 603,
    SendingCapped = 604,
    GuessesCapped = 605,

    // Merchants.
    NoSuchKey = 700,
    TooManyEndpoints = 701,
    EndpointDisabled = 702,

    // Conversations.
    ConversationTaken = 800,
    MessagesCapped = 801,
}

/// <summary>What a caller may do after a refusal.</summary>
public enum Retry
{
    /// <summary>The same request will be refused again.</summary>
    Never,

    /// <summary>The same request may succeed once something else has happened.</summary>
    Later,

    /// <summary>Try again with the same instrument or a corrected value.</summary>
    SameMethod,

    /// <summary>Try again with another instrument or route.</summary>
    OtherMethod,
}

/// <summary>What is known of every refusal.</summary>
public static class Rejections
{
    /// <summary>Whether the caller may try again, and how.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A code nobody has decided about: a bug here.</exception>
    public static Retry Retry(this RejectionCode code) => code switch
    {
        RejectionCode.NotFound or RejectionCode.AlreadyExists or RejectionCode.IllegalState or RejectionCode.CommandIdReused
            or RejectionCode.NothingToDo or RejectionCode.VersionMismatch => Kernel.Retry.Never,
        RejectionCode.AmountNotPositive or RejectionCode.AmountTooLarge or RejectionCode.CurrencyMismatch or RejectionCode.TotalMismatch => Kernel.Retry.Never,
        RejectionCode.OrderHasNoLines or RejectionCode.InvoiceHashMismatch or RejectionCode.OrderHasOpenPayment or RejectionCode.OrderAlreadyPaid
            or RejectionCode.OrderCanceled or RejectionCode.OrderReferenceTaken or RejectionCode.TooManyLines => Kernel.Retry.Never,
        RejectionCode.OrderNotPaid or RejectionCode.OrderNotShipped or RejectionCode.InvoiceNotAccepted => Kernel.Retry.Later,
        RejectionCode.AttemptInProgress or RejectionCode.OutcomeUnknown or RejectionCode.ConfirmationRequired
            or RejectionCode.RefundBlockedByDispute => Kernel.Retry.Later,
        RejectionCode.SecurityCodeMissing => Kernel.Retry.SameMethod,
        RejectionCode.InstrumentExpired or RejectionCode.NoConfirmationRoute or RejectionCode.NoGateway or RejectionCode.CannotHold => Kernel.Retry.OtherMethod,
        RejectionCode.TooManyAttempts or RejectionCode.CaptureExceedsAuthorized or RejectionCode.AuthorizationExpired
            or RejectionCode.RefundExceedsCaptured or RejectionCode.RefundWindowClosed or RejectionCode.PaymentExpired
            or RejectionCode.Fenced or RejectionCode.NothingCaptured or RejectionCode.PartialCaptureNotSupported or RejectionCode.RefundNotSupported
            or RejectionCode.DisputeOverdue or RejectionCode.DisputeAnswered or RejectionCode.SecondPersonRequired => Kernel.Retry.Never,
        RejectionCode.WrongCode => Kernel.Retry.SameMethod,
        RejectionCode.ResendTooSoon => Kernel.Retry.Later,
        RejectionCode.NoOpenConfirmation or RejectionCode.AlreadyAnswered or RejectionCode.ConfirmationExpired or RejectionCode.ConfirmationSuperseded
            or RejectionCode.ConfirmationExhausted or RejectionCode.NotTheAddressee or RejectionCode.TooManyResends => Kernel.Retry.Never,
        RejectionCode.NoSuchInstrument or RejectionCode.ECashInsufficient => Kernel.Retry.OtherMethod,
        RejectionCode.WalletLocked or RejectionCode.AddressHeld or RejectionCode.TooManyAddressChanges => Kernel.Retry.Later,
        RejectionCode.WalletClosed or RejectionCode.WrongWalletPassword or RejectionCode.WalletProofRequired => Kernel.Retry.SameMethod,
        RejectionCode.WalletNotSet or RejectionCode.NoSuchHold => Kernel.Retry.Never,
        RejectionCode.AddressAlreadyVerified or RejectionCode.AddressNotVerified or RejectionCode.NoSuchAddress or RejectionCode.VerificationExpired or RejectionCode.VerificationExhausted
            or RejectionCode.CustomerErased or RejectionCode.TooManyAddresses or RejectionCode.TooManyInstruments => Kernel.Retry.Never,
        RejectionCode.CodeTaken => Kernel.Retry.SameMethod,
        RejectionCode.OptedOut or RejectionCode.AddressDead => Kernel.Retry.OtherMethod,
        RejectionCode.SendingCapped or RejectionCode.GuessesCapped => Kernel.Retry.Later,
        RejectionCode.NotificationEnded => Kernel.Retry.Never,
        RejectionCode.NoSuchKey or RejectionCode.TooManyEndpoints or RejectionCode.EndpointDisabled => Kernel.Retry.Never,
        RejectionCode.ConversationTaken => Kernel.Retry.Never,
        RejectionCode.MessagesCapped => Kernel.Retry.Later,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Nobody has decided whether this may be tried again."),
    };
}
