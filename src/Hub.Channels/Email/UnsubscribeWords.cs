using Hub.Channels.Templates;
using Hub.Domain.Notifications;

namespace Hub.Channels.Email;

/// <summary>What the page behind a mail's unsubscribe link says, in the customer's language.</summary>
/// <param name="Language">BCP 47, for the page.</param>
/// <param name="Title">The page's title.</param>
/// <param name="Question">What the button does.</param>
/// <param name="Button">The button.</param>
/// <param name="Done">Once it is done.</param>
/// <param name="Undo">How it is undone, and what comes all the same.</param>
/// <param name="Unknown">For a link this hub did not make.</param>
public sealed record UnsubscribeWords(string Language, string Title, string Question, string Button, string Done, string Undo, string Unknown)
{
    /// <summary>The words for a customer.</summary>
    /// <param name="locale">Theirs, a BCP 47 tag.</param>
    /// <param name="topics">What would be muted; none where the link says nothing.</param>
    public static UnsubscribeWords For(string locale, IReadOnlyCollection<NoticeTopic> topics)
    {
        ArgumentNullException.ThrowIfNull(locale);
        ArgumentNullException.ThrowIfNull(topics);
        return Locales.Find(locale).Tag switch
        {
            "de" => German(string.Join(", ", topics.Select(GermanOf))),
            "zh-Hans" => Chinese(string.Join('、', topics.Select(ChineseOf))),
            _ => English(string.Join(", ", topics.Select(EnglishOf))),
        };
    }

    private static UnsubscribeWords English(string topics) => new(
        "en",
        "Fewer mails",
        $"Get no more mails about {topics}?",
        "Yes, no more of these mails",
        $"Done. You get no more mails about {topics}.",
        "You can switch them on again in your settings. Requests to confirm a payment, and codes, are sent all the same.",
        "This link is not complete. Please open it once more from the mail.");

    private static UnsubscribeWords German(string topics) => new(
        "de",
        "Weniger Mails",
        $"Keine Mails mehr über {topics}?",
        "Ja, keine dieser Mails mehr",
        $"Erledigt. Sie erhalten keine Mails mehr über {topics}.",
        "In Ihren Einstellungen können Sie sie wieder einschalten. Bitten um Bestätigung einer Zahlung und Codes kommen weiterhin.",
        "Dieser Link ist unvollständig. Bitte öffnen Sie ihn noch einmal aus der Mail.");

    private static UnsubscribeWords Chinese(string topics) => new(
        "zh-Hans",
        "减少邮件",
        $"不再接收关于{topics}的邮件？",
        "是，不再接收此类邮件",
        $"已完成。您将不再收到关于{topics}的邮件。",
        "您可以在设置中重新开启。付款确认请求和验证码仍会发送。",
        "此链接不完整，请从邮件中重新打开。");

    private static string EnglishOf(NoticeTopic topic) => topic switch
    {
        NoticeTopic.Receipts => "receipts",
        NoticeTopic.PaymentStatus => "how payments stand",
        NoticeTopic.Refunds => "refunds",
        NoticeTopic.Shipping => "shipping and delivery",
        _ => throw NotInTheTable(topic),
    };

    private static string GermanOf(NoticeTopic topic) => topic switch
    {
        NoticeTopic.Receipts => "Belege",
        NoticeTopic.PaymentStatus => "den Stand von Zahlungen",
        NoticeTopic.Refunds => "Erstattungen",
        NoticeTopic.Shipping => "Versand und Zustellung",
        _ => throw NotInTheTable(topic),
    };

    private static string ChineseOf(NoticeTopic topic) => topic switch
    {
        NoticeTopic.Receipts => "收据",
        NoticeTopic.PaymentStatus => "付款状态",
        NoticeTopic.Refunds => "退款",
        NoticeTopic.Shipping => "发货与送达",
        _ => throw NotInTheTable(topic),
    };

    private static ArgumentOutOfRangeException NotInTheTable(NoticeTopic topic) => new(nameof(topic), topic, "The topic has no words.");
}
