namespace Hub.Gateways;

/// <summary>Where the hub's own checkout pages are, as a customer's browser reaches them.</summary>
/// <param name="publicUrl">The hub's public address, such as <c>https://pay.example.com</c>.</param>
public sealed class CheckoutAddress(Uri publicUrl)
{
    private readonly string _root = publicUrl.AbsoluteUri.TrimEnd('/');

    /// <summary>Where a customer comes back to from the bank.</summary>
    public string ReturnUrl(string payment) => $"{_root}/checkout/{payment}";
}
