namespace Hub.Gateways.Stripe;

/// <summary>The hub's own words on Stripe's objects, by which an object is known again as the outcome of one operation.</summary>
internal static class StripeMetadata
{
    /// <summary>On an intent: the key of the authorization. On a refund: the key of the refund.</summary>
    internal const string Key = "hub_key";

    /// <summary>The reference that belongs to <see cref="Key"/>.</summary>
    internal const string Reference = "hub_reference";

    /// <summary>On an intent: the key of its capture; there is one at most.</summary>
    internal const string CaptureKey = "hub_capture_key";

    /// <summary>The reference that belongs to <see cref="CaptureKey"/>.</summary>
    internal const string CaptureReference = "hub_capture_reference";

    /// <summary>One of these words; <c>null</c> where it is missing or no word of the hub's.</summary>
    internal static string? Of(Dictionary<string, string>? metadata, string name) =>
        metadata is not null && metadata.TryGetValue(name, out var value) && Http.BankWords.IsId(value) ? value : null;
}
