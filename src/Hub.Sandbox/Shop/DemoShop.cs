using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Domain.Signatures;
using Hub.Sandbox.Storage;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox.Shop;

/// <summary>The demo merchant's own back end: takes baskets to the hub, and believes its webhooks once they are verified.</summary>
internal sealed class DemoShop(SandboxStore store, SandboxStream stream, HubClient hub, IOptions<SandboxOptions> options, TimeProvider time) : IDisposable
{
    internal const string WebhookPath = "/sandbox/api/shop/webhooks";

    private const string SigningKey = "signing_key";
    private const string WebhookSecret = "webhook_secret:";

    private readonly SemaphoreSlim _registering = new(1);

    /// <summary>Places the signed order, opens its payment, and lets the customer in.</summary>
    /// <param name="asked">The basket, checked.</param>
    /// <param name="key">The page's idempotency key: a repeat asks the hub under the same keys and gets the same order. May be <c>null</c>.</param>
    /// <param name="cancel">Ends the wait; what was done stays done.</param>
    /// <exception cref="HubRefusedException">The hub refused a step.</exception>
    /// <exception cref="HttpRequestException">The hub is not there.</exception>
    internal async Task<CheckoutAnswer> CheckoutAsync(CheckoutRequest asked, string? key, CancellationToken cancel)
    {
        var name = string.IsNullOrEmpty(key) ? RandomNumberGenerator.GetHexString(20, lowercase: true) : Convert.ToHexStringLower(Hash(key))[..20];
        try
        {
            return await BeginAsync(asked, name, cancel);
        }
        catch (HubRefusedException refused) when (refused.MeansForgotten)
        {
            // The hub began anew and knows neither key nor customer: register again, once.
            await store.WriteAsync(ShopBook.Forget);
            return await BeginAsync(asked, name + "b", cancel);
        }
    }

    /// <summary>Tells the hub that the goods were handed over.</summary>
    internal Task<JsonElement> ShipAsync(string order, CancellationToken cancel) => hub.PostAsync(
        $"/v1/orders/{order}/shipments", new { carrier = "Sandbox Post", tracking = "SP" + Convert.ToHexString(Hash(order))[..10] }, $"shop-ship-{order}", cancel);

    /// <summary>Tells the hub that the goods arrived.</summary>
    internal Task<JsonElement> DeliverAsync(string order, CancellationToken cancel) => hub.PostAsync($"/v1/orders/{order}/deliveries", new { }, $"shop-deliver-{order}", cancel);

    /// <summary>Opens another payment for an order whose payment ended, and lets its customer in.</summary>
    /// <returns><c>null</c> for an order the shop does not know.</returns>
    /// <exception cref="HubRefusedException">The hub refused, such as while a payment of the order is open.</exception>
    internal async Task<CheckoutAnswer?> PayAgainAsync(string order, CancellationToken cancel)
    {
        if (store.Read(t => ShopBook.PaymentOf(t, order)) is not { } ended) return null;
        // The key names the payment that ended, so that two presses open one payment.
        var payment = await hub.PostAsync("/v1/payments", new { order, capture = "automatic" }, $"shop-again-{ended}", cancel);
        var (id, customer) = (payment.GetProperty("id").GetString()!, payment.GetProperty("customer").GetString()!);
        var session = await hub.PostAsync($"/v1/customers/{customer}/sessions", new { payment = id }, $"shop-session-{id}", cancel);
        await store.WriteAsync(t => ShopBook.PayAgain(t, order, id));
        stream.Tell("shop", new { order });
        return new(order, id, $"/checkout/{id}#token={session.GetProperty("token").GetString()}");
    }

    /// <summary>Lets a customer see all of their own payments. A real shop would have signed them in; this one believes them.</summary>
    /// <returns><c>null</c> where nobody has ordered as that.</returns>
    /// <exception cref="HubRefusedException">The hub refused.</exception>
    internal async Task<AccountAnswer?> AccountAsync(AccountRequest asked, CancellationToken cancel)
    {
        if (store.Read(t => ShopBook.Customer(t, asked.Phone ?? "", asked.Email ?? "")) is not { } known) return null;
        var session = await hub.PostAsync($"/v1/customers/{known.Id}/sessions", new { }, $"shop-account-{RandomNumberGenerator.GetHexString(20, lowercase: true)}", cancel);
        return new($"/my#token={session.GetProperty("token").GetString()}&customer={known.Id}");
    }

    internal List<ShopOrder> Orders() => store.Read(t => ShopBook.Orders(t, 100));

    /// <summary>Takes a webhook of the hub.</summary>
    /// <returns>What is wrong with its signature, or <c>null</c>; a repeat is as good as the first.</returns>
    /// <exception cref="JsonException">Signed, but not a webhook this shop can read.</exception>
    internal async Task<WebhookFault?> ReceiveAsync(string? id, string? timestamp, string? signature, byte[] body)
    {
        var secrets = store.Read(t => ShopBook.Settings(t, WebhookSecret)).ToArray();
        if (StandardWebhook.Verify(id, timestamp, signature, body, time.GetUtcNow(), secrets) is { } fault) return fault;
        var hook = Read(id!, body);
        if (await store.WriteAsync(t => ShopBook.AddWebhook(t, hook))) stream.Tell("shop", new { order = hook.Order });
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _registering.Dispose();

    private async Task<CheckoutAnswer> BeginAsync(CheckoutRequest asked, string name, CancellationToken cancel)
    {
        var signingKey = await RegisteredAsync(cancel);
        var customer = await CustomerAsync(asked, name, cancel);
        var order = await hub.PostSignedAsync("/v1/orders", Order(asked, customer, name), $"shop-order-{name}", signingKey, cancel);
        var orderId = order.GetProperty("id").GetString()!;
        var payment = await hub.PostAsync("/v1/payments", new { order = orderId, capture = "automatic" }, $"shop-payment-{name}", cancel);
        var paymentId = payment.GetProperty("id").GetString()!;
        var session = await hub.PostAsync($"/v1/customers/{customer}/sessions", new { payment = paymentId }, $"shop-session-{name}", cancel);
        await store.WriteAsync(t => ShopBook.AddOrder(t, orderId, paymentId, order.GetProperty("status").GetString()!, order.GetProperty("total").GetRawText()));
        stream.Tell("shop", new { order = orderId });
        return new(orderId, paymentId, $"/checkout/{paymentId}#token={session.GetProperty("token").GetString()}");
    }

    /// <summary>A reference that a person can read out: 50 bits that the name decides, in letters and digits that are not mistaken for one another.</summary>
    private static string ReferenceOf(string name)
    {
        const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var bits = BitConverter.ToUInt64(Hash(name));
        return "A-" + string.Create(10, bits, (text, left) =>
        {
            for (var at = 0; at < text.Length; at++, left >>= 5) text[at] = Alphabet[(int)(left & 31)];
        });
    }

    private object Order(CheckoutRequest asked, string customer, string name) => new
    {
        reference = ReferenceOf(name),
        customer,
        lines = asked.Lines.Select(l => (Line: l, Good: ShopGoods.Find(l.Sku)!))
            .Select(l => new { l.Good.Sku, l.Good.Name, l.Line.Quantity, unit_price = l.Good.Price, tax = l.Good.TaxIn(l.Line.Quantity) }),
        shipping = ShopGoods.Shipping,
        currency = ShopGoods.Currency,
        consignee = new { asked.Customer.Name, asked.Customer.Address },
        delivery = new { method = "parcel", by = time.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) },
    };

    private async Task<string> CustomerAsync(CheckoutRequest asked, string name, CancellationToken cancel)
    {
        var (phone, email) = (asked.Customer.Phone ?? "", asked.Customer.Email ?? "");
        var wish = asked.Confirmation ?? (phone.Length > 0 ? new("sms", email.Length > 0 ? ["email"] : []) : new("email", []));
        var confirmation = new { wish.Method, fallback = wish.Fallback ?? [] };
        var wishes = SandboxJson.Write(new { confirmation, asked.Locale });
        var known = store.Read(t => ShopBook.Customer(t, phone, email));
        if (known?.Wishes == wishes) return known.Id;
        if (known is not null) await hub.PatchAsync($"/v1/customers/{known.Id}", new { confirmation, asked.Locale }, cancel);
        var id = known?.Id ?? await WelcomeAsync(
            new { asked.Customer.Name, phone = asked.Customer.Phone, email = asked.Customer.Email, confirmation, asked.Locale }, name, cancel);
        await store.WriteAsync(t => ShopBook.Keep(t, phone, email, new(id, wishes)));
        return id;
    }

    /// <summary>Registers a new customer, with a gift of e-cash to try it with.</summary>
    private async Task<string> WelcomeAsync(object customer, string name, CancellationToken cancel)
    {
        var id = (await hub.PostAsync("/v1/customers", customer, $"shop-customer-{name}", cancel)).GetProperty("id").GetString()!;
        await hub.PostAsync($"/v1/customers/{id}/ecash/top-ups", new { amount = ShopGoods.WelcomeGift, currency = ShopGoods.Currency }, $"shop-gift-{name}", cancel);
        return id;
    }

    /// <summary>Registers the signing key and the webhook address where that has not been done.</summary>
    /// <returns>The id of the signing key.</returns>
    private async Task<string> RegisteredAsync(CancellationToken cancel)
    {
        var url = options.Value.OwnUrl.ToString().TrimEnd('/') + WebhookPath;
        if (Registered(url) is { } already) return already;
        await _registering.WaitAsync(cancel);
        try
        {
            if (Registered(url) is { } meanwhile) return meanwhile;
            var key = await hub.PostAsync("/v1/merchants/signing-keys", new { public_key = hub.PublicKey }, "sandbox-shop-signing-key", cancel);
            // The key of the repeat names the address, so that another port is another endpoint and a repeat gives the same secret.
            var endpoint = await hub.PostAsync("/v1/webhook-endpoints", new { url }, $"sandbox-shop-webhooks-{Convert.ToHexStringLower(Hash(url))[..16]}", cancel);
            var (id, secret) = (key.GetProperty("id").GetString()!, endpoint.GetProperty("secret").GetString()!);
            await store.WriteAsync(t => ShopBook.Set(t, SigningKey, id) + ShopBook.Set(t, WebhookSecret + url, secret));
            return id;
        }
        finally
        {
            _registering.Release();
        }
    }

    private string? Registered(string url) => store.Read(t => ShopBook.Setting(t, WebhookSecret + url) is null ? null : ShopBook.Setting(t, SigningKey));

    private static ShopWebhook Read(string id, byte[] body)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(body);
        var data = json.GetProperty("data");
        var isPayment = data.TryGetProperty("payment", out var about);
        if (!isPayment) about = data.GetProperty("order");
        var status = about.GetProperty("status").GetString()!;
        return new(
            id, about.GetProperty(isPayment ? "order" : "id").GetString()!, isPayment ? about.GetProperty("id").GetString() : null, json.GetProperty("type").GetString()!,
            isPayment ? ShopStatus.OfPayment(status) : status, json.GetProperty("created_at").GetDateTimeOffset());
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
