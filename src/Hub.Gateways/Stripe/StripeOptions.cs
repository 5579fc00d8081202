namespace Hub.Gateways.Stripe;

/// <summary>Where Stripe is and how it knows us.</summary>
public sealed record StripeOptions
{
    /// <summary>Where Stripe's API is by default.</summary>
    public static readonly Uri Production = new("https://api.stripe.com");

    /// <summary><c>Gateways:Stripe:BaseAddress</c>: the API, without <c>/v1</c>; another one for a stand-in.</summary>
    public Uri BaseAddress { get; init; } = Production;

    /// <summary><c>Gateways:Stripe:ApiKey</c>: a secret or restricted key, <c>sk_…</c> or <c>rk_…</c>.</summary>
    public required string ApiKey { get; init; }

    /// <summary><c>Gateways:Stripe:WebhookSecrets</c>: every signing secret of the endpoint, <c>whsec_…</c>: one, or two while one is being replaced.</summary>
    public required IReadOnlyList<string> WebhookSecrets { get; init; }

    /// <summary>How long one call may take; 30 seconds, since a confirmation waits for the card's bank.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Prints where, never the keys.</summary>
    public override string ToString() => $"{nameof(StripeOptions)} {BaseAddress}";
}
