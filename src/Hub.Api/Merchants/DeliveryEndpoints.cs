using System.Text.Json;
using Hub.Actors;
using Hub.Actors.Views;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Requests;
using Hub.Domain.Merchants;
using Hub.Domain.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Merchants;

/// <summary>A webhook that was or is to be sent.</summary>
public sealed record WebhookDeliveryView(string Id, string Endpoint, string Type, WebhookStatus Status, int Tries, string? LastResult, DateTimeOffset? CreatedAt);

/// <summary>What a merchant was told, and telling it again.</summary>
internal static class DeliveryEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/webhook-endpoints/{id}/deliveries", ListAsync).RequireAuthorization(Policies.WebhooksWrite);
        routes.MapPost("/v1/webhook-endpoints/{id}/deliveries/{webhook}/replay", ReplayAsync).RequireAuthorization(Policies.WebhooksWrite).RequireIdempotency("rpl");
        routes.MapGet("/v1/events", Events).RequireAuthorization(Policies.WebhooksWrite);
    }

    /// <summary>Lists what was sent to an endpoint, newest first.</summary>
    internal static async Task<Ok<ListOf<WebhookDeliveryView>>> ListAsync(string id, Paging paging, Caller caller, IActors actors, IViews views, CancellationToken cancel)
    {
        var merchant = await actors.SeeAsync<Merchant>(HubKinds.Merchant, ((Caller.Merchant)caller).MerchantId, caller, cancel);
        if (merchant.State.Endpoints.All(e => e.Id != id)) throw Problems.NotFound().AsException();

        // The views know a merchant's webhooks, not an endpoint's: pages are read until this one is full.
        List<WebhookDeliveryView> found = [];
        var page = Page(paging, caller, views);
        while (true)
        {
            var here = StatesOf(page).Where(w => w.Message!.Endpoint == id).Select(ViewOf).ToList();
            var room = paging.Limit - found.Count;
            found.AddRange(here.Take(room));
            if (here.Count > room || !page.HasMore || found.Count == paging.Limit)
            {
                return TypedResults.Ok(new ListOf<WebhookDeliveryView>(found, here.Count > room || page.HasMore));
            }

            page = Page(paging with { StartingAfter = page.Rows[^1].Actor.Key }, caller, views);
        }
    }

    /// <summary>Sends a webhook once more, with the same id.</summary>
    internal static async Task<Accepted<WebhookDeliveryView>> ReplayAsync(string id, string webhook, IdempotencyKey key, Caller caller, IActors actors, CancellationToken cancel)
    {
        var seen = await actors.SeeAsync<WebhookState>(HubKinds.Webhook, webhook, caller, cancel);
        if (seen.State.Message!.Endpoint != id) throw Problems.NotFound().AsException();
        var done = await actors.TakeAsync<WebhookState>(HubKinds.Webhook[webhook], key.CommandId, new WebhookCommand.Replay("merchant"), cancel);
        return TypedResults.Accepted($"/v1/webhook-endpoints/{id}/deliveries", ViewOf(done.State));
    }

    /// <summary>Lists what the merchant was told, exactly as it was told, newest first.</summary>
    internal static Ok<ListOf<JsonElement>> Events(Paging paging, Caller caller, IViews views)
    {
        var page = Page(paging, caller, views);
        return TypedResults.Ok(new ListOf<JsonElement>([.. StatesOf(page).Select(w => JsonSerializer.Deserialize<JsonElement>(w.Message!.Body))], page.HasMore));
    }

    private static ViewPage Page(Paging paging, Caller caller, IViews views) =>
        views.List(new ViewQuery(HubKinds.Webhook.Name, ((Caller.Merchant)caller).MerchantId, StartingAfter: paging.StartingAfter, Limit: paging.Limit));

    private static IEnumerable<WebhookState> StatesOf(ViewPage page) => page.Rows.Select(r => r.State).OfType<WebhookState>();

    private static WebhookDeliveryView ViewOf(WebhookState w) =>
        new(w.Message!.Id, w.Message.Endpoint, w.Message.Type, w.Status, w.Tries, w.LastResult, w.CreatedAt);
}
