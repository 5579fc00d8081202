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
        shop.MapGet("/goods", () => SandboxReply.Json(
            ShopGoods.All.Select(g => new { g.Sku, g.Name, g.Description, unit_price = new ShopAmount(g.Price, ShopGoods.Currency), g.Picture }), 200));
        shop.MapPost("/checkout", CheckoutAsync);
        shop.MapGet("/orders", (DemoShop back) => SandboxReply.Json(back.Orders(), 200));
        shop.MapPost("/orders/{order}/ship", async (DemoShop back, string order, CancellationToken cancel) => SandboxReply.Json(await back.ShipAsync(order, cancel), 200));
        shop.MapPost("/orders/{order}/deliver", async (DemoShop back, string order, CancellationToken cancel) => SandboxReply.Json(await back.DeliverAsync(order, cancel), 200));
        shop.MapPost("/orders/{order}/pay", PayAgainAsync);
        shop.MapPost("/account", AccountAsync);
        shop.MapPost("/webhooks", ReceiveAsync);
    }

    private static async Task<ContentHttpResult> CheckoutAsync(HttpContext http, DemoShop back)
    {
        var asked = await SandboxBody.ReadAsync<CheckoutRequest>(http, MaxBody);
        if (asked is null) return SandboxReply.Error(400, "invalid_json", "The basket cannot be read.");
        if (asked.Wrong() is { } wrong) return SandboxReply.Error(400, "invalid_basket", $"{wrong} is not valid.");
        return SandboxReply.Json(await back.CheckoutAsync(asked, http.Request.Headers["Idempotency-Key"], http.RequestAborted), 201);
    }

    private static async Task<ContentHttpResult> PayAgainAsync(DemoShop back, string order, CancellationToken cancel) => await back.PayAgainAsync(order, cancel) is { } begun
        ? SandboxReply.Json(begun, 201)
        : SandboxReply.Error(404, "unknown_order", "The shop knows no such order.");

    private static async Task<ContentHttpResult> AccountAsync(HttpContext http, DemoShop back)
    {
        var asked = await SandboxBody.ReadAsync<AccountRequest>(http, MaxBody);
        if (asked is null) return SandboxReply.Error(400, "invalid_json", "The account cannot be read.");
        return await back.AccountAsync(asked, http.RequestAborted) is { } account
            ? SandboxReply.Json(account, 201)
            : SandboxReply.Error(404, "unknown_customer", "Nobody has ordered with this number and mailbox.");
    }

    private static async Task<ContentHttpResult> ReceiveAsync(HttpContext http, DemoShop back)
    {
        if (await SandboxBody.BytesAsync(http, MaxBody) is not { } body) return SandboxReply.Error(413, "body_too_long", "The body is longer than 256 KiB.");
        var headers = http.Request.Headers;
        try
        {
            var fault = await back.ReceiveAsync(Given(StandardWebhook.IdHeader), Given(StandardWebhook.TimestampHeader), Given(StandardWebhook.SignatureHeader), body);
            return fault is { } why ? SandboxReply.Error(401, "bad_signature", why.ToString()) : SandboxReply.Json(new { received = true }, 200);
        }
        catch (Exception unread) when (unread is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return SandboxReply.Error(400, "invalid_webhook", "The webhook cannot be read.");
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
            return SandboxReply.Raw(refused.Body, refused.Status, "application/problem+json");
        }
        catch (HttpRequestException unreachable)
        {
            return SandboxReply.Error(502, "hub_unreachable", $"The hub does not answer ({unreachable.HttpRequestError}).");
        }
    }
}
