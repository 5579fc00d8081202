using Hub.Actors;
using Hub.Api.Access;
using Hub.Domain.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Hub.Api.Live;

/// <summary>Live updates at <c>/live</c>: a watcher names a topic and the last sequence it saw, gets the gap, then what is new.</summary>
/// <remarks>
/// What may be watched follows from what the caller is, never from what it asks for (invariant 22). A topic it may not see and one
/// that does not exist give the same error, <c>not_found</c>.
/// </remarks>
[Authorize(Policies.Read)]
internal sealed class LiveHub(LiveConnections connections, IActors actors, ILiveDevices devices) : Hub<ILiveClient>
{
    public override Task OnConnectedAsync()
    {
        connections.Open(Context, CallerNow());
        return base.OnConnectedAsync();
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        await connections.CloseAsync(Context.ConnectionId);
        await base.OnDisconnectedAsync(exception);
    }

    /// <summary>Watches a topic; returns once everything after <paramref name="lastSequence"/> was sent.</summary>
    /// <param name="topic"><c>customer:</c>, <c>order:</c>, <c>payment:</c>, <c>conversation:</c> with an id, or <c>queue:</c> with a merchant's.</param>
    /// <param name="lastSequence">The last sequence the watcher saw; 0 for all.</param>
    public async Task<WatchStarted> Watch(string topic, long lastSequence)
    {
        if (lastSequence < 0) throw new HubException("invalid_sequence");
        if (LiveTopic.Parse(topic) is not { } named || !CallerNow().MaySee(await SubjectsAsync(named))) throw new HubException("not_found");
        return new WatchStarted(topic, await connections.WatchAsync(Context.ConnectionId, topic, lastSequence));
    }

    /// <summary>Stops watching; nothing happens when it was not watched.</summary>
    public void Unwatch(string topic) => connections.Unwatch(Context.ConnectionId, topic);

    /// <summary>Says which device the connection is on: confirmations are shown there, with what answers them. Called before <see cref="Watch"/>, so that the replay shows it too.</summary>
    /// <param name="secret">What the device keeps; see <c>POST /v1/customers/{id}/devices</c>.</param>
    public async Task Attach(string secret)
    {
        connections.Attach(Context.ConnectionId, await devices.FindAsync(CallerNow(), secret, Context.ConnectionAborted) ?? throw new HubException("not_found"));
    }

    /// <summary>Tells the others who watch a conversation that the caller is writing; once a second at most, and more often has no effect.</summary>
    /// <param name="topic">A <c>conversation:</c> that the caller watches.</param>
    public void Typing(string topic)
    {
        if (LiveTopic.Parse(topic) is not { IsConversation: true }) throw new HubException("not_found");
        connections.Typing(Context.ConnectionId, topic);
    }

    private Caller CallerNow() => Caller.Of(Context.User) ?? throw new HubException("unauthenticated");

    private async Task<Subjects> SubjectsAsync(LiveTopic topic)
    {
        if (topic.IsQueue) return new Subjects(Merchant: topic.Id);

        // A page waits for the first message before there is one; people speak there, so that no merchant's key listens.
        if (topic.IsConversation && CallerNow() is Caller.Merchant) return Subjects.Nobody;
        var reading = await actors.ReadAsync(topic.Actor, Context.ConnectionAborted);
        return reading.State.Subjects;
    }
}
