using System.Text;

namespace Hub.Actors.Feed;

/// <summary>Cuts the feed by stream.</summary>
public static class StreamPartition
{
    /// <summary>How many partitions there are. Checkpoints are kept per partition, so this never changes.</summary>
    public const int Count = 16;

    /// <summary>The partition of a stream: FNV-1a, 32 bit, over the key's UTF-8 bytes. The same on every machine and in every process.</summary>
    /// <param name="stream">The stream's key, <c>kind/key</c>; at most 512 bytes of UTF-8 are looked at without allocating.</param>
    /// <returns>0 to 15.</returns>
    public static int Of(string stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var most = Encoding.UTF8.GetMaxByteCount(stream.Length);
        Span<byte> utf8 = most <= 512 ? stackalloc byte[512] : new byte[most];
        var hash = 2166136261u;
        foreach (var unit in utf8[..Encoding.UTF8.GetBytes(stream, utf8)])
        {
            hash = unchecked((hash ^ unit) * 16777619u);
        }

        return (int)(hash % Count);
    }
}
