using Hub.Domain.Customers;
using Hub.Domain.Digests;
using Hub.Domain.Notifications;

namespace Hub.Actors.Audit;

/// <summary>Invariants 27 and 22 of one customer's digest: what waits is let go once, all of it, and nothing else is.</summary>
internal sealed class DigestAudit(string id, DigestNotices notices, Tenants tenants, Findings findings) : IWaits
{
    private readonly List<DigestItem> _waiting = [];
    private readonly HashSet<string> _batches = new(StringComparer.Ordinal);
    private string? _customer;
    private bool _scheduled;

    /// <inheritdoc/>
    public bool NeedsTimer(string name) => name == "due" && _waiting.Count > 0;

    /// <summary>Takes the digest's next event.</summary>
    public void Read(DigestEvent happened, long position)
    {
        findings.Looked(27);
        switch (happened)
        {
            case DigestEvent.Collected e: Collected(e, position); break;
            case DigestEvent.Scheduled:
                if (_scheduled || _waiting.Count == 0) findings.Report(27, "a time was set where nothing waits, or one stood already");
                _scheduled = true;
                break;
            case DigestEvent.FellDue e: FellDue(e.Batch); break;
        }
    }

    private void Collected(DigestEvent.Collected e, long position)
    {
        findings.Looked(22);
        _customer ??= e.Customer;
        if (DigestState.KeyOf(e.Customer) != id || e.Customer != _customer || e.Item.About.Customer != e.Customer) findings.Report(22, $"{e.Item.Id} waits in the digest of another customer");
        if (tenants.MerchantOf(e.Customer) is { } merchant && (merchant != e.Merchant || merchant != e.Item.About.Merchant)) findings.Report(22, $"{e.Item.Id} is of another merchant than {e.Customer}");
        if (e.Item.Kind.Topic() is not { } topic || !DigestChoice.CanWait(topic)) findings.Report(27, $"{e.Item.Id} is a {e.Item.Kind}, and none of those waits");
        notices.Waits(e.Item.Id, position);
        _waiting.Add(e.Item);
    }

    private void FellDue(DigestBatch batch)
    {
        if (!_batches.Add(batch.Id) || !batch.Id.StartsWith($"{id}_", StringComparison.Ordinal)) findings.Report(27, $"{batch.Id} was let go before, or is another digest's");
        if (!batch.Items.SequenceEqual(_waiting)) findings.Report(27, $"{batch.Id} holds {batch.Items.Count} notices, and not the {_waiting.Count} that waited");
        notices.Left(batch, id);
        _waiting.Clear();
        _scheduled = false;
    }
}

/// <summary>Invariant 27 over all digests: each notice waits in one digest, and is told of by its mail, by its text, or by itself.</summary>
internal sealed class DigestNotices(Findings findings)
{
    // What a customer changes and what waits may come from nodes whose clocks differ.
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    private readonly Dictionary<string, long> _waited = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Batch> _batches = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Position, DateTimeOffset At)> _changed = new(StringComparer.Ordinal);

    /// <summary>A notice waits.</summary>
    public void Waits(string item, long position)
    {
        if (!_waited.TryAdd(item, position)) findings.Report(27, $"{item} waits for a second time");
        if (_asked.Contains(item)) findings.Report(27, $"{item} waits, and was asked for by itself before");
    }

    /// <summary>What waited leaves.</summary>
    public void Left(DigestBatch batch, string digest) => _batches.TryAdd(batch.Id, new Batch(digest, batch));

    /// <summary>A notification was asked for: one that carries a digest, or one that tells of a notice by itself.</summary>
    public void Asked(NotificationEvent.Requested asked)
    {
        var notification = asked.Id;
        if (asked.Kind.Topic() is { } own && DigestChoice.CanWait(own)) _asked.Add($"itm{notification[notification.IndexOf('_', StringComparison.Ordinal)..]}");
        if (asked.Kind is not NotificationKind.Digest) return;
        findings.Looked(27);
        if (asked.About.Part is not { } part || !_batches.TryGetValue(part, out var batch))
        {
            findings.Report(27, $"the mail carries {asked.About.Part}, which no digest let go");
            return;
        }

        if (DigestState.KeyOf(asked.About.Customer) != batch.Digest) findings.Report(22, $"the mail carries {part} to another customer");

        // One that came back is asked for again elsewhere, under a name that begins as its own.
        foreach (var topic in DigestChoice.TopicsOf(asked.About))
        {
            if (batch.Carriers.TryGetValue(topic, out var first) && !notification.StartsWith(first, StringComparison.Ordinal)) findings.Report(27, $"{topic} of {part} is told of twice");
            batch.Carriers.TryAdd(topic, notification);
        }
    }

    /// <summary>A customer changed what they are told of, or where: of what happened before, and is not told yet, less may be told.</summary>
    public void Changed(string customer, CustomerEvent happened, long position, DateTimeOffset at)
    {
        if (happened is CustomerEvent.Changed { Preferences: not null } or CustomerEvent.TopicMuted or CustomerEvent.AddressRemoved or CustomerEvent.Erased) _changed[customer] = (position, at);
    }

    /// <summary>Nothing is in flight: of everything that left, a message tells, or ended with a case.</summary>
    public void AtRest()
    {
        foreach (var batch in _batches.Values)
        {
            foreach (var item in batch.Left.Items) AtRest(batch, item);
        }
    }

    private void AtRest(Batch batch, DigestItem item)
    {
        findings.Looked(27);
        if (!_waited.TryGetValue(item.Id, out var waited) || _asked.Contains(item.Id)) return;
        if (item.Kind.Topic() is { } topic && batch.Carriers.ContainsKey(topic)) return;
        if (_changed.TryGetValue(item.About.Customer, out var changed) && (changed.Position > waited || changed.At > item.At - Slack)) return;
        findings.Report(27, HubKinds.Digest[batch.Digest].ToString(), waited, $"{item.Id} left with {batch.Left.Id}, and nothing tells of it");
    }

    private sealed class Batch(string digest, DigestBatch left)
    {
        internal string Digest { get; } = digest;

        internal DigestBatch Left { get; } = left;

        internal Dictionary<NoticeTopic, string> Carriers { get; } = [];
    }
}
