using System.Globalization;
using System.Text.Json;

namespace Hub.Bench.Http;

/// <summary>Calls the hub's public API over one connection.</summary>
internal sealed class HubCaller(LeanClient http) : IDisposable
{
    private static long _keys;

    public static async Task<HubCaller> ConnectAsync(Uri address) => new(await LeanClient.ConnectAsync(address));

    /// <summary>A key no request had before.</summary>
    public static string NewKey() => "bench-" + Interlocked.Increment(ref _keys).ToString("D20", CultureInfo.InvariantCulture);

    /// <summary>Reads.</summary>
    public Task<JsonElement> GetAsync(string path, string? bearer) => CallAsync("GET", path, Authorization(bearer), []);

    /// <summary>Posts, under a new key.</summary>
    public Task<JsonElement> PostAsync(string path, string? bearer, object body, string headers = "") => CallAsync(
        "POST", path, $"{Authorization(bearer)}Idempotency-Key: {NewKey()}\r\n{headers}", JsonSerializer.SerializeToUtf8Bytes(body));

    /// <summary>Calls.</summary>
    /// <exception cref="HttpRequestException">The answer was not 2xx; the message holds it.</exception>
    public async Task<JsonElement> CallAsync(string method, string path, string headers, byte[] body)
    {
        var answer = await http.SendAsync(method, path, headers, body);
        if (answer.Status is < 200 or > 299)
        {
            throw new HttpRequestException($"{method} {path} was answered {answer.Status}: {System.Text.Encoding.UTF8.GetString(answer.Body)}");
        }

        return answer.Body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(answer.Body);
    }

    public void Dispose() => http.Dispose();

    /// <summary>The line that names the caller.</summary>
    public static string Authorization(string? bearer) => bearer is null ? "" : $"Authorization: Bearer {bearer}\r\n";
}
