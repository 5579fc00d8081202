using System.Security.Cryptography;
using System.Text.Json;
using Hub.Domain.Signatures;
using Hub.Sandbox;

namespace Hub.EndToEnd.Support;

/// <summary>A merchant's own server: signs its orders (RFC 9421) with a key that it made and registered.</summary>
internal sealed class Merchant : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SandboxClock _clock;
    private string? _keyId;
    private int _orders;

    internal Merchant(HttpClient http)
    {
        Api = new Api(http, SandboxKeys.DemoMerchantApiKey);
        _clock = new SandboxClock(http);
    }

    internal Api Api { get; }

    public void Dispose() => _key.Dispose();

    internal async Task RegisterKeyAsync() =>
        _keyId = (await Api.PostAsync("/v1/merchants/signing-keys", new { public_key = _key.ExportSubjectPublicKeyInfoPem() })).Expect(201).Text("id");

    internal async Task<JsonElement> CreateCustomerAsync(string name, string? phone, string? email, string method = "sms", params string[] fallback) =>
        (await Api.PostAsync("/v1/customers", new { name, phone, email, confirmation = new { method, fallback }, locale = "en" })).Expect(201);

    /// <summary>Two books at 19.90 and shipping at 4.90: EUR 44.70, unless told otherwise.</summary>
    internal async Task<JsonElement> PlaceOrderAsync(string customer, string currency = "EUR", long unitPrice = 1990) =>
        (await PostSignedAsync("/v1/orders", new
        {
            reference = $"T-{Interlocked.Increment(ref _orders)}-{Api.NewKey()[..8]}",
            customer,
            lines = new[] { new { sku = "BOOK-1", name = "A Room of One's Own", quantity = 2, unit_price = unitPrice, tax = 260 } },
            shipping = 490,
            currency,
            consignee = new { name = "Ada Lovelace", address = "12 St James's Square, London" },
            delivery = new { method = "parcel", by = "2030-12-24" },
        })).Expect(201);

    internal async Task<JsonElement> OpenPaymentAsync(string order, string capture = "automatic") =>
        (await Api.PostAsync("/v1/payments", new { order, capture })).Expect(201);

    internal async Task<string> OpenSessionAsync(string customer, string? payment) =>
        (await Api.PostAsync($"/v1/customers/{customer}/sessions", new { payment })).Expect(201).Text("token")!;

    internal Task<JsonElement> PaymentAsync(string id, int wait = 0) => Api.GetAsync($"/v1/payments/{id}", wait);

    internal async Task<IReadOnlyList<JsonElement>> TimelineAsync(string payment) => [.. (await Api.GetAsync($"/v1/payments/{payment}/timeline?limit=1000")).List("data")];

    internal async Task<IReadOnlyList<JsonElement>> AllAsync(string list)
    {
        var all = new List<JsonElement>();
        JsonElement page;
        do
        {
            page = await Api.GetAsync($"{list}?limit=100{(all.Count == 0 ? "" : $"&starting_after={all[^1].Text("id")}")}");
            all.AddRange(page.List("data"));
        }
        while (page.IsTrue("has_more"));
        return all;
    }

    internal async Task<Answer> PostSignedAsync(string path, object body)
    {
        if (_keyId is null) await RegisterKeyAsync();
        var (bytes, key, now) = (Api.Write(body), Api.NewKey(), await _clock.NowAsync());
        var digest = ContentDigest.Compute(bytes);
        var target = new Uri(Api.Address, path).ToString();
        var message = SignedMessage.Request("POST", target, [new("content-digest", digest), new("idempotency-key", key)], bytes);
        var (input, signature) = HttpMessageSignature.Sign(message, SignatureParameters.New(SignaturePolicy.Order.Required, now, _keyId!), _key);
        return await Api.SendAsync(HttpMethod.Post, path, bytes, key, prepare: request =>
        {
            request.Headers.Add("Content-Digest", digest);
            request.Headers.Add("Signature-Input", input);
            request.Headers.Add("Signature", signature);
        });
    }
}
