using Hub.Actors.Feed;
using Hub.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Hub.Actors.Views;

/// <summary>Folds one batch of the feed into rows and topic entries; an actor that changes ten times is written once.</summary>
internal sealed partial class ViewBatch(ViewDatabase database, KindCatalog kinds, ILogger log)
{
    private readonly Dictionary<string, View> _views = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _heads = new(StringComparer.Ordinal);
    private readonly List<TopicEntry> _entries = [];
    private readonly List<View> _changed = [];

    /// <summary>What the batch adds to topics, in order.</summary>
    public IReadOnlyList<TopicEntry> Entries => _entries;

    /// <summary>The topics that hear of an actor: those its state's subjects make, and a conversation's own.</summary>
    public static IEnumerable<string> Topics(ActorId actor, Subjects subjects)
    {
        // Its own events alone and all of them, so that the topic counts as the conversation itself does.
        if (actor.Kind == HubKinds.Conversation.Name)
        {
            yield return $"conversation:{actor.Key}";
        }

        if (subjects.Customer is { } customer)
        {
            yield return $"customer:{customer}";
        }

        if (subjects.Order is { } order)
        {
            yield return $"order:{order}";
        }

        if (subjects.Payment is { } payment)
        {
            yield return $"payment:{payment}";
        }

        if (subjects.Merchant is { } merchant)
        {
            yield return $"queue:{merchant}";
        }
    }

    /// <summary>Takes one event. What cannot be read or folded leaves its actor's view where it was.</summary>
    public void Add(FeedEntry entry)
    {
        try
        {
            var happened = entry.Happened;
            var kind = kinds[happened.Actor.Kind];
            var view = Find(entry, kind);
            if (view.Version + 1 != entry.Version)
            {
                return;
            }

            view.State = kind.Evolve(view.State, happened.Body);
            view.Version = entry.Version;
            NoteChanged(view);
            foreach (var topic in Topics(view.Actor, view.State.Subjects))
            {
                var sequence = _heads[topic] = 1 + (_heads.TryGetValue(topic, out var head) ? head : database.Head(topic));
                _entries.Add(new TopicEntry(topic, sequence, happened, view.State));
            }
        }
        catch (Exception unreadable) when (unreadable is not Sqlite.SqliteFailureException)
        {
            LogSkipped(log, unreadable, entry.Stream, entry.Version);
        }
    }

    /// <summary>Stores the batch.</summary>
    public void Save(long position) => database.Save(position, _changed.Select(Write), _entries);

    private ViewWrite Write(View view) =>
        new(view.Born, view.Actor, view.Version, view.State.Subjects, view.State.Shelf, kinds[view.Actor.Kind].WriteState(view.State));

    private void NoteChanged(View view)
    {
        if (!view.Changed)
        {
            view.Changed = true;
            _changed.Add(view);
        }
    }

    private View Find(FeedEntry entry, ActorKind kind)
    {
        if (!_views.TryGetValue(entry.Stream, out var view))
        {
            var stored = database.Find(entry.Stream);
            _views[entry.Stream] = view = stored is null
                ? new View(ActorId.Parse(entry.Stream), entry.Position) { State = kind.Initial }
                : new View(ActorId.Parse(entry.Stream), stored.Born) { State = kind.ReadState(stored.State), Version = stored.Version };
        }

        return view;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The view of {Stream} stays before version {Version}: it cannot be read or folded")]
    private static partial void LogSkipped(ILogger log, Exception unreadable, string stream, long version);

    private sealed class View(ActorId actor, long born)
    {
        public ActorId Actor { get; } = actor;

        public long Born { get; } = born;

        public long Version { get; set; }

        public bool Changed { get; set; }

        public required State State { get; set; }
    }
}
