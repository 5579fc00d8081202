using Hub.Actors.Ports;

namespace Hub.Gateways.Tests.Support;

/// <summary>The same bytes in every run, so that a test about bytes in a file cannot fail once in a million.</summary>
internal sealed class SeededRandom(int seed = 1) : IRandomSource
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();

    public void Fill(Span<byte> bytes)
    {
        lock (_gate)
        {
            _random.NextBytes(bytes);
        }
    }
}
