using Hub.Actors;
using Hub.Domain.Conversations;
using Hub.Domain.Kernel;

namespace Hub.Api.Live;

/// <summary>A topic's name, read: which actor it follows, or which merchant's queue.</summary>
/// <param name="Name">As written.</param>
/// <param name="Kind"><c>customer</c>, <c>order</c>, <c>payment</c>, <c>conversation</c> or <c>queue</c>.</param>
/// <param name="Id">The actor's key, or the merchant's id.</param>
internal sealed record LiveTopic(string Name, string Kind, string Id)
{
    private const int MaxLength = 80;

    /// <summary>Whether it is a merchant's queue; else it follows one actor.</summary>
    internal bool IsQueue => Kind == "queue";

    /// <summary>Whether it is a conversation.</summary>
    internal bool IsConversation => Kind == HubKinds.Conversation.Name;

    /// <summary>The actor that says who may watch: the one it follows, and of a conversation its customer, who may not have written yet.</summary>
    internal ActorId Actor => IsConversation ? HubKinds.Customer[Conversation.CustomerOf(Id)] : new ActorId(Kind, Id);

    internal static LiveTopic? Parse(string? name)
    {
        if (name is null || name.Length > MaxLength) return null;
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return null;
        var topic = new LiveTopic(name, name[..colon], name[(colon + 1)..]);
        var known = topic.Kind is "customer" or "order" or "payment" or "conversation" or "queue";
        if (topic.IsConversation && topic.Id != Conversation.IdOf(topic.Id)) return null;
        return known && topic.Id.Length > 0 && topic.Id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-') ? topic : null;
    }
}
