using Hub.Actors;
using Hub.Api.Edge;
using Hub.Api.Edge.Idempotency;
using Hub.Domain.Addresses;
using Hub.Domain.Confirmations;
using Hub.Domain.Customers;

namespace Hub.Api.Customers;

/// <summary>How often a typed code is compared for one address: over all customers of a merchant who name it, and over all merchants.</summary>
internal static class CodeGuesses
{
    /// <summary>Asks the address for leave, where the code can still be compared: whoever makes customers without end that all name one phone guesses no oftener for it.</summary>
    /// <param name="actors">The way to the address.</param>
    /// <param name="customer">Whose address.</param>
    /// <param name="address">Which, <c>adr_…</c>.</param>
    /// <param name="verified">Whether the code is one for a verified address; one that cannot count is not counted.</param>
    /// <param name="key">The request.</param>
    /// <param name="now">A code that has ended by then is not counted either.</param>
    /// <param name="cancel">Stops waiting; the leave may still be given.</param>
    /// <exception cref="Edge.Errors.ProblemException">409: too many were compared within the hour.</exception>
    internal static async Task GrantAsync(IActors actors, Customer customer, string address, bool verified, IdempotencyKey key, DateTimeOffset now, CancellationToken cancel)
    {
        if (customer.FindAddress(address) is not { Verification: { WrongCodes: < CustomerDecider.MaxWrongCodes } asked } known
            || now >= asked.ExpiresAt || (known.VerifiedAt is not null) != verified) return;

        // A device is a new one with each secret: guesses at its code are guesses at the address the code was sent to.
        var counted = known is { Channel: Channel.Chat, VerifiedAt: null, Twin: { } via } ? via : known.AddressKey;
        await actors.TakeAsync<AddressState>(HubKinds.Address[counted], key.CommandId, new AddressCommand.GrantGuess(asked.Id, customer.Merchant), cancel);
    }
}
