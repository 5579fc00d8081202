using System.Collections.Concurrent;
using System.Collections.Immutable;
using Hub.Actors.Views;
using Hub.Api.Access;
using Hub.Api.Access.Staff;
using Hub.Channels.Chat;
using Hub.Domain.Conversations;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Api.Live;

/// <summary>Every live connection of this node: hands them what the feed adds, and cuts them off when their credential ends.</summary>
/// <remarks>Each node follows the feed itself and serves its own connections, so there is no backplane.</remarks>
internal sealed partial class LiveConnections(
    IViews views,
    ILiveViews translate,
    ICredentials credentials,
    StaffDirectory staff,
    IHubContext<LiveHub, ILiveClient> hub,
    TimeProvider time,
    LiveOptions options,
    ILogger<LiveConnections> log) : IHostedService, IChatPresence
{
    private readonly ConcurrentDictionary<string, LiveConnection> _connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<LiveConnection>> _byTopic = new(StringComparer.Ordinal);
    private readonly List<IDisposable> _held = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _held.Add(views.Subscribe(Push));
        _held.Add(credentials.OnRevoked(_ => Recheck()));
        _held.Add(time.CreateTimer(_ => Recheck(), null, options.RecheckEvery, options.RecheckEvery));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _held.ForEach(held => held.Dispose());
        _held.Clear();
        return Task.CompletedTask;
    }

    internal void Open(HubCallerContext context, Caller caller)
    {
        var id = context.ConnectionId;
        var connection = new LiveConnection(caller, views, translate, options, hub.Clients.Client(id), time, () => CutOff(id, context));
        _connections[id] = connection;
        if (!Holds(caller)) connection.CutOff();
    }

    internal async Task CloseAsync(string connectionId)
    {
        if (!_connections.TryRemove(connectionId, out var connection)) return;
        foreach (var topic in connection.Topics)
        {
            Leave(topic, connection);
        }

        await connection.DisposeAsync();
    }

    internal LiveConnection Of(string connectionId) =>
        _connections.TryGetValue(connectionId, out var connection) ? connection : throw new HubException("closed");

    internal Task<long> WatchAsync(string connectionId, string topic, long after)
    {
        var connection = Of(connectionId);
        if (connection.Count >= options.MostTopics && !connection.Topics.Contains(topic, StringComparer.Ordinal)) throw new HubException("too_many_topics");

        // First joined, then replayed: an entry that comes in between is either in the replay or queued behind it.
        _byTopic.AddOrUpdate(topic, [connection], (_, watchers) => watchers.Contains(connection) ? watchers : watchers.Add(connection));
        var replayed = connection.WatchAsync(topic, after);
        if (!_connections.ContainsKey(connectionId)) Leave(topic, connection);
        return replayed;
    }

    internal void Unwatch(string connectionId, string topic)
    {
        var connection = Of(connectionId);
        if (connection.Unwatch(topic)) Leave(topic, connection);
    }

    /// <inheritdoc/>
    public bool IsOpen(string addressKey, string payment) => _connections.Values.Any(c =>
        c.Device == addressKey && c.Caller is Caller.Customer customer && (customer.PaymentId is null || customer.PaymentId == payment) && c.Watches($"conversation:{Conversation.IdOf(customer.CustomerId)}"));

    internal void Attach(string connectionId, string device) => Of(connectionId).Device = device;

    /// <summary>Tells the others on this node who watch a conversation that the person of this connection is writing.</summary>
    /// <exception cref="HubException"><c>not_found</c>: the connection does not watch it.</exception>
    internal void Typing(string connectionId, string topic)
    {
        var connection = Of(connectionId);
        if (!connection.Watches(topic)) throw new HubException("not_found");
        if (!_byTopic.TryGetValue(topic, out var watchers) || !connection.MayTell(topic)) return;
        var notice = connection.Caller is Caller.Staff staff ? new TypingNotice(topic, "staff", Conversations.ColleagueEndpoints.NameOf(staff.Email)) : new TypingNotice(topic, "customer", null);
        foreach (var watcher in watchers.Where(watcher => watcher != connection))
        {
            watcher.Take(notice);
        }
    }

    private void Leave(string topic, LiveConnection connection)
    {
        while (_byTopic.TryGetValue(topic, out var watchers))
        {
            var left = watchers.Remove(connection);
            if (left.IsEmpty ? _byTopic.TryRemove(KeyValuePair.Create(topic, watchers)) : _byTopic.TryUpdate(topic, left, watchers)) return;
        }
    }

    private void Push(IReadOnlyList<TopicEntry> added)
    {
        foreach (var entry in added)
        {
            if (!_byTopic.TryGetValue(entry.Topic, out var watchers)) continue;
            foreach (var connection in watchers)
            {
                connection.Take(entry);
            }
        }
    }

    private void Recheck()
    {
        foreach (var (_, connection) in _connections)
        {
            if (!Holds(connection.Caller)) connection.CutOff();
        }
    }

    private bool Holds(Caller caller)
    {
        if (!credentials.IsActive(caller.CredentialId)) return false;
        if (caller is not Caller.Staff known) return true;
        return staff.Find(known.Email) is { Disabled: false } member && member.Roles == known.Roles && member.Merchants == known.Merchants;
    }

    private void CutOff(string id, HubCallerContext context)
    {
        Cut(log, id);
        context.Abort();
    }

    [LoggerMessage(LogLevel.Information, "Live connection {ConnectionId} was cut off: too far behind, or its credential ended")]
    private static partial void Cut(ILogger log, string connectionId);
}
