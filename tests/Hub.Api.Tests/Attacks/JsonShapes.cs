using System.Text.Json.Serialization.Metadata;
using Hub.Api.Edge.Json;
using Hub.Api.Tests.Journey.Support;
using Hub.Domain.Money;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hub.Api.Tests.Attacks;

/// <summary>How one member of a body is spoilt.</summary>
/// <param name="Path">Which, such as <c>lines[0].unit_price</c>.</param>
/// <param name="Error">Under which field the refusal names it.</param>
/// <param name="Write">Its name and its good value, as they are to be written; empty leaves it out.</param>
internal sealed record Spoiling(string Path, string Error, Func<string, string, string> Write);

/// <summary>The bodies an endpoint reads, made from the very shapes it reads them with.</summary>
internal static class JsonShapes
{
    /// <summary>Every route of the hub that reads a JSON body, with the shape of it.</summary>
    internal static IReadOnlyList<(Route Route, JsonTypeInfo Shape)> Of(IEnumerable<Route> routes) =>
    [
        .. routes.Select(route => (Route: route, route.Endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType))
            .Where(found => found.RequestType is not null)
            .Select(found => (found.Route, WireJson.In.GetTypeInfo(found.RequestType!))),
    ];

    /// <summary>A body of a shape with every member in it.</summary>
    internal static string Write(JsonTypeInfo shape, Spoiling? spoilt = null) => Write(shape, "", spoilt);

    /// <summary>Every member of a shape, also within its members and items, with the path that errors give it.</summary>
    internal static IEnumerable<(string Path, JsonPropertyInfo Property)> Members(JsonTypeInfo shape, string path = "")
    {
        foreach (var property in shape.Properties)
        {
            var at = path.Length > 0 ? $"{path}.{property.Name}" : property.Name;
            yield return (at, property);
            var inner = Inner(shape, property);
            if (inner.Kind is JsonTypeInfoKind.Object) foreach (var member in Members(inner, at)) yield return member;
            if (inner.Kind is JsonTypeInfoKind.Enumerable && Item(inner) is { Kind: JsonTypeInfoKind.Object } item) foreach (var member in Members(item, $"{at}[0]")) yield return member;
        }
    }

    /// <summary>Everything that is tried with the members of a shape.</summary>
    internal static IEnumerable<Spoiling> Spoilings(JsonTypeInfo shape)
    {
        foreach (var (path, property) in Members(shape))
        {
            var upper = property.Name.ToUpperInvariant();
            yield return new(path, path, (name, value) => $"\"{name}\":{value},\"{name}\":{value}");
            yield return new(path, $"{path[..^property.Name.Length]}{upper}", (name, value) => $"\"{name}\":{value},\"{upper}\":{value}");
            yield return new(path, path, (name, value) => $"\"{name}\":{value},\"\\u{(int)name[0]:x4}{name[1..]}\":{value}");
            yield return new(path, path, (name, _) => $"\"{name}\":1e3");
            yield return new(path, path, (name, _) => $"\"{name}\":1.0");
            yield return new(path, path, (name, _) => $"\"{name}\":9223372036854775808");
            yield return new(path, path, (name, _) => $"\"{name}\":\"\\ud800\"");
            yield return new(path, path, (name, _) => $"\"{name}\":\"\\u0000\"");
            if (property.IsRequired) yield return new(path, path, (_, _) => "");
            if (IsNumber(property.PropertyType)) yield return new(path, path, (name, _) => $"\"{name}\":\"12\"");
            else yield return new(path, path, (name, _) => $"\"{name}\":12");
        }
    }

    /// <summary>Whether a member is text.</summary>
    internal static bool IsText(JsonPropertyInfo property) => property.PropertyType == typeof(string);

    private static string Write(JsonTypeInfo shape, string path, Spoiling? spoilt)
    {
        var type = Nullable.GetUnderlyingType(shape.Type) ?? shape.Type;
        if (type.IsEnum) return $"\"{SnakeCaseEnumConverter.Names(type)[0]}\"";
        if (type == typeof(string)) return "\"x\"";
        if (type == typeof(bool)) return "true";
        if (type == typeof(Currency)) return "\"EUR\"";
        if (IsNumber(type)) return "1";
        if (shape.Kind is JsonTypeInfoKind.Enumerable) return $"[{Write(Item(shape), $"{path}[0]", spoilt)}]";
        var members = shape.Properties.Select(property =>
        {
            var at = path.Length > 0 ? $"{path}.{property.Name}" : property.Name;
            var value = Write(Inner(shape, property), at, spoilt);
            return spoilt?.Path == at ? spoilt.Write(property.Name, value) : $"\"{property.Name}\":{value}";
        });
        return $"{{{string.Join(',', members.Where(member => member.Length > 0))}}}";
    }

    private static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { } plain && (plain == typeof(long) || plain == typeof(int));

    private static JsonTypeInfo Inner(JsonTypeInfo shape, JsonPropertyInfo property) => shape.Options.GetTypeInfo(property.PropertyType);

    private static JsonTypeInfo Item(JsonTypeInfo list) => list.Options.GetTypeInfo(list.ElementType!);
}
