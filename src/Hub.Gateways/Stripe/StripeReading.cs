using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hub.Domain.Money;
using Hub.Domain.Payments.Bank;
using Hub.Domain.Payments.Disputes;
using Hub.Gateways.Http;

namespace Hub.Gateways.Stripe;

/// <summary>What Stripe's replies mean. The one place where a status of Stripe's becomes an answer.</summary>
internal static class StripeReading
{
    private static readonly GatewayAnswer Unreadable = new GatewayAnswer.Unknown(UnknownReason.Unreadable);

    private static readonly GatewayAnswer Mismatch = new GatewayAnswer.Unknown(UnknownReason.Mismatch);

    /// <summary>The answer to the creation of an unconfirmed intent.</summary>
    /// <remarks>
    /// Never Unknown: an intent without a card holds nothing and nobody but this hub could confirm it, so one that was made and
    /// whose id was lost is as good as none. That lets the next gateway be tried at once, and a 500 that Stripe repeats for a day end in a failed attempt.
    /// </remarks>
    internal static GatewayAnswer OfCreate(BankReply reply, string key)
    {
        var answer = Of(reply, StripeJson.Default.StripeIntent, intent => OfCreated(intent, key), StripeErrors.OfCreate);
        return answer is GatewayAnswer.Unknown ? new GatewayAnswer.NeverReached(NeverReachedReason.NotPrepared) : answer;
    }

    /// <summary>The answer to a confirmation, a capture or a cancellation.</summary>
    /// <param name="reply">What came back.</param>
    /// <param name="operation">What was asked.</param>
    /// <param name="id">The intent it was asked of.</param>
    /// <param name="key">The key of the operation.</param>
    internal static GatewayAnswer OfIntent(BankReply reply, BankOperationKind operation, string id, string key)
    {
        var answer = Of(
            reply,
            StripeJson.Default.StripeIntent,
            intent => intent.Id == id ? OfState(intent, operation, key) : Mismatch,
            (status, error) => StripeErrors.Of(status, error, operation, id, key));

        // Done, says the status, and the object says it was not.
        return answer is GatewayAnswer.NotFound ? Unreadable : answer;
    }

    /// <summary>The answer to a refund.</summary>
    /// <param name="reply">What came back.</param>
    /// <param name="intent">The intent whose money it is.</param>
    /// <param name="key">The key of the refund.</param>
    internal static GatewayAnswer OfRefund(BankReply reply, string intent, string key) => Of(
        reply,
        StripeJson.Default.StripeRefund,
        refund => refund.PaymentIntent == intent && StripeMetadata.Of(refund.Metadata, StripeMetadata.Key) == key ? OfState(refund) : Mismatch,
        (status, error) => StripeErrors.Of(status, error, BankOperationKind.Refund, intent, key));

    /// <summary>The answer to evidence, or to giving in.</summary>
    /// <param name="reply">What came back.</param>
    /// <param name="dispute">The dispute it was about.</param>
    /// <param name="key">The key of the answer.</param>
    /// <param name="concedes">Whether it gave in.</param>
    internal static GatewayAnswer OfDisputeAnswer(BankReply reply, string dispute, string key, bool concedes) => Of(
        reply,
        StripeJson.Default.StripeDispute,
        found => found.Id != dispute ? Mismatch : HasAnswer(found, concedes) ? new GatewayAnswer.DisputeAnswered() : Unreadable,
        (status, error) => StripeErrors.Of(status, error, BankOperationKind.DisputeAnswer, dispute, key));

    /// <summary>Whether a retrieved dispute has the merchant's answer.</summary>
    /// <remarks>Evidence is sent with its submission, so one that was not submitted never came.</remarks>
    internal static GatewayAnswer QueryOfDispute(BankReply reply, string dispute, bool concedes) => OfQuery(
        reply,
        StripeJson.Default.StripeDispute,
        found => found.Id != dispute ? Mismatch : HasAnswer(found, concedes) ? new GatewayAnswer.DisputeAnswered() : new GatewayAnswer.NotFound());

    /// <summary>What Stripe tells of a dispute. It has none of the hub's words on it, only the intent's id.</summary>
    /// <returns><c>null</c> where its words make no sense.</returns>
    internal static DisputeReport? OfDispute(string eventId, StripeDispute dispute)
    {
        DisputeStatus? status = dispute.Status switch
        {
            "needs_response" => DisputeStatus.NeedsResponse,
            "under_review" => DisputeStatus.UnderReview,
            "won" => DisputeStatus.Won,
            "lost" => DisputeStatus.Lost,
            _ => null,
        };
        if (status is not { } stands || !BankWords.IsId(dispute.Id) || !BankWords.IsId(dispute.PaymentIntent)) return null;
        if (StripeMoney.Read(dispute.Amount, dispute.Currency) is not { } amount) return null;
        var respondBy = stands is DisputeStatus.NeedsResponse ? StripeTime.Read(dispute.EvidenceDetails?.DueBy) : null;
        return new DisputeReport(eventId, "", dispute.Id!, stands, amount, BankWords.Code(dispute.Reason), respondBy) { BankPayment = dispute.PaymentIntent };
    }

    // One submission counts. Giving in is told as lost: evidence that somebody sent by another way is not it.
    private static bool HasAnswer(StripeDispute dispute, bool concedes) => concedes
        ? dispute.Status is "lost"
        : dispute.Status is "under_review" or "won" or "lost" || dispute.EvidenceDetails is { SubmissionCount: > 0 };

    /// <summary>What a retrieved intent says about an operation.</summary>
    internal static GatewayAnswer QueryOfIntent(BankReply reply, BankOperationKind operation, string id, string key) => OfQuery(
        reply,
        StripeJson.Default.StripeIntent,
        intent => intent.Id != id || (operation is BankOperationKind.Authorize && StripeMetadata.Of(intent.Metadata, StripeMetadata.Key) != key)
            ? Mismatch
            : OfState(intent, operation, key));

    /// <summary>What a query's reply says, whatever it is about.</summary>
    /// <remarks>Any refusal speaks of the question alone: an intent that the hub knows and Stripe does not is a wrong key or account.</remarks>
    internal static GatewayAnswer OfQuery<T>(BankReply reply, JsonTypeInfo<T> shape, Func<T, GatewayAnswer> meaning)
        where T : class =>
        Of(reply, shape, meaning, (_, _) => new GatewayAnswer.Unknown(UnknownReason.QueryFailed)) is var answer and not GatewayAnswer.NeverReached
            ? answer
            : new GatewayAnswer.Unknown(UnknownReason.QueryFailed);

    /// <summary>What an intent, as it stands, says about one operation on it.</summary>
    internal static GatewayAnswer OfState(StripeIntent intent, BankOperationKind operation, string key) => !BankWords.IsId(intent.Id) ? Unreadable : operation switch
    {
        BankOperationKind.Authorize => OfHold(intent),
        BankOperationKind.Capture => OfCapture(intent, key),
        BankOperationKind.Void => OfVoid(intent),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "An intent says nothing of refunds."),
    };

    /// <summary>What a refund, as it stands, says.</summary>
    internal static GatewayAnswer OfState(StripeRefund refund)
    {
        if (!BankWords.IsId(refund.Id) || StripeMoney.Read(refund.Amount, refund.Currency) is not { } amount) return Unreadable;
        return refund.Status switch
        {
            "succeeded" => new GatewayAnswer.Refunded(refund.Id!, amount),
            "pending" or "requires_action" => new GatewayAnswer.RefundPending(refund.Id!, amount),
            "failed" => new GatewayAnswer.OperationFailed(BankWords.Code(refund.FailureReason)),
            "canceled" => new GatewayAnswer.OperationFailed("canceled"),
            _ => Unreadable,
        };
    }

    private static GatewayAnswer OfCreated(StripeIntent intent, string key)
    {
        if (!BankWords.IsId(intent.Id)) return Unreadable;
        return StripeMetadata.Of(intent.Metadata, StripeMetadata.Key) == key ? new GatewayAnswer.Prepared(intent.Id!) : Mismatch;
    }

    private static GatewayAnswer OfHold(StripeIntent intent) => intent.Status switch
    {
        "requires_capture" => Held(intent, intent.AmountCapturable),

        // Taken since; what was held is what was asked for.
        "succeeded" => Held(intent, intent.Amount),
        "requires_action" => BankWords.IsPage(intent.NextAction?.RedirectToUrl?.Url)
            ? new GatewayAnswer.ActionRequired(intent.Id!, intent.NextAction!.RedirectToUrl!.Url!)
            : Unreadable,
        "processing" => new GatewayAnswer.Pending(),
        "canceled" => new GatewayAnswer.OperationFailed("canceled"),
        "requires_payment_method" when intent.LastPaymentError is { } error => StripeErrors.OfLast(error),

        // It was created, and never confirmed.
        "requires_payment_method" or "requires_confirmation" => new GatewayAnswer.NotFound(),
        _ => Unreadable,
    };

    private static GatewayAnswer OfCapture(StripeIntent intent, string key) => intent.Status switch
    {
        "succeeded" => StripeMetadata.Of(intent.Metadata, StripeMetadata.CaptureKey) != key ? Mismatch
            : StripeMoney.Read(intent.AmountReceived, intent.Currency) is { } taken ? new GatewayAnswer.Captured(intent.Id!, taken)
            : Unreadable,
        "processing" => new GatewayAnswer.Pending(),
        "canceled" => new GatewayAnswer.OperationFailed("canceled"),
        "requires_capture" or "requires_payment_method" or "requires_confirmation" or "requires_action" => new GatewayAnswer.NotFound(),
        _ => Unreadable,
    };

    private static GatewayAnswer OfVoid(StripeIntent intent) => intent.Status switch
    {
        "canceled" => new GatewayAnswer.Voided(intent.Id!),

        // What was taken cannot be given back this way any more.
        "succeeded" => new GatewayAnswer.OperationFailed(StripeErrors.UnexpectedState),
        "processing" => new GatewayAnswer.Pending(),
        "requires_capture" or "requires_payment_method" or "requires_confirmation" or "requires_action" => new GatewayAnswer.NotFound(),
        _ => Unreadable,
    };

    private static GatewayAnswer Held(StripeIntent intent, long? minor) =>
        StripeMoney.Read(minor, intent.Currency) is { } amount ? new GatewayAnswer.Authorized(intent.Id!, amount, CaptureBefore(intent.LatestCharge), null) : Unreadable;

    // Only a charge that came whole says it; without it the payment's own limit counts.
    private static DateTimeOffset? CaptureBefore(JsonElement charge) =>
        charge.ValueKind is JsonValueKind.Object
            && charge.TryGetProperty("payment_method_details", out var details) && details.ValueKind is JsonValueKind.Object
            && details.TryGetProperty("card", out var card) && card.ValueKind is JsonValueKind.Object
            && card.TryGetProperty("capture_before", out var end) && end.ValueKind is JsonValueKind.Number && end.TryGetInt64(out var seconds)
            ? StripeTime.Read(seconds)
            : null;

    private static GatewayAnswer Of<T>(BankReply reply, JsonTypeInfo<T> shape, Func<T, GatewayAnswer> meaning, Func<HttpStatusCode, StripeError?, GatewayAnswer> refusal)
        where T : class => reply switch
    {
        BankReply.NotSent no => new GatewayAnswer.NeverReached(no.Reason),

        // A 500 is repeated by Stripe for as long as it knows the key, whatever became of the call: asking is the only way on.
        BankReply.Lost lost => new GatewayAnswer.Unknown(lost.Reason),
        BankReply.Answered { Status: HttpStatusCode.OK, Body: { } body } => StripeJson.Read(body, shape) is { } found ? meaning(found) : Unreadable,
        BankReply.Answered { Status: HttpStatusCode.OK } => Unreadable,
        BankReply.Answered refused => refusal(refused.Status, refused.Body is { } words ? StripeJson.Read(words, StripeJson.Default.StripeErrorBody)?.Error : null),
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.GetType().Name, "No such reply."),
    };
}
