using Hub.Domain.Money;
using Hub.Domain.Payments;
using static Hub.Channels.Templates.MessageContent;

namespace Hub.Channels.Templates;

/// <summary>Chinese, in simplified characters. Names stand in quotation marks, so that a payee in Chinese ends where it ends.</summary>
/// <param name="money">How amounts are written.</param>
internal sealed class Chinese(AmountStyle money) : ILanguage
{
    private const string NotCleared = "您的银行尚未完成此笔付款的清算。如果清算失败，我们会通知您，订单将重新变为待付款。";
    private const string Footer = "OmniHub 绝不会通过消息索要您的卡号或密码。";

    private static readonly ReceiptWords Titles = new("商品", "数量", "单价", "小计", "运费", "实付金额", "其中税费");

    /// <inheritdoc/>
    public string Tag => "zh-Hans";

    /// <inheritdoc/>
    public string Write(Amount amount) => money.Of(amount);

    /// <inheritdoc/>
    public string OpenPayment => "在“我的付款”中打开";

    /// <inheritdoc/>
    public (string Pay, string No) Answers => ("付款", "拒绝");

    /// <inheritdoc/>
    public string Short(MessageContent content) => content switch
    {
        ConfirmByAnswer c => $"OmniHub：是否向“{Payee(c.Payee)}”支付 {M(c.Amount)}？同意请回复 PAY {c.Number}，拒绝请回复 NO {c.Number}{OnThePage(c)}。{c.ValidMinutes} 分钟内有效。",
        ConfirmElsewhere c => $"OmniHub：向“{Payee(c.Payee)}”支付 {M(c.Amount)}。{(c.Open ? "请在收到请求的设备上确认。" : "此请求已结束，未扣款。")}",
        ConfirmByCode c => $"OmniHub：向“{Payee(c.Payee)}”支付 {M(c.Amount)}。验证码 {c.Code}，{c.ValidMinutes} 分钟内有效，请勿告诉他人。\n@{c.Host} #{c.Code}",
        VerifyAddress v => $"OmniHub：您的验证码是 {v.Code}，{v.ValidMinutes} 分钟内有效，请勿告诉他人。\n@{v.Host} #{v.Code}",
        AlreadyAnswered a => $"OmniHub：向“{Payee(a.Payee)}”支付 {M(a.Amount)} 的请求此前已被{Answer(a)}，无需再操作。",
        WrongNumber => "OmniHub：没有与此对应的待确认请求。请查看最新消息，并用其中的号码回复。",
        Rejected r => $"OmniHub：您已拒绝向“{Payee(r.Payee)}”支付 {M(r.Amount)}，未扣款。",
        Succeeded s => $"OmniHub：已向“{Payee(s.Payee)}”支付 {M(s.Amount)}。订单 {Reference(s.OrderReference)}。{(s.Clearing ? "银行尚未完成清算。" : "谢谢！")}",
        Returned r => $"OmniHub：您的银行已收回支付给“{Payee(r.Payee)}”的 {M(r.Amount)}。请用其他方式支付订单 {Reference(r.OrderReference)}。",
        Receipt { Details: var d } => $"OmniHub：“{Payee(d.Payee)}”收款 {M(d.Total)} 的收据。订单 {Reference(d.OrderReference)}。",
        Declined d => $"OmniHub：银行拒绝了向“{Payee(d.Payee)}”支付 {M(d.Amount)}。请在付款页面换一张卡。订单 {Reference(d.OrderReference)}。",
        Canceled c => $"OmniHub：向“{Payee(c.Payee)}”支付 {M(c.Amount)} 已取消，未扣款。订单 {Reference(c.OrderReference)}。",
        Expired e => $"OmniHub：向“{Payee(e.Payee)}”支付 {M(e.Amount)} 未在时限内确认，未扣款。订单 {Reference(e.OrderReference)}。",
        Refunded r => $"OmniHub：“{Payee(r.Payee)}”已退款 {M(r.Amount)}。订单 {Reference(r.OrderReference)}。",
        Shipped s => $"OmniHub：“{Payee(s.Payee)}”的订单 {Reference(s.OrderReference)} 已发货{Parcel(s)}。",
        Delivered d => $"OmniHub：“{Payee(d.Payee)}”的订单 {Reference(d.OrderReference)} 已送达。",
        StatusAnswer s => $"OmniHub：“{Payee(s.Payee)}”的订单 {Reference(s.OrderReference)}：{Of(s.Status)}。",
        StatusAnswers s => $"OmniHub：{Listed(s.Orders)}。",
        NoSuchOrder => "OmniHub：这里没有此编号的订单。请核对商店消息中的订单号。",
        WhichOrder => "OmniHub：有多人使用此号码。请在指令后加上订单号，例如：状态 1047。",
        PassedOn => "OmniHub：谢谢。稍后会有工作人员在此与您联系。",
        RefundNoted => "OmniHub：您的退款请求已转给商店，稍后会有工作人员在此与您联系。",
        ReceiptSent r => $"OmniHub：订单 {Reference(r.OrderReference)} 的收据已发往您的邮箱。",
        ReceiptNowhere => "OmniHub：没有可发送的收据，或没有已验证的邮箱。您可在订单页面查看收据。",
        WalletCode w => $"OmniHub：验证码 {w.Code} 用于设置您的钱包密码，{w.ValidMinutes} 分钟内有效。任何人都无权向您索要。\n@{w.Host} #{w.Code}",
        AddressRemoved a => $"OmniHub：尾号为 {Words.NarrowAsIs(a.Ending, 20)} 的联系方式已从您的账户移除。如非本人操作，请告知商店，{a.Days} 天内可恢复。",
        AddressAdded a => $"OmniHub：您的账户新增了尾号为 {Words.NarrowAsIs(a.Ending, 20)} 的联系方式，{a.Hours} 小时后可用于确认付款。如非本人操作，请回复 NOT ME。",
        AddressStopped => "OmniHub：谢谢。新的联系方式无法确认任何付款。如有他人使用您的账户，请告知商店。",
        Reply r => $"OmniHub：“{Payee(r.Payee)}”来信：{Words.Passage(r.Text)}",
        MessageContent.Digest d => $"OmniHub：您的订单有 {d.Items.Count} 条消息。请回复“状态”查看。",
        Help => "OmniHub：付款确认服务。请回复 PAY 或 NO，并附上消息中的号码。回复 STOP 可退订。",
        OptedOut => "OmniHub：此号码不会再向您发送消息。回复 START 可重新接收。",
        OptedIn => "OmniHub：您将重新收到付款消息。回复 STOP 可退订，回复 HELP 可获得帮助。",
        _ => throw NotInTheTable(content),
    };

    /// <inheritdoc/>
    public Letter Long(MessageContent content, TimeZoneInfo zone) => content switch
    {
        MessageContent.Digest d => Of($"您的摘要：{d.Items.Count} 条消息", "以下是自上次摘要以来的动态。") with { Sections = [.. d.Items.Select(item => Long(InBrief.Of(item), zone))] },
        ConfirmByAnswer c => Of(
            $"请确认向“{Name(c.Payee)}”支付 {M(c.Amount)}",
            $"“{Name(c.Payee)}”请求您支付 {M(c.Amount)}。同意请回复 PAY {c.Number}，拒绝请回复 NO {c.Number}。{c.ValidMinutes} 分钟内有效。"),
        ConfirmElsewhere c => Of(
            $"向“{Name(c.Payee)}”支付 {M(c.Amount)}",
            c.Open ? "请在收到请求的设备上确认。" : "此请求已结束，未扣款。"),
        ConfirmByCode c => Of(
            $"请确认向“{Name(c.Payee)}”支付 {M(c.Amount)}",
            $"“{Name(c.Payee)}”请求您支付 {M(c.Amount)}。如果同意，请在付款页面输入此验证码：",
            $"验证码 {c.ValidMinutes} 分钟内有效，且仅用于此笔付款。请勿告诉他人。",
            "如果您没有下单，请不要操作：没有验证码就不会扣款。") with
        { Code = c.Code },
        VerifyAddress v => Of(
            "您的验证码",
            "为证明此邮箱属于您，请在要求验证的页面输入此验证码：",
            $"验证码 {v.ValidMinutes} 分钟内有效。请勿告诉他人。") with
        { Code = v.Code },
        AlreadyAnswered a => Of(
            $"此前已被{Answer(a)}：向“{Name(a.Payee)}”支付 {M(a.Amount)}",
            $"向“{Name(a.Payee)}”支付 {M(a.Amount)} 的请求此前已通过其他方式被{Answer(a)}，无需再操作。"),
        WrongNumber => Of("没有待确认的请求", "没有与您的回复对应的待确认请求。请查看最新消息。"),
        Rejected r => Of(
            $"已拒绝：向“{Name(r.Payee)}”支付 {M(r.Amount)}",
            $"您已拒绝向“{Name(r.Payee)}”支付 {M(r.Amount)}，未扣款。"),
        Receipt { Details: var d } => ReceiptLetter(d, LocalTime.Of(d.PaidAt, zone)),
        _ => LongNotice(content),
    };

    private Letter LongNotice(MessageContent content) => content switch
    {
        Succeeded s => Of(
            $"已支付：向“{Name(s.Payee)}”支付 {M(s.Amount)}",
            [$"您已为订单 {Words.OneLine(s.OrderReference)} 向“{Name(s.Payee)}”支付 {M(s.Amount)}。谢谢！",
            .. Clearing(s.Clearing)]),
        Returned r => Of(
            $"银行已收回：向“{Name(r.Payee)}”支付的 {M(r.Amount)}",
            $"您的银行已收回为订单 {Words.OneLine(r.OrderReference)} 支付给“{Name(r.Payee)}”的 {M(r.Amount)}。订单重新变为待付款。",
            "您可以在商店页面用其他卡或账户付款。"),
        Declined d => Of(
            $"银行已拒绝：向“{Name(d.Payee)}”支付 {M(d.Amount)}",
            $"您的银行拒绝了为订单 {Words.OneLine(d.OrderReference)} 向“{Name(d.Payee)}”支付 {M(d.Amount)}，未扣款。",
            "您可以在付款页面换一张卡；订单仍然保留。"),
        Canceled c => Of(
            $"已取消：向“{Name(c.Payee)}”支付 {M(c.Amount)}",
            $"为订单 {Words.OneLine(c.OrderReference)} 向“{Name(c.Payee)}”支付 {M(c.Amount)} 已取消，未扣款。"),
        Expired e => Of(
            $"未在时限内确认：向“{Name(e.Payee)}”支付 {M(e.Amount)}",
            $"为订单 {Words.OneLine(e.OrderReference)} 向“{Name(e.Payee)}”支付 {M(e.Amount)} 未在时限内确认，未扣款。"),
        Refunded r => Of(
            $"已退款：“{Name(r.Payee)}”退回 {M(r.Amount)}",
            $"“{Name(r.Payee)}”已就订单 {Words.OneLine(r.OrderReference)} 退款 {M(r.Amount)}。银行通常需要几天才会显示。"),
        Shipped s => Of(
            $"已发货：订单 {Words.OneLine(s.OrderReference)}",
            $"“{Name(s.Payee)}”的订单 {Words.OneLine(s.OrderReference)} 已发货{Parcel(s)}。"),
        Delivered d => Of(
            $"已送达：订单 {Words.OneLine(d.OrderReference)}",
            $"“{Name(d.Payee)}”的订单 {Words.OneLine(d.OrderReference)} 已送达。"),
        StatusAnswer s => Of(
            $"订单 {Words.OneLine(s.OrderReference)}：{Of(s.Status)}",
            $"“{Name(s.Payee)}”的订单 {Words.OneLine(s.OrderReference)}：{Of(s.Status)}。"),
        StatusAnswers s => Of("您的订单", $"{Listed(s.Orders)}。"),
        NoSuchOrder => Of("没有此订单", "这里没有此编号的订单。请核对商店消息中的订单号。"),
        WhichOrder => Of("哪个订单？", "有多人使用此地址。请在指令后加上订单号，例如：状态 1047。"),
        PassedOn => Of("稍后会有人与您联系", "谢谢。稍后会有工作人员在此与您联系。"),
        RefundNoted => Of("您的退款请求", "您的退款请求已转给商店，稍后会有工作人员在此与您联系。"),
        ReceiptSent r => Of(
            $"订单 {Words.OneLine(r.OrderReference)} 的收据",
            $"订单 {Words.OneLine(r.OrderReference)} 的收据已发往您的邮箱。"),
        ReceiptNowhere => Of("没有收据", "没有可发送的收据，或没有已验证的邮箱。您可在订单页面查看收据。"),
        WalletCode w => Of(
            "您的钱包验证码",
            "有人要设置您的钱包密码。如果是您本人，请在要求验证的页面输入此验证码：",
            $"验证码 {w.ValidMinutes} 分钟内有效。商店、银行和 OmniHub 都无权向您索要。",
            "如非本人操作，请不要操作：没有验证码，您的钱包保持不变。") with
        { Code = w.Code },
        AddressRemoved a => Of(
            "您的账户移除了一个联系方式",
            $"尾号为 {Words.OneLine(a.Ending)} 的联系方式已从您的账户移除，不再接收消息，也无法确认付款。",
            $"如非本人操作，请立即告知商店：{a.Days} 天内可恢复。"),
        AddressAdded a => Of(
            "您的账户新增了联系方式",
            $"您的账户新增了尾号为 {Words.OneLine(a.Ending)} 的联系方式，{a.Hours} 小时后可用于确认付款。",
            "如非本人操作，请用 NOT ME 回复我们的短信，在设置中将其删除，或立即告知商店。"),
        AddressStopped => Of("新的联系方式已停用", "新的联系方式无法确认任何付款。如有他人使用您的账户，请告知商店。"),
        Reply r => Of($"“{Name(r.Payee)}”给您来信", [.. Words.Paragraphs(r.Text), "您可以直接回复此邮件，或在商店页面的聊天中留言。"]),
        Help => Of("关于这些消息", "OmniHub 为您下单的商店发送付款确认、收据和配送通知。"),
        OptedOut => Of("您已退订", "此地址不会再收到消息。"),
        OptedIn => Of("您已重新订阅", "此地址将重新收到付款消息。"),
        _ => throw NotInTheTable(content),
    };

    private Letter ReceiptLetter(ReceiptDetails receipt, LocalTime paidAt)
    {
        var greeting = receipt.CustomerName.Length > 0 ? $"{Words.OneLine(receipt.CustomerName)}，您好！感谢您" : "感谢您";
        var day = $"{paidAt.Clock.Year}年{paidAt.Clock.Month}月{paidAt.Clock.Day}日";
        return Of(
            $"“{Name(receipt.Payee)}”的收据：{M(receipt.Total)}",
            [$"{greeting}在“{Name(receipt.Payee)}”的订单 {Words.OneLine(receipt.OrderReference)}。",
            $"已于{day} {paidAt.Time}（{paidAt.Zone}）通过{Of(receipt.PaidWith)}付款。",
            $"付款编号 {Words.OneLine(receipt.PaymentId)}。",
            .. Clearing(receipt.Clearing)]) with
        { Table = LetterTable.Of(receipt, money, Titles) with { Colon = "：" } };
    }

    private static string Of(PaidWith with) => with.Type switch
    {
        InstrumentType.ECash => "电子现金",
        InstrumentType.BankAccount => $"网上银行（{with.BrandName}）",
        InstrumentType.ECheck => $"电子支票（账户尾号 {Words.OneLine(with.Last4)}）",
        _ => $" {(with.Brand == "unionpay" ? "银联" : with.BrandName)}（尾号 {Words.OneLine(with.Last4)}）",
    };

    private static string Of(Standing standing) => standing switch
    {
        Standing.Placed => "已下单",
        Standing.AwaitingPayment => "待付款",
        Standing.AwaitingConfirmation => "待确认",
        Standing.Processing => "处理中",
        Standing.InReview => "审核中",
        Standing.Paid => "已付款",
        Standing.Shipped => "已发货",
        Standing.Delivered => "已送达",
        Standing.Canceled => "已取消",
        Standing.Expired => "超时未付款",
        Standing.Returned => "需重新付款",
        _ => throw new InvalidOperationException($"{standing} has no Chinese words."),
    };

    private static string Answer(AlreadyAnswered answered) => answered.Approved ? "同意" : "拒绝";

    private static IReadOnlyList<string> Clearing(bool clearing) => clearing ? [NotCleared] : [];

    private static string OnThePage(ConfirmByAnswer confirm) => confirm.Code is { } code ? $"，或在页面输入 {code}" : "";

    private static string Parcel(Shipped shipped)
    {
        var carrier = Words.NarrowAsIs(shipped.Carrier, Words.PayeeWidth);
        var tracking = Reference(shipped.Tracking);
        return (carrier.Length, tracking.Length) switch
        {
            (0, 0) => "",
            (0, _) => $"，运单号 {tracking}",
            (_, 0) => $"，承运人：{carrier}",
            _ => $"，承运人：{carrier}，运单号 {tracking}",
        };
    }

    private static string Payee(string name) => Words.NarrowAsIs(Name(name), Words.PayeeWidth);

    // A name that brings quotation marks along must not look as if it ended at them.
    private static string Name(string name) => Words.OneLine(name).Replace('“', '"').Replace('”', '"');

    private static string Reference(string reference) => Words.NarrowAsIs(reference, Words.ReferenceWidth);

    private static string Listed(IEnumerable<OrderStanding> orders) =>
        string.Join("，", orders.Select(o => $"{Words.NarrowAsIs(o.Reference, Words.ListedWidth)} {Of(o.Status)}"));

    private string M(Amount amount) => money.Of(amount);

    private static Letter Of(string subject, params IReadOnlyList<string> paragraphs) => new(subject, paragraphs) { Footer = Footer };

    private static InvalidOperationException NotInTheTable(MessageContent content) => new($"{content.GetType().Name} has no Chinese words.");
}
