using Hub.Gateways.SandboxBank;

namespace Hub.Sandbox.Bank.Accounts;

/// <summary>E-checks: debits of a bank account, accepted at once, cleared days later, and returned late where the account has nothing or is closed.</summary>
internal sealed class DebitBank(BankDesk desk) : IBank
{
    private const string Clear = "clear_debit";
    private const string ReturnUnpaid = "return_insufficient_funds";
    private const string ReturnClosed = "return_account_closed";
    private const string Event = "debit.updated";

    internal static IReadOnlyDictionary<string, Func<string, IBankEntry>> Kinds { get; } = new Dictionary<string, Func<string, IBankEntry>>(StringComparer.Ordinal)
    {
        [DebitEntry.Kind] = SandboxJson.Read<DebitEntry>,
        [AccountRefundEntry.Kind] = SandboxJson.Read<AccountRefundEntry>,
    };

    /// <inheritdoc/>
    public BankIdentity Identity => desk.Bank;

    internal BankDesk Desk => desk;

    /// <summary>What was debited: paid back, and shown.</summary>
    internal MovedMoney<DebitEntry> Moved { get; } = new(desk, DebitEntry.Kind);

    /// <summary>Reads a request.</summary>
    /// <returns>What is wrong with it, or <c>null</c>. Names no account.</returns>
    internal static string? WrongWith(DebitRequest asked) => asked switch
    {
        _ when BankRules.WrongWithAmount(asked.Amount) is { } wrong => wrong,
        _ when !Hub.Domain.Money.Currency.TryParse(asked.Currency, out _) => "currency",
        { Account.RoutingNumber: { } routing } when routing.Length != 9 || !routing.All(char.IsAsciiDigit) => "account.routing_number",
        { Account.AccountNumber: { } number } when number.Length is < 4 or > 17 || !number.All(char.IsAsciiDigit) => "account.account_number",
        { Payee.Length: 0 or > 200 } => "payee",
        _ => BankRules.WrongWithReference(asked.Reference),
    };

    internal Task<BankAnswer> DebitAsync(BankCall call, DebitRequest asked) => desk.CarryOutAsync(call, DebitEntry.Kind, turn =>
    {
        var behaviour = BankAccounts.Of(asked.Account.AccountNumber);
        var declined = behaviour == AccountBehaviour.NotFound;
        var id = desk.NewId("bde");
        var shown = new DebitOrder(
            id, declined ? "declined" : "accepted", asked.Amount, asked.Currency, asked.Reference, declined ? "account_not_found" : null, null, null);
        if (!declined) shown = shown with { Transfer = desk.Sign(TransferStatement.Captured, call.Key, shown, asked.Payee, turn.Now) };
        desk.Books.Add(turn.Books, DebitEntry.Kind, null, new DebitEntry(shown, call.Key, behaviour, asked.Payee, asked.Account.AccountNumber[^4..], 0, turn.Now));
        var day = desk.Options.BankDay;
        return new Done(201, shown, Event)
        {
            Late = behaviour switch
            {
                AccountBehaviour.NotFound => [],
                AccountBehaviour.InsufficientFunds => [desk.Later(turn, ReturnUnpaid, id, call.Key, day)],
                _ => [desk.Later(turn, Clear, id, call.Key, 2 * day)],
            },
        };
    });

    /// <summary>The money is the merchant's, as far as a bank can promise.</summary>
    /// <returns>The debit, or <c>null</c> where it does not wait for that.</returns>
    internal Task<IBankObject?> ClearAsync(string id) => desk.ChangeAsync(turn =>
    {
        if (desk.Books.Find<DebitEntry>(turn.Books, DebitEntry.Kind, id) is not { Object.Status: "accepted" } entry) return null;
        var after = entry with { Object = entry.Object with { Status = "cleared", Transfer = desk.Sign(TransferStatement.Cleared, entry.Key, entry.Object, entry.Payee, turn.Now) } };
        desk.Books.Replace(turn.Books, after);
        return new Change(after.Object, Event, after.Key)
        {
            Late = entry.Behaviour == AccountBehaviour.ClosedLater ? [desk.Later(turn, ReturnClosed, id, entry.Key, 2 * desk.Options.BankDay)] : [],
        };
    });

    /// <summary>The money goes back to the account's bank.</summary>
    /// <returns>The debit, or <c>null</c> where there is nothing to return.</returns>
    internal Task<IBankObject?> ReturnAsync(string id, string code) => desk.ChangeAsync(turn =>
    {
        if (desk.Books.Find<DebitEntry>(turn.Books, DebitEntry.Kind, id) is not { Object.Status: "accepted" or "cleared" } entry) return null;
        var back = desk.Sign(TransferStatement.Returned, entry.Key, entry.Object, entry.Payee, turn.Now);
        var after = entry with { Object = entry.Object with { Status = "returned", ReturnCode = code, Transfer = back } };
        desk.Books.Replace(turn.Books, after);
        return new Change(after.Object, Event, after.Key);
    });

    /// <inheritdoc/>
    public Task WorkAsync(string job, string id) => job switch
    {
        Clear => ClearAsync(id),
        ReturnUnpaid => ReturnAsync(id, "insufficient_funds"),
        ReturnClosed => ReturnAsync(id, "account_closed"),
        _ => throw new InvalidOperationException($"The bank knows no job called {job}."),
    };
}
