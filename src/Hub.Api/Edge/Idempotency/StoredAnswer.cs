using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Hub.Api.Edge.Idempotency;

/// <summary>An answer as repeats of its request get it: status, the headers that belong to it, and the very bytes.</summary>
internal sealed record StoredAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private static readonly string[] Kept = ["Content-Type", "Location", "ETag", "Retry-After", "Preference-Applied"];

    internal static StoredAnswer Of(HttpResponse response, byte[] body) => new(
        response.StatusCode,
        Kept.Where(response.Headers.ContainsKey).ToDictionary(name => name, name => response.Headers[name].ToString()),
        body);

    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    internal static StoredAnswer Read(byte[] bytes) =>
        JsonSerializer.Deserialize<StoredAnswer>(bytes) ?? throw new JsonException("A stored answer is null.");

    internal async Task SendAsync(HttpResponse response, CancellationToken cancel)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (Body.Length == 0) return;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, cancel);
    }
}
