namespace Hub.Api.Edge.Json;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Path">Such as <c>lines[0].unit_price</c>; <c>body</c> for the whole.</param>
/// <param name="Why">The end of a sentence that begins with the field, such as <c>is required</c>.</param>
public sealed record FieldError(string Path, string Why)
{
    /// <summary>The path of the body itself.</summary>
    public const string Whole = "body";
}
