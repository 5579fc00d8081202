using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Hub.Web;

/// <summary>Serves the pages: landing, shop, checkout, my payments, support, and those of the sandbox.</summary>
public static class Pages
{
    internal const string Mail = "mail.html";

    internal const string Chat = "omnihub-chat.js";

    /// <summary>Maps every page and its assets.</summary>
    /// <param name="routes">The application's routes.</param>
    /// <param name="sandbox">Whether the landing page, the shop and the pages under <c>/sandbox</c> are served as well; live mode has none of them.</param>
    /// <returns>The group of all page routes, to which the caller may add conventions.</returns>
    /// <exception cref="InvalidOperationException">A page is missing from the build.</exception>
    public static RouteGroupBuilder MapPages(this IEndpointRouteBuilder routes, bool sandbox = true)
    {
        var files = PageFiles.Load();
        var group = routes.MapGroup("");
        foreach (var (route, name) in sandbox ? [.. Always, .. SandboxOnly] : Always)
            MapFile(group, route, name, files.Find(name) ?? throw new InvalidOperationException($"The page {name} was not built."));
        foreach (var name in files.Names.Where(name => name.StartsWith("assets/", StringComparison.Ordinal)))
            MapFile(group, "/" + name, name, files.Find(name)!);
        return group;
    }

    private static readonly (string Route, string Name)[] Always =
    [
        ("/checkout/{payment}", "checkout.html"),
        ("/my", "my.html"),
        ("/my/settings", "my.html"),
        ("/sw.js", "sw.js"),
        ("/manifest.webmanifest", "manifest.webmanifest"),
        ("/omnihub-chat.js", Chat),
        ("/support", "support.html"),
    ];

    private static readonly (string Route, string Name)[] SandboxOnly =
    [
        ("/", "index.html"),
        ("/shop", "shop.html"),
        ("/sandbox/phone", "phone.html"),
        ("/sandbox/mail", Mail),
        ("/sandbox/bank", "bank.html"),
        ("/sandbox/clock", "clock.html"),
    ];

    private static void MapFile(RouteGroupBuilder group, string route, string name, PageFile file) => group
        .MapMethods(route, [HttpMethods.Get, HttpMethods.Head], context => SendAsync(context, name, file))
        .AllowAnonymous()
        .ExcludeFromDescription();

    private static Task SendAsync(HttpContext context, string name, PageFile file)
    {
        PageHeaders.Set(context.Response.Headers, name);
        if (!TakesBrotli(context.Request))
            return Answer(file.Plain, file.ETag).ExecuteAsync(context);
        context.Response.Headers.ContentEncoding = "br";
        return Answer(file.Brotli, file.BrotliETag).ExecuteAsync(context);

        // The framework's own result answers If-None-Match with 304 and HEAD without a body.
        FileContentHttpResult Answer(byte[] bytes, EntityTagHeaderValue tag) => TypedResults.Bytes(
            bytes, file.ContentType, fileDownloadName: null, enableRangeProcessing: false, lastModified: null, entityTag: tag);
    }

    private static bool TakesBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(offer => offer.Value == "br" && offer.Quality is not 0);
}
