using Hub.Gateways.Accounts;
using Hub.Gateways.Cards;
using Hub.Gateways.Vault;

namespace Hub.Gateways.Tests.Support;

/// <summary>Holds one card and one security code.</summary>
internal sealed class FakeCardVault : ICardVault
{
    internal const string Instrument = "ins_1";

    internal const string Code = "att_1";

    internal SecurityCode? SecurityCode { get; set; } = Read("737");

    internal Card? Card { get; set; } = Samples.Visa;

    internal BankAccount? Account { get; set; } = Samples.Account;

    /// <summary>What every reading ends in; <c>null</c> where the vault is well.</summary>
    internal Exception? Failure { get; set; }

    public Task<BankAccount?> FindAccountAsync(string instrument, CancellationToken cancel) => ReadAsync(instrument == Instrument ? Account : null);

    public Task<bool> PutAccountAsync(string instrument, string customer, BankAccount account, UseOnce token, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Card?> FindCardAsync(string instrument, CancellationToken cancel) => ReadAsync(instrument == Instrument ? Card : null);

    public Task<SecurityCode?> FindSecurityCodeAsync(string id, CancellationToken cancel) => ReadAsync(id == Code ? SecurityCode : null);

    public Task DeleteSecurityCodeAsync(string id, CancellationToken cancel)
    {
        SecurityCode = null;
        return Task.CompletedTask;
    }

    public Task<bool> PutCardAsync(string instrument, string customer, Card card, UseOnce token, CancellationToken cancel) => throw new NotSupportedException();

    public Task DeleteCardAsync(string instrument, CancellationToken cancel) => throw new NotSupportedException();

    public Task DeleteAllOfAsync(string customer, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> PutSecurityCodeAsync(string id, string customer, SecurityCode code, UseOnce token, CancellationToken cancel) => throw new NotSupportedException();

    // As the real one does: some of it throws before there is a task.
    private Task<T?> ReadAsync<T>(T? found)
        where T : class =>
        Failure is { } failure ? throw failure : Task.FromResult(found);

    private static SecurityCode Read(string digits) => Samples.Code(digits, CardBrand.Visa);
}

/// <summary>Cards to test with.</summary>
internal static class Samples
{
    internal const string VisaNumber = "4242424242424242";

    internal static Card Visa { get; } = Make(VisaNumber);

    internal static BankAccount Account { get; } = MakeAccount("000100010001");

    internal static BankAccount MakeAccount(string number) =>
        BankAccount.TryCreate("011000015", number, "Ada Lovelace", out var account) is null ? account! : throw new ArgumentException("No account.", nameof(number));

    internal static Card Make(string number) =>
        Card.TryCreate(number, new CardExpiry(2031, 4), "Ada Lovelace", FakeTime.Noon, out var card) is null
            ? card!
            : throw new ArgumentException("No card.", nameof(number));

    internal static SecurityCode Code(string digits, CardBrand brand) =>
        SecurityCode.TryParse(digits, brand, out var code) is null ? code! : throw new ArgumentException("No code.", nameof(digits));
}
