using Hub.Actors.Journal;
using Hub.Actors.Tests.Journal;
using Hub.Simulation.Core;
using Hub.Simulation.Disk;

namespace Hub.Simulation.Tests;

/// <summary>The journal the simulator runs on keeps the same promises as the real ones; else it would prove nothing about them.</summary>
public sealed class SimulatedJournalTests : JournalCompliance
{
    private readonly SimDisk _disk = new();

    protected override IJournalStore Open() =>
        new NodeJournal(new World(Choices.FromSeed(1), tells: false), _disk, new Mix(), _ => { }, syncsLate: false);
}

/// <summary>What is not synced does not outlive its process.</summary>
public sealed class SimDiskTests
{
    private static readonly JournalWrite.SaveCheckpoints[] Save = [new("r", [new Checkpoint(0, 7)])];

    [Fact]
    [Trait("Invariant", "3")]
    public void What_was_synced_outlives_a_loss_of_power_and_what_was_not_is_gone()
    {
        var disk = new SimDisk();
        disk.Write(Save, 1);
        disk.Sync();
        disk.Write([new JournalWrite.SaveCheckpoints("r", [new Checkpoint(0, 8)])], 1);

        Assert.Equal(8, disk.Tables.Checkpoints("r")[0].Position);
        Assert.Equal(1, disk.LosePower());
        Assert.Equal(7, disk.Tables.Checkpoints("r")[0].Position);
    }

    [Fact]
    public void Only_what_is_synced_is_told_to_be_durable()
    {
        var disk = new SimDisk();
        var told = 0;
        disk.Durable = (_, _) => told++;
        disk.Write(Save, 1);
        Assert.Equal(0, told);
        disk.Sync();
        disk.Sync();
        Assert.Equal(1, told);
    }
}
