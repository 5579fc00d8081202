using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hub.Api.Edge.Requests;
using Hub.Domain.Money;

namespace Hub.Api.Edge.Json;

/// <summary>Tells, field by field, why a well-formed document does not fit a shape. Runs only after the serializer refused it.</summary>
internal sealed class ShapeCheck
{
    private const int Most = 20;
    private readonly List<FieldError> _errors = [];

    private ShapeCheck()
    {
    }

    /// <summary>Every misfit found, at most twenty.</summary>
    internal static IReadOnlyList<FieldError> Find(ReadOnlyMemory<byte> body, JsonTypeInfo shape)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = WireJson.MaxDepth });
        var check = new ShapeCheck();
        check.Fits(document.RootElement, shape, "");
        return check._errors;
    }

    private void Fits(JsonElement element, JsonTypeInfo shape, string path)
    {
        if (_errors.Count >= Most) return;
        switch (shape.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind is JsonValueKind.Object:
                FitsObject(element, shape, path);
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind is JsonValueKind.Array:
                FitsItems(element, shape, path);
                break;
            default:
                FitsLeaf(element, shape, path);
                break;
        }
    }

    private void FitsObject(JsonElement element, JsonTypeInfo shape, string path)
    {
        var known = shape.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var at = Join(path, member.Name);
            if (!known.TryGetValue(member.Name, out var property)) Add(at, "is not known here");
            else if (member.Value.ValueKind is JsonValueKind.Null) NullFits(property, at);
            else Fits(member.Value, shape.Options.GetTypeInfo(property.PropertyType), at);
        }

        foreach (var property in shape.Properties.Where(property => property.IsRequired && !element.TryGetProperty(property.Name, out _)))
        {
            Add(Join(path, property.Name), "is required");
        }
    }

    private void NullFits(JsonPropertyInfo property, string at)
    {
        var nullable = property.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(property.PropertyType) is not null
            : property.IsSetNullable && property.AssociatedParameter?.IsNullable != false;
        if (!nullable) Add(at, "must not be null");
    }

    private void FitsItems(JsonElement element, JsonTypeInfo shape, string path)
    {
        var item = shape.Options.GetTypeInfo(shape.ElementType!);
        var index = 0;
        foreach (var value in element.EnumerateArray())
        {
            var at = $"{path}[{index++}]";
            if (value.ValueKind is JsonValueKind.Null && Nullable.GetUnderlyingType(item.Type) is null) Add(at, "must not be null");
            else if (value.ValueKind is not JsonValueKind.Null) Fits(value, item, at);
        }
    }

    private void FitsLeaf(JsonElement element, JsonTypeInfo shape, string path)
    {
        try
        {
            if (element.ValueKind is not JsonValueKind.Null && JsonSerializer.Deserialize(element, shape) is not null) return;
        }
        catch (JsonException)
        {
            Add(path, Expected(shape));
            return;
        }

        Add(path, "must not be null");
    }

    private static string Expected(JsonTypeInfo shape)
    {
        var type = Nullable.GetUnderlyingType(shape.Type) ?? shape.Type;
        if (type.IsEnum) return $"must be one of {string.Join(", ", SnakeCaseEnumConverter.Names(type))}";
        if (type == typeof(string)) return "must be a string";
        if (type == typeof(bool)) return "must be true or false";
        if (type == typeof(long) || type == typeof(int) || type == typeof(short)) return "must be a whole number in range";
        if (type == typeof(DateTimeOffset)) return "must be an RFC 3339 time, such as 2030-01-31T12:00:00Z";
        if (type == typeof(DateOnly)) return "must be a date, such as 2030-01-31";
        if (type == typeof(Currency)) return "must be the ISO 4217 code of a currency the hub accepts, such as EUR";
        return shape.Kind switch
        {
            JsonTypeInfoKind.Object => "must be an object",
            JsonTypeInfoKind.Enumerable => "must be an array",
            _ => "is not valid",
        };
    }

    private void Add(string path, string why)
    {
        if (_errors.Count < Most) _errors.Add(new FieldError(path.Length > 0 ? path : FieldError.Whole, why));
    }

    private static string Join(string path, string name)
    {
        var shown = CardNumbers.Shown(name.Length > 64 ? name[..64] : name);
        return path.Length > 0 ? $"{path}.{shown}" : shown;
    }
}
