using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Actors.Ports;
using Hub.Bench.Http;
using Hub.Gateways.Jwe;

namespace Hub.Bench.Journeys;

/// <summary>A customer with a browser and a phone.</summary>
/// <param name="hub">Where the shop, the hub and the phones are.</param>
/// <param name="changes">Tells when to look again.</param>
/// <param name="keys">The hub's public keys to encrypt cards with.</param>
internal sealed partial class Shopper(HubCaller hub, Changes changes, JsonElement keys) : IDisposable
{
    /// <summary>The card everybody has.</summary>
    public const string Card = "4242424242424242";

    private static readonly string[] Fallback = ["email"];
    private static readonly IRandomSource Random = new SystemRandomSource();
    private static long _phones;

    /// <summary>The phone's number, never used before.</summary>
    public string Phone { get; } = "+1" + (4_150_000_000 + Interlocked.Increment(ref _phones)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The calls this customer makes.</summary>
    public HubCaller Hub => hub;

    /// <summary>One whole journey of a customer nobody has seen before: shop, invoice, phone, card, bank, confirmation by SMS, parcel.</summary>
    /// <remarks>Webhooks, receipt and notices may still be under way when it returns; the engine settles them.</remarks>
    public async Task TravelAsync()
    {
        var bought = await hub.PostAsync("/sandbox/api/shop/checkout", null, new
        {
            lines = new[] { new { sku = await SkuAsync(), quantity = 2 } },
            customer = new { name = "Ada Lovelace", phone = Phone, email = $"ada{Phone[2..]}@example.com", address = "1 Main Street" },
            confirmation = new { method = "sms", fallback = Fallback },
        });
        var (order, payment) = (Text(bought, "order"), Text(bought, "payment"));
        var token = Text(bought, "checkout_url").Split("token=")[1];
        var customer = Text(await hub.GetAsync($"/v1/payments/{payment}", token), "customer");
        await AcceptAsync(order, token);
        await VerifyAsync(customer, token);
        var instrument = await AddCardAsync(customer, token);
        await PayAsync(payment, customer, instrument, token);

        // The order hears of the money a moment after the payment does; a shop ships when the order is paid.
        await changes.WaitAsync($"order:{order}", async () => Text(await hub.GetAsync($"/v1/orders/{order}", token), "status") is "paid" ? order : null);
        await hub.PostAsync($"/sandbox/api/shop/orders/{order}/ship", null, new { });
        await hub.PostAsync($"/sandbox/api/shop/orders/{order}/deliver", null, new { });
    }

    /// <summary>Accepts the invoice that is shown.</summary>
    public async Task AcceptAsync(string order, string token)
    {
        var shown = await hub.GetAsync($"/v1/orders/{order}", token);
        await hub.PostAsync($"/v1/orders/{order}/accept", token, new { invoice_hash = Text(shown, "invoice_hash") });
    }

    /// <summary>Proves that the phone is this customer's.</summary>
    public async Task VerifyAsync(string customer, string token)
    {
        var seen = await hub.GetAsync($"/v1/customers/{customer}", token);
        var address = Text(seen.GetProperty("addresses")[0], "id");
        await hub.PostAsync($"/v1/customers/{customer}/addresses/{address}/verification", token, new { });
        var code = await changes.WaitAsync($"customer:{customer}", () => FindInMessagesAsync(SixDigits()));
        await hub.PostAsync($"/v1/customers/{customer}/addresses/{address}/verification/check", token, new { code });
    }

    /// <summary>Encrypts a card and hands it over.</summary>
    public async Task<string> AddCardAsync(string customer, string token)
    {
        var card = new { number = Card, exp_month = 12, exp_year = 2035, holder = "Ada Lovelace", customer, jti = Jti(), exp = Soon() };
        return Text(await hub.PostAsync($"/v1/customers/{customer}/instruments", token, new { type = "card", encrypted = Encrypt(card) }), "id");
    }

    /// <summary>Submits, reads the SMS, answers it, and waits for the money.</summary>
    public async Task PayAsync(string payment, string customer, string instrument, string token)
    {
        await SubmitAsync(payment, customer, instrument, token);
        var number = await changes.WaitAsync($"payment:{payment}", () => FindOpenAsync(payment, token));
        await hub.PostAsync($"/sandbox/api/phones/{Uri.EscapeDataString(Phone)}/messages", null, new { body = "PAY " + number });
        await changes.WaitAsync($"payment:{payment}", async () => Text(await hub.GetAsync($"/v1/payments/{payment}", token), "status") switch
        {
            "succeeded" => "paid",
            "awaiting_confirmation" or "processing" => null,
            var other => throw new InvalidOperationException($"A payment became {other}."),
        });
    }

    /// <summary>Submits a card with its security code.</summary>
    public Task<JsonElement> SubmitAsync(string payment, string customer, string instrument, string token)
    {
        var code = new { security_code = "123", customer, jti = Jti(), exp = Soon() };
        return hub.PostAsync($"/v1/payments/{payment}/submit", token, new { instrument, security_code = Encrypt(code) });
    }

    public void Dispose() => hub.Dispose();

    /// <summary>A member that must be there.</summary>
    public static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    [GeneratedRegex(@"code is (\d{6})")]
    private static partial Regex SixDigits();

    [GeneratedRegex(@"PAY (\d{4})")]
    private static partial Regex PayNumber();

    private static string Jti() => RandomNumberGenerator.GetHexString(24);

    private static long Soon() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 300;

    private string Encrypt(object content) => CompactJwe.Encrypt(JsonSerializer.SerializeToUtf8Bytes(content), keys, Random);

    private async Task<string> SkuAsync() => Text((await hub.GetAsync("/sandbox/api/shop/goods", null))[0], "sku");

    // Only a request that was sent can be answered; an older one of the same phone must not be taken for it.
    private async Task<string?> FindOpenAsync(string payment, string token)
    {
        var seen = await hub.GetAsync($"/v1/payments/{payment}", token);
        var open = seen.GetProperty("confirmation");
        return open.ValueKind == JsonValueKind.Object && Text(open, "status") == "sent" ? await FindInMessagesAsync(PayNumber()) : null;
    }

    private async Task<string?> FindInMessagesAsync(Regex wanted)
    {
        var messages = await hub.GetAsync($"/sandbox/api/phones/{Uri.EscapeDataString(Phone)}/messages", null);
        return messages.EnumerateArray()
            .Where(message => Text(message, "direction") == "in")
            .OrderByDescending(message => message.GetProperty("at").GetDateTimeOffset())
            .Select(message => wanted.Match(Text(message, "body")))
            .FirstOrDefault(match => match.Success)?.Groups[1].Value;
    }
}
