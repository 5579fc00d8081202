using System.Text.Json.Serialization;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications.Planning;

namespace Hub.Domain.Notifications;

/// <summary>The reason of a notification; the words follow from it when it is sent.</summary>
[JsonConverter(typeof(SnakeCaseNames<NotificationKind>))]
public enum NotificationKind
{
    /// <summary>Asks for a yes or no to a payment.</summary>
    Confirmation,

    /// <summary>Carries the code that proves an address.</summary>
    AddressVerification,

    /// <summary>The electronic receipt.</summary>
    Receipt,

    /// <summary>The bank said no; another card may do.</summary>
    PaymentDeclined,

    /// <summary>The payment was canceled.</summary>
    PaymentCanceled,

    /// <summary>The payment was not confirmed in time.</summary>
    PaymentExpired,

    /// <summary>Money went back.</summary>
    Refunded,

    /// <summary>The goods are on their way.</summary>
    Shipped,

    /// <summary>The goods arrived.</summary>
    Delivered,

    /// <summary>The answer came after another one had counted.</summary>
    AlreadyAnswered,

    /// <summary>The answer's number is not open here.</summary>
    WrongNumber,

    /// <summary>What one can write here.</summary>
    Help,

    /// <summary>The customer's bank took the money back.</summary>
    PaymentReturned,

    /// <summary>Carries the code that proves that the wallet is the customer's.</summary>
    WalletCode,

    /// <summary>How one order stands, or up to three that are open.</summary>
    OrderStatus,

    /// <summary>There is no order of that name here.</summary>
    NoSuchOrder,

    /// <summary>Several people or shops use this number: the order has to be named.</summary>
    WhichOrder,

    /// <summary>A person will write to the customer.</summary>
    PassedOn,

    /// <summary>A person looks at the wish for money back.</summary>
    RefundNoted,

    /// <summary>The receipt is on its way to the mailbox once more.</summary>
    ReceiptSent,

    /// <summary>There is no receipt to send, or no proved mailbox to send it to.</summary>
    ReceiptNowhere,

    /// <summary>The one message that a STOP is answered with.</summary>
    OptedOut,

    /// <summary>Messages come again.</summary>
    OptedIn,

    /// <summary>Another address was added; whoever reads this may object.</summary>
    AddressAdded,

    /// <summary>The objection counts: the address that was added has to be proved anew.</summary>
    AddressStopped,

    /// <summary>What staff wrote in the conversation and nobody read there.</summary>
    Reply,

    /// <summary>What could wait, in one message.</summary>
    Digest,

    /// <summary>An address was taken away; it and the others are told.</summary>
    AddressRemoved,
}

/// <summary>One way to reach the person, and whether they proved it is theirs.</summary>
/// <param name="Route">Which.</param>
/// <param name="Verified">Whether they proved it.</param>
/// <param name="LastHeard">When the person last wrote from there, as the address knew when this was asked for; looked at only where a channel has a session window.</param>
/// <param name="Anytime">Whether the provider has agreed to these words, so that they may go outside the session window too.</param>
public sealed record Recipient(Route Route, bool Verified, DateTimeOffset? LastHeard = null, bool Anytime = false);

/// <summary>What a notification is about. The words are made from it when it is sent; nothing personal is in it.</summary>
/// <param name="Merchant">Whose customer; <c>null</c> for an answer to a stranger.</param>
/// <param name="Customer">Who is told; owner of the recipients' seals. For an answer to a stranger, the address's own name.</param>
/// <param name="Order">About which order.</param>
/// <param name="Payment">About which payment.</param>
/// <param name="Part">The confirmation, verification, refund … it is about.</param>
/// <param name="Generation">Which code of a confirmation.</param>
/// <param name="Topics">Of a digest, the topics that are in it; else <c>null</c>.</param>
public sealed record About(
    string? Merchant, string Customer, string? Order = null, string? Payment = null, string? Part = null, int Generation = 0, EquatableArray<NoticeTopic>? Topics = null);

/// <summary>What came of one send, as its channel tells.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Delivered), "delivered")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(NeverReached), "never_reached")]
[JsonDerivedType(typeof(Unknown), "unknown")]
[JsonDerivedType(typeof(Read), "read")]
public abstract record DeliveryReport
{
    /// <summary>The provider took it.</summary>
    public sealed record Accepted(string ProviderId) : DeliveryReport;

    /// <summary>It arrived.</summary>
    public sealed record Delivered : DeliveryReport;

    /// <summary>It was refused, or did not arrive.</summary>
    /// <param name="Error">Why.</param>
    /// <param name="Code">The provider's own code.</param>
    public sealed record Failed(ErrorClass Error, string Code) : DeliveryReport;

    /// <summary>It provably never reached the provider.</summary>
    public sealed record NeverReached(string Reason) : DeliveryReport;

    /// <summary>Nobody knows.</summary>
    public sealed record Unknown(string Reason) : DeliveryReport;

    /// <summary>The person has seen it, so it arrived.</summary>
    public sealed record Read : DeliveryReport;
}

/// <summary>Everything a notification can be asked.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Request), "request")]
[JsonDerivedType(typeof(StartDelivery), "start_delivery")]
[JsonDerivedType(typeof(Report), "report")]
[JsonDerivedType(typeof(ReportDelay), "report_delay")]
[JsonDerivedType(typeof(Acknowledge), "acknowledge")]
[JsonDerivedType(typeof(CloseAddress), "close_address")]
[JsonDerivedType(typeof(TimerDue), "timer_due")]
public abstract record NotificationCommand : Command
{
    /// <summary>Tell one person one thing.</summary>
    /// <param name="Id">Its own id, <c>ntf_…</c>.</param>
    /// <param name="Kind">Why.</param>
    /// <param name="About">About what.</param>
    /// <param name="Recipients">The ways to reach them, the chosen method first.</param>
    /// <param name="Deadline">From then on it is no longer worth sending.</param>
    /// <param name="Quiet">The stretches before the deadline in which no phone may ring for it, in order; <c>null</c>: none. Confirmations pass them.</param>
    /// <param name="FallbackAfterSeconds">How long an answer is awaited before the next channel; <c>null</c>: as usual.</param>
    public sealed record Request(
        string Id, NotificationKind Kind, About About, EquatableArray<Recipient> Recipients, DateTimeOffset Deadline,
        EquatableArray<QuietWindow>? Quiet = null, int? FallbackAfterSeconds = null) : NotificationCommand;

    /// <summary>A message is about to leave. Appended before the first byte does, it is also the fence; in quiet hours a notice is put off instead.</summary>
    public sealed record StartDelivery(string Delivery) : NotificationCommand;

    /// <summary>What came of a send: the answer to the call, or a later word of the provider.</summary>
    public sealed record Report(string Delivery, DeliveryReport Outcome) : NotificationCommand;

    /// <summary>A server on the way has not got rid of it yet, and goes on trying: nothing to do, but worth knowing.</summary>
    /// <param name="Delivery">Which.</param>
    /// <param name="Code">The server's own code.</param>
    public sealed record ReportDelay(string Delivery, string Code) : NotificationCommand;

    /// <summary>What it asked for was answered, on whatever channel: nothing more may be sent.</summary>
    public sealed record Acknowledge(string Reason) : NotificationCommand;

    /// <summary>Nothing more may go to an address: somebody there said STOP. What comes next is tried at once.</summary>
    /// <param name="Address">Which, <c>adr_…</c>.</param>
    public sealed record CloseAddress(string Address) : NotificationCommand;

    /// <summary>A durable timer fired.</summary>
    public sealed record TimerDue(string Name) : NotificationCommand;
}

/// <summary>Everything that can have happened to a notification. Released shapes never change (<c>events.contract.txt</c>).</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Requested), "notification.requested")]
[JsonDerivedType(typeof(DeliveryIntended), "notification.delivery_intended")]
[JsonDerivedType(typeof(DeliveryStarted), "notification.delivery_started")]
[JsonDerivedType(typeof(DeliveryReported), "notification.delivery_reported")]
[JsonDerivedType(typeof(DeliveryDelayed), "notification.delivery_delayed")]
[JsonDerivedType(typeof(WaitsUntil), "notification.waits_until")]
[JsonDerivedType(typeof(Acknowledged), "notification.acknowledged")]
[JsonDerivedType(typeof(GaveUp), "notification.gave_up")]
[JsonDerivedType(typeof(AddressClosed), "notification.address_closed")]
public abstract record NotificationEvent : Event
{
    /// <summary>Asked for.</summary>
    public sealed record Requested(
        string Id, NotificationKind Kind, About About, EquatableArray<Recipient> Recipients, DateTimeOffset Deadline, DateTimeOffset At,
        EquatableArray<QuietWindow>? Quiet = null, int? FallbackAfterSeconds = null) : NotificationEvent;

    /// <summary>One send is to be made.</summary>
    public sealed record DeliveryIntended(string Delivery, Route Route, DateTimeOffset At) : NotificationEvent;

    /// <summary>It is about to leave.</summary>
    public sealed record DeliveryStarted(string Delivery, Channel Channel) : NotificationEvent;

    /// <summary>What came of it.</summary>
    public sealed record DeliveryReported(string Delivery, Channel Channel, DeliveryReport Outcome, DateTimeOffset At) : NotificationEvent;

    /// <summary>It has not arrived yet; somebody on the way goes on trying.</summary>
    public sealed record DeliveryDelayed(string Delivery, Channel Channel, string Code, DateTimeOffset At) : NotificationEvent;

    /// <summary>Nothing to do before then, unless something is heard.</summary>
    public sealed record WaitsUntil(DateTimeOffset Time) : NotificationEvent;

    /// <summary>Ended well; nothing more may be sent.</summary>
    public sealed record Acknowledged(string Reason) : NotificationEvent;

    /// <summary>Ended badly, with a case; nothing more may be sent.</summary>
    public sealed record GaveUp(GiveUpReason Reason, string Case) : NotificationEvent;

    /// <summary>Nothing more goes to this address.</summary>
    public sealed record AddressClosed(string Address) : NotificationEvent;
}
