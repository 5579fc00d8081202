using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Api.Edge.Json;

/// <summary>Reads enums as exactly one snake case name. The framework's own also takes other cases, blanks and lists.</summary>
public sealed class SnakeCaseEnumConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert)
    {
        ArgumentNullException.ThrowIfNull(typeToConvert);
        return typeToConvert.IsEnum;
    }

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Exact<>).MakeGenericType(typeToConvert))!;

    /// <summary>The names an enum has on the wire, in the order of its members.</summary>
    public static IReadOnlyList<string> Names(Type enumType) => [.. Enum.GetNames(enumType).Select(WireJson.Snake)];

    private sealed class Exact<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly FrozenDictionary<string, T> Members =
            Enum.GetValues<T>().ToFrozenDictionary(member => WireJson.Snake(member.ToString()), StringComparer.Ordinal);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Members.TryGetValue(reader.GetString()!, out var member)
                ? member
                : throw new JsonException("Not one of the names.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(WireJson.Snake(value.ToString()));
    }
}
