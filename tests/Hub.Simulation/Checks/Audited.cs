using Hub.Actors;
using Hub.Actors.Audit;
using Hub.Actors.Journal;
using Hub.Simulation.Core;

namespace Hub.Simulation.Checks;

/// <summary>Holds every invariant that a journal can show, event by event, as the events become durable.</summary>
internal sealed class Audited(World world)
{
    private readonly JournalAudit _audit = new(new KindCatalog(HubKinds.All));
    private int _told;

    /// <summary>A transaction became durable.</summary>
    public void Durable(IReadOnlyList<JournalWrite> transaction, IReadOnlyList<WriteResult> results)
    {
        for (var i = 0; i < transaction.Count; i++)
        {
            if (transaction[i] is JournalWrite.Append append && results[i] is WriteResult.Appended done)
            {
                Read(append, done.FirstPosition);
            }
        }

        Tell();
    }

    /// <summary>Nothing is in flight any more.</summary>
    public void AtRest(DateTimeOffset now)
    {
        _audit.AtRest(now);
        Tell();
    }

    private void Read(JournalWrite.Append append, long position)
    {
        world.Progress();
        for (var i = 0; i < append.Events.Count; i++)
        {
            var happened = append.Events[i];
            world.Mark(happened.Payload);
            world.Story?.Tell(world.Now, "journal", $"{append.Stream}: {happened.Body}");
            _audit.Read(RecordedEvent.Of(append, i, position));
        }
    }

    private void Tell()
    {
        for (; _told < _audit.Violations.Count; _told++)
        {
            var violation = _audit.Violations[_told];
            world.Break(violation.Invariant, $"{violation.Actor}: {violation.What}");
        }
    }
}
