using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Api.Tests.Edge.Support;
using Hub.Domain.Signatures;

namespace Hub.Api.Tests.Journey.Support;

/// <summary>A merchant's server: an API key, and a key of its own to sign orders with.</summary>
internal sealed class Shop : IDisposable
{
    private static int _lastPhone;

    private readonly JourneyHub _hub;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private Shop(JourneyHub hub, string id, string secret)
    {
        (_hub, Id, Secret) = (hub, id, secret);
        Client = hub.Client(secret);
    }

    internal string Id { get; }

    internal string Secret { get; }

    internal HttpClient Client { get; }

    /// <summary>The id of its signing key at the hub.</summary>
    internal string SigningKey { get; private set; } = "";

    internal ECDsa Key => _key;

    internal static async Task<Shop> OpenAsync(JourneyHub hub, string id, string secret)
    {
        var shop = new Shop(hub, id, secret);
        var pem = JsonSerializer.Serialize(shop._key.ExportSubjectPublicKeyInfoPem());
        shop.SigningKey = (await shop.DoAsync("/v1/merchants/signing-keys", $$"""{"public_key":{{pem}}}""")).Text("id");
        return shop;
    }

    /// <summary>Posts, and takes nothing but success for an answer.</summary>
    internal Task<JsonElement> DoAsync(string path, string json = "{}") => Client.DoAsync(path, json);

    /// <summary>A new customer, with a phone of its own.</summary>
    internal async Task<Payer> NewPayerAsync(string name = "Ada Lovelace", string habit = "payer")
    {
        var number = Interlocked.Increment(ref _lastPhone);
        var phone = $"+1415555{number:0000}";
        var email = habit == "payer" ? $"payer{number}@example.com" : $"{habit}+{number}@example.com";
        var made = await DoAsync("/v1/customers", $$$"""{"name":{{{JsonSerializer.Serialize(name)}}},"phone":"{{{phone}}}","email":"{{{email}}}","confirmation":{"method":"sms","fallback":["email"]}}""");
        return new Payer(_hub, this, made.Text("id"), phone, email, made.GetProperty("addresses")[0].Text("id"));
    }

    /// <summary>The body of an order of one line.</summary>
    internal static string OrderBody(string customer, long price = 4_990, string? reference = null) => JsonSerializer.Serialize(new
    {
        reference = reference ?? $"R-{Guid.NewGuid():N}",
        customer,
        lines = new[] { new { sku = "SKU-1", name = "A book", quantity = 1, unit_price = price, tax = 0 } },
        shipping = 0,
        currency = "EUR",
        consignee = new { name = "Ada Lovelace", address = "1 Main St" },
        delivery = new { method = "parcel" },
    });

    /// <summary>Sends an order as it is; signed, unless the test wants to do that itself.</summary>
    /// <param name="json">The body.</param>
    /// <param name="key">The idempotency key; a new one when not given.</param>
    /// <param name="sign">What to do to the request before it leaves; <see cref="Sign"/> when not given.</param>
    internal async Task<HttpResponseMessage> SendOrderAsync(string json, string? key = null, Action<HttpRequestMessage, byte[], string>? sign = null)
    {
        var body = Encoding.UTF8.GetBytes(json);
        key ??= $"{Guid.NewGuid()}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_hub.Address, "/v1/orders")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("Idempotency-Key", key);
        (sign ?? ((asked, bytes, id) => Sign(asked, bytes, id)))(request, body, key);
        return await Client.SendAsync(request);
    }

    /// <summary>Signs an order as RFC 9421 has it.</summary>
    internal void Sign(HttpRequestMessage request, byte[] body, string idempotencyKey, ECDsa? with = null, string? keyId = null, DateTimeOffset? created = null)
    {
        var digest = ContentDigest.Compute(body);
        var message = SignedMessage.Request("POST", request.RequestUri!.AbsoluteUri, [new("content-digest", digest), new("idempotency-key", idempotencyKey)], body);
        var parameters = SignatureParameters.New(SignaturePolicy.Order.Required, created ?? _hub.Clock.GetUtcNow(), keyId ?? SigningKey);
        var (input, signature) = HttpMessageSignature.Sign(message, parameters, with ?? _key);
        request.Headers.Add("Content-Digest", digest);
        request.Headers.Add("Signature-Input", input);
        request.Headers.Add("Signature", signature);
    }

    /// <summary>A signed order that the hub took.</summary>
    internal async Task<JsonElement> OrderAsync(Payer payer, long price = 4_990, string? reference = null)
    {
        using var answer = await SendOrderAsync(OrderBody(payer.Id, price, reference));
        return await answer.MadeAsync();
    }

    /// <summary>A payment for a new order.</summary>
    internal async Task<Sale> SellAsync(Payer payer, long price = 4_990, string capture = "automatic")
    {
        var order = await OrderAsync(payer, price);
        var payment = await DoAsync("/v1/payments", $$"""{"order":"{{order.Text("id")}}","capture":"{{capture}}"}""");
        return new Sale(_hub, this, payer, order, payment.Text("id"));
    }

    /// <summary>A sale that is paid for and has been shipped.</summary>
    internal async Task<Sale> ShipAsync(Payer payer, string tracking)
    {
        var sale = await (await SellAsync(payer)).ConfirmedAsync();
        await DoAsync($"/v1/orders/{sale.OrderId}/shipments", $$"""{"carrier":"DHL","tracking":"{{tracking}}"}""");
        await _hub.QuietAsync();
        return sale;
    }

    public void Dispose()
    {
        Client.Dispose();
        _key.Dispose();
    }
}
