using Hub.Domain.Cases;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Domain.Webhooks;

namespace Hub.Api.Views;

/// <summary>Who took a step: <c>customer</c>, <c>merchant</c>, <c>staff</c>, <c>bank</c> or <c>hub</c>. Never a name: a timeline holds nothing personal.</summary>
internal static class TimelineWho
{
    private const string Customer = "customer", Merchant = "merchant", Staff = "staff", Bank = "bank", Hub = "hub";

    /// <summary>Who it was.</summary>
    /// <param name="happened">The step.</param>
    /// <param name="channel">The channel it came by, as the timeline names it.</param>
    /// <returns><c>null</c> where the journal does not say.</returns>
    internal static string? Of(Event happened, string? channel) => happened switch
    {
        OrderEvent.Accepted or PaymentEvent.Submitted => Customer,
        PaymentEvent.CaptureRequested e => Named(e.By),
        PaymentEvent.RefundRequested e => Named(e.By),
        PaymentEvent.RefundApproved e => Named(e.By),
        PaymentEvent.RefundCanceled e => Named(e.By),
        PaymentEvent.EvidenceSubmitted e => Named(e.By),
        PaymentEvent.HeldForReview e => Named(e.By),
        PaymentEvent.ReviewEnded e => Named(e.By),
        PaymentEvent.Canceled e => Named(e.By),
        CustomerEvent.ECashToppedUp e => Named(e.By),
        CustomerEvent.Erased e => Named(e.By),
        CaseEvent.Settled e => Named(e.By),
        CustomerEvent.AddressRemoved e => Named(e.By),
        CustomerEvent.AddressRestored e => Named(e.By),
        ConversationEvent.MessageWritten { Author: Author.Staff } or ConversationEvent.NoteWritten or ConversationEvent.Assigned or ConversationEvent.Resolved => Staff,
        ConversationEvent.MessageWritten { Author: Author.Hub } or ConversationEvent.ConfirmationOffered or ConversationEvent.ConfirmationEnded => Hub,
        ConversationEvent.Read { Side: Author.Staff } => Staff,

        // What goes out is the hub's doing, whichever channel it takes.
        PaymentEvent.ConfirmationSent or NotificationEvent or WebhookEvent => Hub,

        // Both may change a customer's record and add to it, and the journal does not keep which.
        CustomerEvent.Changed or CustomerEvent.AddressAdded or CustomerEvent.VerificationRequested or CustomerEvent.InstrumentAdded or CustomerEvent.InstrumentRemoved => null,
        _ => channel switch
        {
            null => Hub,
            "api" => Merchant,
            "bank" => Bank,
            _ => Customer,
        },
    };

    // As callers are named where a command says who gave it: merchant:mer_…, staff:….
    private static string? Named(string by) => by.Split(':')[0] switch
    {
        "hub" => Hub,
        "merchant" => Merchant,
        "customer" => Customer,
        "staff" => Staff,
        _ => null,
    };
}
