using System.Text.Json;

namespace Hub.Api.Edge.Json;

/// <summary>Turns the bytes of a request into a shape, or tells which fields are wrong.</summary>
public static class StrictJson
{
    /// <summary>Reads one document.</summary>
    /// <typeparam name="T">The shape; what has no default and is not optional must be there.</typeparam>
    /// <param name="body">UTF-8.</param>
    /// <param name="limits">What it may hold.</param>
    /// <param name="value">The document, when there are no errors.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<FieldError> Read<T>(ReadOnlyMemory<byte> body, BodyLimits limits, out T? value)
    {
        ArgumentNullException.ThrowIfNull(limits);
        value = default;
        if (body.IsEmpty) return [new FieldError(FieldError.Whole, "is required")];
        if (JsonScan.Find(body.Span, limits) is { } broken) return [broken];
        try
        {
            value = JsonSerializer.Deserialize<T>(body.Span, WireJson.In);
        }
        catch (JsonException misfit)
        {
            var errors = ShapeCheck.Find(body, WireJson.In.GetTypeInfo(typeof(T)));
            return errors.Count > 0 ? errors : [new FieldError(PathOf(misfit), "is not valid")];
        }

        return value is null ? [new FieldError(FieldError.Whole, "must not be null")] : [];
    }

    private static string PathOf(JsonException misfit)
    {
        var path = misfit.Path is { Length: > 2 } found ? found[1..].TrimStart('.') : "";
        return path.Length > 0 ? path : FieldError.Whole;
    }
}
