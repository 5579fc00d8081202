using Hub.Actors.Views;
using Hub.Api.Access;

namespace Hub.Api.Views;

/// <summary>One line of a timeline: what happened, over which channel, in a sentence without personal data.</summary>
/// <param name="Topic">Whose timeline.</param>
/// <param name="Sequence">Its place in that topic.</param>
/// <param name="Type">Such as <c>payment.confirmation_requested</c>.</param>
/// <param name="Time">When.</param>
/// <param name="Actor">Whose event, such as <c>payment/pay_…</c>.</param>
/// <param name="Kind">What it is about: what stands before the dot in <paramref name="Type"/>.</param>
/// <param name="By">Who did it: <c>customer</c>, <c>merchant</c>, <c>staff</c>, <c>bank</c> or <c>hub</c>; <c>null</c> where that was not kept.</param>
/// <param name="Channel">The channel it came or went by: <c>web</c>, <c>sms</c>, <c>email</c>, <c>api</c>, <c>bank</c>; <c>null</c> for the hub's own doing.</param>
/// <param name="Summary">One English sentence.</param>
/// <param name="Detail">One more for merchants and staff, such as why a gateway was chosen; <c>null</c> where there is none.</param>
public sealed record TimelineEntryView(string Topic, long Sequence, string Type, DateTimeOffset Time, string Actor, string Kind, string? By, string? Channel, string Summary, string? Detail)
{
    /// <summary>The line for one caller, or <c>null</c> when there is nothing in it for them.</summary>
    public static TimelineEntryView? Of(TopicEntry entry, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (TimelineWords.Of(entry.Event.Body) is not { } words) return null;
        if (words.StaffOnly && caller is Caller.Customer) return null;
        return new TimelineEntryView(entry.Topic, entry.Sequence, words.Type, entry.Event.At, entry.Event.Actor.ToString(),
            words.Type.Split('.')[0], TimelineWho.Of(entry.Event.Body, words.Channel), words.Channel, words.Summary,
            caller is Caller.Customer ? null : words.StaffNote);
    }
}
