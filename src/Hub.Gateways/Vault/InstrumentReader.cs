using Hub.Domain.Payments.Bank;
using Hub.Gateways.Accounts;
using Hub.Gateways.Cards;

namespace Hub.Gateways.Vault;

/// <summary>Reads from the vault what an authorization needs, and only then lets the call be made.</summary>
/// <remarks>Whatever goes wrong here comes before the first byte leaves, so it provably reached nobody (invariant 11).</remarks>
/// <param name="vault">Where instruments and security codes lie.</param>
/// <param name="log">Names references and outcomes; never an instrument.</param>
internal sealed class InstrumentReader(ICardVault vault, CallLog log)
{
    /// <summary>Makes a call that needs the card, and the security code where the order names one.</summary>
    /// <param name="order">What is asked for.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancel">Gives up reading.</param>
    /// <returns>The call's answer, or NeverReached.</returns>
    internal Task<GatewayAnswer> WithCardAsync(AuthorizeOrder order, Func<Card, SecurityCode?, Task<GatewayAnswer>> call, CancellationToken cancel) => WithAsync(
        order,
        async () =>
        {
            if (await vault.FindCardAsync(order.Instrument.Id, cancel) is not { } card) return new Read<CardAndCode>(null, NeverReachedReason.InstrumentMissing);
            if (order.SecurityCode is not { } held) return new Read<CardAndCode>(new CardAndCode(card, null));
            return await vault.FindSecurityCodeAsync(held, cancel) is { } code
                ? new Read<CardAndCode>(new CardAndCode(card, code))
                : new Read<CardAndCode>(null, NeverReachedReason.SecurityCodeMissing);
        },
        found => call(found.Card, found.Code));

    /// <summary>Makes a call that needs the bank account.</summary>
    /// <param name="order">What is asked for.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancel">Gives up reading.</param>
    /// <returns>The call's answer, or NeverReached.</returns>
    internal Task<GatewayAnswer> WithAccountAsync(AuthorizeOrder order, Func<BankAccount, Task<GatewayAnswer>> call, CancellationToken cancel) => WithAsync(
        order,
        async () => new Read<BankAccount>(await vault.FindAccountAsync(order.Instrument.Id, cancel), NeverReachedReason.InstrumentMissing),
        call);

    private async Task<GatewayAnswer> WithAsync<T>(AuthorizeOrder order, Func<Task<Read<T>>> read, Func<T, Task<GatewayAnswer>> call)
        where T : class
    {
        var found = await ReadAsync(order, read);
        return found.Value is { } value
            ? await call(value)
            : log.Told(BankOperationKind.Authorize, order.Reference, new GatewayAnswer.NeverReached(found.Missing));
    }

    private async Task<Read<T>> ReadAsync<T>(AuthorizeOrder order, Func<Task<Read<T>>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception away) when (away is VaultUnavailableException or VaultConfigurationException)
        {
            log.VaultFailed(order.Reference, away);
            return new Read<T>(null, NeverReachedReason.VaultUnavailable);
        }
        catch (InvalidDataException broken)
        {
            log.VaultFailed(order.Reference, broken);
            return new Read<T>(null, NeverReachedReason.InstrumentUnreadable);
        }
    }

    private sealed record CardAndCode(Card Card, SecurityCode? Code);

    private readonly record struct Read<T>(T? Value, string Missing = "")
        where T : class;
}
