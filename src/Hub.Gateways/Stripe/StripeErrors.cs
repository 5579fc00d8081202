using System.Net;
using Hub.Domain.Payments.Bank;
using Hub.Gateways.Http;

namespace Hub.Gateways.Stripe;

/// <summary>What Stripe's refusals mean.</summary>
/// <remarks>Source: Stripe's documentation, "Errors", "Error codes", "Advanced error handling" and "Decline codes".</remarks>
internal static class StripeErrors
{
    /// <summary>The intent stands where the operation cannot be carried out.</summary>
    internal const string UnexpectedState = "payment_intent_unexpected_state";

    // Told apart, these would warn a thief: Stripe asks to present them as any other decline.
    private static readonly HashSet<string> NotToBeTold = ["fraudulent", "lost_card", "stolen_card", "merchant_blacklist"];

    /// <summary>A refusal of an operation on an intent, or of a refund.</summary>
    /// <param name="status">The status; neither 200 nor one that speaks for itself.</param>
    /// <param name="error">Stripe's own words; <c>null</c> where the page is not Stripe's.</param>
    /// <param name="operation">What was asked.</param>
    /// <param name="id">The intent it was asked of.</param>
    /// <param name="key">The key of the operation.</param>
    internal static GatewayAnswer Of(HttpStatusCode status, StripeError? error, BankOperationKind operation, string id, string key) => (status, error) switch
    {
        // Another call under this key is running, or was another request: it may well have been carried out.
        (HttpStatusCode.Conflict, _) or (_, { Type: "idempotency_error" }) => new GatewayAnswer.Unknown(UnknownReason.KeyConflict),

        // Only Stripe's own words say that it refused; a proxy's page on the way says nothing about Stripe.
        (_, null) => new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus),
        (HttpStatusCode.Forbidden, _) => new GatewayAnswer.NeverReached(NeverReachedReason.Unauthorized),
        (HttpStatusCode.BadRequest or HttpStatusCode.PaymentRequired or HttpStatusCode.NotFound, _) => OfRefusal(error, operation, id, key),
        _ => new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus),
    };

    /// <summary>A refusal to create an intent: no card was in it, so nothing can have been declined.</summary>
    internal static GatewayAnswer OfCreate(HttpStatusCode status, StripeError? error) => Of(status, error, BankOperationKind.Authorize, "", "") switch
    {
        GatewayAnswer.Declined refused => new GatewayAnswer.OperationFailed(refused.Code),
        var answer => answer,
    };

    /// <summary>Why an intent is back where it waits for a card.</summary>
    internal static GatewayAnswer OfLast(StripeError error) =>
        error.Type is "api_error" ? new GatewayAnswer.OperationFailed(BankWords.Code(error.Code)) : new GatewayAnswer.Declined(DeclineCode(error));

    private static GatewayAnswer OfRefusal(StripeError error, BankOperationKind operation, string id, string key)
    {
        switch (error.Type)
        {
            case "card_error" when operation is BankOperationKind.Authorize:
                return new GatewayAnswer.Declined(DeclineCode(error));

            // It stands elsewhere because an earlier call was carried out, or somebody acted at Stripe: where it stands is the answer.
            case "invalid_request_error" when error is { Code: UnexpectedState, PaymentIntent: { } intent } && operation is not BankOperationKind.Refund && intent.Id == id
                && StripeReading.OfState(intent, operation, key) is var stands and not GatewayAnswer.NotFound:
                return stands;
            case "card_error" or "invalid_request_error":
                return new GatewayAnswer.OperationFailed(BankWords.Code(error.Code));
            default:
                return new GatewayAnswer.Unknown(UnknownReason.UnexpectedStatus);
        }
    }

    private static string DeclineCode(StripeError error)
    {
        var code = BankWords.Code(error.DeclineCode ?? error.Code);
        return NotToBeTold.Contains(code) ? "generic_decline" : code;
    }
}
