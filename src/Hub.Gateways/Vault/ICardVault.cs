using Hub.Gateways.Accounts;
using Hub.Gateways.Cards;

namespace Hub.Gateways.Vault;

/// <summary>Where card numbers, account numbers and security codes lie, and nowhere else (invariant 23).</summary>
public interface ICardVault
{
    /// <summary>How long a security code is kept at most.</summary>
    static readonly TimeSpan SecurityCodeLife = TimeSpan.FromMinutes(10);

    /// <summary>Keeps a card. Durable when it returns; the same card under the same instrument again changes nothing.</summary>
    /// <param name="instrument"><c>ins_…</c></param>
    /// <param name="customer"><c>cus_…</c>, whose erasure deletes it.</param>
    /// <param name="card">The card.</param>
    /// <param name="token">The use-once token it came under; refused when that was used for anything else.</param>
    /// <param name="cancel">Stops waiting; the card may still be kept.</param>
    /// <returns>Whether it was kept; <c>false</c> when the token had been used for something else, or another card lies under the instrument: it is never replaced.</returns>
    Task<bool> PutCardAsync(string instrument, string customer, Card card, UseOnce token, CancellationToken cancel);

    /// <summary>The card of an instrument: for a gateway's call, nobody else.</summary>
    /// <returns><c>null</c> once it was deleted.</returns>
    Task<Card?> FindCardAsync(string instrument, CancellationToken cancel);

    /// <summary>Keeps a bank account. Durable when it returns; the same account under the same instrument again changes nothing.</summary>
    /// <param name="instrument"><c>ins_…</c></param>
    /// <param name="customer"><c>cus_…</c>, whose erasure deletes it.</param>
    /// <param name="account">The account.</param>
    /// <param name="token">As for a card.</param>
    /// <param name="cancel">Stops waiting; the account may still be kept.</param>
    /// <returns>Whether it was kept; <c>false</c> when the token had been used for something else, or another account lies under the instrument: it is never replaced.</returns>
    Task<bool> PutAccountAsync(string instrument, string customer, BankAccount account, UseOnce token, CancellationToken cancel);

    /// <summary>The bank account of an instrument: for a gateway's call, nobody else.</summary>
    /// <returns><c>null</c> once it was deleted.</returns>
    Task<BankAccount?> FindAccountAsync(string instrument, CancellationToken cancel);

    /// <summary>Deletes an instrument's card or bank account; nothing happens when there is none.</summary>
    Task DeleteCardAsync(string instrument, CancellationToken cancel);

    /// <summary>Deletes every card, bank account and security code of a customer.</summary>
    Task DeleteAllOfAsync(string customer, CancellationToken cancel);

    /// <summary>Keeps a security code for <see cref="SecurityCodeLife"/> at most. Durable when it returns.</summary>
    /// <param name="id">What the authorization will ask for it by, such as the attempt's id.</param>
    /// <param name="customer">Whose it is.</param>
    /// <param name="code">The code.</param>
    /// <param name="token">As for a card.</param>
    /// <param name="cancel">Stops waiting; the code may still be kept.</param>
    /// <returns>Whether it was kept; <c>false</c> when the token had been used for something else.</returns>
    Task<bool> PutSecurityCodeAsync(string id, string customer, SecurityCode code, UseOnce token, CancellationToken cancel);

    /// <summary>The security code: for a gateway's call, nobody else.</summary>
    /// <returns><c>null</c> once its life ended or the bank has answered.</returns>
    /// <remarks>It stays until <see cref="DeleteSecurityCodeAsync"/>: a call whose answer was lost before it was journaled is repeated with the same body (invariant 9).</remarks>
    Task<SecurityCode?> FindSecurityCodeAsync(string id, CancellationToken cancel);

    /// <summary>Deletes a security code: the bank has answered. Nothing happens when there is none.</summary>
    Task DeleteSecurityCodeAsync(string id, CancellationToken cancel);
}

/// <summary>A token that may be used once: the <c>jti</c> of an encrypted message of one customer.</summary>
/// <param name="Customer">Whose it is; tokens of two customers never meet.</param>
/// <param name="Token">The customer's choice, 16 to 128 characters.</param>
/// <param name="ExpiresAt">When the message ends by itself; the token is remembered until then.</param>
/// <remarks>Used twice for the same thing it is one request that was repeated, and passes.</remarks>
public sealed record UseOnce(string Customer, string Token, DateTimeOffset ExpiresAt);
