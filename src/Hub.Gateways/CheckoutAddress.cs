namespace Hub.Gateways;

/// <summary>Where customers come back to from a bank, as their browser reaches the hub.</summary>
/// <param name="publicUrl">The hub's public address, such as <c>https://pay.example.com</c>.</param>
public sealed class CheckoutAddress(Uri publicUrl)
{
    private readonly string _root = publicUrl.AbsoluteUri.TrimEnd('/');

    /// <summary>Where a bank sends a customer who has acted there; from there they go on to the checkout.</summary>
    /// <param name="gateway">Whose bank.</param>
    /// <param name="payment">Which payment, <c>pay_…</c>.</param>
    public string ReturnUrl(string gateway, string payment) => $"{_root}/gateways/{gateway}/return/{payment}";
}
