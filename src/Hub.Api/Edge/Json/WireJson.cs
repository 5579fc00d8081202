using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Api.Edge.Json;

/// <summary>The shapes of JSON at the edge: one set of options to read with, one to write with.</summary>
public static class WireJson
{
    /// <summary>How deep objects and arrays may be nested.</summary>
    public const int MaxDepth = 32;

    /// <summary>Reads requests. Strict: unknown or repeated members, numbers in strings and missing members are errors.</summary>
    public static JsonSerializerOptions In { get; } = CreateIn();

    /// <summary>Writes answers, and tells OpenAPI what they look like.</summary>
    public static JsonSerializerOptions Out { get; } = CreateOut();

    /// <summary>An enum member or property as the wire spells it, such as <c>wrong_code</c>.</summary>
    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>Makes <paramref name="options"/>, such as the framework's own, write as <see cref="Out"/> does.</summary>
    public static void ApplyOut(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = MaxDepth;
        options.Converters.Add(new RfcTimeConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions CreateIn()
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            MaxDepth = MaxDepth,
        };
        options.Converters.Add(new SnakeCaseEnumConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static JsonSerializerOptions CreateOut()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ApplyOut(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
