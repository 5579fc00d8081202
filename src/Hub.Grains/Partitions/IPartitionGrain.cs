namespace Hub.Grains.Partitions;

/// <summary>
/// The owner of one partition of the feed, 0 to 15: the silo it is active in runs the reactions and timers of that partition. It does
/// its work by being there.
/// </summary>
public interface IPartitionGrain : IGrainWithIntegerKey
{
    /// <summary>Sees to it that the partition has an owner, and that it is the right one.</summary>
    Task WakeAsync();
}
