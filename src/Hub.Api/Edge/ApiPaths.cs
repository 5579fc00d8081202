using Microsoft.AspNetCore.Http;

namespace Hub.Api.Edge;

/// <summary>Which paths are the API's. The pages beside it have error pages and content policies of their own.</summary>
/// <remarks>In any case of letters, as routes are matched.</remarks>
internal static class ApiPaths
{
    private static readonly PathString[] Roots = ["/v1", "/staff", "/live", "/channels", "/gateways", "/openapi", "/health", "/metrics"];

    internal static bool Covers(PathString path) => Roots.Any(root => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it is a live connection's, which a browser opens from any page without asking.</summary>
    internal static bool AreLive(PathString path) => path.StartsWithSegments("/live", StringComparison.OrdinalIgnoreCase);
}
