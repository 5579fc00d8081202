using Microsoft.AspNetCore.Http;

namespace Hub.Api.Edge;

/// <summary>What every answer of the API tells browsers: keep nothing, guess nothing, show nothing inside a page.</summary>
internal static class SecurityHeaders
{
    internal static void Apply(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
    }
}
