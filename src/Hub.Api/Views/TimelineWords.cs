using System.Globalization;
using Hub.Api.Edge.Json;
using Hub.Domain.Addresses;
using Hub.Domain.Cases;
using Hub.Domain.Confirmations;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Merchants;
using Hub.Domain.Notifications;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Webhooks;

namespace Hub.Api.Views;

/// <summary>What a timeline says of an event.</summary>
/// <param name="Type">Its public name.</param>
/// <param name="Channel">The channel it came or went by.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="StaffOnly">Whether it means nothing to a customer.</param>
internal sealed record EventWords(string Type, string? Channel, string Summary, bool StaffOnly = false)
{
    /// <summary>One more sentence that means nothing to a customer.</summary>
    internal string? StaffNote { get; init; }
}

/// <summary>Puts events into sentences, none of which holds anything personal or secret.</summary>
internal static class TimelineWords
{
    internal static EventWords? Of(Event happened) => happened switch
    {
        OrderEvent e => OfOrder(e),
        PaymentEvent e => OfConfirmation(e) ?? OfBank(e) ?? OfPayment(e),
        NotificationEvent e => OfNotification(e),
        CustomerEvent e => OfCustomer(e),
        WebhookEvent e => OfWebhook(e),
        ConversationEvent e => ConversationTold.Of(e),
        DigestEvent.Collected e => new("digest.collected", null, $"Kept for the next digest: {Words(WireJson.Snake(e.Item.Kind.ToString()))}."),
        DigestEvent.FellDue e => new("digest.fell_due", null, $"The digest leaves, with {e.Batch.Items.Count} notices.", StaffOnly: true),
        CaseEvent.Opened e => new("case.opened", null, $"A person has to look at this: {Words(e.Matter.Reason)}.", StaffOnly: true),
        CaseEvent.Settled e => new("case.settled", null, $"{(e.By == "hub" ? "The hub" : "Somebody")} settled the case.", StaffOnly: true),
        MerchantEvent => null,
        _ => null,
    };

    private static EventWords? OfOrder(OrderEvent happened) => happened switch
    {
        OrderEvent.Placed e => new("order.placed", "api", $"{e.Payee} placed order {e.Reference} over {e.Invoice.Total}, signed."),
        OrderEvent.Accepted e => new("order.accepted", Name(e.By), "The customer accepted the invoice."),
        OrderEvent.Paid => new("order.paid", null, "The order is paid."),
        OrderEvent.PaymentReturned => new("order.payment_returned", null, "The order has to be paid anew."),
        OrderEvent.Shipped e => new("order.shipped", "api", $"Handed to {e.Carrier}."),
        OrderEvent.Delivered => new("order.delivered", "api", "Delivered."),
        OrderEvent.Canceled => new("order.canceled", "api", "The order was canceled."),
        _ => null,
    };

    private static EventWords? OfConfirmation(PaymentEvent happened) => happened switch
    {
        PaymentEvent.ConfirmationRequested => new("payment.confirmation_requested", null, "The customer is asked to confirm."),
        PaymentEvent.ConfirmationSent e => new("payment.confirmation_sent", Name(e.Channel), $"The request went out by {Said(e.Channel)}."),
        PaymentEvent.ConfirmationResent => new("payment.confirmation_resent", null, "The request is sent once more."),
        PaymentEvent.WrongAnswer e => new("payment.wrong_answer", Name(e.Channel), $"A wrong answer by {Said(e.Channel)}, {e.Count} of {PaymentLimits.WrongAnswers}."),
        PaymentEvent.AnswerIgnored e => new("payment.answer_ignored", Name(e.Channel), $"An answer by {Said(e.Channel)} that no longer counts ({Words(WireJson.Snake(e.Reason.ToString()))})."),
        PaymentEvent.ConfirmationEnded e => new("payment.confirmation_" + WireJson.Snake(e.Status.ToString()), e.Channel is { } c ? Name(c) : null, Ended(e)),
        _ => null,
    };

    private static EventWords? OfBank(PaymentEvent happened) => happened switch
    {
        PaymentEvent.BankCallPostponed => new("payment.bank_call_postponed", "bank", "The bank could not be reached; trying again shortly.", StaffOnly: true),
        PaymentEvent.OutcomeUnknown e => new("payment.outcome_unknown", "bank", $"The bank's answer is not known yet ({Words(e.Reason)}).", StaffOnly: true),
        PaymentEvent.QueryDue e => new("payment.query_due", "bank", $"Asking the bank what became of it, time {e.Query}.", StaffOnly: true),
        PaymentEvent.Quarantined e => new("payment.quarantined", "bank", $"The bank reports {e.Reported} where {e.Expected} was asked; not acted upon.", StaffOnly: true),
        PaymentEvent.SuspenseReleased e => new("payment.suspense_released", null, $"{e.Amount} no longer stand in suspense.", StaffOnly: true),
        PaymentEvent.ActionRequired => new("payment.action_required", "bank", "The bank asks the customer to authenticate."),
        PaymentEvent.Authorized e => new("payment.authorized", "bank", $"The bank holds the money{Via(e.Source)}."),
        PaymentEvent.Declined e => new("payment.declined", "bank", $"The bank declined ({Words(e.Code)})."),
        PaymentEvent.AttemptFailed { Reason: "payment_expired" or "payment_canceled" } => new("payment.attempt_failed", null, "The bank was not asked any more; nothing was charged."),
        PaymentEvent.AttemptFailed => new("payment.attempt_failed", "bank", "The bank could not be reached; nothing was charged."),
        PaymentEvent.CaptureSucceeded e => new("payment.capture_succeeded", "bank", $"{e.Amount} captured{Via(e.Source)}."),
        PaymentEvent.Debited { TooLate: true } e => new("payment.debited_too_late", "bank", $"{e.Amount} came when nobody waited for it any more; it goes back.", StaffOnly: true),
        PaymentEvent.Debited e => new("payment.debited", "bank", $"{e.Amount} paid{Via(e.Source)}."),
        PaymentEvent.CaptureCleared => new("payment.capture_cleared", "bank", "The bank says that the money has cleared.", StaffOnly: true),
        PaymentEvent.CaptureReturned e => new("payment.capture_returned", "bank", $"The customer's bank took {e.Amount} back ({Words(e.Code)})."),
        PaymentEvent.ClearingQueryDue => new("payment.clearing_query_due", "bank", "Asking the bank whether the money has cleared.", StaffOnly: true),
        PaymentEvent.CaptureFailed e => new("payment.capture_failed", "bank", $"The bank refused the capture ({Words(e.Code)})."),
        PaymentEvent.Voided e => new("payment.voided", "bank", $"The hold was released{Via(e.Source)}."),
        PaymentEvent.VoidFailed e => new("payment.void_failed", "bank", $"The bank refused to release the hold ({Words(e.Code)}).", StaffOnly: true),
        PaymentEvent.HoldLapsed => new("payment.hold_lapsed", "bank", "The bank's hold has lapsed."),
        PaymentEvent.RefundSucceeded e => new("payment.refund_succeeded", "bank", $"{e.Amount} refunded{Via(e.Source)}."),
        PaymentEvent.RefundFailed { Code: "returned" or "disputed" } => new("payment.refund_failed", null, "The refund did not leave, since the bank took the money."),
        PaymentEvent.RefundFailed e => new("payment.refund_failed", "bank", $"The bank refused the refund ({Words(e.Code)})."),
        PaymentEvent.DisputeOpened e => new("payment.dispute_opened", "bank", $"{e.Amount} are disputed at the bank ({Words(e.Reason)})."),
        PaymentEvent.DisputeAnswerFailed e => new("payment.dispute_answer_failed", "bank", $"The bank did not take the answer to the dispute ({Words(e.Code)}).", StaffOnly: true),
        PaymentEvent.DisputeUnderReview => new("payment.dispute_under_review", "bank", "The bank looks at the evidence."),
        PaymentEvent.DisputeClosed e => new("payment.dispute_closed", "bank", $"The dispute over {e.Amount} was {WireJson.Snake(e.Status.ToString())}."),
        PaymentEvent.DisputeQueryDue => new("payment.dispute_query_due", "bank", "Asking the bank how the dispute stands.", StaffOnly: true),
        PaymentEvent.DisputeUnmatched e => new("payment.dispute_unmatched", "bank", $"The bank tells of a dispute over {e.Amount} that fits no money known here ({Words(e.Reason)}).", StaffOnly: true),
        PaymentEvent.RefundReversed e => new("payment.refund_reversed", "bank", $"The refund came back ({Words(e.Code)})."),
        _ => null,
    };

    private static EventWords? OfPayment(PaymentEvent happened) => happened switch
    {
        PaymentEvent.Created e => new("payment.created", "api", $"A payment of {e.Grant.Amount} to {e.Grant.Payee} was opened."),
        PaymentEvent.AmountChanged e => new("payment.amount_changed", "api", $"The amount changed to {e.Grant.Amount}."),
        PaymentEvent.Submitted e => new("payment.submitted", Name(e.By), $"The customer pays with {Instrument(e.Instrument)}.") { StaffNote = e.Reason is { } why ? $"{(e.Rerouted ? "Now" : "By")} {e.Gateway}: {why}" : null },
        PaymentEvent.DebitRequested => new("payment.debit_requested", null, "Confirmed; the bank is asked for the money.", StaffOnly: true),
        PaymentEvent.AttemptPrepared => new("payment.attempt_prepared", "bank", "The bank made a place for the payment.", StaffOnly: true),
        PaymentEvent.AttemptAbandoned => new("payment.attempt_abandoned", null, "The customer left the bank's page."),
        PaymentEvent.CaptureRequested e => new("payment.capture_requested", null, $"Capturing {e.Amount}."),
        PaymentEvent.VoidRequested e => new("payment.void_requested", null, $"Releasing the hold ({Words(e.Reason)})."),
        PaymentEvent.RefundRequested e => new("payment.refund_requested", "api", $"Refund of {e.Amount} asked for."),
        PaymentEvent.RefundHeldForReview e => new("payment.refund_held_for_review", "api", $"A late refund of {e.Amount} waits for a second person.", StaffOnly: true),
        PaymentEvent.RefundApproved => new("payment.refund_approved", null, "A second person agreed to the late refund.", StaffOnly: true),
        PaymentEvent.RefundCanceled e => new("payment.refund_canceled", null, $"The late refund is not made ({e.Reason}).", StaffOnly: true),
        PaymentEvent.EvidenceSubmitted => new("payment.evidence_submitted", "api", "The merchant contests the dispute.", StaffOnly: true),
        PaymentEvent.DisputeConceded => new("payment.dispute_conceded", "api", "The merchant gives in to the dispute.", StaffOnly: true),
        PaymentEvent.HeldForReview => new("payment.held_for_review", null, "Held until somebody decides.", StaffOnly: true),
        PaymentEvent.ReviewEnded e => new("payment.review_ended", null, e.Approved ? "Somebody let it go on." : "Somebody stopped it.", StaffOnly: true),
        PaymentEvent.Canceled e => new("payment.canceled", null, $"The payment was canceled ({Words(e.Reason)})."),
        PaymentEvent.Expired => new("payment.expired", null, "The payment expired; nothing was charged."),
        _ => null,
    };

    private static EventWords? OfNotification(NotificationEvent happened) => happened switch
    {
        NotificationEvent.Requested e => new("notification.requested", null, $"The customer is to be told: {Words(WireJson.Snake(e.Kind.ToString()))}.", StaffOnly: true),
        NotificationEvent.DeliveryReported { Outcome: DeliveryReport.Accepted } e => new("notification.sent", Name(e.Channel), $"A message was sent by {Said(e.Channel)}."),
        NotificationEvent.DeliveryReported { Outcome: DeliveryReport.Delivered } e => new("notification.delivered", Name(e.Channel), $"The message by {Said(e.Channel)} was delivered."),
        NotificationEvent.DeliveryReported { Outcome: DeliveryReport.Read } e => new("notification.read", Name(e.Channel), $"The message by {Said(e.Channel)} was read."),
        NotificationEvent.DeliveryReported { Outcome: DeliveryReport.Failed f } e =>
            new("notification.failed", Name(e.Channel), $"A message by {Said(e.Channel)} did not arrive ({Words(WireJson.Snake(f.Error.ToString()))})."),
        NotificationEvent.DeliveryReported { Outcome: DeliveryReport.Unknown } e =>
            new("notification.unknown", Name(e.Channel), $"Nobody knows yet whether a message by {Said(e.Channel)} was sent.", StaffOnly: true),
        NotificationEvent.DeliveryDelayed e => new("notification.delayed", Name(e.Channel), $"A message by {Said(e.Channel)} is held up on the way ({e.Code}); it is tried again there.", StaffOnly: true),
        NotificationEvent.GaveUp e => new("notification.gave_up", null, $"The customer could not be told ({Words(WireJson.Snake(e.Reason.ToString()))}).", StaffOnly: true),
        _ => null,
    };

    private static EventWords? OfCustomer(CustomerEvent happened) => happened switch
    {
        CustomerEvent.Registered => new("customer.registered", "api", "The customer was registered."),
        CustomerEvent.Changed => new("customer.changed", null, "The customer's details or preferences changed."),
        CustomerEvent.AddressAdded e => new("customer.address_added", null, $"An address for {Said(e.Address.Channel)} was added; it has to be proved."),
        CustomerEvent.VerificationRequested { ForWallet: true } => new("customer.verification_requested", null, "A code for the wallet is on its way to an address of the customer's."),
        CustomerEvent.TopicMuted { By: MutedBy.Complaint } e => new("customer.topic_muted", Name(e.Channel), $"The customer's mail provider says that mails about {Words(WireJson.Snake(e.Topic.ToString()))} are unwanted; no more are sent."),
        CustomerEvent.TopicMuted e => new("customer.topic_muted", Name(e.Channel), $"The customer wants no more messages about {Words(WireJson.Snake(e.Topic.ToString()))} by {Said(e.Channel)}."),
        CustomerEvent.VerificationRequested => new("customer.verification_requested", null, "A code is on its way to an address of the customer's."),
        CustomerEvent.VerificationFailed e => new("customer.verification_failed", "web", $"A wrong code for an address, {e.Count} of {CustomerDecider.MaxWrongCodes}."),
        CustomerEvent.AddressVerified { HeldUntil: { } held } => new("customer.address_verified", "web", $"The customer proved a new address; no confirmation goes there before {held.UtcDateTime.ToString("d MMM, HH:mm", CultureInfo.InvariantCulture)} UTC."),
        CustomerEvent.AddressVerified => new("customer.address_verified", "web", "The customer proved an address."),
        CustomerEvent.AddressRemoved e => new("customer.address_removed", null, $"An address was taken from the customer by {(e.By == "customer" ? "the customer" : "staff")}."),
        CustomerEvent.AddressRestored e => new("customer.address_restored", null, $"An address that had been taken from the customer was given back by {(e.By == "customer" ? "the customer" : "staff")}."),
        CustomerEvent.AddressLost e => new("customer.address_lost", null, $"An address has to be proved anew: {Lost(e.Reason)}."),
        CustomerEvent.AddressSaid e => new($"customer.said_{WireJson.Snake(e.What.ToString())}", Name(e.Channel), SaidBy(e)),
        CustomerEvent.InstrumentAdded { Instrument.Type: InstrumentType.WalletCard } => new("customer.instrument_added", "web", "A card was put into the wallet."),
        CustomerEvent.InstrumentAdded e => new("customer.instrument_added", "web", $"{Instrument(e.Instrument)} was added."),
        CustomerEvent.InstrumentRemoved => new("customer.instrument_removed", "web", "A card was removed."),
        CustomerEvent.WalletPasswordSet => new("customer.wallet_password_set", "web", "The customer set the password of the wallet."),
        CustomerEvent.WalletProved => new("customer.wallet_proved", "web", "The customer proved with a code that the wallet is theirs; nobody has it open any more."),
        CustomerEvent.WalletOpened => new("customer.wallet_opened", "web", "The customer opened the wallet."),
        CustomerEvent.WalletPasswordWrong { LockedUntil: not null } => new("customer.wallet_locked", "web", "Too many wrong passwords; the wallet is locked for a while."),
        CustomerEvent.WalletPasswordWrong => new("customer.wallet_password_wrong", "web", "A wrong password for the wallet."),
        CustomerEvent.ECashToppedUp e => new("customer.ecash_topped_up", "api", $"{e.Amount} of e-cash were added."),
        CustomerEvent.ECashHeld e => new("customer.ecash_held", null, $"{e.Amount} of e-cash are kept for a payment.", StaffOnly: true),
        CustomerEvent.ECashSpent e => new("customer.ecash_spent", null, $"{e.Amount} of e-cash were spent.", StaffOnly: true),
        CustomerEvent.ECashReleased => new("customer.ecash_released", null, "E-cash that was kept is free again.", StaffOnly: true),
        CustomerEvent.ECashRefunded e => new("customer.ecash_refunded", null, $"{e.Amount} of e-cash came back.", StaffOnly: true),
        CustomerEvent.Erased => new("customer.erased", null, "The customer was erased."),
        _ => null,
    };

    private static EventWords? OfWebhook(WebhookEvent happened) => happened switch
    {
        WebhookEvent.Queued e => new("webhook.queued", "api", $"The merchant is told: {e.Message.Type}.", StaffOnly: true),
        WebhookEvent.Delivered e => new("webhook.delivered", "api", $"The merchant took the webhook (HTTP {e.Status}).", StaffOnly: true),
        WebhookEvent.SendFailed e => new("webhook.failed", "api", $"The merchant did not take the webhook ({e.Reason}); trying again.", StaffOnly: true),
        WebhookEvent.GaveUp e => new("webhook.gave_up", "api", $"The webhook was given up ({e.Reason}).", StaffOnly: true),
        _ => null,
    };

    private static string Ended(PaymentEvent.ConfirmationEnded e) => e.Status switch
    {
        ConfirmationStatus.Matched => $"The customer approved by {Said(e.Channel!.Value)}.",
        ConfirmationStatus.Rejected => e.NotMe ? $"The customer says by {Said(e.Channel!.Value)} that they never ordered this." : $"The customer rejected by {Said(e.Channel!.Value)}.",
        ConfirmationStatus.Exhausted => "Too many wrong answers; the payment is stopped.",
        ConfirmationStatus.Expired => "No answer in time.",
        _ => "The request was withdrawn.",
    };

    private static string Lost(string reason) => reason switch
    {
        "gone" => "the provider says that it does not exist any more",
        "unreachable" => "nothing has reached it for days",
        "opted_out" => "somebody there wants messages again after a stop that came from elsewhere, or long ago",
        "not_me" => "somebody there says that this is not their doing",
        _ => Words(reason),
    };

    private static string SaidBy(CustomerEvent.AddressSaid e) => e.What switch
    {
        Inbound.Stop => $"No more messages by {Said(e.Channel)}: somebody there said STOP.",
        Inbound.Start => $"Messages by {Said(e.Channel)} again: somebody there said START.",
        Inbound.Help => $"The customer asked for help by {Said(e.Channel)}.",
        Inbound.Status => $"The customer asked by {Said(e.Channel)} how an order stands.",
        Inbound.Human => $"The customer asked for a person by {Said(e.Channel)}.",
        Inbound.Receipt => $"The customer asked for a receipt by {Said(e.Channel)}.",
        Inbound.Refund => $"The customer asked for money back by {Said(e.Channel)}.",
        _ => $"The customer wrote by {Said(e.Channel)}.",
    };

    private static string Via(AnswerSource source) => source switch
    {
        AnswerSource.Webhook => ", by webhook",
        AnswerSource.Return => ", as the customer came back",
        AnswerSource.Query => ", found by asking",
        AnswerSource.Operator => ", settled by an operator",
        _ => "",
    };

    // `visa` is the brand's code; a sentence carries its name.
    private static string Brand(string code) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Words(code));

    private static string Instrument(InstrumentRef instrument) => instrument.Type switch
    {
        InstrumentType.ECash => "e-cash",
        InstrumentType.BankAccount => $"net banking at {Brand(instrument.Brand)}",
        InstrumentType.ECheck => $"an e-check on the account •••• {instrument.Last4}",

        // Which card it is shows in the open wallet, and on a payment that was made with it.
        InstrumentType.WalletCard => "a card in the wallet",
        _ => $"{Brand(instrument.Brand)} •••• {instrument.Last4}",
    };

    private static string Words(string snake) => snake.Replace('_', ' ');

    private static string Name(Channel channel) => Notification.NameOf(channel);

    internal static string Said(Channel channel) => channel switch
    {
        Channel.Sms => "SMS",
        Channel.Email => "e-mail",
        Channel.Web => "the web page",
        Channel.Whatsapp => "WhatsApp",
        Channel.Mobile => "the app",
        _ => "chat",
    };
}
