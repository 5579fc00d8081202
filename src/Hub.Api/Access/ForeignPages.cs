using Hub.Api.Access.Authentication;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Access;

/// <summary>What pages on other hosts may call: the few endpoints that the chat speaks to, from origins that were named (decision 0021).</summary>
/// <remarks>
/// They come with a customer's token in a header, or on <c>/live</c> in the query, and never with a cookie: no answer allows credentials,
/// so a browser hands none of it to a page that sent some. The origin is no proof of who calls; it keeps pages nobody named from using a
/// token that got to them.
/// </remarks>
public static class ForeignPages
{
    private const string Chat = "chat";

    // A browser asks once in this while whether it may.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    // The device's secret is not among them: on a shop's own page whatever that loads could read it and answer for the customer.
    private static readonly string[] Headers = ["Authorization", "Content-Type", "Idempotency-Key", "X-Requested-With", "X-SignalR-User-Agent"];

    /// <summary>Lets the chat on a named origin call an endpoint.</summary>
    public static TBuilder MayBeCalledByChats<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireCors(Chat);

    internal static void Configure(CorsOptions cors, AccessOptions options) => cors.AddPolicy(Chat, policy => policy
        .WithOrigins([.. options.ChatOrigins])
        .WithMethods(HttpMethods.Get, HttpMethods.Post)
        .WithHeaders(Headers)
        .WithExposedHeaders("Retry-After", RequestIds.Header)
        .SetPreflightMaxAge(Remembered));
}

/// <summary>Refuses live connections from pages that are neither ours nor named: browsers ask nobody before they open a WebSocket.</summary>
internal sealed class LiveOriginGuard(RequestDelegate next, AccessOptions options)
{
    public Task InvokeAsync(HttpContext http) => IsForeign(http.Request)
        ? Problems.Of(StatusCodes.Status403Forbidden, "foreign_origin", "This page is neither the hub's own (Hub:PublicUrl) nor one that may hold the chat (Hub:ChatOrigins).").ExecuteAsync(http)
        : next(http);

    private bool IsForeign(HttpRequest request)
    {
        if (!ApiPaths.AreLive(request.Path) || request.Headers.Origin.Count == 0) return false;
        return request.Headers.Origin is not [{ } origin] || !(StaffRequestGuard.IsOurs(origin, request, options) || options.ChatOrigins.Contains(origin, StringComparer.Ordinal));
    }
}
