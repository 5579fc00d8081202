using Hub.Channels.Templates;
using Hub.Domain.Money;
using Hub.Domain.Notifications.Planning;

namespace Hub.Channels.Tests.Templates;

/// <summary>Every text message in its three languages, word for word.</summary>
public sealed class SideBySideTests
{
    private const string Acme = "ACME Books";
    private static readonly Amount Price = new(44_70, Currency.Eur);

    private static readonly Dictionary<string, MessageContent> Messages = new()
    {
        ["confirm"] = new MessageContent.ConfirmByAnswer(Price, Acme, "4839", 5),
        ["confirm or type"] = new MessageContent.ConfirmByAnswer(Price, Acme, "4839", 5, "204816"),
        ["code"] = new MessageContent.ConfirmByCode(Price, Acme, "483920", 5, "pay.omnihub.example"),
        ["verify"] = new MessageContent.VerifyAddress("483920", 5, "pay.omnihub.example"),
        ["already approved"] = new MessageContent.AlreadyAnswered(Price, Acme, Approved: true),
        ["already rejected"] = new MessageContent.AlreadyAnswered(Price, Acme, Approved: false),
        ["wrong number"] = new MessageContent.WrongNumber(),
        ["rejected"] = new MessageContent.Rejected(Price, Acme),
        ["succeeded"] = new MessageContent.Succeeded(Price, Acme, "A-17"),
        ["clearing"] = new MessageContent.Succeeded(Price, Acme, "A-17", Clearing: true),
        ["returned"] = new MessageContent.Returned(Price, Acme, "A-17"),
        ["receipt"] = new MessageContent.Receipt(Contents.Receipt(Acme, "A-17", Price)),
        ["declined"] = new MessageContent.Declined(Price, Acme, "A-17"),
        ["canceled"] = new MessageContent.Canceled(Price, Acme, "A-17"),
        ["expired"] = new MessageContent.Expired(Price, Acme, "A-17"),
        ["refunded"] = new MessageContent.Refunded(Price, Acme, "A-17"),
        ["shipped"] = new MessageContent.Shipped(Acme, "A-17", "DHL", "0034"),
        ["delivered"] = new MessageContent.Delivered(Acme, "A-17"),
        ["digest"] = new MessageContent.Digest([new MessageContent.Delivered(Acme, "A-17"), new MessageContent.Refunded(Price, Acme, "A-17")]),
        ["status"] = new MessageContent.StatusAnswer(Acme, "A-17", Standing.AwaitingConfirmation),
        ["elsewhere"] = new MessageContent.ConfirmElsewhere(Price, Acme, Open: true),
        ["over"] = new MessageContent.ConfirmElsewhere(Price, Acme, Open: false),
        ["reply"] = new MessageContent.Reply(Acme, "On its way.\nTomorrow."),
        ["help"] = new MessageContent.Help(),
        ["opted out"] = new MessageContent.OptedOut(),
        ["opted in"] = new MessageContent.OptedIn(),
        ["statuses"] = new MessageContent.StatusAnswers([new("A-17", Standing.Shipped), new("A-16", Standing.Paid)]),
        ["no such order"] = new MessageContent.NoSuchOrder(),
        ["which order"] = new MessageContent.WhichOrder(),
        ["passed on"] = new MessageContent.PassedOn(),
        ["refund noted"] = new MessageContent.RefundNoted(),
        ["receipt sent"] = new MessageContent.ReceiptSent("A-17"),
        ["receipt nowhere"] = new MessageContent.ReceiptNowhere(),
        ["wallet code"] = new MessageContent.WalletCode("483920", 10, "pay.omnihub.example"),
        ["address added"] = new MessageContent.AddressAdded("67", 24),
        ["address removed"] = new MessageContent.AddressRemoved("67", 30),
        ["address stopped"] = new MessageContent.AddressStopped(),
    };

    [Theory]
    [InlineData(
        "confirm",
        "OmniHub: pay €44.70 to ACME Books? Reply PAY 4839 or NO 4839. Valid 5 min.",
        "OmniHub: 44,70 € an ACME Books zahlen? Antwort: PAY 4839 (ja) oder NO 4839 (nein). 5 Min. gültig.",
        "OmniHub：是否向“ACME Books”支付 €44.70？同意请回复 PAY 4839，拒绝请回复 NO 4839。5 分钟内有效。")]
    [InlineData(
        "confirm or type",
        "OmniHub: pay €44.70 to ACME Books? Reply PAY 4839 or NO 4839, or type 204816 on the page. Valid 5 min.",
        "OmniHub: 44,70 € an ACME Books zahlen? Antwort: PAY 4839 (ja) oder NO 4839 (nein), oder 204816 auf der Seite eingeben. 5 Min. gültig.",
        "OmniHub：是否向“ACME Books”支付 €44.70？同意请回复 PAY 4839，拒绝请回复 NO 4839，或在页面输入 204816。5 分钟内有效。")]
    [InlineData(
        "code",
        "OmniHub: €44.70 to ACME Books. Code 483920, valid 5 min. Never share it.\n@pay.omnihub.example #483920",
        "OmniHub: 44,70 € an ACME Books. Code 483920, 5 Min. gültig. Nie weitergeben.\n@pay.omnihub.example #483920",
        "OmniHub：向“ACME Books”支付 €44.70。验证码 483920，5 分钟内有效，请勿告诉他人。\n@pay.omnihub.example #483920")]
    [InlineData(
        "verify",
        "OmniHub: your code is 483920, valid 5 min. Never share it.\n@pay.omnihub.example #483920",
        "OmniHub: Ihr Code ist 483920, 5 Min. gültig. Nie weitergeben.\n@pay.omnihub.example #483920",
        "OmniHub：您的验证码是 483920，5 分钟内有效，请勿告诉他人。\n@pay.omnihub.example #483920")]
    [InlineData(
        "already approved",
        "OmniHub: €44.70 to ACME Books was already approved. Nothing more to do.",
        "OmniHub: 44,70 € an ACME Books wurde bereits bestätigt. Es ist nichts mehr zu tun.",
        "OmniHub：向“ACME Books”支付 €44.70 的请求此前已被同意，无需再操作。")]
    [InlineData(
        "already rejected",
        "OmniHub: €44.70 to ACME Books was already rejected. Nothing more to do.",
        "OmniHub: 44,70 € an ACME Books wurde bereits abgelehnt. Es ist nichts mehr zu tun.",
        "OmniHub：向“ACME Books”支付 €44.70 的请求此前已被拒绝，无需再操作。")]
    [InlineData(
        "wrong number",
        "OmniHub: that matches no open request. Check the latest message and answer with its number.",
        "OmniHub: Dazu gibt es keine offene Anfrage. Bitte mit der Nummer aus der neuesten Nachricht antworten.",
        "OmniHub：没有与此对应的待确认请求。请查看最新消息，并用其中的号码回复。")]
    [InlineData(
        "rejected",
        "OmniHub: you rejected €44.70 to ACME Books. Nothing was charged.",
        "OmniHub: Sie haben 44,70 € an ACME Books abgelehnt. Nichts wurde abgebucht.",
        "OmniHub：您已拒绝向“ACME Books”支付 €44.70，未扣款。")]
    [InlineData(
        "succeeded",
        "OmniHub: paid €44.70 to ACME Books. Order A-17. Thank you.",
        "OmniHub: 44,70 € an ACME Books bezahlt. Bestellung A-17. Vielen Dank.",
        "OmniHub：已向“ACME Books”支付 €44.70。订单 A-17。谢谢！")]
    [InlineData(
        "clearing",
        "OmniHub: paid €44.70 to ACME Books. Order A-17. Your bank has yet to clear it.",
        "OmniHub: 44,70 € an ACME Books bezahlt. Bestellung A-17. Ihre Bank muss noch endgültig zahlen.",
        "OmniHub：已向“ACME Books”支付 €44.70。订单 A-17。银行尚未完成清算。")]
    [InlineData(
        "returned",
        "OmniHub: your bank took back €44.70 to ACME Books. Please pay order A-17 another way.",
        "OmniHub: Ihre Bank hat 44,70 € an ACME Books zurückgeholt. Bitte Bestellung A-17 anders bezahlen.",
        "OmniHub：您的银行已收回支付给“ACME Books”的 €44.70。请用其他方式支付订单 A-17。")]
    [InlineData(
        "receipt",
        "OmniHub: receipt for €44.70 to ACME Books. Order A-17.",
        "OmniHub: Beleg über 44,70 € an ACME Books. Bestellung A-17.",
        "OmniHub：“ACME Books”收款 €44.70 的收据。订单 A-17。")]
    [InlineData(
        "declined",
        "OmniHub: €44.70 to ACME Books was declined. Pick another card on the checkout page. Order A-17.",
        "OmniHub: 44,70 € an ACME Books wurde abgelehnt. Bitte an der Kasse andere Karte wählen. Bestellung A-17.",
        "OmniHub：银行拒绝了向“ACME Books”支付 €44.70。请在付款页面换一张卡。订单 A-17。")]
    [InlineData(
        "canceled",
        "OmniHub: €44.70 to ACME Books was canceled. Nothing was charged. Order A-17.",
        "OmniHub: 44,70 € an ACME Books wurde storniert. Nichts wurde abgebucht. Bestellung A-17.",
        "OmniHub：向“ACME Books”支付 €44.70 已取消，未扣款。订单 A-17。")]
    [InlineData(
        "expired",
        "OmniHub: €44.70 to ACME Books was not confirmed in time. Nothing was charged. Order A-17.",
        "OmniHub: 44,70 € an ACME Books wurde nicht rechtzeitig bestätigt. Nichts wurde abgebucht. Bestellung A-17.",
        "OmniHub：向“ACME Books”支付 €44.70 未在时限内确认，未扣款。订单 A-17。")]
    [InlineData(
        "refunded",
        "OmniHub: ACME Books refunded €44.70. Order A-17.",
        "OmniHub: ACME Books hat 44,70 € erstattet. Bestellung A-17.",
        "OmniHub：“ACME Books”已退款 €44.70。订单 A-17。")]
    [InlineData(
        "shipped",
        "OmniHub: ACME Books shipped order A-17 with DHL, tracking 0034.",
        "OmniHub: ACME Books hat Bestellung A-17 mit DHL versandt, Sendung 0034.",
        "OmniHub：“ACME Books”的订单 A-17 已发货，承运人：DHL，运单号 0034。")]
    [InlineData(
        "delivered",
        "OmniHub: order A-17 from ACME Books was delivered.",
        "OmniHub: Bestellung A-17 von ACME Books wurde zugestellt.",
        "OmniHub：“ACME Books”的订单 A-17 已送达。")]
    [InlineData(
        "digest",
        "OmniHub: 2 messages about your orders. Reply STATUS to see how they stand.",
        "OmniHub: 2 Nachrichten zu Ihren Bestellungen. Wie es um sie steht: Antwort STATUS.",
        "OmniHub：您的订单有 2 条消息。请回复“状态”查看。")]
    [InlineData(
        "status",
        "OmniHub: order A-17 from ACME Books: awaiting confirmation.",
        "OmniHub: Bestellung A-17 von ACME Books: wartet auf Bestätigung.",
        "OmniHub：“ACME Books”的订单 A-17：待确认。")]
    [InlineData(
        "help",
        "OmniHub: payment confirmations. Answer PAY or NO with the number in the message. Reply STOP to opt out.",
        "OmniHub: Zahlungsbestätigungen. Antworten Sie PAY oder NO mit der Nummer aus der Nachricht. Mit STOP bestellen Sie sie ab.",
        "OmniHub：付款确认服务。请回复 PAY 或 NO，并附上消息中的号码。回复 STOP 可退订。")]
    [InlineData(
        "elsewhere",
        "OmniHub: €44.70 to ACME Books. Please confirm on the device that was asked.",
        "OmniHub: 44,70 € an ACME Books. Bitte auf dem Gerät bestätigen, das gefragt wurde.",
        "OmniHub：向“ACME Books”支付 €44.70。请在收到请求的设备上确认。")]
    [InlineData(
        "over",
        "OmniHub: €44.70 to ACME Books. This request has ended; nothing was charged.",
        "OmniHub: 44,70 € an ACME Books. Diese Anfrage ist beendet; nichts wurde abgebucht.",
        "OmniHub：向“ACME Books”支付 €44.70。此请求已结束，未扣款。")]
    [InlineData(
        "reply",
        "OmniHub: ACME Books writes: On its way. Tomorrow.",
        "OmniHub: ACME Books schreibt: On its way. Tomorrow.",
        "OmniHub：“ACME Books”来信：On its way. Tomorrow.")]
    [InlineData(
        "opted out",
        "OmniHub: you will get no more messages from this number. Reply START to get them again.",
        "OmniHub: Von dieser Nummer kommen keine Nachrichten mehr. Mit START erhalten Sie sie wieder.",
        "OmniHub：此号码不会再向您发送消息。回复 START 可重新接收。")]
    [InlineData(
        "opted in",
        "OmniHub: you will get payment messages again. Reply STOP to opt out, HELP for help.",
        "OmniHub: Sie erhalten wieder Nachrichten zu Zahlungen. Mit STOP bestellen Sie sie ab, mit HELP erhalten Sie Hilfe.",
        "OmniHub：您将重新收到付款消息。回复 STOP 可退订，回复 HELP 可获得帮助。")]
    [InlineData(
        "statuses",
        "OmniHub: A-17 shipped, A-16 paid.",
        "OmniHub: A-17 versandt, A-16 bezahlt.",
        "OmniHub：A-17 已发货，A-16 已付款。")]
    [InlineData(
        "no such order",
        "OmniHub: no order of that number is known here. Check the number in the shop's message.",
        "OmniHub: Eine Bestellung mit dieser Nummer ist hier nicht bekannt. Bitte die Nummer in der Nachricht des Shops ansehen.",
        "OmniHub：这里没有此编号的订单。请核对商店消息中的订单号。")]
    [InlineData(
        "which order",
        "OmniHub: several people use this number. Add the number of the order to your word, such as STATUS 1047.",
        "OmniHub: Diese Nummer nutzen mehrere Personen. Bitte das Wort mit der Bestellnummer senden, etwa STATUS 1047.",
        "OmniHub：有多人使用此号码。请在指令后加上订单号，例如：状态 1047。")]
    [InlineData(
        "passed on",
        "OmniHub: thank you. Somebody will write to you here.",
        "OmniHub: Vielen Dank. Es schreibt Ihnen hier bald jemand.",
        "OmniHub：谢谢。稍后会有工作人员在此与您联系。")]
    [InlineData(
        "refund noted",
        "OmniHub: your wish for a refund is with the shop. Somebody will write to you here.",
        "OmniHub: Ihr Wunsch nach Erstattung liegt beim Shop. Es schreibt Ihnen hier bald jemand.",
        "OmniHub：您的退款请求已转给商店，稍后会有工作人员在此与您联系。")]
    [InlineData(
        "receipt sent",
        "OmniHub: the receipt for order A-17 is on its way to your mailbox.",
        "OmniHub: Der Beleg für Bestellung A-17 ist an Ihr Postfach unterwegs.",
        "OmniHub：订单 A-17 的收据已发往您的邮箱。")]
    [InlineData(
        "receipt nowhere",
        "OmniHub: there is no receipt to send, or no mailbox that you confirmed. Your order page has your receipts.",
        "OmniHub: Es gibt keinen Beleg oder kein bestätigtes Postfach dafür. Ihre Belege finden Sie auf Ihrer Bestellseite.",
        "OmniHub：没有可发送的收据，或没有已验证的邮箱。您可在订单页面查看收据。")]
    [InlineData(
        "wallet code",
        "OmniHub: code 483920 sets the password of your wallet, valid 10 min. Nobody may ask you for it.\n@pay.omnihub.example #483920",
        "OmniHub: Code 483920 für das Passwort Ihrer Geldbörse, 10 Min. gültig. Niemand darf danach fragen.\n@pay.omnihub.example #483920",
        "OmniHub：验证码 483920 用于设置您的钱包密码，10 分钟内有效。任何人都无权向您索要。\n@pay.omnihub.example #483920")]
    [InlineData(
        "address added",
        "OmniHub: an address ending in 67 was added to your account. It may confirm payments in 24 hours. Not you? Reply NOT ME.",
        "OmniHub: Neue Adresse mit Ende 67 in Ihrem Konto. Sie darf in 24 Stunden Zahlungen bestätigen. Waren Sie das nicht? Antwort: NOT ME",
        "OmniHub：您的账户新增了尾号为 67 的联系方式，24 小时后可用于确认付款。如非本人操作，请回复 NOT ME。")]
    [InlineData(
        "address removed",
        "OmniHub: the address ending in 67 was removed from your account. Not you? Tell the shop: for 30 days it can be given back.",
        "OmniHub: Die Adresse mit Ende 67 wurde aus Ihrem Konto entfernt. Waren Sie das nicht? Sagen Sie es dem Shop: 30 Tage lang ist es umkehrbar.",
        "OmniHub：尾号为 67 的联系方式已从您的账户移除。如非本人操作，请告知商店，30 天内可恢复。")]
    [InlineData(
        "address stopped",
        "OmniHub: thank you. The new address confirms nothing. If somebody else uses your account, tell the shop.",
        "OmniHub: Vielen Dank. Die neue Adresse bestätigt nichts. Wenn jemand anders Ihr Konto nutzt, sagen Sie es dem Shop.",
        "OmniHub：谢谢。新的联系方式无法确认任何付款。如有他人使用您的账户，请告知商店。")]
    public void A_text_says_the_same_in_three_languages(string message, string english, string german, string chinese)
    {
        Assert.Equal(english, Text(message, "en-IE"));
        Assert.Equal(german, Text(message, "de-AT"));
        Assert.Equal(chinese, Text(message, "zh-Hans-CN"));
    }

    [Fact]
    public void The_table_holds_every_message() =>
        Assert.Equal(typeof(MessageContent).GetNestedTypes().Select(t => t.Name).Order(), Messages.Values.Select(m => m.GetType().Name).Distinct().Order());

    [Fact]
    public void A_letter_says_the_same_in_three_languages()
    {
        Assert.Equal(
            """
            ACME Books asks for €44.70. To approve it, type this code on the checkout page:

                483920

            The code is valid for 5 minutes and for this payment only. Never share it.

            If you did not order anything, do nothing: without the code nothing is charged.

            -- 
            OmniHub never asks for your card number or password by message.

            """,
            Letter("code", "en-IE"));
        Assert.Equal(
            """
            ACME Books bittet um 44,70 €. Um zuzustimmen, geben Sie diesen Code auf der Bezahlseite ein:

                483920

            Der Code gilt 5 Minuten lang und nur für diese Zahlung. Geben Sie ihn nie weiter.

            Wenn Sie nichts bestellt haben, tun Sie nichts: Ohne den Code wird nichts abgebucht.

            -- 
            OmniHub fragt nie per Nachricht nach Ihrer Kartennummer oder Ihrem Passwort.

            """,
            Letter("code", "de-AT"));
        Assert.Equal(
            """
            “ACME Books”请求您支付 €44.70。如果同意，请在付款页面输入此验证码：

                483920

            验证码 5 分钟内有效，且仅用于此笔付款。请勿告诉他人。

            如果您没有下单，请不要操作：没有验证码就不会扣款。

            -- 
            OmniHub 绝不会通过消息索要您的卡号或密码。

            """,
            Letter("code", "zh-Hans-CN"));
    }

    private static string Text(string message, string locale) => MessageTemplate.Render(Messages[message], Capabilities.Sms, locale).Text;

    private static string Letter(string message, string locale) => MessageTemplate.Render(Messages[message], Capabilities.Email, locale).Text;
}
