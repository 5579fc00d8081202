using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Hub.Bench.Rivals.RowLocks;

/// <summary>The first three requests: a signed order, its acceptance, a payment for it.</summary>
internal sealed class Orders(NpgsqlDataSource database, Edge edge)
{
    public async Task RegisterKeyAsync(HttpContext http)
    {
        var merchant = await edge.MerchantAsync(http);
        var body = await Edge.BodyAsync(http);
        if (merchant is null)
        {
            await Edge.WriteAsync(http, Edge.Answer.Refused(401, "unauthorized"));
            return;
        }

        await edge.OnceAsync(http, merchant, body, async work =>
        {
            var id = Ids.New("key");
            await work.ChangeAsync("INSERT INTO signing_keys VALUES ($1, $2, $3)", id, merchant, JsonSerializer.Deserialize<JsonElement>(body).GetProperty("public_key").GetString()!);
            return Edge.Answer.Of(201, new { id });
        });
    }

    public async Task PlaceAsync(HttpContext http)
    {
        var merchant = await edge.MerchantAsync(http);
        var body = await Edge.BodyAsync(http);
        if (merchant is null || !await OrderSignature.HoldsAsync(http, body, keyId => KeyAsync(merchant, keyId)))
        {
            await Edge.WriteAsync(http, Edge.Answer.Refused(401, "unauthorized"));
            return;
        }

        await edge.OnceAsync(http, merchant, body, work => InsertAsync(work, http, merchant, body));
    }

    public async Task ShowAsync(HttpContext http)
    {
        var customer = await edge.CustomerAsync(http);
        var row = customer is null ? null : await Work.ReadAsync(
            database, "SELECT id, status, total, currency, invoice_hash FROM orders WHERE id = $1 AND customer = $2", Id(http), customer);
        await Edge.WriteAsync(http, row is null
            ? Edge.Answer.Refused(404, "not_found")
            : Edge.Answer.Of(200, new { id = row[0], status = row[1], total = new { amount = row[2], currency = row[3] }, invoice_hash = row[4] }));
    }

    public async Task AcceptAsync(HttpContext http)
    {
        var customer = await edge.CustomerAsync(http) ?? "";
        var body = await Edge.BodyAsync(http);
        await edge.OnceAsync(http, customer, body, async work =>
        {
            var order = await work.RowAsync("SELECT status, invoice_hash FROM orders WHERE id = $1 AND customer = $2 FOR UPDATE", Id(http), customer);
            if (order is null) return Edge.Answer.Refused(404, "not_found");
            if (order[0] is not "placed") return Edge.Answer.Refused(409, "illegal_state");
            if (JsonSerializer.Deserialize<JsonElement>(body).GetProperty("invoice_hash").GetString() != (string)order[1]) return Edge.Answer.Refused(409, "other_invoice");
            await work.ChangeAsync("UPDATE orders SET status = 'accepted', accepted_at = now() WHERE id = $1", Id(http));
            return Edge.Answer.Of(200, new { id = Id(http), status = "accepted" });
        });
    }

    public async Task OpenPaymentAsync(HttpContext http)
    {
        var merchant = await edge.MerchantAsync(http) ?? "";
        var body = await Edge.BodyAsync(http);
        await edge.OnceAsync(http, merchant, body, async work =>
        {
            var order = JsonSerializer.Deserialize<JsonElement>(body).GetProperty("order").GetString()!;
            var row = await work.RowAsync("SELECT status, customer, total, currency FROM orders WHERE id = $1 AND merchant = $2 FOR UPDATE", order, merchant);
            if (row is null) return Edge.Answer.Refused(404, "not_found");
            if (row[0] is not "accepted") return Edge.Answer.Refused(409, "illegal_state");
            var id = Ids.New("pay");
            await work.ChangeAllAsync(
                ("INSERT INTO payments (id, order_id, merchant, customer, amount, currency, status) VALUES ($1, $2, $3, $4, $5, $6, 'requires_payment_method')", [id, order, merchant, row[1], row[2], row[3]]),
                ("UPDATE orders SET status = 'paying' WHERE id = $1", [order]));
            return Edge.Answer.Of(201, new { id, status = "requires_payment_method", amount = new { amount = row[2], currency = row[3] } });
        });
    }

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private async Task<string?> KeyAsync(string merchant, string keyId) =>
        (await Work.ReadAsync(database, "SELECT pem FROM signing_keys WHERE id = $1 AND merchant = $2", keyId, merchant))?[0] as string;

    private static async Task<Edge.Answer> InsertAsync(Work work, HttpContext http, string merchant, byte[] body)
    {
        var order = JsonSerializer.Deserialize<JsonElement>(body);
        var id = Ids.New("ord");
        var lines = order.GetProperty("lines").EnumerateArray().ToArray();
        var total = OrderSignature.Total(order);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var changes = new List<(string, object[])>
        {
            ("INSERT INTO orders (id, merchant, reference, customer, currency, total, invoice_hash, status, consignee, signature) VALUES ($1, $2, $3, $4, $5, $6, $7, 'placed', $8::text::jsonb, $9)",
                [id, merchant, order.GetProperty("reference").GetString()!, order.GetProperty("customer").GetString()!, order.GetProperty("currency").GetString()!, total, hash, order.GetProperty("consignee").GetRawText(), http.Request.Headers["Signature"].ToString()]),
        };
        changes.AddRange(lines.Select((line, number) => (
            "INSERT INTO order_lines VALUES ($1, $2, $3, $4, $5, $6, $7)",
            new object[] { id, number, line.GetProperty("sku").GetString()!, line.GetProperty("name").GetString()!, line.GetProperty("quantity").GetInt32(), line.GetProperty("unit_price").GetInt64(), line.GetProperty("tax").GetInt64() })));
        await work.ChangeAllAsync([.. changes]);
        return Edge.Answer.Of(201, new { id, status = "placed", total = new { amount = total, currency = order.GetProperty("currency").GetString() }, invoice_hash = hash });
    }
}

/// <summary>Ids that sort by their birth, as the hub's do.</summary>
internal static class Ids
{
    public static string New(string kind) => $"{kind}_{Guid.CreateVersion7():n}";
}
