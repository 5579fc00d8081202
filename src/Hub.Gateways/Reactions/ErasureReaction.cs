using Hub.Actors;
using Hub.Actors.Feed;
using Hub.Actors.Ports;
using Hub.Actors.Reactions;
using Hub.Domain.Addresses;
using Hub.Domain.Customers;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Reactions;

/// <summary>Forgets an erased customer: their cards, the password of their wallet, and the keys that their personal fields and their addresses are sealed under.</summary>
public sealed class ErasureReaction(IActors actors, ICardVault cards, ISecretVault secrets, IPersonalData persons) : IReaction
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
            case CustomerEvent.WalletPasswordSet { Replaced: { } replaced }:
                await secrets.DeleteAsync(replaced, cancel);
                break;
            // The customer's own key goes last: once that is gone, a number of theirs may have a new owner, whose key is not to be touched.
            case CustomerEvent.Erased when !persons.IsErased(happened.Actor.Key):
                await cards.DeleteAllOfAsync(happened.Actor.Key, cancel);
                await ForgetAsync(happened, cancel);
                persons.Erase(happened.Actor.Key);
                break;
        }
    }

    // An address keeps what it must, such as a STOP, under a digest; the number or mailbox itself goes with the person.
    private async Task ForgetAsync(FeedEvent happened, CancellationToken cancel)
    {
        if (await actors.FindAsync<Customer>(happened, cancel) is not { } customer) return;
        if (customer.Wallet is { } wallet) await secrets.DeleteAsync(wallet.Secret, cancel);
        foreach (var address in customer.Addresses)
        {
            persons.Erase(persons.AddressOwner(address.AddressKey));
        }
    }
}
