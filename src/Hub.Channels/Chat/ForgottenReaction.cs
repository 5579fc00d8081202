using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Reactions;
using Hub.Domain.Conversations;
using Hub.Domain.Customers;

namespace Hub.Channels.Chat;

/// <summary>Takes the conversation of an erased customer out of the queue: there is nobody left to answer. Its words went with the customer's key.</summary>
public sealed class ForgottenReaction(IActors actors) : IReaction
{
    /// <inheritdoc/>
    public string Name => "forgotten-conversations";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Customer.Name;

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.Body is not CustomerEvent.Erased) return;
        await actors.ReactAsync(this, happened, Threads.Of(happened.Actor.Key), new ConversationCommand.Resolve("hub", Overrules: true), "resolve", "", cancel);
    }
}
