using Hub.Actors.Ports;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Idempotency;
using Hub.Api.Edge.Json;
using Hub.Api.Edge.OpenApi;
using Hub.Api.Edge.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hub.Api.Edge;

/// <summary>Puts the edge into an application: JSON, errors, idempotency, limits, the OpenAPI document, health.</summary>
public static class EdgeSetup
{
    /// <summary>Registers the edge.</summary>
    /// <remarks>Needs from the host: IRequests, IKeyring, IRandomSource, and data protection unless it registers another <see cref="IAnswerSealer"/>.</remarks>
    public static IServiceCollection AddHubEdge(this IServiceCollection services, EdgeOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdSource>();
        services.TryAddSingleton<IAnswerSealer, ProtectedAnswers>();
        services.AddSingleton<IdempotencyFilter>();
        services.AddSingleton<SignedOrders>();
        services.AddSingleton<SettledReads>();
        services.ConfigureHttpJsonOptions(json => WireJson.ApplyOut(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddRateLimiter(limiter => RateLimits.Configure(limiter, options));
        services.AddOpenApi(ApiDocument.Name, ApiDocument.Configure);
        services.AddHealthChecks();
        return services;
    }

    /// <summary>The outermost layer: request ids, security headers, errors. Goes before everything else.</summary>
    public static IApplicationBuilder UseHubEdge(this IApplicationBuilder app) => app.UseMiddleware<EdgeMiddleware>();

    /// <summary>Maps <c>/openapi/v1.json</c> and <c>/health</c>. Caching is forbidden by the edge's own headers, not by the health checks'.</summary>
    public static void MapHubEdge(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi();
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync, AllowCachingResponses = true });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync, AllowCachingResponses = true });
    }

    private static Task WriteAsync(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(
        new HealthView(report.Status, report.Entries.ToDictionary(check => check.Key, check => check.Value.Status)),
        WireJson.Out,
        http.RequestAborted);
}

/// <summary>Whether the hub can work, and which part cannot.</summary>
internal sealed record HealthView(HealthStatus Status, IReadOnlyDictionary<string, HealthStatus> Checks);
