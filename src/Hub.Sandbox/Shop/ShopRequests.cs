namespace Hub.Sandbox.Shop;

/// <summary>POST /sandbox/api/shop/checkout.</summary>
/// <param name="Lines">The basket.</param>
/// <param name="Customer">Who buys.</param>
/// <param name="Confirmation">How the customer wants to confirm; by phone first where it is left out.</param>
/// <param name="Locale">The language of the shop's page, BCP 47: the hub then writes to the customer in it.</param>
internal sealed record CheckoutRequest(IReadOnlyList<CheckoutLine> Lines, CheckoutCustomer Customer, CheckoutConfirmation? Confirmation = null, string Locale = "en")
{
    /// <summary>What is wrong with it, or <c>null</c>.</summary>
    internal string? Wrong() => this switch
    {
        { Lines.Count: 0 or > 50 } => "lines",
        _ when Lines.Any(l => ShopGoods.Find(l.Sku) is null) => "lines.sku",
        _ when Lines.Any(l => l.Quantity is < 1 or > 99) => "lines.quantity",
        { Customer.Name.Length: 0 or > 200 } => "customer.name",
        { Customer.Address.Length: 0 or > 500 } => "customer.address",
        { Customer: { Phone: null or "", Email: null or "" } } => "customer.phone",
        { Locale.Length: < 2 or > 35 } => "locale",
        _ => null,
    };
}

/// <summary>POST /sandbox/api/shop/account: who wants to see their own payments.</summary>
internal sealed record AccountRequest(string? Phone = null, string? Email = null);

/// <summary>The answer: a path at the hub; the token stands behind the hash, so that no server sees it in a log.</summary>
internal sealed record AccountAnswer(string Url);

/// <summary>One line of a basket.</summary>
internal sealed record CheckoutLine(string Sku, int Quantity);

/// <summary>Who buys; a phone, an e-mail address, or both.</summary>
internal sealed record CheckoutCustomer(string Name, string? Phone, string? Email, string Address);

/// <summary>How the customer wants to confirm.</summary>
internal sealed record CheckoutConfirmation(string Method, IReadOnlyList<string>? Fallback = null);

/// <summary>The answer to a checkout.</summary>
/// <param name="Order"><c>ord_…</c>.</param>
/// <param name="Payment"><c>pay_…</c>.</param>
/// <param name="CheckoutUrl">A path at the hub; the token stands behind the hash, so that no server sees it in a log.</param>
internal sealed record CheckoutAnswer(string Order, string Payment, string CheckoutUrl);
