using Hub.Domain.Payments;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;
using Hub.Domain.Signatures;
using Hub.Gateways.Http;

namespace Hub.Gateways.Stripe;

/// <summary>Verifies and reads Stripe's webhooks.</summary>
/// <remarks>
/// An event carries the object as it stood then, so what it says follows from the object's status and not from the event's name:
/// events come late and in any order. Which operation an intent speaks of is told by the hub's own words on it; a cancellation
/// takes none, but the event names the idempotency key of the call that brought it about.
/// </remarks>
/// <param name="options">Holds the secrets.</param>
/// <param name="time">The receiver's clock.</param>
public sealed class StripeWebhooks(StripeOptions options, TimeProvider time) : IBankWebhooks
{
    private readonly string[] _secrets = [.. options.WebhookSecrets];

    /// <inheritdoc/>
    public string Gateway => StripeGateway.GatewayName;

    /// <inheritdoc/>
    public BankWebhook Read(Func<string, string?> header, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (body.Length > IBankWebhooks.MaxBody) return new BankWebhook.Forged(WebhookFault.Malformed);
        if (StripeSignature.Verify(header(StripeSignature.Header), body, time.GetUtcNow(), _secrets) is { } fault) return new BankWebhook.Forged(fault);
        if (StripeJson.Read(body, StripeJson.Default.StripeEvent) is not { Type: { } type, Data: { } data } told
            || !BankWords.IsId(told.Id) || StripeTime.Read(told.Created) is not { } at)
        {
            return new BankWebhook.Unreadable();
        }

        return type switch
        {
            _ when type.StartsWith("payment_intent.", StringComparison.Ordinal) =>
                StripeJson.Read(data.Object, StripeJson.Default.StripeIntent) is { } intent ? OfIntent(told.Id!, intent, told.Request?.IdempotencyKey, at) : new BankWebhook.Unreadable(),
            _ when type.StartsWith("refund.", StringComparison.Ordinal) || type is "charge.refund.updated" =>
                StripeJson.Read(data.Object, StripeJson.Default.StripeRefund) is { } refund ? OfRefund(told.Id!, refund, at) : new BankWebhook.Unreadable(),
            _ when type.StartsWith("charge.dispute.", StringComparison.Ordinal) =>
                StripeJson.Read(data.Object, StripeJson.Default.StripeDispute) is { } dispute ? OfDispute(told.Id!, dispute) : new BankWebhook.Unreadable(),
            _ => new BankWebhook.Irrelevant(told.Id!),
        };
    }

    private static BankWebhook OfIntent(string eventId, StripeIntent intent, string? calledUnder, DateTimeOffset at)
    {
        if (StripeMetadata.Of(intent.Metadata, StripeMetadata.Key) is not { } authorization) return new BankWebhook.Irrelevant(eventId);
        var capture = StripeMetadata.Of(intent.Metadata, StripeMetadata.CaptureKey);
        var (operation, key) = intent.Status switch
        {
            "succeeded" when capture is not null => (BankOperationKind.Capture, capture),
            "canceled" when IsOfSamePayment(calledUnder, authorization) => (BankOperationKind.Void, calledUnder!),

            // Canceled by Stripe or by hand: the hold itself ended.
            _ => (BankOperationKind.Authorize, authorization),
        };
        var reference = StripeMetadata.Of(intent.Metadata, operation is BankOperationKind.Capture ? StripeMetadata.CaptureReference : StripeMetadata.Reference) ?? key;
        var answer = StripeReading.OfState(intent, operation, key);

        // Created and not confirmed: that nothing happened yet is no report.
        return answer is GatewayAnswer.NotFound
            ? new BankWebhook.Irrelevant(eventId)
            : new BankWebhook.Reported(new BankReport(eventId, operation, key, reference, answer, at));
    }

    private static BankWebhook OfRefund(string eventId, StripeRefund refund, DateTimeOffset at) =>
        StripeMetadata.Of(refund.Metadata, StripeMetadata.Key) is { } key
            ? new BankWebhook.Reported(new BankReport(
                eventId, BankOperationKind.Refund, key, StripeMetadata.Of(refund.Metadata, StripeMetadata.Reference) ?? key, StripeReading.OfState(refund), at))
            : new BankWebhook.Irrelevant(eventId);

    // An inquiry took no money, and a refund is its best answer: it must not be blocked as during a dispute. Should it become one, that is told.
    // The hub's own payments are intents, in currencies it takes; the account may serve others too.
    private static BankWebhook OfDispute(string eventId, StripeDispute dispute) =>
        dispute.Status is "warning_needs_response" or "warning_under_review" or "warning_closed" or "prevented"
            || dispute.PaymentIntent is null || StripeMoney.Read(dispute.Amount, dispute.Currency) is null ? new BankWebhook.Irrelevant(eventId)
        : StripeReading.OfDispute(eventId, dispute) is { } report ? new BankWebhook.Disputed(report) : new BankWebhook.Unreadable();

    private static bool IsOfSamePayment(string? called, string authorization) =>
        BankWords.IsId(called) && called != authorization && Payment.IdOfPart(called!) is { } payment && payment == Payment.IdOfPart(authorization);
}
