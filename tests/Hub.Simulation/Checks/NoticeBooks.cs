using System.Globalization;
using System.Text.RegularExpressions;
using Hub.Actors.Journal;
using Hub.Domain.Customers;
using Hub.Domain.Digests;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Hub.Simulation.Core;
using Hub.Simulation.People;

namespace Hub.Simulation.Checks;

/// <summary>
/// What customers are told of what happened: each notice is asked for alone or waits for one digest (what becomes of that is the audit's, invariant 27); who unsubscribed from a topic
/// gets no more of it by mail; no phone rings for a notice at night where its owner asked for quiet (invariants 17 and 26).
/// </summary>
internal sealed partial class NoticeBooks(World world, Scene scene)
{
    // What was under way when somebody unsubscribed may still be asked for.
    private static readonly TimeSpan Slowest = TimeSpan.FromHours(4);

    private readonly SortedDictionary<string, (string Customer, NoticeTopic Topic, string? Payment)> _causes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (NotificationEvent.Requested What, TimeSpan At)> _requested = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (DigestItem Item, int Batches)> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DigestBatch> _batches = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Customer, NoticeTopic Topic), TimeSpan> _unsubscribed = [];
    private readonly HashSet<string> _muted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _erased = new(StringComparer.Ordinal);
    private readonly HashSet<string> _returned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _customers = new(StringComparer.Ordinal);

    /// <summary>A transaction became durable.</summary>
    public void Durable(IReadOnlyList<JournalWrite> transaction, IReadOnlyList<WriteResult> results)
    {
        for (var i = 0; i < transaction.Count; i++)
        {
            if (transaction[i] is not JournalWrite.Append append || results[i] is not WriteResult.Appended)
            {
                continue;
            }

            var version = append.ExpectedVersion;
            foreach (var happened in append.Events)
            {
                Read(append.Stream[(append.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..], ++version, happened.Body);
            }
        }
    }

    /// <summary>Somebody unsubscribed by the link of a mail, and was told that it is done.</summary>
    public void Unsubscribed(string delivery)
    {
        foreach (var (customer, topic) in TopicsOf(delivery))
        {
            _unsubscribed.TryAdd((customer, topic), world.Now);
        }
    }

    /// <summary>Somebody is about to unsubscribe: from now on it may be done, whatever they hear.</summary>
    public void Unsubscribes(string delivery) => _muted.UnionWith(TopicsOf(delivery).Select(one => one.Customer));

    /// <summary>A phone rings.</summary>
    public void Rings(string delivery)
    {
        if (Notification.IdOf(delivery) is not { } id || !_requested.TryGetValue(id, out var asked) || asked.What.Kind.Topic() is null) return;
        if (scene.People.FirstOrDefault(person => person.Id == asked.What.About.Customer)?.Wishes.Quiet is not { } quiet) return;
        world.Counters.Add("notices: a phone rings for one who asked for quiet nights");
        var (local, lasts) = (TimeZoneInfo.ConvertTime(world.Time, TimeZoneInfo.FindSystemTimeZoneById(quiet.TimeZone)).TimeOfDay, TimeSpan.FromMinutes(quiet.ToMinute));

        // The night begins before midnight; of its end, as much is left out as clocks may be wrong.
        if (local < lasts - TimeSpan.FromHours(2))
        {
            world.Break(17, $"{delivery} rings at {local} of the night");
        }
    }

    /// <summary>Nothing is in flight any more.</summary>
    public void AtRest()
    {
        foreach (var (cause, (customer, topic, payment)) in _causes.Where(one => !_erased.Contains(one.Value.Customer) && !_muted.Contains(one.Value.Customer)))
        {
            var (alone, collected) = (_requested.ContainsKey($"ntf_{cause}"), _items.ContainsKey($"itm_{cause}"));
            world.Counters.Add(collected ? "notices: in a digest" : "notices: alone");
            if (!(alone || collected) && !(payment is not null && topic is NoticeTopic.Receipts && _returned.Contains(payment)))
            {
                world.Break(26, $"{customer} is never told of {cause} ({topic})");
            }
        }

        foreach (var (id, (item, batches)) in _items.Where(one => one.Value.Batches != 1))
        {
            world.Break(26, $"{id} of {item.About.Customer} is in {batches} digests");
        }
    }

    private void Read(string key, long version, Event happened)
    {
        switch (happened)
        {
            case PaymentEvent.Created e: _customers[key] = e.Grant.Customer; break;
            case PaymentEvent.CaptureSucceeded or PaymentEvent.Debited { TooLate: false }: Cause(key, version, _customers[key], NoticeTopic.Receipts, key); break;
            case PaymentEvent.RefundSucceeded or PaymentEvent.RefundCameLate: Cause(key, version, _customers[key], NoticeTopic.Refunds, key); break;
            case PaymentEvent.CaptureReturned: _returned.Add(key); break;
            case OrderEvent.Placed e: _customers[key] = e.Customer; break;
            case OrderEvent.Shipped or OrderEvent.Delivered: Cause(key, version, _customers[key], NoticeTopic.Shipping, null); break;
            case CustomerEvent.Erased: _erased.Add(key); break;
            case NotificationEvent.Requested e: Requested(e); break;
            case DigestEvent.Collected e: _items[e.Item.Id] = (e.Item, 0); break;
            case DigestEvent.FellDue e: FellDue(e.Batch); break;
        }
    }

    // As reactions name what they make: after the stream and the event that led to it.
    private void Cause(string key, long version, string customer, NoticeTopic topic, string? payment) =>
        _causes[string.Create(CultureInfo.InvariantCulture, $"{key[(key.IndexOf('_', StringComparison.Ordinal) + 1)..]}v{version}")] = (customer, topic, payment);

    private void FellDue(DigestBatch batch)
    {
        world.Counters.Add("notices: a digest leaves");
        _batches[batch.Id] = batch;
        foreach (var item in batch.Items)
        {
            _items[item.Id] = (item, _items[item.Id].Batches + 1);
        }
    }

    private void Requested(NotificationEvent.Requested e)
    {
        _requested[e.Id] = (e, world.Now);
        if (e.Kind.Topic() is { } topic
            && e.Recipients.Any(one => one.Route.Channel is Hub.Domain.Confirmations.Channel.Email)
            && _unsubscribed.TryGetValue((e.About.Customer, topic), out var since) && world.Now - since > Slowest && !CameBack().IsMatch(e.Id))
        {
            world.Break(17, $"{e.About.Customer} unsubscribed from {topic} at {since}, and {e.Id} goes to their mailbox");
        }
    }

    [GeneratedRegex(@"v\d+b\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex CameBack();

    private IEnumerable<(string Customer, NoticeTopic Topic)> TopicsOf(string delivery)
    {
        if (Notification.IdOf(delivery) is not { } id || !_requested.TryGetValue(id, out var asked)) return [];
        var (kind, about) = (asked.What.Kind, asked.What.About);
        return kind is NotificationKind.Digest
            ? _batches[about.Part!].Items.Select(item => item.Kind.Topic()).OfType<NoticeTopic>().Distinct().Select(topic => (about.Customer, topic))
            : kind.Topic() is { } one ? [(about.Customer, one)] : [];
    }
}
