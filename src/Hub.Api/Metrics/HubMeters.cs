using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Hub.Api.Metrics;

/// <summary>Adds up what the hub's own meters measure, and writes it in Prometheus' text format.</summary>
/// <remarks>
/// Source: Prometheus, "Exposition formats", text format 0.0.4. Counters end in <c>_total</c>; histograms are written as a summary of
/// sum and count, since the hub fixes no buckets. Meters whose name begins with <c>OmniHub</c> are followed, in this process.
/// </remarks>
public sealed class HubMeters : IDisposable
{
    /// <summary>What the answer calls itself.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const string Ours = "OmniHub";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, Tally>> _series = new();

    /// <summary>Begins to listen.</summary>
    public HubMeters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!instrument.Meter.Name.StartsWith(Ours, StringComparison.Ordinal)) return;
            _series.TryAdd(instrument, new(StringComparer.Ordinal));
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.MeasurementsCompleted = (instrument, state) => Forget(instrument);
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Everything as it stands now.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var family in _series.GroupBy(s => s.Key.Name).OrderBy(f => f.Key, StringComparer.Ordinal)) WriteFamily(text, family.ToList());
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void WriteFamily(StringBuilder text, List<KeyValuePair<Instrument, ConcurrentDictionary<string, Tally>>> family)
    {
        var instrument = family[0].Key;
        var type = TypeOf(instrument);
        var name = instrument.Name.Replace('.', '_') + (type == "counter" ? "_total" : "");
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description}\n# TYPE {name} {type}\n");
        var values = family.SelectMany(s => s.Value).GroupBy(s => s.Key, StringComparer.Ordinal).OrderBy(s => s.Key, StringComparer.Ordinal);
        foreach (var series in values)
        {
            var (sum, count) = (series.Sum(s => s.Value.Sum), series.Sum(s => s.Value.Count));
            if (type == "summary") text.Append(CultureInfo.InvariantCulture, $"{name}_sum{series.Key} {sum}\n{name}_count{series.Key} {count}\n");
            else text.Append(CultureInfo.InvariantCulture, $"{name}{series.Key} {sum}\n");
        }
    }

    private static string TypeOf(Instrument instrument) => instrument switch
    {
        Counter<long> or Counter<int> or ObservableCounter<long> or ObservableCounter<int> => "counter",
        Histogram<long> or Histogram<int> => "summary",
        _ => "gauge",
    };

    private void Take(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_series.TryGetValue(instrument, out var series)) return;
        series.GetOrAdd(Labels(tags), _ => new Tally()).Take(value, replaces: instrument.IsObservable);
    }

    private void Forget(Instrument instrument) => _series.TryRemove(instrument, out _);

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0) return "";
        var labels = new List<string>(tags.Length);
        foreach (var (name, value) in tags) labels.Add($"{name.Replace('.', '_')}=\"{Escape($"{value}")}\"");
        labels.Sort(StringComparer.Ordinal);
        return $"{{{string.Join(',', labels)}}}";
    }

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private sealed class Tally
    {
        private long _sum;
        private long _count;

        internal long Sum => Interlocked.Read(ref _sum);

        internal long Count => Interlocked.Read(ref _count);

        internal void Take(long value, bool replaces)
        {
            if (replaces) Interlocked.Exchange(ref _sum, value);
            else Interlocked.Add(ref _sum, value);
            Interlocked.Increment(ref _count);
        }
    }
}
