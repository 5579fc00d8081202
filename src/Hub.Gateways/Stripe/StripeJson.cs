using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Hub.Gateways.Stripe;

/// <summary>A PaymentIntent, as far as the hub reads it.</summary>
/// <param name="Id"><c>pi_…</c></param>
/// <param name="Object"><c>payment_intent</c>.</param>
/// <param name="Status">One of Stripe's seven statuses.</param>
/// <param name="Amount">What is to be collected, in Stripe's smallest unit.</param>
/// <param name="AmountCapturable">What is held.</param>
/// <param name="AmountReceived">What was taken.</param>
/// <param name="Currency">Lower case.</param>
/// <param name="Metadata">Ours, see <see cref="StripeMetadata"/>.</param>
/// <param name="LastPaymentError">Why the last confirmation failed.</param>
/// <param name="NextAction">What the customer has to do.</param>
/// <param name="LatestCharge">Its id; the charge itself where that was asked for.</param>
internal sealed record StripeIntent(
    string? Id = null,
    string? Object = null,
    string? Status = null,
    long? Amount = null,
    long? AmountCapturable = null,
    long? AmountReceived = null,
    string? Currency = null,
    Dictionary<string, string>? Metadata = null,
    StripeError? LastPaymentError = null,
    StripeNextAction? NextAction = null,
    JsonElement LatestCharge = default);

/// <summary>What the customer has to do.</summary>
internal sealed record StripeNextAction(string? Type = null, StripeRedirect? RedirectToUrl = null);

/// <summary>Where the customer has to go.</summary>
internal sealed record StripeRedirect(string? Url = null);

/// <summary>A refund.</summary>
internal sealed record StripeRefund(
    string? Id = null,
    string? Object = null,
    string? Status = null,
    long? Amount = null,
    string? Currency = null,
    string? PaymentIntent = null,
    string? FailureReason = null,
    Dictionary<string, string>? Metadata = null);

/// <summary>A page of refunds, the latest first.</summary>
internal sealed record StripeRefunds(StripeRefund[]? Data = null, bool HasMore = false);

/// <summary>A dispute. It carries no metadata of the payment it is about.</summary>
internal sealed record StripeDispute(
    string? Id = null,
    string? Object = null,
    string? Status = null,
    long? Amount = null,
    string? Currency = null,
    string? Reason = null,
    string? PaymentIntent = null,
    StripeEvidenceDetails? EvidenceDetails = null);

/// <summary>Until when evidence counts, and how often it was submitted.</summary>
internal sealed record StripeEvidenceDetails(long? DueBy = null, int? SubmissionCount = null);

/// <summary>The body of a refusal.</summary>
internal sealed record StripeErrorBody(StripeError? Error = null);

/// <summary>Why Stripe refused.</summary>
/// <param name="Type"><c>card_error</c>, <c>invalid_request_error</c>, <c>idempotency_error</c> or <c>api_error</c>.</param>
/// <param name="Code">Which error.</param>
/// <param name="DeclineCode">The card's bank's own reason.</param>
/// <param name="PaymentIntent">The intent as it stands.</param>
internal sealed record StripeError(string? Type = null, string? Code = null, string? DeclineCode = null, StripeIntent? PaymentIntent = null);

/// <summary>The body of a webhook.</summary>
internal sealed record StripeEvent(
    string? Id = null, string? Type = null, long? Created = null, StripeEventData? Data = null, StripeEventRequest? Request = null);

/// <summary>The object as it stood when the event was written.</summary>
internal sealed record StripeEventData(JsonElement Object = default);

/// <summary>The call that brought the event about; empty for what Stripe did by itself.</summary>
internal sealed record StripeEventRequest(string? IdempotencyKey = null);

/// <summary>Stripe adds members at any time, so unknown ones are passed over; one given twice has no meaning.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, AllowDuplicateProperties = false, MaxDepth = 32)]
[JsonSerializable(typeof(StripeIntent))]
[JsonSerializable(typeof(StripeRefund))]
[JsonSerializable(typeof(StripeRefunds))]
[JsonSerializable(typeof(StripeDispute))]
[JsonSerializable(typeof(StripeErrorBody))]
[JsonSerializable(typeof(StripeEvent))]
internal sealed partial class StripeJson : JsonSerializerContext
{
    /// <summary>Reads a body.</summary>
    /// <returns><c>null</c> for anything that is not of that shape, or no UTF-8.</returns>
    internal static T? Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> shape)
        where T : class
    {
        if (!Utf8.IsValid(body)) return null;
        try
        {
            return JsonSerializer.Deserialize(body, shape);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads an object of an event.</summary>
    /// <returns><c>null</c> for anything that is not of that shape.</returns>
    internal static T? Read<T>(JsonElement element, JsonTypeInfo<T> shape)
        where T : class
    {
        if (element.ValueKind is not JsonValueKind.Object) return null;
        try
        {
            return element.Deserialize(shape);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
