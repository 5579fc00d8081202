using Hub.Actors.Feed;
using Hub.Simulation.Core;

namespace Hub.Simulation.Node;

/// <summary>
/// Who owns which partition where processes share them: every process that is believed to be up has its part. Nobody is told at once, so
/// that for a while a partition has two owners, or none.
/// </summary>
internal sealed class Ownership(World world, SimNode?[] nodes)
{
    private static readonly TimeSpan[] ToldAfter = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];

    private readonly bool[] _doubted = new bool[nodes.Length];

    /// <summary>A process came, went, stands still or goes on.</summary>
    public void Changed()
    {
        world.Counters.Add("partitions were shared out anew");
        for (var place = 0; place < nodes.Length; place++)
        {
            if (nodes[place] is { IsUp: true } node)
            {
                world.After(world.Faulty ? world.Choices.Pick(Strand.Faults, ToldAfter) : TimeSpan.Zero, () => Tell(node));
            }
        }
    }

    /// <summary>A process does not answer for a while: the others take it for dead, and it goes on as if nothing had been.</summary>
    public void Doubt(int place, TimeSpan time)
    {
        _doubted[place] = true;
        Changed();
        world.After(time, () =>
        {
            _doubted[place] = false;
            Changed();
        });
    }

    // What it is told is how things are when it is told, and not when they changed: news may overtake each other.
    private void Tell(SimNode node)
    {
        var present = Enumerable.Range(0, nodes.Length).Where(place => nodes[place] is { IsUp: true } && !_doubted[place]).ToList();
        var place = Array.IndexOf(nodes, node);
        if (!node.IsUp || place < 0 || present.Count == 0)
        {
            return;
        }

        for (var partition = 0; partition < StreamPartition.Count; partition++)
        {
            node.Carry(partition, present[partition % present.Count] == place);
        }
    }
}
