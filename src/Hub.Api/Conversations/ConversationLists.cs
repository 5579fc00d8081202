using Hub.Actors;
using Hub.Actors.Views;
using Hub.Api.Access;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Json;
using Hub.Api.Edge.Requests;
using Hub.Domain.Conversations;

namespace Hub.Api.Conversations;

/// <summary>Pages of conversations and of their messages, from the views.</summary>
internal static class ConversationLists
{
    private const int Stride = 200;

    /// <summary>One page of a merchant's conversations, each with its last message.</summary>
    /// <param name="paging">Which page.</param>
    /// <param name="caller">Staff of the merchant.</param>
    /// <param name="views">Where they are listed.</param>
    /// <param name="conversations">How they are shown.</param>
    /// <param name="merchant">Whose.</param>
    /// <param name="status">Only those that stand so, in snake case; <c>null</c> for all.</param>
    /// <param name="assignee">Only those that this person has, or <c>me</c>; <c>null</c> for all.</param>
    internal static ListOf<ConversationView> Page(Paging paging, Caller caller, IViews views, ConversationViews conversations, string merchant, string? status, string? assignee)
    {
        var shelf = ShelfOf(status, assignee);
        var who = assignee == "me" ? ((Caller.Staff)caller).Email : assignee;
        var (found, after, more) = (new List<Conversation>(), paging.StartingAfter, true);

        // Those who have conversations are few, and what they have is on one shelf: it is read on until the page is full.
        while (more && found.Count <= paging.Limit)
        {
            var page = views.List(new ViewQuery(HubKinds.Conversation.Name, merchant, Shelf: shelf, StartingAfter: after, Limit: who is null ? paging.Limit : 100));
            found.AddRange(page.Rows.Select(r => r.State).OfType<Conversation>().Where(c => caller.MaySee(c.Subjects) && (who is null || c.Assignee == who)));
            (more, after) = (page.HasMore, page.Rows.Count > 0 ? page.Rows[^1].Actor.Key : after);
        }

        var viewer = new Viewer(caller);
        return new ListOf<ConversationView>([.. found.Take(paging.Limit).Select(c => conversations.Of(c, viewer, c.Messages.TakeLast(1)))], found.Count > paging.Limit);
    }

    /// <summary>Messages before a sequence, oldest first, and whether there are more.</summary>
    /// <param name="conversation">Whose; the newest are taken from it, older ones from its topic.</param>
    /// <param name="before">Only those before.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="maySee">Which count.</param>
    /// <param name="views">Where its topic is.</param>
    internal static (IReadOnlyList<Message> Messages, bool More) Before(Conversation conversation, long before, int limit, Func<Message, bool> maySee, IViews views)
    {
        List<Message> found = [.. conversation.Messages.Where(m => m.Sequence < before && maySee(m))];
        var until = Math.Min(before, conversation.Messages.Count > 0 ? conversation.Messages[0].Sequence : before);
        while (found.Count <= limit && until > 1)
        {
            var from = Math.Max(1, until - Stride);
            var entries = views.ReadTopic($"conversation:{conversation.Id}", from - 1, (int)(until - from));

            // What is that old can no longer be answered.
            found.InsertRange(0, entries.Select(e => Message.Of((ConversationEvent)e.Event.Body, e.Sequence)).OfType<Message>().Where(maySee)
                .Select(m => m.Offer is null ? m : m with { Ended = Domain.Confirmations.ConfirmationStatus.Expired }));
            until = from;
        }

        return ([.. found.TakeLast(limit)], found.Count > limit);
    }

    private static string? ShelfOf(string? status, string? assignee)
    {
        var known = Enum.GetNames<ConversationStatus>().Select(WireJson.Snake).ToList();
        if (status is not null && !known.Contains(status)) throw Problems.Invalid("status", $"must be one of {string.Join(", ", known)}").AsException();
        return status ?? (assignee is null ? null : WireJson.Snake(nameof(ConversationStatus.Assigned)));
    }
}
