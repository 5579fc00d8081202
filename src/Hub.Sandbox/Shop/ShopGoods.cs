namespace Hub.Sandbox.Shop;

/// <summary>Something the demo shop sells.</summary>
/// <param name="Sku">The article number.</param>
/// <param name="Name">Its title.</param>
/// <param name="Description">One line.</param>
/// <param name="Price">Minor units of EUR for one, tax included.</param>
/// <param name="TaxPercent">The rate in it.</param>
/// <param name="Picture">A path of the page's own pictures.</param>
internal sealed record ShopGood(string Sku, string Name, string Description, long Price, int TaxPercent, string Picture)
{
    /// <summary>The tax contained in so many of them, in minor units, halves rounded up.</summary>
    internal long TaxIn(int quantity)
    {
        var (gross, rate) = (Price * quantity * TaxPercent * 2, 100 + TaxPercent);
        return (gross + rate) / (2 * rate);
    }
}

/// <summary>What ACME Books has on its shelf.</summary>
internal static class ShopGoods
{
    internal const string Currency = "EUR";

    /// <summary>What a new customer gets in e-cash, in minor units: enough for a book.</summary>
    internal const long WelcomeGift = 50_00;

    /// <summary>Minor units, whatever is ordered.</summary>
    internal const long Shipping = 490;

    internal static IReadOnlyList<ShopGood> All { get; } =
    [
        new("BK-001", "The Patient Ledger", "A novel about a book-keeper who never lost a cent.", 1990, 7, "/shop/patient-ledger.svg"),
        new("BK-002", "Letters Across the Wire", "The telegraph, and the people who trusted it with money.", 2490, 7, "/shop/letters.svg"),
        new("BK-003", "Small Machines", "Forty clockworks to build from paper.", 1490, 7, "/shop/small-machines.svg"),
        new("BK-004", "A Field Guide to Queues", "How to wait well, with drawings.", 1790, 7, "/shop/queues.svg"),
        new("ST-001", "Dotted Notebook", "A5, 192 pages, lies flat.", 1250, 19, "/shop/notebook.svg"),
        new("ST-002", "Reading Lamp", "Warm light, clips to any cover.", 3490, 19, "/shop/lamp.svg"),
    ];

    internal static ShopGood? Find(string sku) => All.FirstOrDefault(g => g.Sku == sku);
}
