using Hub.Domain.Notifications;

namespace Hub.Domain.Tests.Notifications;

/// <summary>What a customer can mute, and what not.</summary>
public sealed class NoticeTopicTests
{
    [Theory]
    [InlineData(NotificationKind.Receipt, NoticeTopic.Receipts)]
    [InlineData(NotificationKind.PaymentDeclined, NoticeTopic.PaymentStatus)]
    [InlineData(NotificationKind.PaymentCanceled, NoticeTopic.PaymentStatus)]
    [InlineData(NotificationKind.PaymentExpired, NoticeTopic.PaymentStatus)]
    [InlineData(NotificationKind.PaymentReturned, NoticeTopic.PaymentStatus)]
    [InlineData(NotificationKind.Refunded, NoticeTopic.Refunds)]
    [InlineData(NotificationKind.Shipped, NoticeTopic.Shipping)]
    [InlineData(NotificationKind.Delivered, NoticeTopic.Shipping)]
    [InlineData(NotificationKind.Confirmation, null)]
    [InlineData(NotificationKind.AddressVerification, null)]
    [InlineData(NotificationKind.AlreadyAnswered, null)]
    [InlineData(NotificationKind.WrongNumber, null)]
    [InlineData(NotificationKind.Help, null)]
    [InlineData(NotificationKind.Digest, null)]
    public void A_notice_has_a_topic_and_what_nobody_can_mute_has_none(NotificationKind kind, NoticeTopic? topic) => Assert.Equal(topic, kind.Topic());

    [Fact]
    public void Every_kind_is_decided_and_an_unknown_one_is_a_bug()
    {
        foreach (var kind in Enum.GetValues<NotificationKind>()) _ = kind.Topic();

        Assert.Throws<ArgumentOutOfRangeException>(() => ((NotificationKind)999).Topic());
    }
}
