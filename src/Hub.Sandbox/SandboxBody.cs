using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Hub.Sandbox;

/// <summary>Reads request bodies by the sandbox's own rules, whatever the host's are.</summary>
internal static class SandboxBody
{
    /// <summary>The longest body that most parts read, in bytes.</summary>
    internal const int Usual = 16 * 1024;

    /// <summary>The raw body, or <c>null</c> when it is longer than <paramref name="max"/> bytes.</summary>
    internal static async Task<byte[]?> BytesAsync(HttpContext http, int max)
    {
        using var body = new MemoryStream();
        var buffer = new byte[Usual];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (body.Length + read > max) return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    /// <summary>The body as JSON, or <c>null</c> when it is too long or cannot be read.</summary>
    internal static async Task<T?> ReadAsync<T>(HttpContext http, int max = Usual)
        where T : class =>
        await BytesAsync(http, max) is { } body ? Parse<T>(body) : null;

    /// <summary>JSON, or <c>null</c> when it cannot be read.</summary>
    internal static T? Parse<T>(byte[] body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, SandboxJson.Options);
        }
        catch (JsonException)
        {
            // The exception may quote the body, and with it a card or an address: it ends here and says nothing.
            return null;
        }
    }
}
