using Orleans.Metadata;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Hub.Grains.Partitions;

/// <summary>Spreads the partitions evenly over the silos: the same silos, in any order, give the same places.</summary>
[Serializable]
internal sealed class PartitionPlacement : PlacementStrategy
{
    /// <summary>Where a partition belongs.</summary>
    /// <param name="partition">0 to 15.</param>
    /// <param name="silos">Every active silo; at least one.</param>
    public static SiloAddress Home(long partition, IEnumerable<SiloAddress> silos)
    {
        // By their addresses, not by their age: Orleans orders them so that all silos agree.
        var sorted = silos.Order().ToArray();
        return sorted[(int)(partition % sorted.Length)];
    }
}

/// <summary>Places a grain by <see cref="PartitionPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PartitionPlacementAttribute() : PlacementAttribute(new PartitionPlacement());

/// <inheritdoc cref="PartitionPlacement"/>
internal sealed class PartitionPlacementDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var partition = target.GrainIdentity.GetIntegerKey();
        return Task.FromResult(PartitionPlacement.Home(partition, context.GetCompatibleSilos(target)));
    }
}
