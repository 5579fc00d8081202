namespace Hub.Api.Edge.Json;

/// <summary>What a request body may hold, whatever its shape.</summary>
/// <param name="Bytes">The whole body; more is 413.</param>
/// <param name="Characters">One string, in UTF-16 units after unescaping.</param>
/// <param name="Items">One array.</param>
/// <param name="Members">One object.</param>
public sealed record BodyLimits(int Bytes = 256 * 1024, int Characters = 4_096, int Items = 200, int Members = 100)
{
    /// <summary>What applies to every endpoint that names no other.</summary>
    public static BodyLimits Default { get; } = new();
}
