namespace Hub.Bench.Journeys;

/// <summary>A customer who has bought before: phone verified, card in the wallet.</summary>
internal sealed class Returning : IDisposable
{
    private readonly Shopper _shopper;
    private readonly string _customer;
    private readonly string _token;
    private readonly string _instrument;

    /// <summary>One who is there already.</summary>
    public Returning(Shopper shopper, string customer, string token, string instrument) =>
        (_shopper, _customer, _token, _instrument) = (shopper, customer, token, instrument);

    /// <summary>Brings one to that point.</summary>
    public static async Task<Returning> SettleAsync(Shoppers shoppers)
    {
        var shopper = await shoppers.NewAsync();
        var (customer, token) = await ShopServer.WelcomeAsync(shopper.Hub, shopper.Phone);
        await shopper.VerifyAsync(customer, token);
        return new Returning(shopper, customer, token, await shopper.AddCardAsync(customer, token));
    }

    /// <summary>Five requests that change something: order, accept, open the payment, submit, answer.</summary>
    public async Task BuyAsync(ShopServer shop)
    {
        var payment = await OpenAsync(shop);
        await _shopper.PayAsync(payment, _customer, _instrument, _token);
    }

    /// <summary>Brings payments to the point where they can be submitted.</summary>
    /// <returns>The submits.</returns>
    public async Task<IReadOnlyList<Func<Task>>> PrepareAsync(ShopServer shop, int count)
    {
        var submits = new List<Func<Task>>();
        for (var i = 0; i < count; i++)
        {
            var payment = await OpenAsync(shop);
            submits.Add(() => _shopper.SubmitAsync(payment, _customer, _instrument, _token));
        }

        return submits;
    }

    /// <summary>The session that sees this customer's things.</summary>
    public string Token => _token;

    /// <summary>The phone's number.</summary>
    public string Phone => _shopper.Phone;

    /// <summary>Opens a payment and submits it.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> SubmitAsync(ShopServer shop)
    {
        var payment = await OpenAsync(shop);
        await _shopper.SubmitAsync(payment, _customer, _instrument, _token);
        return payment;
    }

    public void Dispose() => _shopper.Dispose();

    private async Task<string> OpenAsync(ShopServer shop)
    {
        var order = Shopper.Text(await shop.OrderAsync(_shopper.Hub, _customer), "id");
        await _shopper.AcceptAsync(order, _token);
        return Shopper.Text(await ShopServer.OpenPaymentAsync(_shopper.Hub, order), "id");
    }
}
