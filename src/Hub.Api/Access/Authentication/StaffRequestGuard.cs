using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Access.Authentication;

/// <summary>A browser sends the staff cookie by itself; so what changes something must show that our own page sent it.</summary>
/// <remarks>
/// Beside SameSite=Strict: a header that a foreign page cannot set without asking first, and an origin that is ours.
/// On <c>/live</c>, where a WebSocket is opened by GET, the origin counts as well, and the header cannot be sent.
/// </remarks>
internal sealed class StaffRequestGuard(RequestDelegate next, AccessOptions options)
{
    internal const string Header = "X-CSRF";

    public Task InvokeAsync(HttpContext http) => WhyNot(http) is { } refusal ? refusal.ExecuteAsync(http) : next(http);

    /// <summary>Whether the request says it comes from a page that is not ours. Says nothing about requests that do not tell.</summary>
    internal static bool IsForeign(HttpRequest request, AccessOptions options)
    {
        var origin = request.Headers.Origin;
        if (origin.Count > 0 && !(origin.Count == 1 && IsOurs(origin[0]!, request, options))) return true;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return site is not ("" or "same-origin" or "none");
    }

    private Problem? WhyNot(HttpContext http)
    {
        if (Caller.Of(http.User) is not Caller.Staff) return null;
        var request = http.Request;
        if (ApiPaths.AreLive(request.Path)) return IsForeign(request, options) ? Foreign() : null;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) return null;
        if (request.Headers[Header] != "1") return Refuse("csrf_header_missing", "Send the header X-CSRF: 1.");
        var tells = request.Headers.Origin.Count > 0 || request.Headers.ContainsKey("Sec-Fetch-Site");
        return !tells || IsForeign(request, options) ? Foreign() : null;
    }

    /// <summary>Whether an origin is the hub's own.</summary>
    internal static bool IsOurs(string origin, HttpRequest request, AccessOptions options) =>
        origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
        || options.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    private static Problem Foreign() => Refuse("foreign_origin", "Send it from the hub's own pages, with an Origin or Sec-Fetch-Site that says so.");

    private static Problem Refuse(string code, string detail) => Problems.Of(StatusCodes.Status403Forbidden, code, detail);
}
