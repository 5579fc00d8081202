using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Hub.Channels.Email;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Unsubscribe;

/// <summary>The page behind an unsubscribe link: a sentence and one button, without scripts, so that it works wherever a mail is read.</summary>
internal static class UnsubscribePage
{
    private const string Style = """
        body{margin:0;padding:24px;background:#f3f4f6;color:#111827;font:16px/1.5 system-ui,sans-serif}
        main{max-width:480px;margin:10vh auto 0;padding:24px;background:#fff;border-radius:12px}
        h1{margin:0 0 16px;font-size:20px}p{margin:0 0 16px}
        button{width:100%;min-height:48px;border:0;border-radius:8px;background:#1d4ed8;color:#fff;font:inherit;font-weight:600}
        @media(prefers-color-scheme:dark){body{background:#0b0f19;color:#e5e7eb}main{background:#161b29}}
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    internal static ContentHttpResult Ask(HttpContext http, UnsubscribeWords words) => Show(
        http, words, StatusCodes.Status200OK,
        $"<p>{Encoder.Encode(words.Question)}</p><form method=\"post\"><input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\"><button>{Encoder.Encode(words.Button)}</button></form><p></p><p>{Encoder.Encode(words.Undo)}</p>");

    internal static ContentHttpResult Done(HttpContext http, UnsubscribeWords words) => Show(
        http, words, StatusCodes.Status200OK, $"<p role=\"status\">{Encoder.Encode(words.Done)}</p><p>{Encoder.Encode(words.Undo)}</p>");

    internal static ContentHttpResult Unknown(HttpContext http, UnsubscribeWords words) =>
        Show(http, words, StatusCodes.Status404NotFound, $"<p role=\"alert\">{Encoder.Encode(words.Unknown)}</p>");

    private static ContentHttpResult Show(HttpContext http, UnsubscribeWords words, int status, string middle)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        var html = $"<!doctype html><html lang=\"{words.Language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Encoder.Encode(words.Title)}</title>"
            + $"<style>{Style}</style></head><body><main><h1>{Encoder.Encode(words.Title)}</h1>{middle}</main></body></html>\n";
        return TypedResults.Content(html, "text/html; charset=utf-8", Encoding.UTF8, status);
    }
}
