using Hub.Actors.Journal;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Notifications;
using Hub.Domain.Payments;
using Hub.Simulation.Core;

namespace Hub.Simulation.Checks;

/// <summary>
/// Which addresses are whose, since when, and which are held: added up from what happened and from the world's own clock. Nothing is confirmed
/// over one that is held or gone, and whoever objects is heard (invariants 14 and 15).
/// </summary>
internal sealed class AddressBooks(World world)
{
    // Clocks of two processes are up to an hour wrong, each its own way.
    private static readonly TimeSpan WrongestClocks = TimeSpan.FromHours(2);
    private static readonly TimeSpan Hold = TimeSpan.FromHours(24);

    // After so long a silence a START may be the first word of whoever was given the number.
    private static readonly TimeSpan AMonth = TimeSpan.FromDays(30) + WrongestClocks;

    // A process may stand still between reading where to ask and writing that it asks there.
    private static readonly TimeSpan Slowest = TimeSpan.FromMinutes(30);

    private readonly SortedDictionary<string, Owner> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Track> _tracks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _stopped = new(StringComparer.Ordinal);
    private readonly HashSet<(string Added, string Told)> _warned = [];
    private readonly List<(Track By, Track Of, TimeSpan At)> _objections = [];
    private readonly List<(Track Of, TimeSpan At)> _disowned = [];

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
                Read(append.Stream[(append.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..], happened.Body);
            }
        }
    }

    /// <summary>Nothing is in flight any more.</summary>
    public void AtRest()
    {
        foreach (var (by, of, at) in _objections.Where(one => one.By.GoneAt is null && one.Of.GoneAt is null && one.Of.VerifiedAt <= one.At && !one.Of.Owner.Erased))
        {
            world.Break(15, $"{by.Id} objected to {of.Id} at {at}, and that may confirm");
        }

        foreach (var (of, at) in _disowned.Where(one => one.Of.GoneAt is null && one.Of.VerifiedAt <= one.At && !one.Of.Owner.Erased))
        {
            world.Break(15, $"somebody else has {of.Id} since {at}, and it may confirm");
        }

        foreach (var (added, told) in _tracks.Values.SelectMany(one => one.ToTell.Select(told => (one, told))))
        {
            if (added.GoneAt is null && told.GoneAt is null && !added.Owner.Erased && !_warned.Contains((added.Id, told.Id)))
            {
                world.Break(15, $"{added.Id} was added to {added.Owner.Id}, and {told.Id} was not told");
            }
        }
    }

    private void Read(string key, Event happened)
    {
        switch (happened)
        {
            case CustomerEvent e: Read(key, e); break;
            case AddressEvent e: Read(key, e); break;
            case PaymentEvent.Submitted e:
                foreach (var route in e.Routes) CheckRoute(e.Attempt, route);
                break;
            case PaymentEvent.ConfirmationEnded { Status: ConfirmationStatus.Matched, Channel: Channel.Sms or Channel.Whatsapp or Channel.Chat } e: CheckAnswer(e); break;
            case NotificationEvent.Requested { Kind: NotificationKind.AddressAdded, About.Part: { } part } e:
                _warned.UnionWith(e.Recipients.Select(one => (part, one.Route.AddressId)));
                break;
        }
    }

    private void Read(string customer, CustomerEvent happened)
    {
        var owner = _owners.TryGetValue(customer, out var known) ? known : _owners[customer] = new Owner(customer);
        switch (happened)
        {
            case CustomerEvent.Registered e:
                foreach (var address in e.Addresses) Add(owner, address);
                break;
            case CustomerEvent.AddressAdded e: Add(owner, e.Address); break;
            case CustomerEvent.AddressVerified e: Proved(_tracks[e.Address], e.At, e.HeldUntil); break;
            case CustomerEvent.AddressRestored e: Restored(_tracks[e.Address], e.At, e.HeldUntil); break;
            case CustomerEvent.AddressRemoved e: Removed(_tracks[e.Address]); break;
            case CustomerEvent.AddressLost e: Lost(_tracks[e.Address]); break;
            case CustomerEvent.Erased: owner.Erased = true; break;
        }
    }

    private void Read(string key, AddressEvent happened)
    {
        if (happened is AddressEvent.OptedIn opted && _stopped.Remove(key, out var since) && since > TimeSpan.MinValue && world.Now - since > AMonth && !opted.Strange)
        {
            world.Break(15, $"a START a month after the STOP counts as the customer's at {key}");
        }

        switch (happened)
        {
            case AddressEvent.Answered { Approves: true } e:
                if (!_answers.TryGetValue(e.Code.Confirmation, out var from)) _answers[e.Code.Confirmation] = from = [];
                from.Add(e.Code.AddressId);
                break;
            case AddressEvent.Answered { NotMe: true } e when _tracks[e.Code.AddressId].VerifiedAt is not null:
                world.Counters.Add("addresses: disowned");
                _disowned.Add((_tracks[e.Code.AddressId], world.Now));
                break;
            case AddressEvent.OptedIn { Strange: true }:
                world.Counters.Add("addresses: a strange START");
                _disowned.AddRange(_tracks.Values.Where(one => one.Key == key && one is { VerifiedAt: not null, GoneAt: null, IsJoined: true }).Select(one => (one, world.Now)));
                break;
            case AddressEvent.Joined e: _tracks[e.By.AddressId].IsJoined = true; break;
            case AddressEvent.Received { Kind: Inbound.NotMe }: Object(key); break;
            case AddressEvent.OptedOut e: Stopped(key, e); break;
        }
    }

    // Who wants no messages is told nothing, from then on.
    private void Stopped(string key, AddressEvent.OptedOut happened)
    {
        _stopped.TryAdd(key, happened.Message is null ? TimeSpan.MinValue : world.Now);
        foreach (var track in _tracks.Values) track.ToTell = [.. track.ToTell.Where(told => told.Key != key)];
    }

    private void Add(Owner owner, NewAddress address)
    {
        var track = new Track(address.Id, owner, address.AddressKey, address.Channel, address.Twin) { Suspect = owner.HasProved };
        owner.Addresses.Add(track);
        _tracks[address.Id] = track;
    }

    private void Proved(Track track, DateTimeOffset at, DateTimeOffset? until)
    {
        (track.VerifiedAt, track.GoneAt, track.IsJoined) = (world.Now, null, false);
        Held(track, at, until);
        track.Owner.HasProved = true;
        world.Counters.Add(track.HeldAt is null ? "addresses: proved" : "addresses: proved and held");
    }

    private void Removed(Track track)
    {
        track.WasFree |= track.VerifiedAt is not null && !(world.Now - track.HeldAt < Hold + WrongestClocks);
        track.IsHeard = false;
        (track.GoneAt, track.ToTell) = (world.Now, []);
    }

    private void Lost(Track track)
    {
        (track.WasFree, track.IsHeard) = (false, false);
        (track.GoneAt, track.VerifiedAt, track.Suspect) = (world.Now, null, true);
    }

    private void Restored(Track track, DateTimeOffset at, DateTimeOffset? until)
    {
        world.Counters.Add("addresses: given back");
        track.IsHeard = track.WasFree && world.Now - track.GoneAt < Hold - WrongestClocks;
        track.Suspect |= track.Owner.Addresses.Any(other => other != track && other is { VerifiedAt: not null, GoneAt: null });
        track.GoneAt = null;
        if (track.VerifiedAt is null) return;
        (track.VerifiedAt, track.IsJoined) = (world.Now, false);
        Held(track, at, until);
    }

    // One whose number was proved on the other channel is known; whether that one itself was still held is a matter of clocks, and not asked here.
    private void Held(Track track, DateTimeOffset at, DateTimeOffset? until)
    {
        var isKnown = track.Twin is { } twin && track.Owner.Addresses.Any(other => other.Key == twin && other is { VerifiedAt: not null, GoneAt: null });
        var mustWait = track.Suspect && !isKnown;
        track.HeldAt = mustWait || until is not null ? world.Now : null;

        // WhatsApp has no agreed words for it here, and may be told only while somebody has just written.
        track.ToTell = track.HeldAt is null
            ? []
            : [.. track.Owner.Addresses.Where(other => other != track && other is { VerifiedAt: not null, GoneAt: null, Channel: not Channel.Chat and not Channel.Whatsapp } && IsAsked(other) && other.Key != track.Key && !_stopped.ContainsKey(other.Key))];
        if (mustWait && !(until >= at + Hold))
        {
            world.Break(15, $"{track.Id} came after a proved address, and is held until {until:O} only");
        }
    }

    // Whoever may confirm is told of what comes, and may object; and so is who only waits since they were taken away and given back.
    private bool IsAsked(Track track) => track.HeldAt is null || (track.IsHeard && world.Now - track.HeldAt < Hold - (2 * WrongestClocks));

    private void Object(string key)
    {
        foreach (var by in _tracks.Values.Where(one => one.Key == key && one is { VerifiedAt: not null, GoneAt: null, IsJoined: true } && IsAsked(one)))
        {
            // What waits only since it was taken away and given back is from before itself.
            foreach (var of in by.Owner.Addresses.Where(one => one is { VerifiedAt: not null, GoneAt: null, HeldAt: { } held, WasFree: false } && one.Key != by.Twin && world.Now - held < Hold / 2))
            {
                world.Counters.Add("addresses: objected to");
                _objections.Add((by, of, world.Now));
            }
        }
    }

    private void CheckRoute(string attempt, Route route)
    {
        var track = _tracks[route.AddressId];
        world.Counters.Add("addresses: asked to confirm");
        if (world.Now - track.HeldAt is { } held && held > Slowest && held < Hold - WrongestClocks)
        {
            world.Break(15, $"{attempt} is to be confirmed over {track.Id}, which is held since {track.HeldAt}");
        }

        if ((track.VerifiedAt ?? track.GoneAt) is null || world.Now - track.GoneAt > Slowest)
        {
            world.Break(15, $"{attempt} is to be confirmed over {track.Id}, which is nobody's any more");
        }
    }

    private void CheckAnswer(PaymentEvent.ConfirmationEnded e)
    {
        if (!_answers.TryGetValue(e.Confirmation, out var from) || !from.Any(id => _tracks[id].Channel == e.Channel && !(world.Now - _tracks[id].GoneAt > Slowest)))
        {
            world.Break(15, $"{e.Confirmation} was approved by {e.Channel}, and nobody who may has answered there");
        }
    }

    private sealed class Owner(string id)
    {
        public string Id { get; } = id;

        public List<Track> Addresses { get; } = [];

        public bool HasProved { get; set; }

        public bool Erased { get; set; }
    }

    private sealed class Track(string id, Owner owner, string key, Channel channel, string? twin)
    {
        public string Id { get; } = id;

        public Owner Owner { get; } = owner;

        public string Key { get; } = key;

        public Channel Channel { get; } = channel;

        public string? Twin { get; } = twin;

        /// <summary>Whether whoever has a session may have brought it.</summary>
        public bool Suspect { get; set; }

        public TimeSpan? VerifiedAt { get; set; }

        public TimeSpan? HeldAt { get; set; }

        public TimeSpan? GoneAt { get; set; }

        /// <summary>Whether it could confirm, before it was taken away.</summary>
        public bool WasFree { get; set; }

        /// <summary>Whether it is told and may object though it is held: it could confirm, and came back at once.</summary>
        public bool IsHeard { get; set; }

        public bool IsJoined { get; set; }

        /// <summary>Who has to hear of it.</summary>
        public IReadOnlyList<Track> ToTell { get; set; } = [];
    }
}
