using System.Security.Cryptography;
using System.Text.Json;
using Hub.Bench.Http;
using Hub.Domain.Signatures;
using Hub.Sandbox;

namespace Hub.Bench.Journeys;

/// <summary>A merchant's server with a signing key of its own.</summary>
internal sealed class ShopServer : IDisposable
{
    private const string Secret = SandboxKeys.DemoMerchantApiKey;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Uri _address;
    private string _keyId = "";

    private ShopServer(Uri address) => _address = address;

    /// <summary>Registers its key.</summary>
    public static async Task<ShopServer> OpenAsync(Uri address)
    {
        var shop = new ShopServer(address);
        using var hub = await HubCaller.ConnectAsync(address);
        var registered = await hub.PostAsync("/v1/merchants/signing-keys", Secret, new { public_key = shop._key.ExportSubjectPublicKeyInfoPem() });
        shop._keyId = Shopper.Text(registered, "id");
        return shop;
    }

    /// <summary>Registers a customer whose phone still has to be verified.</summary>
    public static async Task<(string Customer, string Token)> WelcomeAsync(HubCaller hub, string phone)
    {
        var customer = Shopper.Text(
            await hub.PostAsync("/v1/customers", Secret, new { name = "Ada Lovelace", phone, confirmation = new { method = "sms" }, locale = "en" }), "id");
        return (customer, Shopper.Text(await hub.PostAsync($"/v1/customers/{customer}/sessions", Secret, new { }), "token"));
    }

    /// <summary>Places a signed order.</summary>
    public Task<JsonElement> OrderAsync(HubCaller hub, string customer)
    {
        var key = HubCaller.NewKey();
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            reference = key, customer, currency = "EUR", shipping = 490,
            lines = new[] { new { sku = "B-1", name = "A book", quantity = 2, unit_price = 1990, tax = 260 } },
            consignee = new { name = "Ada Lovelace", address = "1 Main Street" },
            delivery = new { method = "parcel" },
        });
        var digest = ContentDigest.Compute(body);
        var target = _address.GetLeftPart(UriPartial.Authority) + "/v1/orders";
        var message = SignedMessage.Request("POST", target, [new("content-digest", digest), new("idempotency-key", key)], body);
        var parameters = SignatureParameters.New(SignaturePolicy.Order.Required, TimeProvider.System.GetUtcNow(), _keyId);
        var (input, signature) = HttpMessageSignature.Sign(message, parameters, _key);
        return hub.CallAsync(
            "POST", "/v1/orders",
            $"{HubCaller.Authorization(Secret)}Idempotency-Key: {key}\r\nContent-Digest: {digest}\r\nSignature-Input: {input}\r\nSignature: {signature}\r\n", body);
    }

    /// <summary>Opens a payment.</summary>
    public static Task<JsonElement> OpenPaymentAsync(HubCaller hub, string order) => hub.PostAsync("/v1/payments", Secret, new { order, capture = "automatic" });

    public void Dispose() => _key.Dispose();
}
