using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Hub.Web;

/// <summary>One built file as it is sent: its bytes, plain and compressed, and the tag that names exactly them.</summary>
/// <param name="ContentType">The media type, with the charset for text.</param>
/// <param name="Plain">The bytes as built.</param>
/// <param name="Brotli">The same bytes compressed; longer than <paramref name="Plain"/> never happens for text of this size.</param>
/// <param name="ETag">A strong tag over the plain bytes.</param>
/// <param name="BrotliETag">A strong tag of its own: another encoding is another representation (RFC 9110, 8.8.3.3).</param>
internal sealed record PageFile(
    string ContentType,
    byte[] Plain,
    byte[] Brotli,
    EntityTagHeaderValue ETag,
    EntityTagHeaderValue BrotliETag)
{
    /// <summary>Prepares a file once, at start, so that no request compresses or hashes.</summary>
    /// <param name="name">The file's name; its ending decides the media type.</param>
    /// <param name="plain">The bytes as built.</param>
    /// <exception cref="InvalidOperationException">The ending is none that the build makes.</exception>
    internal static PageFile Of(string name, byte[] plain)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 12));
        return new PageFile(
            ContentTypeOf(name),
            plain,
            Compress(plain),
            new EntityTagHeaderValue($"\"{digest}\""),
            new EntityTagHeaderValue($"\"{digest}-br\""));
    }

    private static byte[] Compress(byte[] plain)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.Optimal))
            brotli.Write(plain);
        return target.ToArray();
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".webmanifest" => "application/manifest+json; charset=utf-8",
        var other => throw new InvalidOperationException($"The pages hold a file of an unexpected kind: {other}."),
    };
}
