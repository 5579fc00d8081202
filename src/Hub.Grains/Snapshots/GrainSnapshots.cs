using Hub.Actors.Turns;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Hub.Grains.Snapshots;

/// <summary>The snapshot of one actor in Orleans' grain storage: a cache, of use to long streams, and in nobody's way.</summary>
/// <remarks>
/// Nothing waits for a write, a read waits for a moment only, and neither can fail a turn. Whether what was read is worth anything is
/// decided against the journal, by <see cref="ActorSnapshot"/>.
/// </remarks>
internal sealed partial class GrainSnapshots(IGrainStorage storage, GrainId grain, ILogger log)
{
    /// <summary>The name the storage is registered under.</summary>
    public const string Storage = "hub_snapshots";

    private const string Name = "snapshot";

    /// <summary>So many events are folded in less time than a snapshot is fetched.</summary>
    private const long Every = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly GrainState<StoredSnapshot> _stored = new(new StoredSnapshot());
    private Task _writing = Task.CompletedTask;
    private long _kept;

    /// <summary>Reads it; <c>null</c> where there is none, or it cannot be had.</summary>
    public async Task<ActorSnapshot?> ReadAsync()
    {
        try
        {
            await storage.ReadStateAsync(Name, grain, _stored).WaitAsync(Patience);
            var snapshot = _stored.RecordExists ? _stored.State.ToSnapshot() : null;
            _kept = snapshot?.Version ?? 0;
            return snapshot;
        }
        catch (Exception unread)
        {
            LogUnread(log, unread, grain);
            return null;
        }
    }

    /// <summary>Whether enough has happened for another one, and none is on its way.</summary>
    public bool IsWanted(long version) => version - _kept >= Every && _writing.IsCompleted;

    /// <summary>Writes one. Never fails: it is a cache.</summary>
    public Task WriteAsync(ActorSnapshot? snapshot) => _writing = snapshot is null ? Task.CompletedTask : PutAsync(snapshot);

    /// <summary>Waits for a write under way, and writes the last one where that is worth it.</summary>
    public async Task EndAsync(ActorSnapshot? last)
    {
        await _writing;
        if (last is not null && IsWanted(last.Version))
        {
            await WriteAsync(last);
        }
    }

    private async Task PutAsync(ActorSnapshot snapshot)
    {
        // Counted from here on, so that a storage that fails is asked again only after as many events.
        _kept = snapshot.Version;
        try
        {
            _stored.State = StoredSnapshot.From(snapshot);
            await storage.WriteStateAsync(Name, grain, _stored);
        }
        catch (Exception unwritten)
        {
            LogUnwritten(log, unwritten, grain);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The snapshot of {Grain} could not be read; its events are folded from the first")]
    private static partial void LogUnread(ILogger log, Exception unread, GrainId grain);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The snapshot of {Grain} could not be written; nothing depends on it")]
    private static partial void LogUnwritten(ILogger log, Exception unwritten, GrainId grain);
}

/// <summary>An <see cref="ActorSnapshot"/> as grain storage keeps it.</summary>
[GenerateSerializer]
[Alias("hub.snapshot")]
public sealed class StoredSnapshot
{
    /// <summary>The journal it was made from.</summary>
    [Id(0)]
    public string Journal { get; set; } = "";

    /// <summary>The build that folded it.</summary>
    [Id(1)]
    public Guid Build { get; set; }

    /// <summary>The version it was made at.</summary>
    [Id(2)]
    public long Version { get; set; }

    /// <summary>The state in base64: every serializer of every storage reads that back.</summary>
    [Id(3)]
    public string State { get; set; } = "";

    /// <summary>The ids of the commands so far, in base64.</summary>
    [Id(4)]
    public string Commands { get; set; } = "";

    /// <summary>What is kept.</summary>
    internal static StoredSnapshot From(ActorSnapshot snapshot) => new()
    {
        Journal = snapshot.Journal,
        Build = snapshot.Build,
        Version = snapshot.Version,
        State = Convert.ToBase64String(snapshot.State),
        Commands = Convert.ToBase64String(snapshot.Commands),
    };

    /// <summary>What was kept.</summary>
    /// <exception cref="FormatException">It was not written by this.</exception>
    internal ActorSnapshot ToSnapshot() => new(Journal, Build, Version, Convert.FromBase64String(State), Convert.FromBase64String(Commands));
}
