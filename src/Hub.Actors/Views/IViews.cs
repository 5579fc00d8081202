using Hub.Actors.Feed;
using Hub.Domain.Kernel;

namespace Hub.Actors.Views;

/// <summary>
/// What the feed looks like to those who list and watch: the folded state of every actor, and one log per topic.
/// A cache of the journal, kept by each node for itself; deleting it rebuilds it (invariant 20).
/// </summary>
/// <remarks>
/// Topics follow from <see cref="Subjects"/> of the state after the event: <c>customer:</c>, <c>order:</c>, <c>payment:</c> and
/// <c>queue:</c> with the merchant's id; a conversation has <c>conversation:</c> for itself. A topic's sequence starts at 1 and has no holes; every node counts the same.
/// </remarks>
public interface IViews
{
    /// <summary>One page of the states of a kind, newest first.</summary>
    ViewPage List(ViewQuery query);

    /// <summary>The entries of a topic after a sequence, in order.</summary>
    /// <param name="topic">Such as <c>payment:pay_…</c>.</param>
    /// <param name="after">The last sequence already seen; 0 for all.</param>
    /// <param name="limit">At most this many; 1 to 1,000.</param>
    IReadOnlyList<TopicEntry> ReadTopic(string topic, long after, int limit);

    /// <summary>The last sequence of a topic; 0 when it has no entries.</summary>
    long Head(string topic);

    /// <summary>Calls back with what each batch added, after it was committed, in order. Dispose to stop.</summary>
    IDisposable Subscribe(Action<IReadOnlyList<TopicEntry>> added);

    /// <summary>Completes once the view shows everything up to a journal position.</summary>
    Task CaughtUpAsync(long position, CancellationToken cancel);
}

/// <summary>One entry of a topic's log.</summary>
public sealed record TopicEntry(string Topic, long Sequence, FeedEvent Event, State State);

/// <summary>What to list.</summary>
/// <param name="Kind">A kind of actor.</param>
/// <param name="Merchant">Only this merchant's; <c>null</c> for all.</param>
/// <param name="Customer">Only this customer's; <c>null</c> for all.</param>
/// <param name="Order">Only this order's; <c>null</c> for all.</param>
/// <param name="Payment">Only this payment's; <c>null</c> for all.</param>
/// <param name="Shelf">Only those filed there, see <see cref="State.Shelf"/>; <c>null</c> for all.</param>
/// <param name="StartingAfter">The actor key the page begins after; <c>null</c> for the newest.</param>
/// <param name="Limit">1 to 100.</param>
public sealed record ViewQuery(
    string Kind,
    string? Merchant = null,
    string? Customer = null,
    string? Order = null,
    string? Payment = null,
    string? Shelf = null,
    string? StartingAfter = null,
    int Limit = 20);

/// <summary>A page of states.</summary>
public sealed record ViewPage(IReadOnlyList<ViewRow> Rows, bool HasMore);

/// <summary>One actor's state as the view has it.</summary>
public sealed record ViewRow(ActorId Actor, long Version, State State);
