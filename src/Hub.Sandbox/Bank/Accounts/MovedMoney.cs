using Hub.Gateways.SandboxBank;

namespace Hub.Sandbox.Bank.Accounts;

/// <summary>An entry in the books of a bank that moves money at once.</summary>
/// <typeparam name="T">The entry itself.</typeparam>
internal interface IMovedEntry<T> : IBankEntry
    where T : IMovedEntry<T>
{
    /// <summary>What moved, as the API shows it.</summary>
    IMoney Moved { get; }

    /// <summary>Whose bank, or the account's last four digits.</summary>
    string Account { get; }

    /// <summary>The merchant's name.</summary>
    string Payee { get; }

    /// <summary>When it was made.</summary>
    DateTimeOffset At { get; }

    /// <summary>Minor units that may still be paid back.</summary>
    long Refundable { get; }

    /// <summary>The same after some of it was paid back.</summary>
    /// <param name="minor">Minor units, at most <see cref="Refundable"/>.</param>
    T PaidBack(long minor);
}

/// <summary>What net banking and the e-check bank do alike with money that moved: pay it back, and show it.</summary>
/// <param name="desk">Whose.</param>
/// <param name="kind">How the books call what moved it.</param>
internal sealed class MovedMoney<T>(BankDesk desk, string kind)
    where T : class, IMovedEntry<T>
{
    internal Task<BankAnswer> RefundAsync(BankCall call, string id, RefundRequest asked) => desk.CarryOutAsync(call, AccountRefundEntry.Kind, turn =>
    {
        if (desk.Books.Find<T>(turn.Books, kind, id) is not { } entry) return Done.NotFound;
        var failed = asked.Amount > entry.Refundable;
        var refund = new AccountRefund(
            desk.NewId("bre"), kind == NetOrderEntry.Kind ? id : null, kind == DebitEntry.Kind ? id : null, failed ? "failed" : "succeeded",
            asked.Amount, entry.Moved.Currency, asked.Reference, failed ? "exceeds_captured" : null, null);
        if (!failed)
        {
            refund = refund with { Transfer = desk.Sign(TransferStatement.Refunded, call.Key, refund, entry.Payee, turn.Now) };
            desk.Books.Replace(turn.Books, entry.PaidBack(asked.Amount));
        }

        desk.Books.Add(turn.Books, AccountRefundEntry.Kind, id, new AccountRefundEntry(refund, call.Key, turn.Now));
        return new Done(201, refund, "refund.updated");
    });

    /// <summary>The last entries, newest first, with what was paid back of them and the keys that made it happen.</summary>
    /// <param name="limit">At most so many; also of the keys that were never carried out.</param>
    internal MovedBook Read(int limit) => desk.Read(t =>
    {
        var moved = desk.Books.Last<T>(t, kind, limit).ConvertAll(entry => new MovedEntry(
            entry.Moved, entry.Account, entry.Payee, entry.At, [.. desk.Books.Children<AccountRefundEntry>(t, AccountRefundEntry.Kind, entry.Moved.Id).Select(r => r.Object)]));
        return new MovedBook(moved, desk.Books.Keys(t, moved.SelectMany(m => m.Refunds.Select(r => r.Id).Prepend(m.Object.Id)), limit));
    });
}

/// <summary>The books of a bank that moves money at once.</summary>
internal sealed record MovedBook(IReadOnlyList<MovedEntry> Entries, IReadOnlyList<BankBookKey> Keys);

/// <summary>An order or a debit, with what was paid back of it.</summary>
/// <param name="Object">As the API shows it.</param>
/// <param name="Account">Whose bank, or the account's last four digits.</param>
/// <param name="Payee">The merchant's name.</param>
/// <param name="At">When it was made.</param>
/// <param name="Refunds">What was paid back.</param>
internal sealed record MovedEntry(IBankObject Object, string Account, string Payee, DateTimeOffset At, IReadOnlyList<AccountRefund> Refunds);
