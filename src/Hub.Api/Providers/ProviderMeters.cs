using System.Diagnostics.Metrics;

namespace Hub.Api.Providers;

/// <summary>Counts what providers send that changes nothing.</summary>
public sealed class ProviderMeters : IDisposable
{
    private readonly Meter _meter = new("OmniHub.Api");
    private readonly Counter<long> _forged;
    private readonly Counter<long> _unknown;

    /// <summary>Makes the counters.</summary>
    public ProviderMeters()
    {
        _forged = _meter.CreateCounter<long>("hub.webhooks.forged", "{request}", "Requests whose signature or time did not fit");
        _unknown = _meter.CreateCounter<long>("hub.webhooks.unknown", "{request}", "Authentic requests about things this hub does not know");
    }

    /// <summary>A signature did not fit.</summary>
    public void Forged(string provider) => _forged.Add(1, new KeyValuePair<string, object?>("provider", provider));

    /// <summary>It was about something this hub does not know.</summary>
    public void Unknown(string provider) => _unknown.Add(1, new KeyValuePair<string, object?>("provider", provider));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
