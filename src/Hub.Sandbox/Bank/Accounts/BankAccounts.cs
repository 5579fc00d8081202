namespace Hub.Sandbox.Bank.Accounts;

/// <summary>What becomes of a debit of an account.</summary>
public enum AccountBehaviour
{
    /// <summary>Accepted; clears two banking days later.</summary>
    Clears,

    /// <summary>Declined at once: account_not_found.</summary>
    NotFound,

    /// <summary>Accepted; returned a banking day later, before it cleared: insufficient_funds.</summary>
    InsufficientFunds,

    /// <summary>Accepted, cleared after two banking days, and returned after two more: account_closed.</summary>
    ClosedLater,
}

/// <summary>One of the sandbox's accounts.</summary>
/// <param name="Number">Digits.</param>
/// <param name="Behaviour">What happens.</param>
/// <param name="Description">One line for people.</param>
public sealed record MagicAccount(string Number, AccountBehaviour Behaviour, string Description);

/// <summary>The accounts of the sandbox's e-check bank. Any routing number whose check digit fits will do.</summary>
public static class BankAccounts
{
    /// <summary>A routing number to try with.</summary>
    public const string RoutingNumber = "011000015";

    /// <summary>Every account with a meaning. Any other clears.</summary>
    public static IReadOnlyList<MagicAccount> All { get; } =
    [
        new("000100010001", AccountBehaviour.Clears, "accepted, and clears two days later"),
        new("000100010002", AccountBehaviour.NotFound, "declined at once: account_not_found"),
        new("000100010003", AccountBehaviour.InsufficientFunds, "accepted, and returned a day later: insufficient_funds"),
        new("000100010004", AccountBehaviour.ClosedLater, "accepted, clears two days later, and returned two days after that: account_closed"),
    ];

    /// <summary>What a number does.</summary>
    public static AccountBehaviour Of(string number) => All.FirstOrDefault(one => one.Number == number)?.Behaviour ?? AccountBehaviour.Clears;

    /// <summary>The account that shows a behaviour.</summary>
    public static string NumberFor(AccountBehaviour behaviour) => All.First(one => one.Behaviour == behaviour).Number;
}
