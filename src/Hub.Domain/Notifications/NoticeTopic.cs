using System.Text.Json.Serialization;
using Hub.Domain.Kernel;

namespace Hub.Domain.Notifications;

/// <summary>What a notice is about, as a customer chooses channels for it.</summary>
[JsonConverter(typeof(SnakeCaseNames<NoticeTopic>))]
public enum NoticeTopic
{
    /// <summary>The electronic receipt.</summary>
    Receipts,

    /// <summary>A payment was declined, canceled, not confirmed in time, or taken back by the bank.</summary>
    PaymentStatus,

    /// <summary>Money went back.</summary>
    Refunds,

    /// <summary>The goods are on their way, or arrived.</summary>
    Shipping,
}

/// <summary>Which topic a notification belongs to.</summary>
public static class NoticeTopics
{
    /// <summary>The topic of a notification.</summary>
    /// <returns><c>null</c> for what nobody can mute: confirmations, codes, and answers to what somebody wrote.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such kind: a caller's bug.</exception>
    public static NoticeTopic? Topic(this NotificationKind kind) => kind switch
    {
        NotificationKind.Receipt => NoticeTopic.Receipts,
        NotificationKind.PaymentDeclined or NotificationKind.PaymentCanceled or NotificationKind.PaymentExpired or NotificationKind.PaymentReturned =>
            NoticeTopic.PaymentStatus,
        NotificationKind.Refunded => NoticeTopic.Refunds,
        NotificationKind.Shipped or NotificationKind.Delivered => NoticeTopic.Shipping,
        NotificationKind.Confirmation or NotificationKind.AddressVerification
            or NotificationKind.AlreadyAnswered or NotificationKind.WrongNumber or NotificationKind.Help or NotificationKind.Reply => null,
        NotificationKind.WalletCode or NotificationKind.AddressAdded or NotificationKind.AddressRemoved or NotificationKind.AddressStopped or NotificationKind.OrderStatus or NotificationKind.NoSuchOrder or NotificationKind.WhichOrder
            or NotificationKind.PassedOn or NotificationKind.RefundNoted or NotificationKind.ReceiptSent or NotificationKind.ReceiptNowhere
            or NotificationKind.OptedOut or NotificationKind.OptedIn => null,

        // Of several, which its parts belong to.
        NotificationKind.Digest => null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of notification."),
    };
}
