using System.Globalization;

namespace Hub.Bench.Turns;

/// <summary>Where one client writes next: eight events to a stream, then a new stream. Every contender writes to such keys.</summary>
internal sealed class Keys
{
    private static long _streams;
    private static long _commands;

    private string _key = "";
    private int _version = Tally.EventsPerStream;

    /// <summary>The number of the stream in the journal, where the contender keeps it; 0 for a new stream.</summary>
    public long StreamId { get; set; }

    /// <summary>The next write's stream and the version it follows.</summary>
    public (string Key, int Expected) Next()
    {
        if (_version == Tally.EventsPerStream)
        {
            (_key, _version, StreamId) = (NewKey(), 0, 0);
        }

        return (_key, _version++);
    }

    /// <summary>The key of a stream that was never used: a prefix and 26 characters, in order of birth.</summary>
    public static string NewKey() => "tly_" + Interlocked.Increment(ref _streams).ToString("D26", CultureInfo.InvariantCulture);

    /// <summary>A command id as long as the one of an HTTP request.</summary>
    public static string NewCommand() => "req:" + Interlocked.Increment(ref _commands).ToString("x64", CultureInfo.InvariantCulture);
}
