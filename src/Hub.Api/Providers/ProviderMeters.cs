using System.Diagnostics.Metrics;

namespace Hub.Api.Providers;

/// <summary>Counts what providers send that changes nothing.</summary>
public sealed class ProviderMeters : IDisposable
{
    private readonly Meter _meter = new("OmniHub.Api");
    private readonly Counter<long> _forged;
    private readonly Counter<long> _unknown;
    private readonly Counter<long> _putOff;

    /// <summary>Makes the counters.</summary>
    public ProviderMeters()
    {
        _forged = _meter.CreateCounter<long>("hub.webhooks.forged", "{request}", "Requests whose signature or time did not fit");
        _unknown = _meter.CreateCounter<long>("hub.webhooks.unknown", "{request}", "Authentic requests about things this hub does not know");
        _putOff = _meter.CreateCounter<long>("hub.webhooks.put_off", "{request}", "Authentic requests that were asked to come again later");
    }

    /// <summary>A signature did not fit.</summary>
    public void Forged(string provider) => _forged.Add(1, new KeyValuePair<string, object?>("provider", provider));

    /// <summary>It was about something this hub does not know.</summary>
    public void Unknown(string provider) => _unknown.Add(1, new KeyValuePair<string, object?>("provider", provider));

    /// <summary>It was asked to come again later.</summary>
    public void PutOff(string provider) => _putOff.Add(1, new KeyValuePair<string, object?>("provider", provider));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
