using System.Globalization;
using System.Text.Json;

namespace Hub.EndToEnd.Support;

/// <summary>Reads answers by path, such as <c>confirmation.status</c> or <c>attempts.0.status</c>.</summary>
internal static class Json
{
    /// <summary>What stands there; fails with the path and the whole answer when there is nothing.</summary>
    internal static JsonElement At(this JsonElement json, string path) =>
        json.Find(path) ?? throw new Xunit.Sdk.XunitException($"No {path} in {json.GetRawText()}");

    /// <summary>The text there; <c>null</c> where there is none.</summary>
    internal static string? Text(this JsonElement json, string path) =>
        json.Find(path) is { } found ? found.ValueKind is JsonValueKind.Null ? null : found.ToString() : null;

    internal static long Number(this JsonElement json, string path) => json.At(path).GetInt64();

    internal static bool IsTrue(this JsonElement json, string path) => json.Find(path) is { ValueKind: JsonValueKind.True };

    internal static IEnumerable<JsonElement> List(this JsonElement json, string path) => json.At(path).EnumerateArray();

    private static JsonElement? Find(this JsonElement json, string path)
    {
        var at = json;
        foreach (var step in path.Split('.'))
        {
            if (at.ValueKind is JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength()) at = at[index];
            else if (at.ValueKind is JsonValueKind.Object && at.TryGetProperty(step, out var inner)) at = inner;
            else return null;
        }

        return at;
    }
}
