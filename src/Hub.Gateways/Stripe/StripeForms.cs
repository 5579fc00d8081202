using System.Globalization;
using Hub.Gateways.Cards;

namespace Hub.Gateways.Stripe;

/// <summary>What the hub asks Stripe for, as form fields.</summary>
/// <remarks>Source: Stripe's published OpenAPI document, version <see cref="StripeGateway.ApiVersion"/>.</remarks>
internal static class StripeForms
{
    // Asked for with every answer that can tell of a hold: only the charge says when it ends.
    private static readonly KeyValuePair<string, string> WithCharge = new("expand[0]", "latest_charge");

    /// <summary>An intent that asks for nobody's money yet: it has no card, and is not confirmed.</summary>
    internal static List<KeyValuePair<string, string>> Create(AuthorizeOrder order) =>
    [
        new("amount", Units(order.Amount.Minor)),
        new("currency", StripeMoney.Code(order.Amount.Currency)),
        new("capture_method", "manual"),
        new("confirm", "false"),
        new("payment_method_types[0]", "card"),
        new("description", order.Payee),
        .. Named(StripeMetadata.Key, order.IdempotencyKey, StripeMetadata.Reference, order.Reference),
    ];

    /// <summary>The card for an intent. The one place where a card number leaves for Stripe.</summary>
    internal static List<KeyValuePair<string, string>> Confirm(Card card, SecurityCode? code, string? returnUrl)
    {
        List<KeyValuePair<string, string>> fields =
        [
            new("payment_method_data[type]", "card"),
            new("payment_method_data[card][number]", card.Number.Digits),
            new("payment_method_data[card][exp_month]", Units(card.Expiry.Month)),
            new("payment_method_data[card][exp_year]", Units(card.Expiry.Year)),
            WithCharge,
        ];
        if (code is not null) fields.Add(new("payment_method_data[card][cvc]", code.Digits));
        if (returnUrl is not null) fields.Add(new("return_url", returnUrl));
        return fields;
    }

    /// <summary>The capture. There is one for each intent, so the rest is given back by itself.</summary>
    internal static List<KeyValuePair<string, string>> Capture(CaptureOrder order) =>
    [
        new("amount_to_capture", Units(order.Amount.Minor)),
        .. Named(StripeMetadata.CaptureKey, order.IdempotencyKey, StripeMetadata.CaptureReference, order.Reference),
    ];

    /// <summary>A refund of what an intent took.</summary>
    internal static List<KeyValuePair<string, string>> Refund(RefundOrder order) =>
    [
        new("payment_intent", order.BankCapture),
        new("amount", Units(order.Amount.Minor)),
        .. Named(StripeMetadata.Key, order.IdempotencyKey, StripeMetadata.Reference, order.Reference),
    ];

    /// <summary>The merchant's words on a dispute, submitted at once: Stripe takes one submission.</summary>
    internal static List<KeyValuePair<string, string>> Evidence(string words) => [new("evidence[uncategorized_text]", words), new("submit", "true")];

    private static KeyValuePair<string, string>[] Named(string keyName, string key, string referenceName, string reference) =>
        [new($"metadata[{keyName}]", key), new($"metadata[{referenceName}]", reference)];

    private static string Units(long number) => number.ToString(CultureInfo.InvariantCulture);
}
