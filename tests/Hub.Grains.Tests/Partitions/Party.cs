using System.Collections.Concurrent;
using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Tests;

namespace Hub.Grains.Tests.Partitions;

/// <summary>
/// A party outside, and the reaction that calls it for every deposit: it records at the till that the call begins, and calls; one that had
/// begun already is asked about first and only then repeated, under its own key.
/// </summary>
internal sealed class Party : IReaction
{
    private readonly ConcurrentDictionary<string, int> _blind = new();
    private readonly ConcurrentDictionary<string, int> _done = new();

    public string Name => "party";

    /// <summary>The way to the tills; set once there is a cluster.</summary>
    public IActors? Actors { get; set; }

    /// <summary>How often each key was called without asking first.</summary>
    public IReadOnlyDictionary<string, int> Blind => _blind;

    /// <summary>What was done, by its key.</summary>
    public IReadOnlyCollection<string> Done => [.. _done.Keys];

    public bool Follows(string kind) => kind == "till";

    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        if (happened.Body is not TillEvent.Deposited)
        {
            return;
        }

        var key = $"{happened.Actor.Key}:{happened.Version}";
        var begun = await Actors!.SendAsync(happened.Actor, new Envelope(happened.CommandId(Name, "begin"), new TillCommand.Assign(key)), cancel);
        if (begun is TurnOutcome.Committed { Repeated: false })
        {
            _blind.AddOrUpdate(key, 1, (_, times) => times + 1);
            _done.TryAdd(key, 1);
        }
        else if (!_done.ContainsKey(key))
        {
            _done.TryAdd(key, 1);
        }
    }
}
