using Hub.Actors.Views;
using Hub.Api.Access;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;

namespace Hub.Api.Lists;

/// <summary>Which part of a timeline is asked for. One of <paramref name="After"/> and <paramref name="Before"/>, or neither: from the beginning.</summary>
/// <param name="After">The last sequence already seen; 0 for the beginning. What follows it, oldest first.</param>
/// <param name="Before">The first sequence already seen; 0 for the end. What comes right before it, oldest first.</param>
/// <param name="Limit">At most this many entries; 1 to 1,000.</param>
/// <param name="Kind">Only entries of this kind: <c>customer</c>, <c>order</c>, <c>payment</c>, <c>notification</c>, <c>conversation</c>, <c>digest</c>, <c>address</c>, <c>webhook</c> or <c>case</c>.</param>
/// <param name="Channel">Only entries of this channel: <c>web</c>, <c>mobile</c>, <c>sms</c>, <c>whatsapp</c>, <c>chat</c>, <c>email</c>, <c>api</c> or <c>bank</c>.</param>
internal sealed record TimelineQuery(long? After = null, long? Before = null, int Limit = 500, string? Kind = null, string? Channel = null);

/// <summary>Reads a timeline in pages, either way.</summary>
internal static class TimelinePages
{
    private const int MostEntries = 1_000;

    private static readonly string[] Kinds = ["customer", "order", "payment", "notification", "conversation", "digest", "address", "webhook", "case"];
    private static readonly string[] Channels = ["web", "mobile", "sms", "whatsapp", "chat", "email", "api", "bank"];

    /// <summary>One page of a topic, in the order in which things happened.</summary>
    /// <remarks>Some entries are not this caller's to see, or not asked for: it is read on until the page is full, so that a cursor always leads further.</remarks>
    /// <exception cref="ProblemException">400: the query cannot be read.</exception>
    internal static ListOf<TimelineEntryView> Read(string topic, TimelineQuery query, Caller caller, IViews views)
    {
        Check(query);
        return query.Before is { } before ? Backward(topic, before, query, caller, views) : Forward(topic, query.After ?? 0, query, caller, views);
    }

    private static ListOf<TimelineEntryView> Forward(string topic, long after, TimelineQuery query, Caller caller, IViews views)
    {
        List<TimelineEntryView> lines = [];
        while (lines.Count <= query.Limit && views.ReadTopic(topic, after, query.Limit) is { Count: > 0 } entries)
        {
            lines.AddRange(Shown(entries, query, caller));
            after = entries[^1].Sequence;
        }

        return new ListOf<TimelineEntryView>([.. lines.Take(query.Limit)], lines.Count > query.Limit);
    }

    // A topic's sequence has no holes, so what comes right before a sequence can be asked for by its number.
    private static ListOf<TimelineEntryView> Backward(string topic, long before, TimelineQuery query, Caller caller, IViews views)
    {
        var head = views.Head(topic);
        var end = before is 0 ? head + 1 : Math.Min(before, head + 1);
        List<TimelineEntryView> lines = [];
        while (lines.Count <= query.Limit && end > 1)
        {
            var start = Math.Max(1, end - query.Limit);
            var entries = views.ReadTopic(topic, start - 1, (int)(end - start));
            lines.InsertRange(0, Shown(entries, query, caller));
            end = start;
        }

        return new ListOf<TimelineEntryView>([.. lines.TakeLast(query.Limit)], lines.Count > query.Limit);
    }

    private static IEnumerable<TimelineEntryView> Shown(IEnumerable<TopicEntry> entries, TimelineQuery query, Caller caller) => entries
        .Where(e => caller.MaySee(e.State.Subjects))
        .Select(e => TimelineEntryView.Of(e, caller))
        .OfType<TimelineEntryView>()
        .Where(line => (query.Kind is null || line.Kind == query.Kind) && (query.Channel is null || line.Channel == query.Channel));

    private static void Check(TimelineQuery query)
    {
        var fields = new Fields()
            .Require(query.Limit is >= 1 and <= MostEntries, "limit", $"must be 1 to {MostEntries}")
            .Require(query.After is null or >= 0, "after", "must be a sequence, or 0")
            .Require(query.Before is null or >= 0, "before", "must be a sequence, or 0")
            .Require(query.After is null || query.Before is null, "before", "must not stand beside after")
            .Require(query.Kind is null || Kinds.Contains(query.Kind), "kind", $"must be one of {string.Join(", ", Kinds)}")
            .Require(query.Channel is null || Channels.Contains(query.Channel), "channel", $"must be one of {string.Join(", ", Channels)}");
        if (fields.Problem is { } wrong) throw wrong.AsException();
    }
}
