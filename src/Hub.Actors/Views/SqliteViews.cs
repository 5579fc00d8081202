using System.Collections.Immutable;
using Hub.Actors.Feed;
using Hub.Actors.Hosting;
using Hub.Actors.Journal;
using Hub.Actors.Sqlite;
using Hub.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Views;

/// <summary>Views in a SQLite file of their own. Its checkpoint commits with its rows, so it shows an exact prefix of the feed.</summary>
public sealed partial class SqliteViews : IViews, IDisposable
{
    private const int BatchSize = 1_024;

    private readonly string _path;
    private readonly IJournalStore _store;
    private readonly JournalFeed _feed;
    private readonly KindCatalog _kinds;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly PositionWaiters _awaited = new();
    private ImmutableList<Action<IReadOnlyList<TopicEntry>>> _subscribers = [];
    private ViewDatabase _database;

    /// <summary>Opens the views of a journal, or makes them anew.</summary>
    /// <param name="path">Their file.</param>
    /// <param name="store">The journal.</param>
    /// <param name="feed">What they follow.</param>
    /// <param name="kinds">Every kind of actor.</param>
    /// <param name="time">Paces retries.</param>
    /// <param name="log">Hears of rebuilds.</param>
    public SqliteViews(string path, IJournalStore store, JournalFeed feed, KindCatalog kinds, TimeProvider time, ILogger<SqliteViews> log)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(feed);
        (_path, _store, _feed, _kinds, _time, _log) = (path, store, feed, kinds, time, log);
        _database = ViewDatabase.Open(path, store.Identity, feed.Head, log);
    }

    /// <summary>How many events of the feed are not shown yet.</summary>
    public long Lag => Math.Max(0, _feed.Head - _database.Position);

    /// <summary>Follows the feed until told to stop.</summary>
    public Task RunAsync(CancellationToken stop) => SteadyLoop.RunAsync("views", FollowAsync, _time, _log, stop);

    /// <inheritdoc/>
    public ViewPage List(ViewQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 100, nameof(query));
        var kind = _kinds[query.Kind];
        List<(string Column, string? Value)> filters =
            [("merchant", query.Merchant), ("customer", query.Customer), ("\"order\"", query.Order), ("payment", query.Payment), ("shelf", query.Shelf)];
        filters.RemoveAll(filter => filter.Value is null);
        var sql = "SELECT actor, version, state FROM states WHERE kind = ?"
            + string.Concat(filters.Select(filter => $" AND {filter.Column} = ?"))
            + (query.StartingAfter is null ? "" : " AND born < (SELECT born FROM states WHERE actor = ?)")
            + " ORDER BY born DESC LIMIT ?";
        var rows = _database.Read(reader =>
        {
            var index = 1;
            var statement = reader.Prepare(sql).Bind(index++, query.Kind);
            filters.ForEach(filter => statement.Bind(index++, filter.Value));
            if (query.StartingAfter is { } after)
            {
                statement.Bind(index++, kind[after].ToString());
            }

            return statement.Bind(index, query.Limit + 1)
                .RunList(row => new ViewRow(ActorId.Parse(row.Text(0)), row.Int64(1), kind.ReadState(row.Bytes(2))));
        });
        return new ViewPage(rows.Count > query.Limit ? rows[..query.Limit] : rows, rows.Count > query.Limit);
    }

    /// <inheritdoc/>
    public IReadOnlyList<TopicEntry> ReadTopic(string topic, long after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1_000);
        var rows = _database.Read(reader => reader
            .Prepare("SELECT sequence, position FROM topic_log WHERE topic = ? AND sequence > ? ORDER BY sequence LIMIT ?")
            .Bind(1, topic).Bind(2, after).Bind(3, limit).RunList(row => (Sequence: row.Int64(0), Position: row.Int64(1))));
        var states = new Dictionary<ActorId, State>();
        return [.. rows.Select(row =>
        {
            var happened = new FeedEntry(_kinds, _store.ReadFeed(row.Position - 1, 1)[0]).Happened;
            if (!states.TryGetValue(happened.Actor, out var state))
            {
                states[happened.Actor] = state = Latest(happened.Actor);
            }

            return new TopicEntry(topic, row.Sequence, happened, state);
        })];
    }

    /// <inheritdoc/>
    public long Head(string topic) => _database.Read(reader => ViewDatabase.HeadOf(reader, topic));

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<IReadOnlyList<TopicEntry>> added)
    {
        ImmutableInterlocked.Update(ref _subscribers, list => list.Add(added));
        return new Subscription(this, added);
    }

    /// <inheritdoc/>
    public Task CaughtUpAsync(long position, CancellationToken cancel)
    {
        var reached = _awaited.Add(position);
        _awaited.Announce(_database.Position);
        return reached.HereAsync().WaitAsync(cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private async Task FollowAsync(CancellationToken stop)
    {
        var entries = _feed.Read(_database.Position, BatchSize);
        if (entries.Count == 0)
        {
            await _feed.WaitAsync(_database.Position, _ => true, stop);
            return;
        }

        try
        {
            var batch = new ViewBatch(_database, _kinds, _log);
            foreach (var entry in entries)
            {
                batch.Add(entry);
            }

            batch.Save(entries[^1].Position);
            Push(batch.Entries);
            _awaited.Announce(_database.Position);
        }
        catch (SqliteFailureException broken) when (broken.IsDamage)
        {
            LogBroken(_log, broken, _path);
            _database.Dispose();
            _database = ViewDatabase.Create(_path, _store.Identity);
        }
    }

    private void Push(IReadOnlyList<TopicEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        foreach (var subscriber in _subscribers)
        {
            try
            {
                subscriber(entries);
            }
            catch (Exception failure)
            {
                // One subscriber's bug must not keep the others, or the views, from going on.
                LogSubscriber(_log, failure);
            }
        }
    }

    private State Latest(ActorId actor)
    {
        var kind = _kinds[actor.Kind];
        return _database.Read(reader => reader.Prepare("SELECT state FROM states WHERE actor = ?").Bind(1, actor.ToString())
            .RunFirst(row => kind.ReadState(row.Bytes(0)))) ?? kind.Initial;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The views in {Path} broke; they are made again")]
    private static partial void LogBroken(ILogger log, Exception broken, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "A subscriber of the views threw")]
    private static partial void LogSubscriber(ILogger log, Exception failure);

    private sealed class Subscription(SqliteViews views, Action<IReadOnlyList<TopicEntry>> added) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref views._subscribers, list => list.Remove(added));
    }
}
