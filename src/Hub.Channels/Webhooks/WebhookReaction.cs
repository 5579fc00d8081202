using System.Globalization;
using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Domain.Confirmations;
using Hub.Domain.Kernel;
using Hub.Domain.Merchants;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Domain.Webhooks;

namespace Hub.Channels.Webhooks;

/// <summary>The JSON a merchant is told; made by whoever knows the API's shapes.</summary>
public interface IWebhookBodies
{
    /// <summary>The exact body; nothing personal in it.</summary>
    string Write(string id, string type, long sequence, DateTimeOffset at, State state);
}

/// <summary>Queues a webhook for every endpoint that wants to hear of what happened.</summary>
public sealed class WebhookReaction(IActors actors, IWebhookBodies bodies) : IReaction
{
    /// <inheritdoc/>
    public string Name => "webhooks";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind is "payment" or "order";

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var state = (await actors.ReadAsync(happened.Actor, happened.Version, cancel)).State;
        if (TypeOf(happened.Body, state) is not { } type) return;
        if (await actors.FindAsync<Merchant>(HubKinds.Merchant[state.Subjects.Merchant!], cancel) is not { } merchant) return;
        foreach (var (endpoint, index) in merchant.Endpoints.Select((e, i) => (e, i)).Where(x => x.e.Wants(type)))
        {
            var id = $"{happened.MadeId("evt", happened.Actor.Kind[0])}e{index.ToString(CultureInfo.InvariantCulture)}";
            var body = bodies.Write(id, type, happened.Version, happened.At, state);
            var message = new WebhookMessage(id, merchant.Id, endpoint.Id, type, happened.Version, body, state.Subjects.Order, state.Subjects.Payment);

            // A repeat may carry a later view of the same event: the first one stays, and this is refused.
            await actors.ReactAsync(this, happened, HubKinds.Webhook[id], new WebhookCommand.Enqueue(message), "enqueue", endpoint.Id, cancel);
        }
    }

    private static string? TypeOf(Event happened, State state) => happened switch
    {
        PaymentEvent.ConfirmationRequested => "payment.awaiting_confirmation",
        PaymentEvent.ConfirmationEnded { Status: ConfirmationStatus.Matched } when state is Payment { Mode: CaptureMode.Manual } => "payment.requires_capture",
        PaymentEvent.Declined or PaymentEvent.AttemptFailed => "payment.attempt_failed",
        PaymentEvent.CaptureSucceeded e when state is Payment payment => payment.Captures.First(c => c.Id == e.Capture).Final ? "payment.succeeded" : "payment.partially_captured",
        PaymentEvent.Voided e when state is Payment payment && IsRest(e.Attempt, payment) => "payment.succeeded",
        PaymentEvent.HoldLapsed e when state is Payment payment && IsRest(e.Attempt, payment) => "payment.succeeded",

        // Goods are not sent for money that has gone back meanwhile.
        PaymentEvent.Debited { TooLate: false } e when state is Payment payment => payment.HasReturned(e.Capture) ? null : "payment.succeeded",
        PaymentEvent.CaptureFailed => "payment.capture_failed",
        PaymentEvent.CaptureCleared e when state is Payment payment => payment.PaidWith(e.Capture) && !payment.HasReturned(e.Capture) ? "payment.cleared" : null,
        PaymentEvent.CaptureReturned e when state is Payment payment => payment.PaidWith(e.Capture) ? "payment.returned" : null,
        PaymentEvent.RefundHeldForReview => "refund.requires_review",
        PaymentEvent.RefundCanceled => "refund.canceled",
        PaymentEvent.DisputeOpened => "dispute.opened",
        PaymentEvent.DisputeAnswerFailed => "dispute.answer_failed",
        PaymentEvent.DisputeUnderReview => "dispute.under_review",
        PaymentEvent.DisputeClosed => "dispute.closed",
        PaymentEvent.Canceled => "payment.canceled",
        PaymentEvent.Expired => "payment.expired",
        PaymentEvent.RefundSucceeded or PaymentEvent.RefundCameLate => "refund.succeeded",
        PaymentEvent.RefundFailed or PaymentEvent.RefundReversed => "refund.failed",
        PaymentEvent.CaseOpened => "payment.case_opened",
        OrderEvent.Accepted => "order.accepted",
        OrderEvent.Paid => state is Order { ReturnedAt: null } ? "order.paid" : null,
        OrderEvent.PaymentReturned => "order.payment_returned",
        OrderEvent.Shipped => "order.shipped",
        OrderEvent.Delivered => "order.delivered",
        OrderEvent.Canceled => "order.canceled",
        _ => null,
    };

    // What was captured in parts is complete when the rest of its hold is gone.
    private static bool IsRest(string attempt, Payment payment) => payment.Captures.Any(c => c.Attempt == attempt && c.Taken);
}
