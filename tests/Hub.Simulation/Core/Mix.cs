namespace Hub.Simulation.Core;

/// <summary>How often each fault strikes in one world, in a thousand; drawn at its beginning, so that every seed mixes them differently.</summary>
internal sealed record Mix
{
    /// <summary>A process dies while a transaction is written: nothing of it is kept.</summary>
    public int TornWrite { get; init; }

    /// <summary>A process dies after a commit and before anybody is answered.</summary>
    public int DeathAfterCommit { get; init; }

    /// <summary>A process dies at any step; per ten thousand steps.</summary>
    public int DeathAnywhere { get; init; }

    /// <summary>A transaction is stored, and an error comes back.</summary>
    public int StoredButError { get; init; }

    /// <summary>A transaction is lost, and nobody can tell.</summary>
    public int LostAndUnknown { get; init; }

    /// <summary>No space is left for a while.</summary>
    public int DiskFull { get; init; }

    /// <summary>A sync fails: the process has to stop.</summary>
    public int SyncFails { get; init; }

    /// <summary>The disk takes its time.</summary>
    public int SlowDisk { get; init; }

    /// <summary>A call or its answer is lost, late, doubled or turned away.</summary>
    public int Network { get; init; }

    /// <summary>The bank does something other than a plain yes.</summary>
    public int Bank { get; init; }

    /// <summary>The phone network or the mail server does something other than deliver.</summary>
    public int Messages { get; init; }

    /// <summary>Somebody does something other than what they were asked for.</summary>
    public int People { get; init; }

    /// <summary>Somebody changes where they can be reached, and how, or somebody else does.</summary>
    public int Reach { get; init; }

    /// <summary>A wall clock jumps; per ten thousand steps.</summary>
    public int ClockJumps { get; init; }

    /// <summary>A process stands still for a while, and goes on; per ten thousand steps.</summary>
    public int Pauses { get; init; }

    /// <summary>How many processes share the journal: one, or two.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Whether processes are given partitions of the feed; else each believes to own everything for ever.</summary>
    public bool Shares { get; init; }

    /// <summary>Whether the processes keep views: real SQLite files, which cost as much as all the rest, so only some worlds have them.</summary>
    public bool KeepsViews { get; init; }

    /// <summary>Draws a mix.</summary>
    public static Mix Draw(Choices choices)
    {
        // Sharing is worth the most between two, and one alone pays the most for it.
        var nodes = choices.Pick(Strand.Faults, 1, 1, 1, 2);
        var shares = choices.Next(Strand.Faults, nodes == 2 ? 2 : 6) == 1;
        return new Mix
        {
            TornWrite = Rate(3, 10),
            DeathAfterCommit = Rate(3, 10),
            DeathAnywhere = Rate(2, 6),
            StoredButError = Rate(5, 30),
            LostAndUnknown = Rate(5, 30),
            DiskFull = Rate(1, 4),
            SyncFails = Rate(1, 3),
            SlowDisk = Rate(20, 200),
            Network = Rate(50, 250),
            Bank = Rate(100, 400),
            Messages = Rate(100, 300),
            People = Rate(100, 400),
            ClockJumps = Rate(2, 6),
            Pauses = Rate(2, 6),
            Nodes = nodes,
            KeepsViews = choices.Pick(Strand.Faults, false, false, false, false, true),
            Shares = shares,
            Reach = choices.Pick(Strand.Reach, 0, 200, 400, 700),
        };

        // Half of the time not at all, so that some worlds have one trouble only.
        int Rate(int some, int many) => choices.Pick(Strand.Faults, 0, 0, some, many);
    }
}
