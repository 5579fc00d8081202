using System.Text;
using System.Text.Json;
using Hub.Api.Tests.Edge.Support;

namespace Hub.Api.Tests.Journey.Support;

/// <summary>Short words for calls and answers.</summary>
internal static class Wire
{
    internal static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;

    /// <summary>Posts under a new idempotency key.</summary>
    internal static Task<HttpResponseMessage> SendAsync(this HttpClient client, string path, string json = "{}", params (string Name, string Value)[] headers) =>
        client.PostAsync(path, json, $"{Guid.NewGuid()}", headers);

    /// <summary>Posts, and takes nothing but success for an answer.</summary>
    internal static async Task<JsonElement> DoAsync(this HttpClient client, string path, string json = "{}")
    {
        using var answer = await client.SendAsync(path, json);
        return await answer.MadeAsync();
    }

    /// <summary>Any method, with or without a body.</summary>
    internal static async Task<HttpResponseMessage> CallAsync(this HttpClient client, string method, string path, string? json = null, string? key = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }

    /// <summary>The body of an answer that must be a success.</summary>
    internal static async Task<JsonElement> MadeAsync(this HttpResponseMessage answer)
    {
        var text = await answer.TextAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage?.RequestUri} {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Every item of a list, page by page, by its cursor.</summary>
    internal static async Task<IReadOnlyList<JsonElement>> WalkAsync(this HttpClient client, string path)
    {
        var (items, more) = (new List<JsonElement>(), true);
        while (more)
        {
            var cursor = items.Count == 0 ? "" : $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}starting_after={items[^1].Text("id")}";
            using var page = await client.AskAsync($"{path}{cursor}");
            var json = await page.MadeAsync();
            items.AddRange(json.GetProperty("data").EnumerateArray());
            more = json.GetProperty("has_more").GetBoolean() && json.GetProperty("data").GetArrayLength() > 0;
        }

        return items;
    }
}
