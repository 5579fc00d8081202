using Hub.Domain.Kernel;

namespace Hub.Actors.Audit;

/// <summary>Invariants 1, 4 and 21 of one stream: versions without gap or repeat, each command once.</summary>
internal sealed class StreamAudit(ActorId actor)
{
    private readonly HashSet<ulong> _commands = [];
    private string? _command;
    private DateTimeOffset _at;
    private ReadOnlyMemory<byte> _hash;
    private long _version;

    /// <summary>Whose stream.</summary>
    public ActorId Actor { get; } = actor;

    /// <summary>The position of its last event.</summary>
    public long Position { get; private set; }

    /// <summary>What checks this kind of actor; <c>null</c> where nothing does.</summary>
    public object? Family { get; set; }

    /// <summary>The timers that stand.</summary>
    public StandingTimers Timers { get; } = new();

    /// <summary>The folded state; <c>null</c> before the first event, or when nothing is folded.</summary>
    public State? State { get; set; }

    /// <summary>Whether its events stopped making sense.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Takes the next event.</summary>
    /// <returns>Whether a turn begins with it.</returns>
    public bool Read(RecordedEvent recorded, Findings findings)
    {
        findings.Looked(1);
        findings.Looked(4);
        findings.Looked(21);
        CheckVersion(recorded, findings);
        var begins = Begins(recorded);
        if (begins)
        {
            CheckCommand(recorded, findings);
        }

        (_command, _at, _hash, Position) = (recorded.CommandId, recorded.At, recorded.CommandHash, recorded.Position);
        _version = Math.Max(_version, recorded.Version);
        return begins;
    }

    // Two owners that both appended to one version: neither was refused.
    private void CheckVersion(RecordedEvent recorded, Findings findings)
    {
        if (recorded.Version == _version + 1)
        {
            return;
        }

        findings.Report(1, $"version {recorded.Version} follows version {_version}");
        if (recorded.Version <= _version && recorded.CommandId != _command)
        {
            findings.Report(21, $"version {recorded.Version} was appended by two commands");
        }
    }

    // Where the caller cannot tell, the time tells: every event of one turn has the same.
    private bool Begins(RecordedEvent recorded) =>
        recorded.IsFirst is true || _command != recorded.CommandId || _at != recorded.At || !_hash.Span.SequenceEqual(recorded.CommandHash.Span);

    private void CheckCommand(RecordedEvent recorded, Findings findings)
    {
        if (!_commands.Add(Fingerprint(recorded.CommandId)))
        {
            findings.Report(4, $"command {recorded.CommandId} took effect again");
        }
    }

    // FNV-1a, 64 bit: eight bytes an id instead of the id. Two of one stream's ids that meet by chance are one in 10^13.
    private static ulong Fingerprint(string id)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in id)
        {
            hash = unchecked((hash ^ unit) * 1099511628211UL);
        }

        return hash;
    }
}
