using System.Buffers.Text;
using System.Text;
using Hub.Actors.Ports;

namespace Hub.Gateways.Accounts;

/// <summary>A bank's routing number: nine digits, the last of which checks the others.</summary>
/// <remarks>Source: the American Bankers Association's routing number and its weights 3, 7, 1.</remarks>
public sealed class RoutingNumber
{
    private static readonly (string Digits, string Name)[] Known =
    [
        ("011000015", "Aster Bank"),
        ("021000021", "Birch & Daughters"),
        ("122000030", "Cedar Savings"),
    ];

    private RoutingNumber(string digits) => Digits = digits;

    /// <summary>All nine; a bank's number is public, an account's is not.</summary>
    public string Digits { get; }

    /// <summary>The bank's name where the hub knows it; otherwise <c>Bank</c> and the last four digits.</summary>
    public string BankName => Array.Find(Known, one => one.Digits == Digits).Name ?? $"Bank {Digits[^4..]}";

    /// <summary>Reads a number as people type it, spaces and hyphens between the digits included.</summary>
    public static AccountProblem? TryParse(string? text, out RoutingNumber? number)
    {
        number = null;
        if (AccountDigits.Of(text) is not { Length: 9 } digits) return AccountProblem.RoutingMalformed;
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += (digits[i] - '0') * (i % 3) switch { 0 => 3, 1 => 7, _ => 1 };
        // Nine zeros would pass, and are no bank.
        if (sum == 0 || sum % 10 != 0) return AccountProblem.RoutingCheckDigit;
        number = new RoutingNumber(digits);
        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => BankName;
}

/// <summary>An account's number. It shows its last four digits and nothing else.</summary>
/// <remarks>Invariant 23. A class and no record, so that nothing prints or compares the digits by accident.</remarks>
public sealed class AccountNumber
{
    private AccountNumber(string digits) => Digits = digits;

    /// <summary>The last four digits.</summary>
    public string Last4 => Digits[^4..];

    /// <summary>All digits: for the vault and the call to the bank, nobody else.</summary>
    internal string Digits { get; }

    /// <summary>Reads 4 to 17 digits, spaces and hyphens between them included.</summary>
    public static AccountProblem? TryParse(string? text, out AccountNumber? number)
    {
        number = AccountDigits.Of(text) is { Length: >= 4 and <= 17 } digits ? new AccountNumber(digits) : null;
        return number is null ? AccountProblem.NumberMalformed : null;
    }

    /// <summary>The last four digits, as <c>•••• 6789</c>.</summary>
    public override string ToString() => $"•••• {Last4}";
}

/// <summary>An account that e-checks are drawn on. Prints as its last four digits.</summary>
public sealed class BankAccount
{
    /// <summary>The longest holder's name, in characters.</summary>
    public const int MaxHolder = 120;

    private BankAccount(RoutingNumber routing, AccountNumber number, string holder)
    {
        Routing = routing;
        Number = number;
        Holder = holder;
    }

    /// <summary>The bank.</summary>
    public RoutingNumber Routing { get; }

    /// <summary>The account.</summary>
    public AccountNumber Number { get; }

    /// <summary>Whose it is; never empty.</summary>
    public string Holder { get; }

    /// <summary>Makes an account of what a customer typed.</summary>
    /// <returns>The first thing that is wrong, in the order of <see cref="AccountProblem"/>; <c>null</c> when nothing is.</returns>
    public static AccountProblem? TryCreate(string? routing, string? number, string? holder, out BankAccount? account)
    {
        account = null;
        AccountNumber? parsed = null;
        if ((RoutingNumber.TryParse(routing, out var bank) ?? AccountNumber.TryParse(number, out parsed)) is { } problem) return problem;
        var name = (holder ?? "").Trim();
        if (name.Length is 0 or > MaxHolder || name.Any(char.IsControl)) return AccountProblem.HolderMalformed;
        account = new BankAccount(bank!, parsed!, name);
        return null;
    }

    /// <summary>An account the vault kept.</summary>
    /// <exception cref="InvalidDataException">Not what the vault was given.</exception>
    internal static BankAccount OfVault(string routing, string number, string holder) =>
        TryCreate(routing, number, holder, out var account) is null ? account! : throw new InvalidDataException("The vault holds a bank account that is none.");

    /// <summary>A keyed digest that tells whether two instruments are the same account, and tells nothing else.</summary>
    /// <returns>43 characters of base64url.</returns>
    public string Fingerprint(IKeyring keyring)
    {
        ArgumentNullException.ThrowIfNull(keyring);
        return Base64Url.EncodeToString(keyring.Mac(KeyPurpose.AccountFingerprint, Encoding.ASCII.GetBytes($"{Routing.Digits}/{Number.Digits}")));
    }

    /// <summary>The last four digits.</summary>
    public override string ToString() => Number.ToString();
}

/// <summary>Digits as people type them.</summary>
internal static class AccountDigits
{
    /// <summary>The digits of a text with single spaces or hyphens between them; <c>null</c> for any other text, or a longer one than 40 characters.</summary>
    internal static string? Of(string? text)
    {
        if (text is not { Length: > 0 and <= 40 }) return null;
        var parts = text.Split(' ', '-');
        return Array.TrueForAll(parts, part => part.Length > 0 && part.All(char.IsAsciiDigit)) ? string.Concat(parts) : null;
    }
}
