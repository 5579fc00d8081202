using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Domain.Kernel;

/// <summary>Writes an enum as its name in snake case, and reads nothing else.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class SnakeCaseNames<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
