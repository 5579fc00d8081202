using Microsoft.AspNetCore.Http;

namespace Hub.Web;

/// <summary>What every page tells the browser it may not do.</summary>
internal static class PageHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; " +
        "manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    // A frame filled by srcdoc inherits its page's policy, and mails carry their styles inline. The frame is sandboxed
    // without permissions, so no script of a mail runs; only the mailbox page gets this.
    private const string MailPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; " +
        "frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Sets the headers of one page or asset.</summary>
    /// <param name="headers">The response's headers.</param>
    /// <param name="name">The file's name, such as <c>mail.html</c>.</param>
    internal static void Set(IHeaderDictionary headers, string name)
    {
        headers.ContentSecurityPolicy = name == Pages.Mail ? MailPolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // The chat's one file is for pages on any host, also as a module or under a hash (SRI), which both ask by CORS. It holds nothing secret.
        headers["Cross-Origin-Resource-Policy"] = name == Pages.Chat ? "cross-origin" : "same-origin";
        if (name == Pages.Chat) headers.AccessControlAllowOrigin = "*";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        // Names are stable across versions, so a copy may be kept but never used unasked.
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept-Encoding";
    }
}
