namespace Hub.Domain.Payments;

/// <summary>The sorts of instruments.</summary>
public static class InstrumentType
{
    /// <summary>A payment card.</summary>
    public const string Card = "card";

    /// <summary>A card that lies in the customer's electronic wallet, behind the wallet's own password.</summary>
    public const string WalletCard = "wallet_card";

    /// <summary>An account at a bank with net banking: the customer pays on the bank's own page.</summary>
    public const string BankAccount = "bank_account";

    /// <summary>Stored value that the hub keeps for the customer.</summary>
    public const string ECash = "ecash";

    /// <summary>An e-check: a debit order on a bank account, which can be returned late.</summary>
    public const string ECheck = "echeck";

    /// <summary>Every sort.</summary>
    public static IReadOnlyList<string> All { get; } = [Card, WalletCard, BankAccount, ECash, ECheck];
}
