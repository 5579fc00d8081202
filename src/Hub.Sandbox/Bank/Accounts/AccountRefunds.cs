using Hub.Gateways.SandboxBank;

namespace Hub.Sandbox.Bank.Accounts;

/// <summary>Pays back to a bank account, at net banking and among the e-checks alike.</summary>
internal static class AccountRefunds
{
    internal const string Kind = "refund";

    /// <summary>Decides, signs and writes a refund.</summary>
    /// <param name="desk">Whose.</param>
    /// <param name="turn">The transaction.</param>
    /// <param name="key">The idempotency key.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="of">What it pays back; its amount and reference are replaced.</param>
    /// <param name="most">What may be paid back.</param>
    /// <param name="payee">The merchant, who pays it.</param>
    internal static AccountRefund Make(BankDesk desk, BankTurn turn, string key, RefundRequest asked, AccountRefund of, long most, string payee)
    {
        var failed = asked.Amount > most;
        var shown = of with
        {
            Id = desk.NewId("bre"),
            Status = failed ? "failed" : "succeeded",
            Amount = asked.Amount,
            Reference = asked.Reference,
            FailureCode = failed ? "exceeds_captured" : null,
        };
        if (!failed) shown = shown with { Transfer = desk.Sign(TransferStatement.Refunded, key, shown, payee, turn.Now) };
        desk.Books.Add(turn.Books, Kind, of.Order ?? of.Debit, new AccountRefundEntry(shown, key, turn.Now));
        return shown;
    }
}
