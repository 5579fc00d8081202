using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Domain.Customers;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Reactions;

/// <summary>Forgets an erased customer: their cards, and the key that every personal field of theirs is sealed under.</summary>
public sealed class ErasureReaction(ICardVault cards, IPersonalData persons) : IReaction
{
    /// <inheritdoc/>
    public string Name => "erasure";

    /// <inheritdoc/>
    public bool Follows(string kind) => kind == HubKinds.Customer.Name;

    /// <inheritdoc/>
    public async Task HandleAsync(FeedEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happened);
        switch (happened.Body)
        {
            case CustomerEvent.InstrumentRemoved e:
                await cards.DeleteCardAsync(e.Instrument, cancel);
                break;
            case CustomerEvent.Erased:
                await cards.DeleteAllOfAsync(happened.Actor.Key, cancel);
                persons.Erase(happened.Actor.Key);
                break;
        }
    }
}
