namespace Hub.Domain.Ledger;

/// <summary>An account of the hub's books, such as <c>merchant_payable:mer_…</c>.</summary>
/// <param name="Name">Type, colon, owner; stable, since balances are kept under it.</param>
public readonly record struct Account(string Name)
{
    /// <summary>What the gateway holds for us until it settles.</summary>
    public static Account GatewayClearing(string gateway) => new($"gateway_clearing:{gateway}");

    /// <summary>What we owe a merchant.</summary>
    public static Account MerchantPayable(string merchant) => new($"merchant_payable:{merchant}");

    /// <summary>Refunds ordered and not yet paid by the gateway.</summary>
    public static Account Refunds(string merchant) => new($"refunds:{merchant}");

    /// <summary>What banks took because customers dispute it, until it is decided whose it is.</summary>
    public static Account Disputes(string merchant) => new($"disputes:{merchant}");

    /// <summary>Stored value that is owed to a customer.</summary>
    public static Account CustomerECash(string customer) => new($"customer_ecash:{customer}");

    /// <summary>Money the bank reports that fits nothing we asked for; a case goes with it.</summary>
    public static Account Suspense(string gateway) => new($"suspense:{gateway}");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
