using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hub.Gateways.Tests.Stripe;

/// <summary>Stripe's published OpenAPI slice, which lies outside this repository: <c>HUB_CONTRACTS</c> names its folder.</summary>
internal sealed class PublishedSlice
{
    /// <summary>What to say where it is missing.</summary>
    internal const string Missing = "HUB_CONTRACTS names no folder with stripe_payment_intents.json.";

    private readonly JsonNode _document;

    private PublishedSlice(string path) => _document = JsonNode.Parse(File.ReadAllText(path), null, new JsonDocumentOptions { MaxDepth = 256 })!;

    /// <summary>The file; <c>null</c> where it is missing.</summary>
    internal static string? Path =>
        Environment.GetEnvironmentVariable("HUB_CONTRACTS") is { Length: > 0 } folder && System.IO.Path.Combine(folder, "stripe_payment_intents.json") is var path && File.Exists(path) ? path : null;

    internal static PublishedSlice Open() => new(Path!);

    internal string Version => _document["info"]!["version"]!.GetValue<string>();

    /// <summary>The members of an object of the slice.</summary>
    internal IEnumerable<string> Members(string schema) => _document["components"]!["schemas"]![schema]!["properties"]!.AsObject().Select(member => member.Key);

    /// <summary>What is wrong with a form, field by field: a name nobody published, a missing field, a value of another type.</summary>
    /// <remarks>Prism reads no nested fields of forms whose document declares no encoding, and passes over names it does not know: hence this second look.</remarks>
    internal IEnumerable<string> Problems(string template, string method, IReadOnlyDictionary<string, string> form)
    {
        var schema = _document["paths"]![template]![method]!["requestBody"]!["content"]!["application/x-www-form-urlencoded"]!["schema"]!;
        var missing = (schema["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? []).Where(name => !form.ContainsKey(name)).Select(name => $"{name} is missing");
        return missing.Concat(form.Select(field => Problem(schema, field.Key.Replace("]", "", StringComparison.Ordinal).Split('['), field.Value) is { } wrong ? $"{field.Key}: {wrong}" : null).OfType<string>());
    }

    /// <summary>What is wrong with a query, by name.</summary>
    internal IEnumerable<string> UnknownParameters(string template, IEnumerable<string> names)
    {
        var known = _document["paths"]![template]!["get"]!["parameters"]!.AsArray().Where(one => one!["in"]!.GetValue<string>() == "query").Select(one => one!["name"]!.GetValue<string>()).ToHashSet();
        return names.Where(name => !known.Contains(name.Replace("[]", "", StringComparison.Ordinal)));
    }

    private static string? Problem(JsonNode schema, ReadOnlySpan<string> path, string value)
    {
        if (schema["anyOf"] is JsonArray choices)
        {
            foreach (var choice in choices)
            {
                if (Problem(choice!, path, value) is null) return null;
            }

            return "fits none of the choices";
        }

        if (path.IsEmpty) return ValueProblem(schema, value);
        if (schema["items"] is { } item) return Problem(item, path[1..], value);
        if (schema["properties"]?[path[0]] is { } known) return Problem(known, path[1..], value);
        return schema["additionalProperties"] is JsonObject any ? Problem(any, path[1..], value) : "is not published";
    }

    private static string? ValueProblem(JsonNode schema, string value) => schema["type"]?.GetValue<string>() switch
    {
        "integer" when !long.TryParse(value, out _) => "is no integer",
        "boolean" when value is not ("true" or "false") => "is no boolean",
        "object" or "array" => "is a value and should have parts",

        // Stripe marks the lists it does not hold its own API to.
        _ when schema["enum"] is JsonArray names && schema["x-stripeBypassValidation"] is null && names.All(name => name!.GetValue<string>() != value) => "is none of the published values",
        _ when schema["maxLength"]?.GetValue<int>() < value.Length => "is too long",
        _ => null,
    };
}
