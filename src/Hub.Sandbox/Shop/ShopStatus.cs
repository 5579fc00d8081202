namespace Hub.Sandbox.Shop;

/// <summary>Where an order stands in the shop's eyes, in the hub's words for orders.</summary>
internal static class ShopStatus
{
    private static readonly string[] Forward = ["placed", "accepted", "paying", "expired", "canceled", "paid", "shipped", "delivered"];

    /// <summary>How far along a status is; -1 for one the shop does not know.</summary>
    internal static int Rank(string status) => Array.IndexOf(Forward, status);

    /// <summary>What a payment's status means for its order.</summary>
    internal static string OfPayment(string status) => status switch
    {
        "succeeded" => "paid",
        "canceled" or "expired" => status,
        _ => "paying",
    };
}
