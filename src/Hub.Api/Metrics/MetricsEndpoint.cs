using System.Net;
using Hub.Api.Access;
using Hub.Api.Edge.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Api.Metrics;

/// <summary>Measurements for whoever runs the hub: a collector on the same machine, or signed-in staff. Nobody else's business how much is sold.</summary>
/// <remarks>A request that a proxy passed on comes from elsewhere, whatever its last hop; a proxy has to name the first, as all usual ones do.</remarks>
internal static class MetricsEndpoint
{
    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    internal static void Map(IEndpointRouteBuilder routes)
    {
        // Begun now, since what is counted before somebody listens is lost.
        routes.ServiceProvider.GetRequiredService<HubMeters>();
        routes.MapGet("/metrics", Read).AllowAnonymous().ExcludeFromDescription();
    }

    internal static Results<ContentHttpResult, Problem> Read(HttpContext http, HubMeters meters) =>
        IsFromHere(http) || Caller.Of(http.User) is Caller.Staff
            ? TypedResults.Content(meters.Write(), HubMeters.ContentType)
            : Problems.OfStatus(StatusCodes.Status403Forbidden);

    private static bool IsFromHere(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !Forwarding.Any(http.Request.Headers.ContainsKey);
}
