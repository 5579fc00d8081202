namespace Hub.Domain.Payments.Attempts;

/// <summary>What a gateway declares it can do, as far as a payment's rules depend on it.</summary>
/// <param name="Hold">Whether money is held first and captured later. Where it is not, the customer confirms before the bank is called, and the money moves at once.</param>
/// <param name="PartialCapture">Whether less than the hold may be captured.</param>
/// <param name="MultiCapture">Whether one hold may be captured in several parts.</param>
/// <param name="Refund">Whether captured money can be paid back.</param>
/// <param name="KeySeconds">How long the bank remembers an idempotency key; from then on the hub only asks, and never repeats. <c>null</c> for as long as the payment lives.</param>
public sealed record GatewayTerms(bool Hold, bool PartialCapture, bool MultiCapture, bool Refund, long? KeySeconds)
{
    /// <summary>Everything, for ever: what a gateway is taken for where nothing was declared.</summary>
    public static GatewayTerms Full { get; } = new(Hold: true, PartialCapture: true, MultiCapture: true, Refund: true, KeySeconds: null);
}

/// <summary>A gateway that may take an attempt, and why it stands where it stands among them.</summary>
/// <param name="Gateway">Its name.</param>
/// <param name="Terms">What it declared when it was chosen.</param>
/// <param name="Reason">Why, in words for the timeline; at most 200 characters, nothing personal.</param>
public sealed record GatewayChoice(string Gateway, GatewayTerms Terms, string Reason);
