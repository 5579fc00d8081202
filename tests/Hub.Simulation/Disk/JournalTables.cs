using Hub.Actors.Journal;
using Hub.Domain.Kernel;
using Hub.Domain.Ledger;
using Hub.Domain.Money;

namespace Hub.Simulation.Disk;

/// <summary>A journal's tables in memory, as the port promises them. Held to the port's compliance suite like every adapter.</summary>
internal sealed class JournalTables
{
    private readonly Dictionary<string, Stream> _streams = new(StringComparer.Ordinal);
    private readonly List<StoredEvent> _feed = [];
    private readonly SortedSet<(DateTimeOffset Due, string Stream, string Name)> _timers = new(TimerOrder.Value);
    private readonly Dictionary<RequestKey, Request> _requests = [];
    private readonly Dictionary<string, SortedDictionary<int, long>> _checkpoints = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string Reaction, string Stream), Parking> _parked = [];
    private readonly SortedDictionary<(string Account, string Currency), long> _balances = [];
    private long _opening;

    /// <summary>Whether an append at a wrong version is refused; the planted bug "fencing off" takes that away.</summary>
    public bool Fences { get; set; } = true;

    /// <summary>Every event, by position − 1.</summary>
    public IReadOnlyList<StoredEvent> Feed => _feed;

    /// <summary>Carries out one transaction.</summary>
    /// <param name="transaction">The writes.</param>
    /// <param name="opening">Who writes; reservations of an earlier opening were left behind.</param>
    public IReadOnlyList<WriteResult> Apply(IReadOnlyList<JournalWrite> transaction, long opening)
    {
        _opening = opening;
        var results = new WriteResult[transaction.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Apply(transaction[i]);
        }

        return results;
    }

    /// <inheritdoc cref="IJournalStore.ReadStream"/>
    public StreamSlice ReadStream(string stream, long afterVersion) => _streams.TryGetValue(stream, out var found)
        ? new StreamSlice(found.Id, found.Events.GetRange((int)afterVersion, Math.Max(0, found.Events.Count - (int)afterVersion)))
        : new StreamSlice(0, []);

    /// <inheritdoc cref="IJournalStore.FindCommand"/>
    public StoredCommand? FindCommand(string stream, string commandId) =>
        _streams.TryGetValue(stream, out var found) ? found.Commands.GetValueOrDefault(commandId) : null;

    /// <inheritdoc cref="IJournalStore.ReadFeed"/>
    public IReadOnlyList<StoredEvent> ReadFeed(long afterPosition, int limit)
    {
        var start = (int)Math.Min(afterPosition, _feed.Count);
        return _feed.GetRange(start, Math.Min(limit, _feed.Count - start));
    }

    /// <inheritdoc cref="IJournalStore.DueTimers"/>
    public IReadOnlyList<StoredTimer> DueTimers(DateTimeOffset now, StoredTimer? after, int limit)
    {
        var due = new List<StoredTimer>();
        foreach (var timer in _timers)
        {
            if (timer.Due > now || due.Count == limit)
            {
                break;
            }

            if (after is not null && TimerOrder.Value.Compare(timer, (after.Due, after.Stream, after.Timer.Name)) <= 0)
            {
                continue;
            }

            due.Add(_streams[timer.Stream].Timers[timer.Name]);
        }

        return due;
    }

    /// <inheritdoc cref="IJournalStore.FindTimer"/>
    public StoredTimer? FindTimer(string stream, string name) =>
        _streams.TryGetValue(stream, out var found) ? found.Timers.GetValueOrDefault(name) : null;

    /// <inheritdoc cref="IJournalStore.NextTimer"/>
    public DateTimeOffset? NextTimer(DateTimeOffset after)
    {
        foreach (var timer in _timers.GetViewBetween((after.AddTicks(1), "", ""), (DateTimeOffset.MaxValue, "", "")))
        {
            return timer.Due;
        }

        return null;
    }

    /// <inheritdoc cref="IJournalStore.Checkpoints"/>
    public IReadOnlyList<Checkpoint> Checkpoints(string reader) =>
        _checkpoints.TryGetValue(reader, out var saved) ? [.. saved.Select(row => new Checkpoint(row.Key, row.Value))] : [];

    /// <inheritdoc cref="IJournalStore.Parked"/>
    public IReadOnlyList<Parking> Parked(string reaction) => [.. _parked.Values.Where(row => row.Reaction == reaction)];

    /// <summary>Every parked stream of every reaction.</summary>
    public IReadOnlyCollection<Parking> AllParked => _parked.Values;

    /// <inheritdoc cref="IJournalStore.Balances"/>
    public IReadOnlyList<Balance> Balances() =>
        [.. _balances.Select(row => new Balance(new Account(row.Key.Account), new Amount(row.Value, Currency.Parse(row.Key.Currency))))];

    /// <inheritdoc cref="IJournalStore.Postings"/>
    public IReadOnlyList<PostedLine> Postings(string stream) => _streams.TryGetValue(stream, out var found) ? [.. found.Postings] : [];

    private WriteResult Apply(JournalWrite write)
    {
        switch (write)
        {
            case JournalWrite.Append append: return Append(append);
            case JournalWrite.ReserveRequest ask: return new WriteResult.Reserved(Reserve(ask));
            case JournalWrite.CompleteRequest done when _requests.GetValueOrDefault(done.Key) is { Answer: null } row: row.Answer = done.Answer; break;
            case JournalWrite.ReleaseRequest given when _requests.GetValueOrDefault(given.Key) is { Answer: null } row && row.Owner == _opening: row.Fingerprint = ""; break;
            case JournalWrite.PurgeRequests old: Purge(old); break;
            case JournalWrite.CompleteTimer fired: RemoveTimer(fired.Stream, fired.Timer); break;
            case JournalWrite.SaveCheckpoints save: Save(save); break;
            case JournalWrite.Park parked: _parked[(parked.Parked.Reaction, parked.Parked.Stream)] = parked.Parked; break;
            case JournalWrite.Unpark caughtUp: Unpark(caughtUp); break;
        }

        return WriteResult.Done.Value;
    }

    private WriteResult Append(JournalWrite.Append append)
    {
        if (!_streams.TryGetValue(append.Stream, out var stream))
        {
            if (append.ExpectedVersion != 0 && Fences)
            {
                return new WriteResult.Conflict(0);
            }

            _streams[append.Stream] = stream = new Stream(_streams.Count + 1);
        }

        var head = stream.Events.Count;
        if (head != append.ExpectedVersion && Fences)
        {
            return new WriteResult.Conflict(head);
        }

        if (append.Fired is { } fired)
        {
            RemoveTimer(append.Stream, fired);
        }

        var first = _feed.Count + 1;
        for (var i = 0; i < append.Events.Count; i++)
        {
            Add(append, stream, head + i + 1, append.Events[i]);
        }

        stream.Commands.TryAdd(append.CommandId, new StoredCommand(head + 1, head + append.Events.Count, append.CommandHash, _opening));
        return new WriteResult.Appended(stream.Id, first);
    }

    private void Add(JournalWrite.Append append, Stream stream, long version, EventWrite happened)
    {
        var stored = new StoredEvent(_feed.Count + 1, append.Stream, version, happened.Type, happened.Payload, append.CommandId, append.At);
        _feed.Add(stored);
        stream.Events.Add(stored);
        foreach (var change in happened.Timers)
        {
            if (stream.Timers.Remove(change.Name, out var old))
            {
                _timers.Remove((old.Due, append.Stream, change.Name));
            }

            if (change is TimerChange.Set set)
            {
                stream.Timers[set.Name] = new StoredTimer(append.Stream, new TimerFired(set.Name, version), set.Due);
                _timers.Add((set.Due, append.Stream, set.Name));
            }
        }

        foreach (var set in happened.Postings)
        {
            foreach (var posting in set.Postings)
            {
                stream.Postings.Add(new PostedLine(append.Stream, version, posting.Account, new Amount(posting.Minor, set.Currency)));
                var account = (posting.Account.Name, set.Currency.Code);
                _balances[account] = _balances.GetValueOrDefault(account) + posting.Minor;
            }
        }
    }

    private Reservation Reserve(JournalWrite.ReserveRequest ask)
    {
        switch (_requests.GetValueOrDefault(ask.Key))
        {
            case null:
                _requests[ask.Key] = new Request(ask.CreatedId) { Fingerprint = ask.Fingerprint, Owner = _opening, At = ask.At };
                return new Reservation.Mine(ask.CreatedId);
            case { Fingerprint: not "" } other when other.Fingerprint != ask.Fingerprint:
                return new Reservation.OtherRequest();
            case { Answer: { } answer }:
                return new Reservation.Answered(answer);
            case { Fingerprint: not "" } held when held.Owner == _opening && held.At >= ask.AbandonedBefore:
                return new Reservation.InFlight();
            case var left:
                (left.Fingerprint, left.Owner, left.At) = (ask.Fingerprint, _opening, ask.At);
                return new Reservation.Mine(left.CreatedId);
        }
    }

    private void Unpark(JournalWrite.Unpark caughtUp)
    {
        if (_parked.TryGetValue((caughtUp.Reaction, caughtUp.Stream), out var parked) && parked.Version == caughtUp.Version)
        {
            _parked.Remove((caughtUp.Reaction, caughtUp.Stream));
        }
    }

    private void Purge(JournalWrite.PurgeRequests old)
    {
        foreach (var key in _requests.Where(row => row.Value.At < old.Before).OrderBy(row => row.Value.At).Take(old.Limit).Select(row => row.Key).ToList())
        {
            _requests.Remove(key);
        }
    }

    private void Save(JournalWrite.SaveCheckpoints save)
    {
        if (!_checkpoints.TryGetValue(save.Reader, out var saved))
        {
            _checkpoints[save.Reader] = saved = [];
        }

        foreach (var (partition, position) in save.Checkpoints)
        {
            saved[partition] = Math.Max(position, saved.GetValueOrDefault(partition));
        }
    }

    private void RemoveTimer(string stream, TimerFired timer)
    {
        if (_streams.TryGetValue(stream, out var found) && found.Timers.GetValueOrDefault(timer.Name) is { } standing && standing.Timer == timer)
        {
            found.Timers.Remove(timer.Name);
            _timers.Remove((standing.Due, stream, timer.Name));
        }
    }

    private sealed class Stream(long id)
    {
        public long Id { get; } = id;

        public List<StoredEvent> Events { get; } = [];

        public Dictionary<string, StoredCommand> Commands { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, StoredTimer> Timers { get; } = new(StringComparer.Ordinal);

        public List<PostedLine> Postings { get; } = [];
    }

    private sealed class Request(string createdId)
    {
        public string CreatedId { get; } = createdId;

        public required string Fingerprint { get; set; }

        public required long Owner { get; set; }

        public required DateTimeOffset At { get; set; }

        public byte[]? Answer { get; set; }
    }

    // By time, then by name as bytes: no culture has a say in what fires first.
    private sealed class TimerOrder : IComparer<(DateTimeOffset Due, string Stream, string Name)>
    {
        public static TimerOrder Value { get; } = new();

        public int Compare((DateTimeOffset Due, string Stream, string Name) x, (DateTimeOffset Due, string Stream, string Name) y)
        {
            var order = x.Due.CompareTo(y.Due);
            order = order != 0 ? order : string.CompareOrdinal(x.Stream, y.Stream);
            return order != 0 ? order : string.CompareOrdinal(x.Name, y.Name);
        }
    }
}
