using System.Collections.Concurrent;

namespace Hub.Grains.Partitions;

/// <summary>What this silo knows of where partitions belong, and which of them are here.</summary>
internal sealed class PartitionSites(IClusterMembershipService members, ILocalSiloDetails self)
{
    private readonly ConcurrentDictionary<int, bool> _here = new();

    /// <summary>Whether this silo is being stopped: it takes no partition any more.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>The partitions that are here.</summary>
    public IReadOnlyList<int> Here => [.. _here.Keys.Order()];

    /// <summary>Whether a partition belongs here, as far as this silo knows the cluster.</summary>
    public bool IsHome(int partition)
    {
        var active = members.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress).ToList();

        // A silo that does not see itself yet has nothing to compare with.
        return !IsLeaving && (!active.Contains(self.SiloAddress) || PartitionPlacement.Home(partition, active).Equals(self.SiloAddress));
    }

    /// <summary>Notes one that came.</summary>
    public void Took(int partition) => _here[partition] = true;

    /// <summary>Notes one that left.</summary>
    public void Left(int partition) => _here.TryRemove(partition, out _);
}
