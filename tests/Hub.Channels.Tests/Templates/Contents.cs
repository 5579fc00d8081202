using Hub.Channels.Templates;
using Hub.Domain.Money;
using Hub.Domain.Payments;

namespace Hub.Channels.Tests.Templates;

/// <summary>One of every message there is, for tests that hold for all of them.</summary>
internal static class Contents
{
    internal const string Order = "ORDER-2026-000000000001-ABCDEF";
    internal const string Host = "pay.a-rather-long-name.omnihub.example";
    internal const string Number = "4839";
    internal const string Code = "483920";
    internal const string Customer = "Ada Lovelace";
    internal const string Carrier = "A Carrier With A Long Name";
    internal const string Tracking = "00340434161094042557 0001";

    internal static IEnumerable<MessageContent> Every(Amount amount, string payee) =>
    [
        new MessageContent.ConfirmByAnswer(amount, payee, Number, 10, Code),
        new MessageContent.ConfirmByAnswer(amount, payee, Number, 10),
        new MessageContent.ConfirmByCode(amount, payee, Code, 10, Host),
        new MessageContent.VerifyAddress(Code, 10, Host),
        new MessageContent.AlreadyAnswered(amount, payee, Approved: true),
        new MessageContent.AlreadyAnswered(amount, payee, Approved: false),
        new MessageContent.WrongNumber(),
        new MessageContent.Rejected(amount, payee),
        new MessageContent.Succeeded(amount, payee, Order),
        new MessageContent.Succeeded(amount, payee, Order, Clearing: true),
        new MessageContent.Returned(amount, payee, Order),
        new MessageContent.Receipt(Receipt(payee, Order, amount)),
        new MessageContent.Receipt(Receipt(payee, Order, amount) with { Clearing = true, CustomerName = "" }),
        new MessageContent.Declined(amount, payee, Order),
        new MessageContent.Canceled(amount, payee, Order),
        new MessageContent.Expired(amount, payee, Order),
        new MessageContent.Refunded(amount, payee, Order),
        new MessageContent.Shipped(payee, Order, Carrier, Tracking),
        new MessageContent.Shipped(payee, Order, Carrier, ""),
        new MessageContent.Shipped(payee, Order, "", Tracking),
        new MessageContent.Shipped(payee, Order, "", ""),
        new MessageContent.Delivered(payee, Order),
        .. Enum.GetValues<Standing>().Select(standing => new MessageContent.StatusAnswer(payee, Order, standing)),
        .. Enum.GetValues<Standing>().Select(standing => new MessageContent.StatusAnswers([new(Order, standing), new(Order, standing), new(Order, standing)])),
        new MessageContent.NoSuchOrder(),
        new MessageContent.WhichOrder(),
        new MessageContent.PassedOn(),
        new MessageContent.RefundNoted(),
        new MessageContent.ReceiptSent(Order),
        new MessageContent.ReceiptNowhere(),
        new MessageContent.WalletCode(Code, 10, Host),
        new MessageContent.AddressAdded("67", 168),
        new MessageContent.AddressAdded("mail.a-long-name.example", 168),
        new MessageContent.AddressRemoved("67", 30),
        new MessageContent.AddressRemoved("mail.a-long-name.example", 30),
        new MessageContent.AddressStopped(),
        new MessageContent.ConfirmElsewhere(amount, payee, Open: true),
        new MessageContent.ConfirmElsewhere(amount, payee, Open: false),
        new MessageContent.Reply(payee, Order),
        new MessageContent.Digest([new MessageContent.Receipt(Receipt(payee, Order, amount)), new MessageContent.Shipped(payee, Order, Carrier, Tracking)]),
        new MessageContent.Help(),
        new MessageContent.OptedOut(),
        new MessageContent.OptedIn(),
    ];

    internal static ReceiptDetails Receipt(string payee, string order, Amount total) => new(
        payee,
        Customer,
        order,
        "pay_01",
        new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero),
        new PaidWith(InstrumentType.Card, "visa", "4242"),
        [new ReceiptLine("The Analytical Engine", 2, new Amount(20_00, total.Currency), new Amount(40_00, total.Currency))],
        Tax: new Amount(7_97, total.Currency),
        Shipping: new Amount(9_90, total.Currency),
        total);
}
