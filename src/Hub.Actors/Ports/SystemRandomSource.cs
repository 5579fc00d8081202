using System.Security.Cryptography;

namespace Hub.Actors.Ports;

/// <summary>Randomness from the operating system.</summary>
public sealed class SystemRandomSource : IRandomSource
{
    /// <inheritdoc/>
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}
