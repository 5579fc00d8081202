using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Api.Edge.Idempotency;

/// <summary>How an endpoint asks for idempotency.</summary>
public static class IdempotencyEndpoints
{
    /// <summary>Requires an <c>Idempotency-Key</c>, and gives repeats the first answer.</summary>
    /// <param name="route">An endpoint for authenticated callers; it takes <see cref="IdempotencyKey"/> as a parameter.</param>
    /// <param name="prefix">Three letters: the prefix of the id it creates, such as <c>pay</c>.</param>
    /// <param name="holdsPassword">Whether the body holds a password: what is kept to know a repeat by is then as slow to try as the password's own digest.</param>
    public static RouteHandlerBuilder RequireIdempotency(this RouteHandlerBuilder route, string prefix, bool holdsPassword = false)
    {
        ArgumentNullException.ThrowIfNull(route);
        return route
            .WithMetadata(new IdempotencyMetadata(prefix, holdsPassword))
            .AddEndpointFilterFactory((_, next) => context =>
                context.HttpContext.RequestServices.GetRequiredService<IdempotencyFilter>().InvokeAsync(context, next));
    }
}
