using Hub.Actors.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Api.Edge;

/// <summary>One id per request, given by the hub, returned in <c>Request-Id</c> and in every error, and present in the logs.</summary>
public static class RequestIds
{
    /// <summary>The header it is returned in.</summary>
    public const string Header = "Request-Id";

    /// <summary>The id of this request, such as <c>req_01jd…</c>.</summary>
    public static string Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.Features.Get<Given>() is { } given) return given.Id;
        var id = http.RequestServices.GetRequiredService<IdSource>().New("req");
        http.Features.Set(new Given(id));
        http.TraceIdentifier = id;
        return id;
    }

    private sealed record Given(string Id);
}
