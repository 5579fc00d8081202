using System.Text.Json;
using Hub.Actors.Journal;
using Hub.Domain.Kernel;

namespace Hub.Actors.Feed;

/// <summary>One event on its way to readers; decoded at most once, and only when somebody cares.</summary>
public sealed class FeedEntry
{
    private readonly KindCatalog _kinds;
    private readonly ReadOnlyMemory<byte> _payload;
    private readonly DateTimeOffset _at;
    // Every reaction asks for these; two that ask at the same moment find the same.
    private FeedEvent? _happened;
    private string? _kind;
    private int _partition = -1;

    /// <summary>An entry as the journal stores it.</summary>
    public FeedEntry(KindCatalog kinds, StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        (_kinds, _payload, _at) = (kinds, stored.Payload, stored.At);
        (Position, Stream, Version) = (stored.Position, stored.Stream, stored.Version);
    }

    /// <summary>An entry of a batch that has just been committed.</summary>
    internal FeedEntry(KindCatalog kinds, JournalWrite.Append append, int index, long position)
    {
        (_kinds, _at) = (kinds, append.At);
        (Position, Stream, Version) = (position, append.Stream, append.ExpectedVersion + index + 1);
        Body = append.Events[index].Body;
    }

    /// <summary>Its place in the global order.</summary>
    public long Position { get; }

    /// <summary>The stream's key, <c>kind/key</c>.</summary>
    public string Stream { get; }

    /// <summary>Its version in the stream.</summary>
    public long Version { get; }

    /// <summary>The kind of actor, read off the stream's key.</summary>
    public string Kind => _kind ??= Stream[..Stream.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>Its partition, see <see cref="StreamPartition"/>.</summary>
    public int Partition => _partition >= 0 ? _partition : _partition = StreamPartition.Of(Stream);

    /// <summary>The event, decoded.</summary>
    /// <exception cref="JsonException">This build cannot read it.</exception>
    /// <exception cref="ArgumentException">This build does not know the kind of actor.</exception>
    public FeedEvent Happened => _happened ??= Decode();

    private Event? Body { get; }

    private FeedEvent Decode()
    {
        var actor = ActorId.Parse(Stream);
        return new FeedEvent(Position, actor, Version, _at, Body ?? _kinds[actor.Kind].ReadEvent(_payload.Span));
    }
}
