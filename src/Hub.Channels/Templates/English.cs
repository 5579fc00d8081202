using System.Globalization;
using Hub.Domain.Money;
using static Hub.Channels.Templates.MessageContent;

namespace Hub.Channels.Templates;

/// <summary>English. Texts avoid the carriers' opt-in and opt-out words as answers, and carry no links.</summary>
internal sealed class English : ILanguage
{
    private const string NotCleared = "Your bank has yet to clear this payment. If it does not, we tell you, and the order is open again.";
    private const string Footer = "OmniHub never asks for your card number or password by message.";

    /// <inheritdoc/>
    public string Short(MessageContent content) => content switch
    {
        ConfirmByAnswer c => $"OmniHub: pay {c.Amount} to {Words.Payee(c.Payee)}? Reply PAY {c.Number} or NO {c.Number}{OnThePage(c)}. Valid {c.ValidMinutes} min.",
        ConfirmByCode c => $"OmniHub: {c.Amount} to {Words.Payee(c.Payee)}. Code {c.Code}, valid {c.ValidMinutes} min. Never share it.\n@{c.Host} #{c.Code}",
        VerifyAddress v => $"OmniHub: your code is {v.Code}, valid {v.ValidMinutes} min. Never share it.\n@{v.Host} #{v.Code}",
        AlreadyAnswered a => $"OmniHub: {a.Amount} to {Words.Payee(a.Payee)} was already {(a.Approved ? "approved" : "rejected")}. Nothing more to do.",
        WrongNumber => "OmniHub: that matches no open request. Check the latest message and answer with its number.",
        Rejected r => $"OmniHub: you rejected {r.Amount} to {Words.Payee(r.Payee)}. Nothing was charged.",
        Succeeded s => $"OmniHub: paid {s.Amount} to {Words.Payee(s.Payee)}. Order {Words.Reference(s.OrderReference)}. {(s.Clearing ? "Your bank has yet to clear it." : "Thank you.")}",
        Returned r => $"OmniHub: your bank took back {r.Amount} to {Words.Payee(r.Payee)}. Please pay order {Words.Reference(r.OrderReference)} another way.",
        Receipt { Details: var d } => $"OmniHub: receipt for {d.Total} to {Words.Payee(d.Payee)}. Order {Words.Reference(d.OrderReference)}.",
        Declined d => $"OmniHub: {d.Amount} to {Words.Payee(d.Payee)} was declined. Pick another card on the checkout page. Order {Words.Reference(d.OrderReference)}.",
        Canceled c => $"OmniHub: {c.Amount} to {Words.Payee(c.Payee)} was canceled. Nothing was charged. Order {Words.Reference(c.OrderReference)}.",
        Expired e => $"OmniHub: {e.Amount} to {Words.Payee(e.Payee)} was not confirmed in time. Nothing was charged. Order {Words.Reference(e.OrderReference)}.",
        Refunded r => $"OmniHub: {Words.Payee(r.Payee)} refunded {r.Amount}. Order {Words.Reference(r.OrderReference)}.",
        Shipped s => $"OmniHub: {Words.Payee(s.Payee)} shipped order {Words.Reference(s.OrderReference)}{Parcel(s)}.",
        Delivered d => $"OmniHub: order {Words.Reference(d.OrderReference)} from {Words.Payee(d.Payee)} was delivered.",
        StatusAnswer s => $"OmniHub: order {Words.Reference(s.OrderReference)} from {Words.Payee(s.Payee)}: {Words.Narrow(s.Status, Words.ReferenceWidth)}.",
        Help => "OmniHub: payment confirmations. Answer PAY or NO with the number in the message. Reply STOP to opt out.",
        OptedOut => "OmniHub: you will get no more messages from this number. Reply START to get them again.",
        OptedIn => "OmniHub: you will get payment messages again. Reply STOP to opt out, HELP for help.",
        _ => throw NotInTheTable(content),
    };

    /// <inheritdoc/>
    public Letter Long(MessageContent content) => content switch
    {
        ConfirmByAnswer c => Of(
            $"Please confirm {c.Amount} to {Words.OneLine(c.Payee)}",
            $"{Words.OneLine(c.Payee)} asks for {c.Amount}. Answer PAY {c.Number} to approve or NO {c.Number} to reject. This is valid for {c.ValidMinutes} minutes."),
        ConfirmByCode c => Of(
            $"Please confirm {c.Amount} to {Words.OneLine(c.Payee)}",
            $"{Words.OneLine(c.Payee)} asks for {c.Amount}. To approve it, type this code on the checkout page:",
            $"The code is valid for {c.ValidMinutes} minutes and for this payment only. Never share it.",
            "If you did not order anything, do nothing: without the code nothing is charged.") with
        { Code = c.Code },
        VerifyAddress v => Of(
            "Your verification code",
            "To show that this mailbox is yours, type this code on the page that asked for it:",
            $"The code is valid for {v.ValidMinutes} minutes. Never share it.") with
        { Code = v.Code },
        AlreadyAnswered a => Of(
            $"Already {(a.Approved ? "approved" : "rejected")}: {a.Amount} to {Words.OneLine(a.Payee)}",
            $"The payment of {a.Amount} to {Words.OneLine(a.Payee)} was already {(a.Approved ? "approved" : "rejected")} elsewhere. There is nothing more to do."),
        WrongNumber => Of("No open request", "Your answer matches no open request. Please check the latest message."),
        Rejected r => Of(
            $"Rejected: {r.Amount} to {Words.OneLine(r.Payee)}",
            $"You rejected the payment of {r.Amount} to {Words.OneLine(r.Payee)}. Nothing was charged."),
        Receipt { Details: var d } => ReceiptLetter(d),
        _ => LongNotice(content),
    };

    private static Letter LongNotice(MessageContent content) => content switch
    {
        Succeeded s => Of(
            $"Paid: {s.Amount} to {Words.OneLine(s.Payee)}",
            [$"Your payment of {s.Amount} to {Words.OneLine(s.Payee)} for order {Words.OneLine(s.OrderReference)} went through. Thank you.",
            .. Clearing(s.Clearing)]),
        Returned r => Of(
            $"Taken back by your bank: {r.Amount} to {Words.OneLine(r.Payee)}",
            $"Your bank took back {r.Amount} that had been paid to {Words.OneLine(r.Payee)} for order {Words.OneLine(r.OrderReference)}. The order is open again.",
            "You can pay it with another card or account on the shop's page."),
        Declined d => Of(
            $"Declined: {d.Amount} to {Words.OneLine(d.Payee)}",
            $"Your bank declined {d.Amount} to {Words.OneLine(d.Payee)} for order {Words.OneLine(d.OrderReference)}. Nothing was charged.",
            "You can pick another card on the checkout page; the order is kept."),
        Canceled c => Of(
            $"Canceled: {c.Amount} to {Words.OneLine(c.Payee)}",
            $"The payment of {c.Amount} to {Words.OneLine(c.Payee)} for order {Words.OneLine(c.OrderReference)} was canceled. Nothing was charged."),
        Expired e => Of(
            $"Not confirmed in time: {e.Amount} to {Words.OneLine(e.Payee)}",
            $"The payment of {e.Amount} to {Words.OneLine(e.Payee)} for order {Words.OneLine(e.OrderReference)} was not confirmed in time. Nothing was charged."),
        Refunded r => Of(
            $"Refunded: {r.Amount} from {Words.OneLine(r.Payee)}",
            $"{Words.OneLine(r.Payee)} refunded {r.Amount} for order {Words.OneLine(r.OrderReference)}. Banks take a few days to show it."),
        Shipped s => Of(
            $"Shipped: order {Words.OneLine(s.OrderReference)}",
            $"{Words.OneLine(s.Payee)} shipped order {Words.OneLine(s.OrderReference)}{Parcel(s)}."),
        Delivered d => Of(
            $"Delivered: order {Words.OneLine(d.OrderReference)}",
            $"Order {Words.OneLine(d.OrderReference)} from {Words.OneLine(d.Payee)} was delivered."),
        StatusAnswer s => Of(
            $"Order {Words.OneLine(s.OrderReference)}: {Words.OneLine(s.Status)}",
            $"Order {Words.OneLine(s.OrderReference)} from {Words.OneLine(s.Payee)}: {Words.OneLine(s.Status)}."),
        Help => Of("About these messages", "OmniHub sends payment confirmations, receipts and delivery notices for the shops you order from."),
        OptedOut => Of("You opted out", "You will get no more messages at this address."),
        OptedIn => Of("You opted in again", "You will get payment messages at this address again."),
        _ => throw NotInTheTable(content),
    };

    private static Letter ReceiptLetter(ReceiptDetails receipt)
    {
        var rows = receipt.Lines.Select(IReadOnlyList<string> (line) =>
            [Words.OneLine(line.Name), line.Quantity.ToString(CultureInfo.InvariantCulture), line.UnitPrice.ToString(), line.LineTotal.ToString()]);
        var day = receipt.PaidAt.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        var greeting = receipt.CustomerName.Length > 0 ? $"Dear {Words.OneLine(receipt.CustomerName)}, thank you" : "Thank you";
        return Of(
            $"Receipt from {Words.OneLine(receipt.Payee)}: {receipt.Total}",
            [$"{greeting} for your order {Words.OneLine(receipt.OrderReference)} at {Words.OneLine(receipt.Payee)}.",
            $"Paid with {Words.OneLine(receipt.PaidWith)} on {day} UTC.",
            $"Payment {Words.OneLine(receipt.PaymentId)}.",
            .. Clearing(receipt.Clearing)]) with
        {
            Table = new LetterTable(
                ["Item", "Quantity", "Price", "Total"],
                [.. rows],
                [.. TotalsOf(receipt)]),
        };
    }

    private static IEnumerable<(string Name, string Amount)> TotalsOf(ReceiptDetails receipt)
    {
        if (receipt.Shipping > Amount.Zero(receipt.Shipping.Currency)) yield return ("Shipping", receipt.Shipping.ToString());
        yield return ("Total paid", receipt.Total.ToString());
        if (receipt.Tax > Amount.Zero(receipt.Tax.Currency)) yield return ("Tax in the total", receipt.Tax.ToString());
    }

    private static IReadOnlyList<string> Clearing(bool clearing) => clearing ? [NotCleared] : [];

    private static string OnThePage(ConfirmByAnswer confirm) => confirm.Code is { } code ? $", or type {code} on the page" : "";

    private static string Parcel(Shipped shipped)
    {
        var carrier = Words.Narrow(shipped.Carrier, Words.PayeeWidth);
        var tracking = Words.Reference(shipped.Tracking);
        return (carrier.Length, tracking.Length) switch
        {
            (0, 0) => "",
            (0, _) => $", tracking {tracking}",
            (_, 0) => $" with {carrier}",
            _ => $" with {carrier}, tracking {tracking}",
        };
    }

    private static Letter Of(string subject, params IReadOnlyList<string> paragraphs) => new(subject, paragraphs) { Footer = Footer };

    private static InvalidOperationException NotInTheTable(MessageContent content) => new($"{content.GetType().Name} has no English words.");
}
