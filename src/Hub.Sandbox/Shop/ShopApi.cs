using System.Text;
using System.Text.Json;
using Hub.Domain.Signatures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Sandbox.Shop;

/// <summary>The shop's back end under <c>/sandbox/api/shop</c>.</summary>
internal static class ShopApi
{
    private const int MaxBody = 256 * 1024;

    internal static void Map(RouteGroupBuilder sandbox)
    {
        var shop = sandbox.MapGroup("/api/shop").AddEndpointFilter(PassRefusalsOnAsync);
        shop.MapGet("/goods", () => Json(
            ShopGoods.All.Select(g => new { g.Sku, g.Name, g.Description, unit_price = new ShopAmount(g.Price, ShopGoods.Currency), g.Picture }), 200));
        shop.MapPost("/checkout", CheckoutAsync);
        shop.MapGet("/orders", (DemoShop back) => Json(back.Orders(), 200));
        shop.MapPost("/orders/{order}/ship", async (DemoShop back, string order, CancellationToken cancel) => Json(await back.ShipAsync(order, cancel), 200));
        shop.MapPost("/orders/{order}/deliver", async (DemoShop back, string order, CancellationToken cancel) => Json(await back.DeliverAsync(order, cancel), 200));
        shop.MapPost("/webhooks", ReceiveAsync);
    }

    private static async Task<ContentHttpResult> CheckoutAsync(HttpContext http, DemoShop back)
    {
        var asked = await BodyAsync(http) is { } body ? Parse<CheckoutRequest>(body) : null;
        if (asked is null) return Error(400, "invalid_json", "The basket cannot be read.");
        if (asked.Wrong() is { } wrong) return Error(400, "invalid_basket", $"{wrong} is not valid.");
        return Json(await back.CheckoutAsync(asked, http.RequestAborted), 201);
    }

    private static async Task<ContentHttpResult> ReceiveAsync(HttpContext http, DemoShop back)
    {
        if (await BodyAsync(http) is not { } body) return Error(413, "body_too_long", "The body is longer than 256 KiB.");
        var headers = http.Request.Headers;
        try
        {
            var fault = await back.ReceiveAsync(Given(StandardWebhook.IdHeader), Given(StandardWebhook.TimestampHeader), Given(StandardWebhook.SignatureHeader), body);
            return fault is { } why ? Error(401, "bad_signature", why.ToString()) : Json(new { received = true }, 200);
        }
        catch (Exception unread) when (unread is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Error(400, "invalid_webhook", "The webhook cannot be read.");
        }

        string? Given(string name) => headers.TryGetValue(name, out var value) ? value.ToString() : null;
    }

    /// <summary>What the hub refuses is shown as the hub wrote it; a hub that is not there is 502.</summary>
    private static async ValueTask<object?> PassRefusalsOnAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (HubRefusedException refused)
        {
            return TypedResults.Text(refused.Body, "application/problem+json", Encoding.UTF8, refused.Status);
        }
        catch (HttpRequestException unreachable)
        {
            return Error(502, "hub_unreachable", $"The hub does not answer ({unreachable.HttpRequestError}).");
        }
    }

    private static async Task<byte[]?> BodyAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (body.Length + read > MaxBody) return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static T? Parse<T>(byte[] body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, SandboxJson.Options);
        }
        catch (JsonException)
        {
            // What is wrong in detail would quote what somebody typed: the answer says only that it cannot be read.
            return null;
        }
    }

    private static ContentHttpResult Error(int status, string code, string message) => Json(new { error = new { code, message } }, status);

    private static ContentHttpResult Json<T>(T value, int status) => TypedResults.Text(SandboxJson.Write(value), "application/json", Encoding.UTF8, status);
}
