using System.Globalization;
using Hub.Api.Edge.Errors;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Edge.Requests;

/// <summary>Versions as HTTP knows them: <c>ETag: "v3"</c>.</summary>
public static class ETags
{
    /// <summary>The tag of a version.</summary>
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"v{version}\"");

    /// <summary>Puts the tag of a version on the answer.</summary>
    public static void Set(HttpContext http, long version)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.Headers.ETag = Of(version);
    }
}

/// <summary>The version a caller means to change: <c>If-Match</c>. The turn compares it, once it knows that the request is no repeat of what it has done.</summary>
/// <param name="Version">The version, or <c>null</c> when any will do (no header, or <c>*</c>).</param>
public sealed record IfMatch(long? Version)
{
    /// <summary>Called by the framework.</summary>
    /// <exception cref="ProblemException">400: not a tag of ours.</exception>
    public static ValueTask<IfMatch?> BindAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        return ValueTask.FromResult<IfMatch?>(Parse(httpContext.Request.Headers.IfMatch.ToString()));
    }

    private static IfMatch Parse(string header)
    {
        if (header is "" or "*") return new IfMatch((long?)null);
        var version = 0L;
        var fits = header.StartsWith("\"v", StringComparison.Ordinal)
            && header.EndsWith('"')
            && long.TryParse(header.AsSpan()[2..^1], NumberStyles.None, CultureInfo.InvariantCulture, out version);
        return fits ? new IfMatch(version) : throw Problems.Invalid("If-Match", "must be one ETag as the hub gave it, or *").AsException();
    }
}
