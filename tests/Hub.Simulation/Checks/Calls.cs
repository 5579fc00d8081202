using Hub.Actors.Journal;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;
using Hub.Simulation.Core;

namespace Hub.Simulation.Checks;

/// <summary>Compares every call that leaves with what was journaled durably before its first byte (invariants 9 and 10).</summary>
internal sealed class Calls(World world)
{
    private readonly Dictionary<string, int> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _left = new(StringComparer.Ordinal);

    /// <summary>A transaction became durable.</summary>
    public void Durable(IReadOnlyList<JournalWrite> transaction, IReadOnlyList<WriteResult> results)
    {
        for (var i = 0; i < transaction.Count; i++)
        {
            if (transaction[i] is not JournalWrite.Append append || results[i] is not WriteResult.Appended)
            {
                continue;
            }

            foreach (var happened in append.Events)
            {
                switch (happened.Body)
                {
                    case PaymentEvent.BankCallStarted e: Count(_started, e.Operation); break;
                    case NotificationEvent.DeliveryStarted e: Count(_started, e.Delivery); break;
                }
            }
        }
    }

    /// <summary>The first byte of a call leaves, under a key that was journaled so often as started.</summary>
    public void Leaves(string key)
    {
        world.Counters.Add("calls compared with the journal");
        if (Count(_left, key) > _started.GetValueOrDefault(key))
        {
            world.Break(9, $"call {_left[key]} of {key} leaves, and the journal has {_started.GetValueOrDefault(key)} starts of it");
        }
    }

    private static int Count(Dictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
