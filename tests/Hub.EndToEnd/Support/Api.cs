using System.Net.Http.Headers;

using System.Text.Json;

namespace Hub.EndToEnd.Support;

/// <summary>What came back.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON; undefined where there was none.</param>
/// <param name="Headers">The headers.</param>
internal sealed record Answer(int Status, JsonElement Body, HttpResponseHeaders Headers)
{
    /// <summary>The body of an answer that must have this status.</summary>
    internal JsonElement Expect(int status) =>
        Status == status ? Body : throw new Xunit.Sdk.XunitException($"Expected {status}, got {Status}: {(Body.ValueKind is JsonValueKind.Undefined ? "" : Body.GetRawText())}");
}

/// <summary>Calls the hub as one party, the way that party's own program would.</summary>
/// <param name="http">The line; its base address is the hub.</param>
/// <param name="identify">Puts the party's credential on a request.</param>
internal sealed class Api(HttpClient http, Action<HttpRequestMessage> identify)
{
    private static readonly JsonSerializerOptions Snake = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    internal Api(HttpClient http, string? token = null)
        : this(http, request => request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token))
    {
    }

    internal Uri Address => http.BaseAddress!;

    internal HttpClient Line => http;

    internal async Task<JsonElement> GetAsync(string path, int wait = 0) => (await SendAsync(HttpMethod.Get, path, null, wait: wait)).Expect(200);

    internal Task<Answer> PostAsync(string path, object? body = null, string? key = null, int wait = 0) =>
        SendAsync(HttpMethod.Post, path, Write(body ?? new { }), key ?? NewKey(), wait);

    internal static byte[] Write(object body) => JsonSerializer.SerializeToUtf8Bytes(body, Snake);

    internal static string NewKey() => Guid.NewGuid().ToString("n");

    internal async Task<Answer> SendAsync(HttpMethod method, string path, byte[]? body, string? key = null, int wait = 0, Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(method, path);
        identify(request);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (wait > 0) request.Headers.Add("Prefer", $"wait={wait}");
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        prepare?.Invoke(request);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text.Length > 0 && text[0] is '{' or '[' ? JsonSerializer.Deserialize<JsonElement>(text) : default, response.Headers);
    }
}
