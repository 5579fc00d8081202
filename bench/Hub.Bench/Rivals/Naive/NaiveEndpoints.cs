using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Bench.Journeys;
using Hub.Bench.Rivals.RowLocks;
using Microsoft.AspNetCore.Http;
using Orleans;

namespace Hub.Bench.Rivals.Naive;

/// <summary>The same requests as the row-lock service's, each passed to a grain or two.</summary>
internal sealed class NaiveEndpoints(IGrainFactory grains, Cards cards, Parties parties, Changes changes) : IReported
{
    public async Task RegisterKeyAsync(HttpContext http)
    {
        var pem = JsonSerializer.Deserialize<JsonElement>(await Edge.BodyAsync(http)).GetProperty("public_key").GetString()!;
        var id = Ids.New("key");
        await grains.GetGrain<IEntryGrain>($"pem/{await MerchantAsync(http)}/{id}").SetAsync(pem);
        await Edge.WriteAsync(http, Edge.Answer.Of(201, new { id }));
    }

    public async Task PlaceAsync(HttpContext http)
    {
        var merchant = await MerchantAsync(http);
        var body = await Edge.BodyAsync(http);
        if (merchant is null || !await OrderSignature.HoldsAsync(http, body, keyId => grains.GetGrain<IEntryGrain>($"pem/{merchant}/{keyId}").GetAsync()))
        {
            await Edge.WriteAsync(http, Edge.Answer.Refused(401, "unauthorized"));
            return;
        }

        var order = JsonSerializer.Deserialize<JsonElement>(body);

        // A repeat finds the same order, since its id comes from the key.
        var id = "ord_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{merchant}/{Key(http)}")))[..32];
        if (!await grains.GetGrain<IEntryGrain>($"reference/{merchant}/{order.GetProperty("reference").GetString()}").SetAsync(id))
        {
            await Edge.WriteAsync(http, Edge.Answer.Refused(409, "reference_taken"));
            return;
        }

        var placed = await grains.GetGrain<IOrderGrain>(id).PlaceAsync(
            merchant, order.GetProperty("customer").GetString()!, order.GetProperty("currency").GetString()!, OrderSignature.Total(order), Convert.ToHexStringLower(SHA256.HashData(body)), order.GetRawText());
        await Edge.WriteAsync(http, Edge.Answer.Of(201, new { id, status = placed.Status, total = new { amount = placed.Total, currency = placed.Currency }, invoice_hash = placed.Hash }));
    }

    public async Task ShowOrderAsync(HttpContext http)
    {
        var order = await grains.GetGrain<IOrderGrain>(Id(http)).ShowAsync();
        await Edge.WriteAsync(http, order.Customer != await CustomerAsync(http)
            ? Edge.Answer.Refused(404, "not_found")
            : Edge.Answer.Of(200, new { id = Id(http), status = order.Status, total = new { amount = order.Total, currency = order.Currency }, invoice_hash = order.Hash }));
    }

    public async Task AcceptAsync(HttpContext http)
    {
        var hash = JsonSerializer.Deserialize<JsonElement>(await Edge.BodyAsync(http)).GetProperty("invoice_hash").GetString()!;
        var status = await grains.GetGrain<IOrderGrain>(Id(http)).AcceptAsync(Key(http), await CustomerAsync(http) ?? "", hash);
        await Edge.WriteAsync(http, status.Length == 0 ? Edge.Answer.Refused(409, "illegal_state") : Edge.Answer.Of(200, new { id = Id(http), status }));
    }

    public async Task OpenPaymentAsync(HttpContext http)
    {
        var order = JsonSerializer.Deserialize<JsonElement>(await Edge.BodyAsync(http)).GetProperty("order").GetString()!;
        var id = await grains.GetGrain<IOrderGrain>(order).OpenPaymentAsync(Key(http), await MerchantAsync(http) ?? "");
        await Edge.WriteAsync(http, id.Length == 0 ? Edge.Answer.Refused(409, "illegal_state") : Edge.Answer.Of(201, new { id, status = "requires_payment_method" }));
    }

    public async Task ShowPaymentAsync(HttpContext http)
    {
        var payment = await grains.GetGrain<IPaymentGrain>(Id(http)).ShowAsync();
        await Edge.WriteAsync(http, payment.Customer != await CustomerAsync(http)
            ? Edge.Answer.Refused(404, "not_found")
            : Edge.Answer.Of(200, new { id = Id(http), status = payment.Status, amount = new { amount = payment.Amount, currency = payment.Currency }, confirmation = payment.Confirmation is { } status ? new { status } : null }));
    }

    public async Task SubmitAsync(HttpContext http)
    {
        var customer = await CustomerAsync(http) ?? "";
        var asked = JsonSerializer.Deserialize<JsonElement>(await Edge.BodyAsync(http));
        var securityCode = cards.Open(asked.GetProperty("security_code").GetString()!).GetProperty("security_code").GetString()!;
        var card = await grains.GetGrain<IEntryGrain>($"card/{customer}/{asked.GetProperty("instrument").GetString()}").GetAsync();
        var phone = await grains.GetGrain<IEntryGrain>($"phone/{customer}").GetAsync();
        var payment = grains.GetGrain<IPaymentGrain>(Id(http));
        var attempt = card is null || phone is null ? "" : await payment.StartAsync(Key(http), customer);
        if (attempt.Length == 0)
        {
            await Edge.WriteAsync(http, Edge.Answer.Refused(409, "illegal_state"));
            return;
        }

        var record = await payment.ShowAsync();
        await payment.AuthorizedAsync(await parties.AuthorizeAsync(attempt, record.Amount, record.Currency, cards.Unseal(Convert.FromBase64String(card!)), securityCode));
        var code = RandomNumberGenerator.GetInt32(1_000, 10_000).ToString(CultureInfo.InvariantCulture);
        await grains.GetGrain<IPhoneGrain>(phone!).OpenAsync(code, Id(http));
        await parties.TextAsync(Ids.New("msg"), phone!, $"OmniHub: pay {record.Currency} {Words(record.Amount)} to ACME Books? Reply PAY {code} or NO {code}. Valid 5 min.");
        await payment.SentAsync();
        changes.Tell($"payment:{Id(http)}");
        await Edge.WriteAsync(http, Edge.Answer.Of(200, new { id = Id(http), status = "awaiting_confirmation" }));
    }

    public async Task ApproveAsync(string sid, string phone, string code)
    {
        var id = await grains.GetGrain<IPhoneGrain>(phone).TakeAsync(sid, code);
        if (id.Length == 0) return;
        var payment = grains.GetGrain<IPaymentGrain>(id);
        if (await payment.MatchAsync() is not { Length: > 0 } capture) return;
        var record = await payment.ShowAsync();
        await payment.CapturedAsync(await parties.CaptureAsync(capture, record.Authorization, record.Amount));
        await grains.GetGrain<IOrderGrain>(record.Order).PaidAsync();
        changes.Tell($"payment:{id}");
        await parties.TextAsync(Ids.New("msg"), phone, $"OmniHub: you paid {record.Currency} {Words(record.Amount)} to ACME Books.");
    }

    public Task StatusAsync(string message, string status, int rank) => grains.GetGrain<IMessageGrain>(message).AdvanceAsync(rank);

    // Both keys end in the payment's id.
    public Task ReportedAsync(string report, string key) => grains.GetGrain<IPaymentGrain>(key[(key.IndexOf('_', StringComparison.Ordinal) + 1)..]).ReportedAsync(report);

    private static string Words(long minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private static string Key(HttpContext http) => http.Request.Headers["Idempotency-Key"].ToString();

    private Task<string?> MerchantAsync(HttpContext http) => grains.GetGrain<IEntryGrain>("merchant/" + Convert.ToHexString(Edge.Bearer(http))).GetAsync();

    private Task<string?> CustomerAsync(HttpContext http) => grains.GetGrain<IEntryGrain>("customer/" + Convert.ToHexString(Edge.Bearer(http))).GetAsync();
}
