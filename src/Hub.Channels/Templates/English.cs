using System.Globalization;
using Hub.Domain.Money;
using Hub.Domain.Payments;
using static Hub.Channels.Templates.MessageContent;

namespace Hub.Channels.Templates;

/// <summary>English.</summary>
/// <param name="money">How amounts are written.</param>
internal sealed class English(AmountStyle money) : ILanguage
{
    private const string NotCleared = "Your bank has yet to clear this payment. If it does not, we tell you, and the order is open again.";
    private const string Footer = "OmniHub never asks for your card number or password by message.";

    private static readonly ReceiptWords Titles = new("Item", "Quantity", "Price", "Total", "Shipping", "Total paid", "Tax in the total");

    /// <inheritdoc/>
    public string Tag => "en";

    /// <inheritdoc/>
    public string Write(Amount amount) => money.Of(amount);

    /// <inheritdoc/>
    public string OpenPayment => "Open it in my payments";

    /// <inheritdoc/>
    public (string Pay, string No) Answers => ("Pay", "Reject");

    /// <inheritdoc/>
    public string Short(MessageContent content) => content switch
    {
        ConfirmByAnswer c => $"OmniHub: pay {M(c.Amount)} to {Words.Payee(c.Payee)}? Reply PAY {c.Number} or NO {c.Number}{OnThePage(c)}. Valid {c.ValidMinutes} min.",
        ConfirmElsewhere c => $"OmniHub: {M(c.Amount)} to {Words.Payee(c.Payee)}. {(c.Open ? "Please confirm on the device that was asked." : "This request has ended; nothing was charged.")}",
        ConfirmByCode c => $"OmniHub: {M(c.Amount)} to {Words.Payee(c.Payee)}. Code {c.Code}, valid {c.ValidMinutes} min. Never share it.\n@{c.Host} #{c.Code}",
        VerifyAddress v => $"OmniHub: your code is {v.Code}, valid {v.ValidMinutes} min. Never share it.\n@{v.Host} #{v.Code}",
        AlreadyAnswered a => $"OmniHub: {M(a.Amount)} to {Words.Payee(a.Payee)} was already {(a.Approved ? "approved" : "rejected")}. Nothing more to do.",
        WrongNumber => "OmniHub: that matches no open request. Check the latest message and answer with its number.",
        Rejected r => $"OmniHub: you rejected {M(r.Amount)} to {Words.Payee(r.Payee)}. Nothing was charged.",
        Succeeded s => $"OmniHub: paid {M(s.Amount)} to {Words.Payee(s.Payee)}. Order {Words.Reference(s.OrderReference)}. {(s.Clearing ? "Your bank has yet to clear it." : "Thank you.")}",
        Returned r => $"OmniHub: your bank took back {M(r.Amount)} to {Words.Payee(r.Payee)}. Please pay order {Words.Reference(r.OrderReference)} another way.",
        Receipt { Details: var d } => $"OmniHub: receipt for {M(d.Total)} to {Words.Payee(d.Payee)}. Order {Words.Reference(d.OrderReference)}.",
        Declined d => $"OmniHub: {M(d.Amount)} to {Words.Payee(d.Payee)} was declined. Pick another card on the checkout page. Order {Words.Reference(d.OrderReference)}.",
        Canceled c => $"OmniHub: {M(c.Amount)} to {Words.Payee(c.Payee)} was canceled. Nothing was charged. Order {Words.Reference(c.OrderReference)}.",
        Expired e => $"OmniHub: {M(e.Amount)} to {Words.Payee(e.Payee)} was not confirmed in time. Nothing was charged. Order {Words.Reference(e.OrderReference)}.",
        Refunded r => $"OmniHub: {Words.Payee(r.Payee)} refunded {M(r.Amount)}. Order {Words.Reference(r.OrderReference)}.",
        Shipped s => $"OmniHub: {Words.Payee(s.Payee)} shipped order {Words.Reference(s.OrderReference)}{Parcel(s)}.",
        Delivered d => $"OmniHub: order {Words.Reference(d.OrderReference)} from {Words.Payee(d.Payee)} was delivered.",
        StatusAnswer s => $"OmniHub: order {Words.Reference(s.OrderReference)} from {Words.Payee(s.Payee)}: {Of(s.Status)}.",
        StatusAnswers s => $"OmniHub: {Listed(s.Orders)}.",
        NoSuchOrder => "OmniHub: no order of that number is known here. Check the number in the shop's message.",
        WhichOrder => "OmniHub: several people use this number. Add the number of the order to your word, such as STATUS 1047.",
        PassedOn => "OmniHub: thank you. Somebody will write to you here.",
        RefundNoted => "OmniHub: your wish for a refund is with the shop. Somebody will write to you here.",
        ReceiptSent r => $"OmniHub: the receipt for order {Words.Reference(r.OrderReference)} is on its way to your mailbox.",
        ReceiptNowhere => "OmniHub: there is no receipt to send, or no mailbox that you confirmed. Your order page has your receipts.",
        WalletCode w => $"OmniHub: code {w.Code} sets the password of your wallet, valid {w.ValidMinutes} min. Nobody may ask you for it.\n@{w.Host} #{w.Code}",
        AddressRemoved a => $"OmniHub: the address ending in {Words.Narrow(a.Ending, 20)} was removed from your account. Not you? Tell the shop: for {a.Days} days it can be given back.",
        AddressAdded a => $"OmniHub: an address ending in {Words.Narrow(a.Ending, 20)} was added to your account. It may confirm payments in {a.Hours} hours. Not you? Reply NOT ME.",
        AddressStopped => "OmniHub: thank you. The new address confirms nothing. If somebody else uses your account, tell the shop.",
        Reply r => $"OmniHub: {Words.Payee(r.Payee)} writes: {Words.Passage(r.Text)}",
        MessageContent.Digest d => $"OmniHub: {d.Items.Count} messages about your orders. Reply STATUS to see how they stand.",
        Help => "OmniHub: payment confirmations. Answer PAY or NO with the number in the message. Reply STOP to opt out.",
        OptedOut => "OmniHub: you will get no more messages from this number. Reply START to get them again.",
        OptedIn => "OmniHub: you will get payment messages again. Reply STOP to opt out, HELP for help.",
        _ => throw NotInTheTable(content),
    };

    /// <inheritdoc/>
    public Letter Long(MessageContent content, TimeZoneInfo zone) => content switch
    {
        MessageContent.Digest d => Of($"Your summary: {d.Items.Count} messages", "This is what happened since the last summary.") with { Sections = [.. d.Items.Select(item => Long(InBrief.Of(item), zone))] },
        ConfirmByAnswer c => Of(
            $"Please confirm {M(c.Amount)} to {Words.OneLine(c.Payee)}",
            $"{Words.OneLine(c.Payee)} asks for {M(c.Amount)}. Answer PAY {c.Number} to approve or NO {c.Number} to reject. This is valid for {c.ValidMinutes} minutes."),
        ConfirmElsewhere c => Of(
            $"{M(c.Amount)} to {Words.OneLine(c.Payee)}",
            c.Open ? "Please confirm it on the device that was asked." : "This request has ended; nothing was charged."),
        ConfirmByCode c => Of(
            $"Please confirm {M(c.Amount)} to {Words.OneLine(c.Payee)}",
            $"{Words.OneLine(c.Payee)} asks for {M(c.Amount)}. To approve it, type this code on the checkout page:",
            $"The code is valid for {c.ValidMinutes} minutes and for this payment only. Never share it.",
            "If you did not order anything, do nothing: without the code nothing is charged.") with
        { Code = c.Code },
        VerifyAddress v => Of(
            "Your verification code",
            "To show that this mailbox is yours, type this code on the page that asked for it:",
            $"The code is valid for {v.ValidMinutes} minutes. Never share it.") with
        { Code = v.Code },
        AlreadyAnswered a => Of(
            $"Already {(a.Approved ? "approved" : "rejected")}: {M(a.Amount)} to {Words.OneLine(a.Payee)}",
            $"The payment of {M(a.Amount)} to {Words.OneLine(a.Payee)} was already {(a.Approved ? "approved" : "rejected")} elsewhere. There is nothing more to do."),
        WrongNumber => Of("No open request", "Your answer matches no open request. Please check the latest message."),
        Rejected r => Of(
            $"Rejected: {M(r.Amount)} to {Words.OneLine(r.Payee)}",
            $"You rejected the payment of {M(r.Amount)} to {Words.OneLine(r.Payee)}. Nothing was charged."),
        Receipt { Details: var d } => ReceiptLetter(d, LocalTime.Of(d.PaidAt, zone)),
        _ => LongNotice(content),
    };

    private Letter LongNotice(MessageContent content) => content switch
    {
        Succeeded s => Of(
            $"Paid: {M(s.Amount)} to {Words.OneLine(s.Payee)}",
            [$"Your payment of {M(s.Amount)} to {Words.OneLine(s.Payee)} for order {Words.OneLine(s.OrderReference)} went through. Thank you.",
            .. Clearing(s.Clearing)]),
        Returned r => Of(
            $"Taken back by your bank: {M(r.Amount)} to {Words.OneLine(r.Payee)}",
            $"Your bank took back {M(r.Amount)} that had been paid to {Words.OneLine(r.Payee)} for order {Words.OneLine(r.OrderReference)}. The order is open again.",
            "You can pay it with another card or account on the shop's page."),
        Declined d => Of(
            $"Declined: {M(d.Amount)} to {Words.OneLine(d.Payee)}",
            $"Your bank declined {M(d.Amount)} to {Words.OneLine(d.Payee)} for order {Words.OneLine(d.OrderReference)}. Nothing was charged.",
            "You can pick another card on the checkout page; the order is kept."),
        Canceled c => Of(
            $"Canceled: {M(c.Amount)} to {Words.OneLine(c.Payee)}",
            $"The payment of {M(c.Amount)} to {Words.OneLine(c.Payee)} for order {Words.OneLine(c.OrderReference)} was canceled. Nothing was charged."),
        Expired e => Of(
            $"Not confirmed in time: {M(e.Amount)} to {Words.OneLine(e.Payee)}",
            $"The payment of {M(e.Amount)} to {Words.OneLine(e.Payee)} for order {Words.OneLine(e.OrderReference)} was not confirmed in time. Nothing was charged."),
        Refunded r => Of(
            $"Refunded: {M(r.Amount)} from {Words.OneLine(r.Payee)}",
            $"{Words.OneLine(r.Payee)} refunded {M(r.Amount)} for order {Words.OneLine(r.OrderReference)}. Banks take a few days to show it."),
        Shipped s => Of(
            $"Shipped: order {Words.OneLine(s.OrderReference)}",
            $"{Words.OneLine(s.Payee)} shipped order {Words.OneLine(s.OrderReference)}{Parcel(s)}."),
        Delivered d => Of(
            $"Delivered: order {Words.OneLine(d.OrderReference)}",
            $"Order {Words.OneLine(d.OrderReference)} from {Words.OneLine(d.Payee)} was delivered."),
        StatusAnswer s => Of(
            $"Order {Words.OneLine(s.OrderReference)}: {Of(s.Status)}",
            $"Order {Words.OneLine(s.OrderReference)} from {Words.OneLine(s.Payee)}: {Of(s.Status)}."),
        StatusAnswers s => Of("Your orders", $"{Listed(s.Orders)}."),
        NoSuchOrder => Of("No such order", "No order of that number is known here. Please check the number in the shop's message."),
        WhichOrder => Of("Which order?", "Several people use this address. Please add the number of the order to your word, such as STATUS 1047."),
        PassedOn => Of("Somebody will write to you", "Thank you. Somebody will write to you here."),
        RefundNoted => Of("Your wish for a refund", "Your wish for a refund is with the shop. Somebody will write to you here."),
        ReceiptSent r => Of(
            $"Receipt for order {Words.OneLine(r.OrderReference)}",
            $"The receipt for order {Words.OneLine(r.OrderReference)} is on its way to your mailbox."),
        ReceiptNowhere => Of("No receipt", "There is no receipt to send, or no mailbox that you confirmed. Your order page has your receipts."),
        WalletCode w => Of(
            "A code for your wallet",
            "Somebody wants to set the password of your wallet. If that is you, type this code on the page that asked for it:",
            $"The code is valid for {w.ValidMinutes} minutes. Nobody may ask you for it: not the shop, not your bank, not OmniHub.",
            "If it was not you, do nothing: without the code your wallet stays as it is.") with
        { Code = w.Code },
        AddressRemoved a => Of(
            "An address was removed from your account",
            $"The address ending in {Words.OneLine(a.Ending)} was removed from your account. It gets no more messages, and confirms nothing.",
            $"If that was not you, tell the shop at once: for {a.Days} days it can be given back."),
        AddressAdded a => Of(
            "A new address was added to your account",
            $"An address ending in {Words.OneLine(a.Ending)} was added to your account. It may confirm payments in {a.Hours} hours.",
            "If that was not you, answer NOT ME to our text message, remove it in your settings, or tell the shop at once."),
        AddressStopped => Of("The new address was stopped", "The new address confirms nothing. If somebody else uses your account, please tell the shop."),
        Reply r => Of($"{Words.OneLine(r.Payee)} wrote to you", [.. Words.Paragraphs(r.Text), "You can answer this message, or write in the chat on the page of the shop."]),
        Help => Of("About these messages", "OmniHub sends payment confirmations, receipts and delivery notices for the shops you order from."),
        OptedOut => Of("You opted out", "You will get no more messages at this address."),
        OptedIn => Of("You opted in again", "You will get payment messages at this address again."),
        _ => throw NotInTheTable(content),
    };

    private Letter ReceiptLetter(ReceiptDetails receipt, LocalTime paidAt)
    {
        var greeting = receipt.CustomerName.Length > 0 ? $"Dear {Words.OneLine(receipt.CustomerName)}, thank you" : "Thank you";
        return Of(
            $"Receipt from {Words.OneLine(receipt.Payee)}: {M(receipt.Total)}",
            [$"{greeting} for your order {Words.OneLine(receipt.OrderReference)} at {Words.OneLine(receipt.Payee)}.",
            $"Paid with {Of(receipt.PaidWith)} on {paidAt.Clock.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}, {paidAt.Time} {paidAt.Zone}.",
            $"Payment {Words.OneLine(receipt.PaymentId)}.",
            .. Clearing(receipt.Clearing)]) with
        { Table = LetterTable.Of(receipt, money, Titles) };
    }

    private static string Of(PaidWith with) => with.Type switch
    {
        InstrumentType.ECash => "e-cash",
        InstrumentType.BankAccount => $"net banking at {with.BrandName}",
        InstrumentType.ECheck => $"an e-check on the account ending in {Words.OneLine(with.Last4)}",
        _ => $"{with.BrandName} ending in {Words.OneLine(with.Last4)}",
    };

    private static string Of(Standing standing) => standing switch
    {
        Standing.Placed => "placed",
        Standing.AwaitingPayment => "awaiting payment",
        Standing.AwaitingConfirmation => "awaiting confirmation",
        Standing.Processing => "in progress",
        Standing.InReview => "being reviewed",
        Standing.Paid => "paid",
        Standing.Shipped => "shipped",
        Standing.Delivered => "delivered",
        Standing.Canceled => "canceled",
        Standing.Expired => "not paid in time",
        Standing.Returned => "to be paid again",
        _ => throw new InvalidOperationException($"{standing} has no English words."),
    };

    private static string Listed(IEnumerable<OrderStanding> orders) =>
        string.Join(", ", orders.Select(o => $"{Words.Narrow(o.Reference, Words.ListedWidth)} {Of(o.Status)}"));

    private string M(Amount amount) => money.Of(amount);

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
