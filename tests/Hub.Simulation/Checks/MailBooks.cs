using Hub.Actors.Journal;
using Hub.Domain.Confirmations;
using Hub.Domain.Notifications;
using Hub.Simulation.Core;

namespace Hub.Simulation.Checks;

/// <summary>What became of mails after their server took them: a bounce is believed when it is the server's, and a notice that came back is tried elsewhere (invariants 15 and 17).</summary>
internal sealed class MailBooks(World world)
{
    private const string NoSuchMailbox = "5.1.1";

    private readonly SortedDictionary<string, Sent> _notifications = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bounced = new(StringComparer.Ordinal);
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _told = new(StringComparer.Ordinal);

    /// <summary>A server may tell of this delivery, from now on, that there is no such mailbox.</summary>
    public void Bounces(string delivery) => _underWay.Add(delivery);

    /// <summary>The hub took a bounce.</summary>
    public void Bounced(string delivery) => _told[delivery] = Notification.IdOf(delivery)!;

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
                if (happened.Body is NotificationEvent e) Read(append.Stream[(append.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..], e);
            }
        }
    }

    /// <summary>Nothing is in flight any more.</summary>
    public void AtRest()
    {
        foreach (var (delivery, id) in _told)
        {
            if (!_notifications.TryGetValue(id, out var sent)) continue;
            if (!_bounced.Contains(delivery))
            {
                world.Break(17, $"{delivery} bounced, the hub took that, and knows nothing of it");
            }

            // Of one that bounced before it had counted as told, the plan itself goes on.
            if (sent is { Ended: true, CameBack: true, Open: 0, IsNotice: true } && !_notifications.Keys.Any(other => other.StartsWith($"{id}b", StringComparison.Ordinal)))
            {
                world.Break(17, $"{id} came back after it had counted as told, and was tried nowhere else");
            }
        }
    }

    private void Read(string id, NotificationEvent happened)
    {
        var sent = _notifications.TryGetValue(id, out var known) ? known : _notifications[id] = new Sent();
        switch (happened)
        {
            case NotificationEvent.Requested e: sent.IsNotice = e.Kind is NotificationKind.Digest || e.Kind.Topic() is not null; break;
            case NotificationEvent.Acknowledged: sent.Ended = true; break;
            case NotificationEvent.DeliveryReported { Outcome: DeliveryReport.Accepted } e when sent.Accepted.Add(e.Delivery): sent.Open++; break;
            case NotificationEvent.DeliveryReported { Outcome: DeliveryReport.Delivered } e when sent.Accepted.Add(e.Delivery): sent.Open++; break;
            case NotificationEvent.DeliveryReported { Outcome: DeliveryReport.Failed failed } e:
                if (sent.Accepted.Remove(e.Delivery))
                {
                    sent.Open--;
                    sent.CameBack |= sent.Ended;
                }

                Failed(e, failed);
                break;
        }
    }

    private void Failed(NotificationEvent.DeliveryReported e, DeliveryReport.Failed failed)
    {
        if (e.Channel is not Channel.Email || failed.Code != NoSuchMailbox) return;
        _bounced.Add(e.Delivery);
        world.Counters.Add("mail: a bounce is believed");
        if (!_underWay.Contains(e.Delivery))
        {
            world.Break(15, $"{e.Delivery} counts as bounced, and no server said so");
        }
    }

    private sealed class Sent
    {
        public bool IsNotice { get; set; }

        public bool Ended { get; set; }

        public bool CameBack { get; set; }

        public int Open { get; set; }

        public HashSet<string> Accepted { get; } = new(StringComparer.Ordinal);
    }
}
