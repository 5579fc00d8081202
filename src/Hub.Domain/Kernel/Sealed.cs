using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Domain.Kernel;

/// <summary>
/// A personal field, encrypted under its customer's key before it reached the domain. The rules never read it;
/// the edge opens it, and reads "erased" once the key is gone.
/// </summary>
/// <param name="Text">Ciphertext; opaque. The same words under the same key give the same text, so retries compare equal.</param>
[JsonConverter(typeof(SealedConverter))]
public readonly record struct Sealed(string Text)
{
    /// <summary>Ciphertext only.</summary>
    public override string ToString() => Text ?? "";
}

internal sealed class SealedConverter : JsonConverter<Sealed>
{
    public override Sealed Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Sealed value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text ?? "");
}
