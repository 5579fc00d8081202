using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Tests.Journey.Support;

/// <summary>A route and method the hub answers.</summary>
internal sealed record Route(string Method, string Pattern, RouteEndpoint Endpoint)
{
    public override string ToString() => $"{Method} {Pattern}";
}

/// <summary>The list of everything the hub answers, from the hub itself.</summary>
internal static class Routes
{
    internal static IReadOnlyList<Route> Of(WebApplication app) =>
    [
        .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(
                endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"],
                (endpoint, method) => new Route(method, $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}", endpoint))
            .OrderBy(route => route.ToString(), StringComparer.Ordinal),
    ];
}
